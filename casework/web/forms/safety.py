"""Warnings of a danger."""

from django.utils.translation import gettext_lazy as _

from casework.models import SafetyFlag
from casework.web.forms import fields
from common.forms.action import ActionForm


class FlagForm(ActionForm):
    """A warning that everybody who opens the file sees first."""

    kind = fields.radio(_("What danger"), SafetyFlag.Kind.choices)
    text = fields.long_text(
        _("What to do"), hint=_("Short and plain: what happened, how to keep safe."), required=True, rows=3
    )
    review_on = fields.day_ahead(_("Look again by"), required=False)

    field_order = ("kind", "text", "review_on")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["review_on"].help_text = _(
            "Left empty: after 2 weeks for self-harm, 1 month for infection or a threat, 3 months for the others, "
            "6 months for a dog."
        )


class ReviewFlagForm(ActionForm):
    """The warning as it stands from now on."""

    text = fields.long_text(_("What to do"), required=True, rows=3)
    review_on = fields.day_ahead(_("Look again by"))
