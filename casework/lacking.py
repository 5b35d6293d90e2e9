"""What files lack, as queries: how many, and which. The same reading as casework.rules.answers has of one file."""

from django.db.models import Count, Q, QuerySet

from accounts.roles import LEADS
from casework.models import Client
from casework.rules.answers import KNOWN, QUESTIONS, STANDINGS
from common.actor import Actor

_EMPTY = {
    "born": Q(born_on__isnull=True),
    "phone": Q(phone=""),
    "home": Q(home_province__isnull=True),
    "health": Q(health_note=""),
    "papers": Q(papers=[]),
}
_CODED = {"identity": "id_status", "legal": "legal_category"}


def files_in_hand(actor: Actor, centre_id: int | None = None) -> QuerySet[Client]:
    """Files with an open case at the centres the actor leads (or at one of them), which they may open."""
    centres = actor.centres_as(*LEADS)
    if centre_id is not None:
        centres = centres & {centre_id}
    # a client has one open episode at most: no file is counted twice
    return Client.objects.visible_to(actor).filter(
        episodes__closed_on__isnull=True, episodes__centre_id__in=centres
    )


def standing(question: str, how: str) -> Q:
    """Files in which `question` stands `how`."""
    if question in _CODED:
        column = _CODED[question]
        coded = [code for code in STANDINGS if code != KNOWN]
        return ~Q(**{f"{column}__in": coded}) if how == KNOWN else Q(**{column: how})
    empty = _EMPTY[question]
    return ~empty if how == KNOWN else empty & Q(**{f"{question}_answer": how})


def counts(files: QuerySet[Client]) -> dict[str, dict[str, int]]:
    """question → standing → number of files. One query."""
    wanted = {
        f"{question}_is_{how}": Count("pk", filter=standing(question, how))
        for question in QUESTIONS
        for how in STANDINGS
    }
    found = files.order_by().aggregate(**wanted)
    return {question: {how: found[f"{question}_is_{how}"] for how in STANDINGS} for question in QUESTIONS}
