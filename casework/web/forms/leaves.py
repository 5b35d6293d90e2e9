"""Forms of leave and back-up."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.web.forms import fields
from common import clock
from common.forms.action import ActionForm
from common.forms.dates import BEDateField


class _WithColleague(ActionForm):
    who = ""

    def __init__(self, *args: Any, colleagues: "QuerySet[User]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[self.who].queryset = colleagues


class LeaveForm(_WithColleague):
    """From when to when, and who covers."""

    who = "cover"
    starts_on = BEDateField(label=_("First day away"), initial=clock.today)
    ends_on = BEDateField(label=_("Last day away"))
    cover = fields.ColleagueField(_("Who covers"), empty=_("Choose…"), required=True)


class BackUpForm(_WithColleague):
    """Who hears first."""

    who = "colleague"
    colleague = fields.ColleagueField(_("Back-up colleague"))
