"""A partner's sheet: bringing it, looking at what was read, having it written or dropping it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods

from common import clock
from common.actor import Actor
from common.errors import DomainError
from common.forms.action import handle
from common.permissions import require
from common.sheets.words import SheetError
from common.templatetags.thai import be
from network import permissions, rules
from network.actions import sheets as actions
from network.importing import words
from network.importing.reading import Expected, Line, lines_of, read_lines
from network.models import Contribution, ContributionSheet, Partner
from network.models.units import Unit
from network.web.forms import PlainForm, SheetForm, WriteForm

PAGE = 50
State = ContributionSheet.State
NEW, DOUBLED, ERRORS = KINDS = ("new", "doubled", "errors")


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Bring a sheet. It is read at once and nothing is written yet."""
    actor = request.actor
    partner = get_object_or_404(Partner.objects.visible_to(actor), uid=uid)
    require(permissions.can_log_for(actor, partner), _("You may not write down what this partner gives."))

    def act(values: dict[str, Any]) -> ContributionSheet:
        file = values["file"]
        try:
            lines = read_lines(actor, partner, file, today=clock.today())
        except SheetError as error:
            raise DomainError(error.code, words.SHEET[error.code], "file") from error
        return actions.keep_sheet(actor=actor, partner_id=partner.pk, file_name=file.name, lines=lines)

    return handle(
        request,
        SheetForm(request.POST or None, request.FILES or None),
        act=act,
        then=_address,
        template="network/sheet_new.html",
        context={"partner": partner, "cancel_url": reverse("network:partner", args=[partner.uid])},
    )


@require_GET
def one(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What was read: rows that are new, there already, or to be mended; once written, what became of them."""
    sheet = _sheet(request.actor, uid)
    if sheet.state != State.PREVIEW:
        return render(request, "network/sheet_over.html", _over(sheet))
    lines = lines_of(sheet)
    expected = Expected.of(lines)
    by_kind = {
        NEW: [line for line in lines if line.is_new],
        DOUBLED: [line for line in lines if line.doubled],
        ERRORS: [line for line in lines if line.errors],
    }
    show = request.GET.get("show", "")
    if show not in KINDS:
        show = ERRORS if by_kind[ERRORS] else NEW if by_kind[NEW] else DOUBLED
    page = Paginator(by_kind[show], PAGE).get_page(request.GET.get("page"))
    titles = {NEW: pgettext("row", "New"), DOUBLED: _("There already"), ERRORS: _("To be mended")}
    notes = {
        NEW: _("written when you confirm"),
        DOUBLED: _("left out unless you say so"),
        ERRORS: _("left out; mend them in the file and send it again"),
    }
    context = {
        "sheet": sheet,
        "total": len(lines),
        "tiles": [
            {
                "label": titles[kind],
                "value": len(found),
                "basis": notes[kind],
                "url": f"{_address(sheet)}?show={kind}",
            }
            for kind, found in by_kind.items()
        ],
        "title": titles[show],
        "page": page,
        "rows": [_row(line) for line in page.object_list],
        "may_write": bool(expected.new or expected.doubled),
    }
    return render(request, "network/sheet.html", context)


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say exactly what will be written, then write it."""
    actor, sheet = request.actor, _sheet(request.actor, uid)
    expected = Expected.of(lines_of(sheet))
    form = WriteForm(request.POST or None, expected=expected)

    def act(values: dict[str, Any]) -> list[Contribution]:
        return actions.write_sheet(
            actor=actor,
            sheet_id=sheet.pk,
            expected=form.expected,
            with_doubled=values.get("with_doubled", False),
        )

    def then(_written: list[Contribution]) -> str:
        messages.success(request, _("It is written down. Somebody else confirms it."))
        return _address(sheet)

    question = ngettext("Write down %(n)s contribution?", "Write down %(n)s contributions?", expected.new)
    return handle(
        request,
        form,
        act=act,
        then=then,
        template="network/sheet_write.html",
        context={"sheet": sheet, "title": question % {"n": expected.new}, "cancel_url": _address(sheet)},
    )


@require_http_methods(["GET", "POST"])
def drop(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write nothing of it."""
    actor, sheet = request.actor, _sheet(request.actor, uid)

    def then(_sheet: ContributionSheet) -> str:
        messages.success(request, _("Nothing of it was written."))
        return reverse("network:partner", args=[sheet.partner.uid])

    return handle(
        request,
        PlainForm(request.POST or None),
        act=lambda _values: actions.drop_sheet(actor=actor, sheet_id=sheet.pk),
        then=then,
        template="network/act.html",
        context={
            "title": _("Drop this sheet"),
            "submit": _("Drop it"),
            "lead": _("What was read is removed; nothing is written."),
            "danger": True,
            "cancel_url": _address(sheet),
            "back_label": sheet.file_name,
        },
    )


def _sheet(actor: Actor, uid: UUID) -> ContributionSheet:
    return get_object_or_404(
        ContributionSheet.objects.visible_to(actor).select_related("partner", "started_by"), uid=uid
    )


def _address(sheet: ContributionSheet) -> str:
    return reverse("network:sheet", args=[sheet.uid])


def _over(sheet: ContributionSheet) -> dict[str, Any]:
    written = sheet.rows.filter(contribution__isnull=False).count()
    if sheet.state == State.WRITTEN:
        said = ngettext(
            "%(n)s contribution was written from this sheet.",
            "%(n)s contributions were written from this sheet.",
            written,
        ) % {"n": written}
    elif sheet.state == State.DROPPED:
        said = _("This sheet was dropped; nothing was written.")
    else:
        said = _("The rows of this sheet were removed; what was written from it stays.")
    return {"sheet": sheet, "said": said, "ok": sheet.state == State.WRITTEN}


def _row(line: Line) -> dict[str, Any]:
    given = line.given
    text = line.typed
    if given is not None:
        amount = f"{rules.as_decimal(given.quantity):,} {Unit(given.unit).label}"
        parts = (be(given.given_on), f"{given.what} {amount}", given.giver, given.area, given.remark)
        text = " · ".join(part for part in parts if part)
    return {"row": line.row, "text": text, "wrong": words.row_errors(line.errors)}
