"""Who may be the same person, with what speaks for it, as pages show it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casework import rules
from casework.likeness import Likely
from casework.models import Episode
from casework.searching import card_of
from casework.web import shown
from common.templatetags.thai import be
from common.thai import phone
from common.thai.dates import be_year


def likely_rows(found: Sequence[Likely]) -> list[dict[str, Any]]:
    """Rows of those who may be the same, with the day their last case was closed where one may know it."""
    closed = Episode.objects.filter(
        client__in=[one.client.pk for one in found if one.may_open], closed_on__isnull=False
    )
    last_closed = dict(closed.order_by("closed_on").values_list("client_id", "closed_on"))
    return [_likely_row(one, last_closed.get(one.client.pk)) for one in found]


def _likely_row(one: Likely, closed_on: date | None) -> dict[str, Any]:
    client = one.client
    says = [
        _("same ID number") if one.same_pin else "",
        _("same phone") if one.same_phone else "",
        _("name %(score)s") % {"score": f"{one.name:.2f}"} if one.name else "",
        _("same nickname") if one.same_nickname else "",
        _("same place") if one.same_place else "",
        _("born %(year)s") % {"year": be_year(client.born_on)} if client.born_on else "",
        _("closed %(day)s") % {"day": be(closed_on)} if closed_on else "",
    ]
    card = card_of(client, can_open=one.may_open)
    return {
        "uid": client.uid,
        "name": client.main_name if one.may_open else card.name,
        "nick": client.other_name,
        "strong": one.score >= rules.SAME_FROM,
        "says": " · ".join(word for word in says if word),
        "url": shown.file_url(client) if one.may_open else "",
        "centre": card.centre,
        "centre_phone": phone.format_phone(card.centre_phone),
    }
