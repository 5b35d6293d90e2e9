"""Pages of word that came of somebody who has a file: a new case, and correcting what was noted."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.roles import CASEWORKERS
from casework.actions.notices import correct_notice, open_episode
from casework.models import Client, Episode, Notice
from casework.web.acting import act_page
from casework.web.around import own_row
from casework.web.file import own_client
from casework.web.forms.intake import CorrectNoticeForm, ReturnForm


@require_http_methods(["GET", "POST"])
def open_again(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A new episode for somebody who comes back."""
    client = own_client(request, uid)
    centre_id = _centre_for(request, client)
    form = ReturnForm(request.POST or None, centre_id=centre_id, initial={"worker": request.user})

    def act(values: dict[str, Any]) -> Episode:
        chosen = values["worker"]
        return open_episode(
            actor=request.actor,
            client_id=client.pk,
            notice=form.notice,
            centre_id=centre_id,
            worker_id=chosen.pk if chosen else None,
        )

    earlier = client.episodes.order_by("-number")
    return act_page(
        request,
        client,
        form,
        act=act,
        title=_("Open a new case"),
        submit=_("Open the case"),
        done=_("A new case is open."),
        template="casework/open_again.html",
        context={"earlier": earlier},
    )


def _centre_for(request: HttpRequest, client: Client) -> int:
    """The centre that keeps the file if it is one's own, else one's own."""
    own = request.actor.centres_as(*CASEWORKERS)
    return client.centre_id if client.centre_id in own or not own else min(own)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Replace what was noted when word came."""
    row: Notice = own_row(request, Notice, uid)
    told = ("channel", "noticed_on", "place", "reporter", "reporter_phone", "details")
    form = CorrectNoticeForm(request.POST or None, initial={name: getattr(row, name) for name in told})
    return act_page(
        request,
        row.client,
        form,
        act=lambda values: correct_notice(
            actor=request.actor, notice_id=row.pk, notice=form.notice, reason=values["reason"]
        ),
        title=_("Correct the notice"),
        submit=_("Save the correction"),
        lead=_("The old entry stays in the file, marked as corrected."),
        done=_("The notice is corrected."),
    )
