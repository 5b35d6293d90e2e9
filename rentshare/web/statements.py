"""A tenant's statement: on screen, on paper, as a sheet. All three are the ledger itself."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from audit.trail import noted_read
from casework import naming
from common.errors import NotVisible
from common.web import files
from rentshare import papers, permissions, reading
from rentshare.models import Tenancy
from rentshare.reading import Statement
from rentshare.web import shown
from rentshare.web.forms.money import SpanForm
from rentshare.web.tenancies import seen_tenancy


def _asked(request: HttpRequest, found: Tenancy) -> tuple[SpanForm, Statement]:
    """The statement of the days in the address; days that cannot be read are said in the form and left out."""
    form = SpanForm(request.GET or None)
    days: dict[str, Any] = {}
    if form.is_bound:
        form.is_valid()
        days = {name: form.cleaned_data.get(name) for name in ("since", "until")}
    return form, reading.statement(found.account, days.get("since"), days.get("until"))


@require_GET
def statement(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What was charged and paid, with what is owed after each."""
    found, actor = seen_tenancy(request, uid), request.actor
    form, asked = _asked(request, found)
    _note(request, found, "page")
    keeps = permissions.can_keep_books(actor, found.centre_id)
    return render(
        request,
        "rentshare/statement.html",
        {
            "tenancy": found,
            "name": naming.names_of(actor, [found])[found.pk],
            "place": shown.place_of(found),
            "tenancy_url": shown.tenancy_url(found),
            "statement": asked,
            "span": papers.span(asked),
            "lines": [
                {
                    "line": line,
                    "what": papers.what(line),
                    "month": line.rent_month,
                    "may_reverse": keeps and not line.reverses and not line.reversed_by,
                }
                for line in asked.lines
            ],
            "form": form,
            "query": request.GET.urlencode(),
        },
    )


def _note(request: HttpRequest, found: Tenancy, door: str) -> None:
    if permissions.can_name(request.actor, found):
        noted_read(request.actor, "statement", subjects=[str(found.client.uid)], door=door)


def _file(request: HttpRequest, uid: UUID, kind: str) -> HttpResponse:
    found = seen_tenancy(request, uid)
    form, asked = _asked(request, found)
    if form.is_bound and not form.is_valid():
        raise NotVisible
    name = naming.names_of(request.actor, [found])[found.pk]
    heading = papers.statement_heading(found, name)
    _note(request, found, "print" if kind == "pdf" else "export")
    file_name = f"statement-{found.client.code}.{kind}"
    if kind == "pdf":
        return files.answer(papers.statement_pdf(asked, heading), file_name, files.PDF, inline=True)
    return files.answer(papers.statement_xlsx(asked, heading), file_name, files.XLSX)


@require_GET
def statement_pdf(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The statement on paper, in the reader's language."""
    return _file(request, uid, "pdf")


@require_GET
def statement_xlsx(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The statement as a sheet, in the reader's language."""
    return _file(request, uid, "xlsx")
