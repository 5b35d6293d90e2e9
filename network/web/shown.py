"""Contributions as pages show them."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from common.money import format_baht
from common.templatetags.thai import be
from network import permissions
from network.models import Contribution

State = Contribution.State
TONES = {State.PLEDGED: "", State.RECEIVED: "warn", State.CONFIRMED: "ok"}


def address(row: Contribution) -> str:
    return reverse("network:contribution", args=[row.uid])


def value_text(row: Contribution) -> str:
    """ "1,250.00 baht", or that the book knows no value."""
    if row.value_satang is None:
        return str(Contribution.Basis.NONE.label)
    return baht_text(row.value_satang)


def baht_text(satang: int) -> str:
    """ "1,250.00 baht" in the reader's language."""
    return format_baht(satang, "en" if get_language() == "en" else "th")


def quantity_text(row: Contribution) -> str:
    """ "12.5 kg", with the people who gave hours together."""
    text = f"{row.amount} {row.get_unit_display()}"
    if row.people > 1:
        text += " " + _("(%(n)s people)") % {"n": row.people}
    return text


def chip(row: Contribution) -> tuple[str, str]:
    """Where it stands, and the colour of that."""
    if row.is_void:
        return _("never came"), "bad"
    if not row.stands:
        return _("replaced by a correction"), "bad"
    return str(row.get_state_display()), TONES[State(row.state)]


def rows_of(
    found: Iterable[Contribution], *, actor: Any, partner: bool = True, confirm: bool = False
) -> list[dict[str, Any]]:
    """Contributions for components/rows.html; `partner` names who gave, `confirm` offers the button."""
    rows = []
    for row in found:
        giver = row.giver or ""
        who = f"{row.partner.name} · {giver}" if partner and giver else row.partner.name if partner else giver
        detail = " · ".join(part for part in (who, row.area, value_text(row)) if part)
        item: dict[str, Any] = {
            "when": be(row.given_on),
            "name": f"{row.what} {quantity_text(row)}",
            "url": address(row),
            "chips": [chip(row)],
            "detail": detail,
            "done": row.state == State.CONFIRMED,
        }
        if confirm and permissions.can_confirm(actor, row):
            item["act_label"] = _("Confirm")
            item["act_url"] = reverse("network:confirm", args=[row.uid])
        rows.append(item)
    return rows


def steps_of(row: Contribution) -> list[dict[str, Any]]:
    """The steps of a row and of those it replaced, oldest first, for components/timeline.html."""
    chain = [row]
    while (earlier := chain[0].corrects) is not None:
        chain.insert(0, earlier)
    events = [(one, event) for one in chain for event in one.events.all()]
    names = names_of({event.actor_key for _one, event in events} | {one.logged_by for one in chain})
    steps: list[dict[str, Any]] = []
    for one in chain:
        if one.corrects is not None:
            title = _("Never came") if one.is_void else _("Corrected: %(what)s %(how_much)s") % _said(one)
            steps.append(
                {"title": title, "text": one.reason, "when": be(one.recorded_at), "by": names[one.logged_by]}
            )
        steps += [
            {
                "title": State(event.kind).label
                if one.corrects_id
                else f"{State(event.kind).label}: {one.what} {quantity_text(one)}",
                "when": be(event.occurred_on),
                "by": names[event.actor_key],
                "key": event.kind == State.CONFIRMED,
            }
            for event in one.events.all()
            if one.corrects_id is None or event.kind == State.CONFIRMED
        ]
    return steps


def _said(row: Contribution) -> dict[str, str]:
    return {"what": row.what, "how_much": quantity_text(row)}


def names_of(keys: Iterable[str]) -> dict[str, str]:
    """Actor keys → names; the system has its own."""
    wanted = set(keys)
    users = User.objects.filter(
        uid__in=[key.removeprefix("user:") for key in wanted if _is_user(key)]
    ).order_by()
    found = {user.key: user.name or user.email for user in users}
    return {key: found.get(key, _("the system")) for key in wanted}


def _is_user(key: str) -> bool:
    return key.startswith("user:") and len(key.removeprefix("user:")) == _UUID_LENGTH


_UUID_LENGTH = 36
