"""What each part of a file says when it is handed on, and which consent lets it go."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from casework.models import Client, Consent, Need
from common.thai import idnumber


def _name(client: Client) -> Iterable[str]:
    yield client.display_name
    if client.born_on:
        yield _("born %(year)s") % {"year": client.born_on.year + 543}


def _contact(client: Client) -> Iterable[str]:
    yield client.phone
    yield client.sleeping_place or client.found_place


def _needs(client: Client) -> Iterable[str]:
    for need in client.needs.filter(state=Need.State.OPEN).order_by("-urgent", "pk"):
        yield f"{need.get_kind_display()}: {need.words}" if need.words else str(need.get_kind_display())


def _health(client: Client) -> Iterable[str]:
    yield client.health_note


def _papers(client: Client) -> Iterable[str]:
    yield str(client.get_id_status_display())
    yield idnumber.format_pin(client.pin) if client.pin else ""


def _family(client: Client) -> Iterable[str]:
    for person in client.related_people.filter(ended_on__isnull=True, may_contact=True).order_by("pk"):
        yield " ".join(
            word for word in (str(person.get_relation_display()), person.name, person.phone) if word
        )


PARTS: dict[str, Callable[[Client], Iterable[str]]] = {
    Consent.Part.NAME: _name,
    Consent.Part.CONTACT: _contact,
    Consent.Part.NEEDS: _needs,
    Consent.Part.HEALTH: _health,
    Consent.Part.PAPERS: _papers,
    Consent.Part.FAMILY: _family,
}
"""Parts that a referral may carry, in the order they are read."""


def lines(client: Client, part: str) -> list[str]:
    """What `part` of the file says today."""
    return [line for line in PARTS[part](client) if line]
