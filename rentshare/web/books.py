"""The trial balance, and the entries behind each of its lines."""

from datetime import date
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.models import Centre
from audit.trail import noted_read
from casework import naming
from common.errors import NotVisible
from common.web import files
from rentshare import papers
from rentshare.models import Account, Posting
from rentshare.reading import Balance, trial_balance
from rentshare.web import shown
from rentshare.web.forms.money import SpanForm
from rentshare.web.runs import may_read

PAGE = 50
ALL = "all"


class Asked(NamedTuple):
    """Whose books, up to which day; `code` is a centre's or "all"."""

    code: str
    whose: str
    centre_ids: list[int]
    centres: list[Centre]
    until: date | None
    form: SpanForm


def _asked(request: HttpRequest) -> Asked:
    """What the address asks for, within what the actor reads. Raises NotVisible for a centre that is not theirs."""
    may_read(request)
    centres = shown.book_centres(request.actor)
    code = request.GET.get("centre", "") or (ALL if len(centres) > 1 else centres[0].code if centres else ALL)
    form = SpanForm(request.GET if "until" in request.GET else None)
    until = form.cleaned_data.get("until") if form.is_bound and form.is_valid() else None
    if code == ALL:
        whose = _("All centres") if len(centres) != 1 else centres[0].name
        return Asked(ALL, whose, [one.pk for one in centres], centres, until, form)
    found = next((one for one in centres if one.code == code), None)
    if found is None:
        raise NotVisible
    return Asked(code, found.name, [found.pk], centres, until, form)


@require_GET
def balance(request: HttpRequest) -> HttpResponse:
    """Each account's debits and credits; both sides are the same, always."""
    asked = _asked(request)
    found = trial_balance(asked.centre_ids, asked.until)
    query = {"centre": asked.code} | ({"until": request.GET["until"]} if asked.until else {})
    lines = [
        {
            "line": line,
            "label": papers.line_label(line.kind_label, line.subject),
            "url": reverse("rentshare:entries", args=[line.kind], query=query | {"subject": line.subject}),
        }
        for line in found.lines
    ]
    return render(
        request,
        "rentshare/balance.html",
        {
            "asked": asked,
            "balance": found,
            "lines": lines,
            "debit_balances": sum(line.debit_balance for line in found.lines),
            "credit_balances": sum(line.credit_balance for line in found.lines),
            "sheet_url": reverse("rentshare:balance_xlsx", query=query),
            "all": ALL,
        },
    )


@require_GET
def balance_xlsx(request: HttpRequest) -> HttpResponse:
    """The same as a sheet, in the reader's language."""
    asked = _asked(request)
    found: Balance = trial_balance(asked.centre_ids, asked.until)
    name = f"trial-balance-{asked.code}.xlsx"
    return files.answer(papers.balance_xlsx(found, asked.whose), name, files.XLSX)


@require_GET
def entries(request: HttpRequest, kind: str) -> HttpResponse:
    """The entries behind a line of the trial balance, the latest first."""
    asked = _asked(request)
    if kind not in Account.Kind.values:
        raise NotVisible
    subject = request.GET.get("subject", "").replace("\x00", "")[:120]
    sides = [{f"{side}__kind": kind} | ({f"{side}__subject": subject} if subject else {}) for side in _SIDES]
    rows = Posting.objects.visible_to(request.actor).filter(period__centre__in=asked.centre_ids)
    rows = rows.filter(Q(**sides[0]) | Q(**sides[1]))
    if asked.until:
        rows = rows.filter(posted_on__lte=asked.until)
    wanted = rows.select_related("debit", "credit", "tenancy__client", "receipt__centre", "period")
    page = Paginator(wanted.prefetch_related("reversals").order_by("-posted_on", "-pk"), PAGE).get_page(
        request.GET.get("page")
    )
    label = str(dict(Account.Kind.choices)[kind])
    return render(
        request,
        "rentshare/entries.html",
        {
            "asked": asked,
            "title": papers.line_label(label, subject),
            "page": page,
            "rows": _rows(request, list(page), kind, subject),
            "back_url": reverse("rentshare:balance", query={"centre": asked.code}),
        },
    )


_SIDES = ("debit", "credit")


def _rows(request: HttpRequest, postings: list[Posting], kind: str, subject: str) -> list[dict[str, Any]]:
    tenancies = {one.tenancy.pk: one.tenancy for one in postings if one.tenancy is not None}
    actor, those = request.actor, list(tenancies.values())
    names, named = naming.names_of(actor, those), naming.named_in(actor, those)
    noted_read(actor, "list", subjects=[str(one.client.uid) for one in those if one.pk in named])
    return [
        {
            "posting": one,
            "what": _what(one),
            "name": names[one.tenancy.pk] if one.tenancy is not None else "",
            "url": shown.tenancy_url(one.tenancy) if one.tenancy is not None else "",
            "receipt": getattr(one, "receipt", None),
            "debit": one.amount if _is(one.debit, kind, subject) else 0,
            "credit": one.amount if _is(one.credit, kind, subject) else 0,
            "undone": bool(one.reverses_id or one.reversals.all()),
        }
        for one in postings
    ]


def _is(account: Account, kind: str, subject: str) -> bool:
    return account.kind == kind and (not subject or account.subject == subject)


def _what(one: Posting) -> str:
    words = [str(one.get_kind_display())]
    if one.rent_month:
        words.append(shown.month_label(one.rent_month))
    if one.reverses_id:
        words.append(_("taken back"))
    elif one.reversals.all():
        words.append(_("was taken back"))
    return " · ".join(words)
