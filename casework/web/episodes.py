"""Pages of what happens in an episode: contact, answer, state, worker, closing, corrections."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import events, permissions, rules
from casework.actions.closing import CORRECTABLE, close_episode, correct_event
from casework.actions.episodes import (
    assign_worker,
    move_state,
    record_contact,
    record_help_answer,
)
from casework.models import FollowUp, Need
from casework.web import timeline
from casework.web.acting import act_page, tab_url
from casework.web.file import open_episode, own_client
from casework.web.forms.episodes import (
    AnswerForm,
    CloseForm,
    ContactForm,
    CorrectEventForm,
    StateForm,
    WorkerForm,
)
from common.permissions import require


@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Somebody has met the person."""
    client = own_client(request, uid)
    open_episode(client)
    return act_page(
        request,
        client,
        ContactForm(request.POST or None),
        act=lambda values: record_contact(actor=request.actor, client_id=client.pk, **values),
        title=_("We met the person"),
        submit=_("Save the contact"),
        done=_("The contact is saved."),
    )


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The person accepts or declines help, or takes the acceptance back."""
    client = own_client(request, uid)
    episode = open_episode(client)
    return act_page(
        request,
        client,
        AnswerForm(request.POST or None, answers=events.help_answers(episode)),
        act=lambda values: record_help_answer(actor=request.actor, client_id=client.pk, **values),
        title=_("Their answer to the offer of help"),
        submit=_("Save the answer"),
        lead=_("To decline is a valid answer. We still look after the person from time to time."),
        done=_("The answer is saved."),
    )


@require_http_methods(["GET", "POST"])
def state(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The case goes on, or one step back."""
    client = own_client(request, uid)
    episode = open_episode(client)
    states = rules.moves(episode.state, contacted=events.was_contacted(episode))
    return act_page(
        request,
        client,
        StateForm(request.POST or None, at=episode.state, states=states),
        act=lambda values: move_state(actor=request.actor, client_id=client.pk, **values),
        title=_("Move the case on"),
        submit=_("Move the case"),
        lead=_("The case is at: %(state)s") % {"state": episode.get_state_display()},
        done=_("The case has moved on."),
    )


@require_http_methods(["GET", "POST"])
def worker(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give the case to somebody; a caseworker may take one that nobody has."""
    client = own_client(request, uid)
    episode = open_episode(client)
    taken = permissions.can_assign(request.actor, episode, None) or episode.worker_id is None
    require(taken, _("Cases are assigned by the supervisor or the centre head."))
    form = WorkerForm(request.POST or None, centre_id=episode.centre_id, initial={"worker": episode.worker})
    return act_page(
        request,
        client,
        form,
        act=lambda values: assign_worker(
            actor=request.actor,
            episode_id=episode.pk,
            worker_id=values["worker"].pk if values["worker"] else None,
        ),
        title=_("Who has the case"),
        submit=_("Give the case"),
        lead=_("Appointments that are still open go along."),
        back=reverse("casework:team") if request.GET.get("back") == "team" else "",
        done=_("The case has been given."),
    )


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Close the case; says what else ends with it."""
    client = own_client(request, uid)
    episode = open_episode(client)
    needs = list(Need.objects.filter(episode=episode, state=Need.State.OPEN).order_by("pk"))
    appointments = list(episode.follow_ups.filter(state=FollowUp.State.PLANNED).order_by("due_on", "pk"))
    form = CloseForm(
        request.POST or None,
        needs=needs,
        appointments=len(appointments),
        initial={"outcome": request.GET.get("outcome", "")},
    )
    return act_page(
        request,
        client,
        form,
        act=lambda _values: close_episode(actor=request.actor, client_id=client.pk, closing=form.closing),
        title=_("Close the case"),
        submit=_("Close the case"),
        lead=_("A closed case is not opened again; who comes back gets a new one. The file stays."),
        danger=True,
        done=_("The case is closed."),
        template="casework/close.html",
        context={"appointments": appointments, "episode": episode},
    )


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, uid: UUID, place: int) -> HttpResponse:
    """Correct the `place`-th event of the file."""
    client = own_client(request, uid)
    event = timeline.event_at(client, place)
    if event is None or event.kind not in CORRECTABLE:
        raise Http404
    form = CorrectEventForm(request.POST or None, event=event)
    return act_page(
        request,
        client,
        form,
        act=lambda _values: correct_event(
            actor=request.actor, client_id=client.pk, event_id=event.pk, **form.correction
        ),
        title=_("Correct an entry"),
        submit=_("Save the correction"),
        lead=_("The old entry stays in the file, marked as corrected."),
        back=tab_url(client, "timeline"),
        done=_("The entry is corrected."),
    )
