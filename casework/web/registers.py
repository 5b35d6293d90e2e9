"""Registers: the list, bringing one, looking at what was read, deciding, having it written."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.roles import CASEWORKERS
from audit.trail import noted_read
from casework import permissions, storing
from casework.actions import registers as actions
from casework.importing import words
from casework.models import Client, RegisterImport, RegisterRow
from casework.register_taking import READ, UNDO, WRITE
from casework.web.forms.register import ConfirmForm, RegisterForm
from casework.web.register_counts import Counts, count_rows, what_happens
from casework.web.register_rows import shown_rows
from common.actor import Actor
from common.errors import DomainError
from common.forms.action import handle
from common.models import DueWork
from common.permissions import require

PAGE = 15
PROGRESS = "progress"
State, Kind, Decision = RegisterImport.State, RegisterRow.Kind, RegisterRow.Decision
TONES = {State.COLUMNS: "warn", State.PREVIEW: "warn", State.DONE: "ok", State.FAILED: "bad"}
TITLES = {
    Kind.NEW: gettext_lazy("New: nobody like them is known"),
    Kind.LIKELY_SAME: gettext_lazy("Likely the same person: you decide"),
    Kind.ERROR: gettext_lazy("To be mended before they can be registered"),
}
REGISTERED = "registered"


@require_GET
def imports(request: HttpRequest) -> HttpResponse:
    """Registers brought for the own centres, newest first."""
    require_caseworker(request.actor)
    waiting = request.GET.get("show") == "waiting"
    registers = RegisterImport.objects
    found = registers.waiting_for(request.actor) if waiting else registers.visible_to(request.actor)
    found = found.select_related("centre", "started_by")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    written = RegisterRow.objects.registered().filter(register__in=list(page.object_list))
    registered = dict(written.order_by().values_list("register").annotate(Count("pk")))
    for register in page.object_list:
        register.tone = TONES.get(State(register.state), "")
        register.registered = registered.get(register.pk, 0)
    several = len(request.actor.centres_as(*CASEWORKERS)) > 1
    context = {"page": page, "several": several, "waiting": waiting}
    return render(request, "casework/imports/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Bring a register: it is kept and read in the background."""
    actor = request.actor
    require_caseworker(actor)

    def act(values: dict[str, Any]) -> RegisterImport:
        stored_as = storing.put_upload(values["file"].read())
        try:
            return actions.take_register(
                actor=actor,
                centre_id=values["centre"].pk,
                file_name=values["file"].name,
                stored_as=stored_as,
                ask_columns=values["ask_columns"],
            )
        except BaseException:
            storing.drop(stored_as)
            raise

    form = RegisterForm(request.POST or None, request.FILES or None, actor=actor)
    return handle(request, form, act=act, then=address_of, template="casework/imports/new.html")


@require_GET
def one(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far it is; then its rows, with what can be decided about them."""
    register = register_of(request.actor, uid)
    busy = register.state in {State.READING, State.WRITING, State.UNDOING}
    if request.htmx.target == PROGRESS and not busy:
        return HttpResponseRedirect(address_of(register))
    if busy:
        part = f"#{PROGRESS}" if request.htmx.target == PROGRESS else ""
        return render(request, f"casework/imports/busy.html{part}", _busy(register))
    if register.state == State.COLUMNS:
        return redirect("casework:import_columns", register.uid)
    if not register.in_hand:
        context = {"register": register, "why": words.SHEET.get(register.error_code, "")}
        return render(request, "casework/imports/over.html", context)
    return render(request, "casework/imports/preview.html", _preview(request, register))


@require_POST
def decide(request: HttpRequest, uid: UUID, row: int) -> HttpResponse:
    """Decide about one row; htmx gets the row and the counts, others the page they came from."""
    actor, register = request.actor, register_of(request.actor, uid)
    refused = ""
    try:
        actions.decide_row(
            actor=actor, register_id=register.pk, row=row, decision=request.POST.get("decision", "")
        )
    except DomainError as error:
        refused = str(error)
    if not request.htmx:
        if refused:
            messages.error(request, refused)
        return redirect(f"{address_of(register)}?{request.GET.urlencode()}#row-{row}")
    counts = count_rows(register)
    show = _show(request, counts)
    found = list(register.rows.filter(row=row).select_related("ask_centre"))
    (shown,) = shown_rows(found, actor, refused=refused)
    context = _summary(register, counts) | {"row": shown, "show": show, "oob": True}
    return render(request, "casework/imports/_decided.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say exactly what will be written and what stays out, then have it written."""
    actor, register = request.actor, register_of(request.actor, uid)
    counts = count_rows(register)
    if request.method == "GET" and not (register.in_hand and counts.expected):
        return redirect(address_of(register))
    if counts.to_write:
        question = ngettext("Register %(n)s person?", "Register %(n)s people?", counts.to_write)
    else:
        question = ngettext("Complete %(n)s file?", "Complete %(n)s files?", counts.to_fill)
    context = {
        "register": register,
        "facts": what_happens(counts),
        "title": question % {"n": counts.to_write or counts.to_fill},
        "cancel_url": address_of(register),
    }
    return handle(
        request,
        ConfirmForm(request.POST or None, count=counts.expected),
        act=lambda values: actions.confirm_register(actor=actor, register_id=register.pk, **values),
        then=address_of,
        template="casework/imports/confirm.html",
        context=context,
    )


def require_caseworker(actor: Actor) -> None:
    require(permissions.can_do_casework(actor), _("Registers are brought by caseworkers."))


def register_of(actor: Actor, uid: UUID) -> RegisterImport:
    """The register that this address names, of a centre where the actor registers people."""
    visible = RegisterImport.objects.visible_to(actor).select_related("centre", "started_by")
    register = get_object_or_404(visible, uid=uid)
    require(
        permissions.can_register_at(actor, register.centre_id), _("Registers are brought by caseworkers.")
    )
    return register


def address_of(register: RegisterImport) -> str:
    """Its page."""
    return reverse("casework:import", args=[register.uid])


def _busy(register: RegisterImport) -> dict[str, Any]:
    """How far it is. `given_up`: the work failed again and again, and waits for an administrator."""
    kind = {State.READING: READ, State.WRITING: WRITE}.get(State(register.state), UNDO)
    works = DueWork.objects.filter(kind=kind, subject=str(register.uid))
    return {
        "register": register,
        "address": address_of(register),
        "reading": register.state == State.READING,
        "undoing": register.state == State.UNDOING,
        "given_up": works.filter(state=DueWork.State.FAILED).exists()
        and not works.filter(state=DueWork.State.WAITING).exists(),
        "to_write": register.rows.to_write().count() if register.state == State.WRITING else 0,
    }


def _summary(register: RegisterImport, counts: Counts) -> dict[str, Any]:
    """The counts as ways to the rows behind them."""
    tiles: list[tuple[str, str, int, str]] = [
        (Kind.NEW, _("New"), counts.new, ""),
        (
            Kind.LIKELY_SAME,
            _("Likely the same person"),
            counts.likely_same,
            ngettext("%(n)s to decide", "%(n)s to decide", counts.undecided) % {"n": counts.undecided},
        ),
        (Kind.ERROR, _("To be mended"), counts.error, ""),
    ]
    if counts.registered:
        tiles.append((REGISTERED, _("People registered"), counts.registered, ""))
    address = address_of(register)
    return {
        "register": register,
        "counts": counts,
        "tiles": [
            {"label": label, "value": value, "basis": basis, "url": f"{address}?show={key}"}
            for key, label, value, basis in tiles
        ],
        "why": words.SHEET.get(register.error_code, ""),
        "undoable": counts.registered + counts.filled > 0,
    }


def _show(request: HttpRequest, counts: Counts) -> str:
    """Which rows are shown: those asked for, else the first kind that needs a person."""
    asked = request.GET.get("show", "")
    if asked in {*Kind.values, REGISTERED}:
        return asked
    if counts.registered:
        return REGISTERED
    return Kind.LIKELY_SAME if counts.likely_same else Kind.ERROR if counts.error else Kind.NEW


def _preview(request: HttpRequest, register: RegisterImport) -> dict[str, Any]:
    actor, counts = request.actor, count_rows(register)
    show = _show(request, counts)
    context = _summary(register, counts) | {
        "show": show,
        "people": [],
        "rows": [],
        "may_undo": permissions.can_undo_register(actor, register),
    }
    if show == REGISTERED:
        made = Client.objects.visible_to(actor).filter(source_import=register).order_by("pk")
        people = Paginator(made.defer("pin", "health_note", "remark"), PAGE).get_page(request.GET.get("page"))
        noted_read(actor, "list", subjects=[str(client.uid) for client in people.object_list])
        return context | {
            "page": people,
            "people": people.object_list,
            "title": _("Registered from this file"),
        }
    rows = register.rows.filter(kind=show).select_related("ask_centre").order_by("row")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return context | {
        "page": page,
        "rows": shown_rows(list(page.object_list), actor),
        "title": TITLES[Kind(show)],
    }
