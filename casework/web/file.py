"""The client file: one head, several tabs, and what each shows."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from audit.trail import noted_read
from casework import events, permissions, rules
from casework.models import Client, Episode, FollowUp, Need, RelatedPerson
from casework.permissions import FileRights, rights_in
from casework.refusals import MESSAGES
from casework.rules.household import is_child
from casework.web import shown, timeline
from casework.web.linked import linked_rows
from casework.web.quality import missing_rows
from casework.web.rows import flags_raised
from common import clock, slots
from common.errors import DomainError
from common.permissions import require
from common.templatetags.thai import be

GUARDIANS = RelatedPerson.objects.filter(ended_on__isnull=True).exclude(guardianship="")

WHOLE = Client.objects.select_related("centre__province", "home_province").annotate(
    is_linked=Exists(Client.objects.filter(person=OuterRef("person")).exclude(pk=OuterRef("pk"))),
    has_guardian=Exists(GUARDIANS.filter(client=OuterRef("pk"))),
)
"""Whole files; what few have is asked for only where it is there."""


def seen_client(request: HttpRequest, uid: UUID) -> Client:
    """The client, if the actor may open the file; 404 otherwise."""
    return get_object_or_404(WHOLE.visible_to(request.actor), uid=uid)


def own_client(request: HttpRequest, uid: UUID) -> Client:
    """The client, if the actor may write in the file; 404 unseen, 403 where one may only read."""
    client = seen_client(request, uid)
    require(permissions.can_write(request.actor, client), _("You may read this file but not write in it."))
    return client


def open_episode(client: Client) -> Episode:
    """The open episode. 409 without one: the page was made for a case that is closed by now."""
    episode = client.episodes.select_related("worker").filter(closed_on__isnull=True).first()
    if episode is None:
        raise DomainError("episode_closed", MESSAGES["episode_closed"])
    return episode


def file_context(request: HttpRequest, client: Client, tab: str, *, door: str = "page") -> dict[str, Any]:
    """What every tab shows above itself; the read is noted. For tabs of higher apps too (see places.ClientTab)."""
    noted_read(request.actor, "client", subjects=[str(client.uid)], door=door)
    episodes = list(client.episodes.select_related("worker", "centre").order_by("-number"))
    last = episodes[0] if episodes else None
    return {
        "client": client,
        "rights": rights_in(request.actor, client),
        "episodes": episodes,
        "last_episode": last,
        "episode": last if last and last.closed_on is None else None,
        "chips": _chips(client, last),
        "flags": flags_raised(client),
        "linked": linked_rows(request, client),
        "tabs": _tabs(request, client, tab),
        "next_one": _planned(client).first(),
    }


def _planned(client: Client) -> Any:
    planned = client.follow_ups.filter(state=FollowUp.State.PLANNED)
    return planned.select_related("worker").order_by("due_on", "due_time", "pk")


def _chips(client: Client, last: Episode | None) -> list[shown.Chip]:
    chips = [shown.state_chip(last)]
    if last is not None and last.number > 1:
        chips.append((_("round %(number)s of help") % {"number": last.number}, ""))
    if client.pin and not client.pin_verified:
        chips.append((_("ID number not verified"), "warn"))
    if is_child(client.born_on, client.born_precision, today=clock.today()):
        chips.append((_("under 18"), "warn"))
    if client.kept_id is not None:
        chips.append((_("set aside"), "warn"))
    if client.restricted:
        chips.append((_("restricted file"), "bad"))
    return chips


def _tabs(request: HttpRequest, client: Client, current: str) -> list[dict[str, Any]]:
    return [
        {
            "label": tab.label,
            "url": reverse(tab.url_name, args=[client.uid]),
            "current": tab.key == current,
            "count": 0,
        }
        for tab in slots.entries("client.tabs")
        if tab.allowed(request.actor, client)
    ]


def _steps(episode: Episode | None) -> list[dict[str, Any]]:
    """The states of a case as steps, done, now and to come."""
    if episode is None:
        return []
    at = rules.STATES.index(episode.state)
    labels = dict(Episode.State.choices)
    return [
        {"label": labels[state], "state": "done" if place < at else "now" if place == at else "next"}
        for place, state in enumerate(rules.STATES)
    ]


@require_GET
def overview(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Where the case stands, what is needed, what comes next."""
    client = seen_client(request, uid)
    context = file_context(request, client, "overview")
    needs = Need.objects.filter(client=client, episode=context["last_episode"])
    return render(
        request,
        "casework/file/overview.html",
        context
        | {
            "facts": [*_guardians(client, context["rights"]), *_facts(client, context["rights"])],
            "needs": needs.order_by("state", "-urgent", "pk"),
            "steps": _steps(context["episode"]),
            "notice": _notice(context["last_episode"], context["rights"]),
            "help_answer": _help_answer(context["episode"]),
            "may_assign": _may_assign(request, context["episode"]),
            "timeline": timeline.of_client(client, notes=False, limit=5),
            "missing": missing_rows(client) if context["rights"].write else [],
        },
    )


def _facts(client: Client, rights: FileRights) -> list[shown.Fact]:
    return shown.person_facts(client, rights, clock.today())


def _guardians(client: Client, rights: FileRights) -> list[shown.Fact]:
    """Who answers for the person; of a child for whom nobody does, that this is not known."""
    found = GUARDIANS.filter(client=client) if client.has_guardian else []
    lines = [
        shown.Fact(
            _("Answers for them"),
            " · ".join(
                part
                for part in (
                    row.name,
                    str(row.get_guardianship_display()),
                    shown.phone(row.phone, whole=rights.see_phone),
                )
                if part
            ),
        )
        for row in found
    ]
    child = is_child(client.born_on, client.born_precision, today=clock.today())
    return lines or ([shown.Fact(_("Answers for them"), _("nobody is written down yet"))] if child else [])


def _notice(episode: Episode | None, rights: FileRights) -> dict[str, Any] | None:
    """How word came; from whom, and what was said, only for those who may write in the file."""
    row = episode.notices.standing().first() if episode else None
    if row is None:
        return None
    told = [
        shown.Fact(_("Word came"), row.get_channel_display()),
        shown.Fact(_("Date of notice"), be(row.noticed_on)),
        shown.Fact(_("Place"), row.place),
    ]
    if rights.write:
        told += [
            shown.Fact(
                _("Reported by"), " ".join(part for part in (row.reporter, row.reporter_phone) if part)
            ),
            shown.Fact(_("What was reported"), row.details),
        ]
    return {"uid": row.uid, "facts": [fact for fact in told if fact.value]}


def _help_answer(episode: Episode | None) -> shown.Chip | None:
    answers = events.help_answers(episode) if episode else []
    return shown.help_chip(answers[-1]) if answers else None


def _may_assign(request: HttpRequest, episode: Episode | None) -> bool:
    """Leads assign; a caseworker takes what nobody has."""
    if episode is None:
        return False
    nobodys = episode.worker_id is None and permissions.can_register_at(request.actor, episode.centre_id)
    return nobodys or permissions.can_assign(request.actor, episode, None)


@require_GET
def whole_timeline(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Everything that happened, newest first."""
    client = seen_client(request, uid)
    context = file_context(request, client, "timeline")
    entries = timeline.of_client(client, notes=context["rights"].read_notes)
    return render(request, "casework/file/timeline.html", context | {"timeline": entries})


@require_GET
def follow_ups(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Appointments to come and what came of the earlier ones."""
    client = seen_client(request, uid)
    context = file_context(request, client, "follow_ups")
    past = client.follow_ups.exclude(state=FollowUp.State.PLANNED).select_related("worker")
    page = Paginator(past.prefetch_related("results").order_by("-due_on", "-pk"), 30).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "casework/file/follow_ups.html",
        context | {"planned": _planned(client), "page": page, "rows": [_done(f, context) for f in page]},
    )


def _done(follow_up: FollowUp, context: dict[str, Any]) -> dict[str, Any]:
    """A past appointment with the result that stands."""
    corrected = {result.corrects_id for result in follow_up.results.all()}
    result = next((r for r in follow_up.results.all() if r.pk not in corrected), None)
    note = result.note if result and context["rights"].read_notes else ""
    return {
        "follow_up": follow_up,
        "result": result,
        "met": result is not None and result.result in rules.MEETINGS,
        "note": note,
        "corrected": bool(corrected - {None}),
    }


@require_GET
def notes(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What was written down; 403 for roles that do not read it."""
    client = seen_client(request, uid)
    require(permissions.can_read_notes(request.actor, client), _("Notes are read by caseworkers and nurses."))
    context = file_context(request, client, "notes")
    rows = client.notes.select_related("author", "corrects").filter(corrected_by__isnull=True)
    page = Paginator(rows.order_by("-occurred_on", "-pk"), 30).get_page(request.GET.get("page"))
    return render(request, "casework/file/notes.html", context | {"page": page})


@require_GET
def printed(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The file on paper: the ID number stays masked, whoever prints."""
    client = seen_client(request, uid)
    context = file_context(request, client, "print", door="print")
    rights = context["rights"]
    return render(
        request,
        "casework/file/print.html",
        context
        | {
            "facts": shown.person_facts(client, rights.on_paper(), clock.today()),
            "needs": client.needs.select_related("episode").order_by("-episode__number", "state", "pk"),
            "planned": _planned(client),
            "people": client.related_people.filter(ended_on__isnull=True),
            "timeline": timeline.of_client(client, notes=rights.read_notes),
            "printed_at": clock.now(),
        },
    )
