"""Consents: the tab, asking, taking back, the paper to sign."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casework.actions.consents import record_consent, withdraw_consent
from casework.models import Consent, Referral
from casework.papers import consent_pdf
from casework.web.acting import act_page, tab_url
from casework.web.around import own_row
from casework.web.file import file_context, own_client, seen_client
from casework.web.forms.consents import ConsentForm, WithdrawForm
from common.web import files


@require_GET
def tab(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What holds today, and every earlier answer."""
    client = seen_client(request, uid)
    context = file_context(request, client, "consents")
    rows = list(client.consents.select_related("partner", "centre", "asked_by", "withdrawal"))
    return render(
        request,
        "casework/consents/tab.html",
        context
        | {
            "holding": [row for row in rows if row.state == "holds"],
            "earlier": [row for row in rows if row.state != "holds"],
        },
    )


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask, and write the answer down."""
    client = own_client(request, uid)
    form = ConsentForm(request.POST or None, actor=request.actor)

    def act(_values: dict[str, Any]) -> Consent:
        return record_consent(actor=request.actor, client_id=client.pk, asked=form.asked)

    return act_page(
        request,
        client,
        form,
        act=act,
        title=_("Ask before data are used"),
        submit=_("Save the answer"),
        lead=_(
            "Say it in plain words: what, with whom, what for, until when. No is a full answer and costs no help."
        ),
        back=tab_url(client, "consents"),
        done=_("The answer is saved."),
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a consent back."""
    row: Consent = own_row(request, Consent, uid)
    told = [one.recipient for one in Referral.objects.relying_on(row).select_related("partner", "centre")]
    done = _("It is taken back and holds no more.")
    if told:
        done = _("It is taken back and holds no more. Tell: %(recipients)s") % {"recipients": ", ".join(told)}
    return act_page(
        request,
        row.client,
        WithdrawForm(request.POST or None),
        act=lambda values: withdraw_consent(actor=request.actor, consent_id=row.pk, **values),
        title=_("Take the consent back"),
        submit=_("Take it back"),
        lead=_(
            "%(parts)s, with %(recipient)s. From today on it may not be used any more. The help goes on as before."
        )
        % {"parts": ", ".join(row.part_words), "recipient": row.recipient},
        back=tab_url(row.client, "consents"),
        done=done,
    )


@require_GET
def paper(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The form to sign, as PDF; the case code stands on it, the name is written by hand."""
    client = own_client(request, uid)
    content = consent_pdf(code=client.code, centre=str(client.centre))
    return files.answer(content, f"consent-{client.code}.pdf", files.PDF, inline=True)
