"""Referrals: those one received and sent, one of them, and each step."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from audit.trail import noted_read
from casework import permissions
from casework.actions.referrals import (
    answer_referral,
    finish_referral,
    review_referral,
    revoke_referral,
    send_referral,
)
from casework.models import Referral
from casework.web.acting import act_page, saying, tab_url
from casework.web.around import own_row
from casework.web.file import file_context, open_episode, own_client, seen_client
from casework.web.forms.person import ReasonForm
from casework.web.forms.referrals import AnswerForm, NoteForm, ReferralForm
from common.actor import Actor
from common.forms.action import ActionForm, handle
from common.permissions import require

WHOLE = Referral.objects.select_related("client__centre", "partner", "centre", "from_centre", "sent_by")
TONES = {"sent": "warn", "accepted": "brand", "done": "ok", "declined": "bad", "revoked": ""}


def _shown_as(actor: Actor) -> list[dict[str, Any]]:
    """The lists that the actor has."""
    lists = [{"key": "received", "label": _("Received")}]
    if permissions.can_do_casework(actor):
        lists.append({"key": "sent", "label": _("Sent")})
    if permissions.can_lead(actor):
        lists.append({"key": "review", "label": _("Without consent")})
    return lists


@require_GET
def referrals(request: HttpRequest) -> HttpResponse:
    """What one received; for caseworkers what they sent, for leads what went without consent."""
    actor = request.actor
    require(permissions.can_have_referrals(actor), _("Referrals are for caseworkers and partners."))
    lists = _shown_as(actor)
    keys = [one["key"] for one in lists]
    show = request.GET.get("show", "")
    show = show if show in keys else keys[0]
    found = {
        "received": WHOLE.received_by(actor),
        "sent": WHOLE.visible_to(actor).filter(sent_by_id=actor.user_id),
        "review": WHOLE.to_review(actor),
    }[show]
    page = Paginator(found.order_by("-sent_on", "-pk"), 30).get_page(request.GET.get("page"))
    tabs = [
        {
            "label": one["label"],
            "url": f"{reverse('casework:referrals')}?show={one['key']}",
            "current": one["key"] == show,
            "count": 0,
        }
        for one in lists
    ]
    return render(
        request,
        "casework/referrals/list.html",
        {
            "page": page,
            "rows": [_row(one) for one in page],
            "tabs": tabs if len(tabs) > 1 else [],
            "show": show,
        },
    )


def _row(referral: Referral) -> dict[str, Any]:
    return {"referral": referral, "tone": TONES[referral.state]}


@require_GET
def tab(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The referrals of one file."""
    client = seen_client(request, uid)
    require(
        permissions.can_read_notes(request.actor, client), _("Referrals are read by caseworkers and nurses.")
    )
    context = file_context(request, client, "referrals")
    rows = WHOLE.filter(client=client).order_by("-sent_on", "-pk")
    return render(request, "casework/referrals/tab.html", context | {"rows": [_row(one) for one in rows]})


def _seen(request: HttpRequest, uid: UUID) -> Referral:
    """The referral, for who received it and who reads the notes of the file; 404 otherwise."""
    row: Referral | None = WHOLE.received_by(request.actor).filter(uid=uid).first()
    if row is not None:
        return row
    row = get_object_or_404(WHOLE.visible_to(request.actor), uid=uid)
    require(
        permissions.can_read_notes(request.actor, row.client),
        _("Referrals are read by caseworkers and nurses."),
    )
    return row


@require_GET
def one(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One referral: what is asked, what may be read, what happened. The look is in the trail."""
    row = _seen(request, uid)
    actor = request.actor
    noted_read(actor, "referral", subjects=[str(row.client.uid)])
    received = permissions.can_answer_referral(actor, row)
    sender = not received and permissions.can_write(actor, row.client)
    return render(
        request,
        "casework/referrals/one.html",
        {
            "row": row,
            "tone": TONES[row.state],
            "shared": row.shown(),
            "events": row.events.select_related("by"),
            "file": row.client if permissions.can_open_file(actor, row.client) else None,
            "may_answer": received and row.state == Referral.State.SENT,
            "may_finish": received and row.state == Referral.State.ACCEPTED,
            "may_revoke": sender and row.is_open,
            "may_review": row.basis != Referral.Basis.CONSENT
            and row.reviewed_on is None
            and permissions.can_review_referral(actor, row),
            "shows_basis": not received,
        },
    )


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask a partner or another centre to help."""
    client = own_client(request, uid)
    open_episode(client)
    form = ReferralForm(request.POST or None, actor=request.actor, client=client)
    return act_page(
        request,
        client,
        form,
        act=lambda _values: send_referral(actor=request.actor, client_id=client.pk, new=form.new),
        title=_("Ask somebody to help"),
        submit=_("Send the referral"),
        lead=_("Only what you tick goes along. Where the person has not agreed, ask first."),
        back=tab_url(client, "referrals"),
        done=_("The referral is sent."),
    )


def _step(
    request: HttpRequest,
    row: Referral,
    form: ActionForm,
    *,
    act: Callable[[dict[str, Any]], Any],
    title: Any,
    submit: Any,
    said: Any,
) -> HttpResponse:
    """A form of whoever received it: names nobody, and goes back to the referral."""
    back = reverse("casework:referral", args=[row.uid])
    return handle(
        request,
        form,
        act=act,
        then=saying(request, said, back),
        template="casework/plain_form.html",
        context={"title": title, "submit": submit, "cancel_url": back, "lead": row.ask, "danger": False},
    )


def _received(request: HttpRequest, uid: UUID) -> Referral:
    row = _seen(request, uid)
    require(
        permissions.can_answer_referral(request.actor, row), _("Only whoever received it answers a referral.")
    )
    return row


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say yes, or no with a reason."""
    row = _received(request, uid)

    def act(values: dict[str, Any]) -> Referral:
        accept = values["answer"] == "yes"
        return answer_referral(actor=request.actor, referral_id=row.pk, accept=accept, note=values["note"])

    return _step(
        request,
        row,
        AnswerForm(request.POST or None),
        act=act,
        title=_("Answer the referral"),
        submit=_("Send the answer"),
        said=_("Thank you. The answer is sent."),
    )


@require_http_methods(["GET", "POST"])
def done(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that it is done."""
    row = _received(request, uid)
    return _step(
        request,
        row,
        NoteForm(request.POST or None),
        act=lambda values: finish_referral(actor=request.actor, referral_id=row.pk, **values),
        title=_("It is done"),
        submit=_("Say that it is done"),
        said=_("Thank you. It is written down as done."),
    )


@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Call it back."""
    row: Referral = own_row(request, Referral, uid)
    return act_page(
        request,
        row.client,
        ReasonForm(request.POST or None),
        act=lambda values: revoke_referral(actor=request.actor, referral_id=row.pk, **values),
        title=_("Call the referral back"),
        submit=_("Call it back"),
        lead=_("%(recipient)s reads nothing of it any more.") % {"recipient": row.recipient},
        danger=True,
        back=reverse("casework:referral", args=[row.uid]),
        done=_("The referral is called back."),
    )


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A lead has looked at what went without consent."""
    row: Referral = own_row(request, Referral, uid)
    require(
        permissions.can_review_referral(request.actor, row), _("Another lead of the centre looks at this.")
    )
    return act_page(
        request,
        row.client,
        NoteForm(request.POST or None),
        act=lambda values: review_referral(actor=request.actor, referral_id=row.pk, **values),
        title=_("Shared without consent"),
        submit=_("I have looked at it"),
        lead=f"{row.get_basis_display()}: {row.basis_reason}",
        back=reverse("casework:referral", args=[row.uid]),
        done=_("That you looked at it is saved."),
    )
