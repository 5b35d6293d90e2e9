"""The people around somebody: family, guardians and children, and whose files the person stands in."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casework.models import Client, RelatedPerson
from casework.rules.household import inverse
from casework.web import shown
from casework.web.file import file_context, seen_client


@require_GET
def around(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Family, guardians, children; a file of their own is linked where the actor may open it."""
    client = seen_client(request, uid)
    context = file_context(request, client, "around")
    people = list(client.related_people.select_related("other_client"))
    opened = _openable(request, people)
    rows = [
        {
            "person": person,
            "born": shown.partial(person.born_on, person.born_precision),
            "phone": shown.phone(person.phone, whole=context["rights"].see_phone),
            "other": person.other_client if person.other_client_id in opened else None,
        }
        for person in people
    ]
    return render(
        request,
        "casework/file/around.html",
        context | {"rows": rows, "of_others": _of_others(request, client)},
    )


def _of_others(request: HttpRequest, client: Client) -> list[dict[str, Any]]:
    """In whose files the person stands, as what, where the actor may open those."""
    told = RelatedPerson.objects.visible_to(request.actor).filter(other_client=client, ended_on__isnull=True)
    labels = dict(RelatedPerson.Relation.choices)
    return [
        {"client": row.client, "relation": labels[inverse(row.relation)], "lives_with": row.lives_with}
        for row in told.select_related("client").order_by("pk")
    ]


def _openable(request: HttpRequest, people: list[RelatedPerson]) -> set[int]:
    keys = [person.other_client_id for person in people if person.other_client_id]
    if not keys:
        return set()
    return set(Client.objects.visible_to(request.actor).filter(pk__in=keys).values_list("pk", flat=True))
