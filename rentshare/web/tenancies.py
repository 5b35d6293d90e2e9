"""Tenancies: the list, the page of one, the end of one."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from audit.trail import noted_read
from casework import naming
from casework.models import Client
from common import clock
from common.actor import Actor
from common.forms.action import handle
from common.permissions import require
from rentshare import arrears, permissions, reading, rules
from rentshare.actions.tenancies import end_tenancy
from rentshare.missing import agreed_for
from rentshare.models import MissedShare, Receipt, Tenancy
from rentshare.reading.tenancies import MonthRent
from rentshare.rules.terms import shares_in
from rentshare.splitting import next_due
from rentshare.web import schemes_shown, shown
from rentshare.web.forms.money import EndForm

PAGE = 30
WHOLE = ("client", "centre", "scheme", "version", "account", "lease__landlord", "bed__room__property")
SHOW = {
    "now": gettext_lazy("Living there now"),
    "arrears": gettext_lazy("In arrears"),
    "coming": gettext_lazy("To begin"),
    "ended": gettext_lazy("Ended"),
}
SORTS = {"name": gettext_lazy("name"), "start": gettext_lazy("beginning, latest first")}
MONTHS_SHOWN = 12
AGREED = Tenancy.Reason.AGREED


def seen_tenancy(request: HttpRequest, uid: UUID) -> Tenancy:
    """The tenancy, if the actor may see it; 404 otherwise."""
    found: Tenancy = get_object_or_404(
        Tenancy.objects.visible_to(request.actor).select_related(*WHOLE), uid=uid
    )
    return found


# --- the list ----------------------------------------------------------------------------------------------


@require_GET
def tenancies(request: HttpRequest) -> HttpResponse:
    """Whom the programme houses; which of them and in what order stands in the address."""
    actor, today = request.actor, clock.today()
    require(
        permissions.can_see_rent(actor), _("Rent rooms are for caseworkers, finance officers and auditors.")
    )
    show = shown.chosen(request, "show", SHOW, "now")
    sort = shown.chosen(request, "sort", SORTS, "name")
    words = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    found = _matching(_showing(Tenancy.objects.visible_to(actor), show, today), actor, words)
    order = ("client__sort_key", "-starts_on", "pk") if sort == "name" else ("-starts_on", "-pk")
    page = Paginator(found.select_related(*WHOLE).order_by(*order), PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "rentshare/tenancies.html",
        {
            "page": page,
            "rows": tenancy_rows(actor, list(page), today),
            "show": show,
            "q": words,
            "tabs": shown.ways(request, "show", SHOW, show),
            "sorts": shown.ways(request, "sort", SORTS, sort),
            "may_keep": bool(_kept(actor)),
        },
    )


def _kept(actor: Actor) -> list[int]:
    return [centre for centre in actor.centre_ids if permissions.can_keep_books(actor, centre)]


def _showing(found: "QuerySet[Tenancy]", show: str, today: date) -> "QuerySet[Tenancy]":
    if show == "arrears":
        return arrears.owing(found)
    if show == "coming":
        return found.filter(starts_on__gt=today)
    if show == "ended":
        return found.filter(ends_on__lt=today)
    now = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    return found.filter(now, starts_on__lte=today)


def _matching(found: "QuerySet[Tenancy]", actor: Actor, words: str) -> "QuerySet[Tenancy]":
    """By house, room or cohort; by code of the person, and by name for those who may read it."""
    if not words:
        return found
    readable = Client.objects.visible_to(actor).order_by()
    kept = Q(centre_id__in=_kept(actor), client__restricted=False)
    name = Q(client__first_name__icontains=words) | Q(client__last_name__icontains=words)
    name |= Q(client__nickname__icontains=words)
    place = Q(bed__room__property__name__icontains=words) | Q(bed__room__number__iexact=words)
    return found.filter(
        place
        | Q(cohort__icontains=words)
        | Q(client__code__iexact=words)
        | (name & (Q(client__in=readable) | kept))
    )


def tenancy_rows(actor: Actor, tenancies: list[Tenancy], today: date) -> list[dict[str, Any]]:
    """Tenancies with name, place and what is owed; the names that are shown are noted as read."""
    named, names = naming.named_in(actor, tenancies), naming.names_of(actor, tenancies)
    owed = reading.owed_by(tenancies)
    noted_read(actor, "list", subjects=[str(one.client.uid) for one in tenancies if one.pk in named])
    return [
        {
            "tenancy": one,
            "url": shown.tenancy_url(one),
            "name": names[one.pk],
            "code": one.client.code if one.pk in named else "",
            "place": shown.place_of(one),
            "scheme": shown.scheme_name(one.scheme),
            "owed": owed[one.pk],
            "ended": one.ends_on is not None and one.ends_on < today,
            "may_pay": permissions.can_keep_books(actor, one.centre_id),
        }
        for one in tenancies
    ]


# --- one ---------------------------------------------------------------------------------------------------


@require_GET
def tenancy(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who pays what this month, what is owed, the months and the receipts."""
    found = seen_tenancy(request, uid)
    if permissions.can_name(request.actor, found):
        noted_read(request.actor, "tenancy", subjects=[str(found.client.uid)])
    return render(request, "rentshare/tenancy.html", one_tenancy(request.actor, found))


def one_tenancy(actor: Actor, found: Tenancy) -> dict[str, Any]:
    """What the page of a tenancy and the tab of the client file show."""
    today = clock.today()
    summary = reading.tenancy_summary(found, actor, today)
    months = reading.rent_of(found)
    due = next_due(found, today, {month.month for month in months})
    keeps = permissions.can_keep_books(actor, found.centre_id)
    return {
        "tenancy": found,
        "summary": summary,
        "scheme": shown.scheme_name(found.scheme),
        "place": shown.place_of(found),
        "may_open_file": Client.objects.visible_to(actor).filter(pk=found.client_id).exists(),
        "split": _split_now(months, due, today),
        "due": due,
        "due_part": due.split.parts.get(rules.PARTICIPANT, 0) if due else 0,
        "due_label": shown.month_label(due.month) if due else "",
        "shares": shown.shares_text(due.version, shares_in(due.version.terms, due.number)) if due else "",
        "terms": schemes_shown.terms_facts(found.version),
        "steps": schemes_shown.steps_ahead(found, today),
        "months": [_month_row(month, found, keeps) for month in months[:MONTHS_SHOWN]],
        "receipts": _receipts(found),
        "agreed": agreed_for(found, today),
        "missed": [missed_row(one) for one in _missed(found)] if summary.owed.arrears else [],
        "may_agree": summary.owed.arrears > 0 and permissions.can_agree_plan(actor, found.centre_id),
        "may_pay": keeps,
        "may_end": _may_end(actor, found),
        "synthetic": found.client.is_synthetic,
    }


def _split_now(months: list[MonthRent], due: Any, today: date) -> dict[str, Any] | None:
    """The running month as it was charged, else the next as it will be."""
    running = next((month for month in months if month.month == today.strftime("%Y-%m")), None)
    if running is not None and running.landlord > 0:
        label = shown.month_label(running.month)
        title = _("Rent of %(month)s, as charged") % {"month": label}
        return shown.split_picture(running.charged, running.fund, None, title=title)
    if due is not None:
        title = _("Rent of %(month)s, as it will be charged") % {"month": shown.month_label(due.month)}
        return shown.split_picture(due.split.parts, due.split.surplus, due.version, title=title)
    return None


def _month_row(month: MonthRent, found: Tenancy, keeps: bool) -> dict[str, Any]:  # noqa: FBT001
    others = sum(amount for party, amount in month.charged.items() if party != rules.PARTICIPANT)
    return {
        "month": month.month,
        "label": shown.month_label(month.month),
        "tenant": month.charged.get(rules.PARTICIPANT, 0),
        "others": others,
        "landlord": month.landlord,
        "fund": month.fund,
        "reversed": month.reversed,
        "may_reverse": keeps and month.landlord > 0,
    }


def _receipts(found: Tenancy) -> list[dict[str, Any]]:
    rows = Receipt.objects.filter(tenancy=found).select_related("centre", "posting")
    return [
        {"receipt": one, "void": bool(one.posting.reversals.all())}
        for one in rows.prefetch_related("posting__reversals")[:MONTHS_SHOWN]
    ]


def _missed(found: Tenancy) -> "QuerySet[MissedShare]":
    return MissedShare.objects.filter(tenancy=found).select_related("instalment", "follow_up")


def missed_row(one: MissedShare) -> dict[str, Any]:
    """A missed share in words. Needs its instalment and follow-up read along."""
    what = shown.month_label(one.rent_month) if one.rent_month else _("an instalment of the plan")
    return {"what": what, "due_on": one.due_on, "short": one.short, "talk": one.follow_up}


def _may_end(actor: Actor, found: Tenancy) -> bool:
    over = found.ends_on is not None and found.ends_on < clock.today()
    open_still = not found.end_reason or (found.end_reason == AGREED and not over)
    return (
        open_still
        and permissions.can_sign_tenancy(actor, found.centre_id)
        and Client.objects.visible_to(actor).filter(pk=found.client_id).exists()
    )


# --- the end -----------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say which day was the last; rent charged for days after it is put right."""
    found, actor = seen_tenancy(request, uid), request.actor
    require(
        permissions.can_sign_tenancy(actor, found.centre_id),
        _("Tenancies are signed and ended by caseworkers of the centre."),
    )
    last = max(clock.today(), found.starts_on)
    initial = {"ends_on": min(last, found.ends_on or last)}

    def then(_result: Tenancy) -> str:
        messages.success(request, _("The tenancy has its end. Rent for days after it was put right."))
        return shown.tenancy_url(found)

    return handle(
        request,
        EndForm(request.POST or None, initial=initial),
        act=lambda values: end_tenancy(actor=actor, tenancy_id=found.pk, **values),
        then=then,
        template="rentshare/act.html",
        context={
            "title": _("End the tenancy"),
            "submit": _("End the tenancy"),
            "danger": True,
            "eyebrow": eyebrow(actor, found),
            "eyebrow_url": shown.tenancy_url(found),
            "cancel_url": shown.tenancy_url(found),
            "lead": _(
                "Rent already charged for days after the last day is reversed, and the last month is charged by its "
                "days. Both are posted today."
            ),
        },
    )


def eyebrow(actor: Actor, found: Tenancy) -> str:
    """Whose tenancy, and where: what stands above the heading of every act."""
    return f"{naming.names_of(actor, [found])[found.pk]} · {shown.place_of(found)}"
