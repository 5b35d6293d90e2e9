"""Months: which were charged, what each came to, charging one now, closing one."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import Centre
from common import clock
from common.actor import Actor
from common.errors import NotVisible
from common.forms.action import ActionForm, handle
from common.models import DueWork
from common.permissions import require
from common.thai.periods import Month
from rentshare import books, permissions, rules
from rentshare.actions.asking import ask_for_run
from rentshare.actions.periods import close_period
from rentshare.models import Period, Posting, RentRun, Tenancy
from rentshare.running import run_month
from rentshare.timing import RUN, charge_at
from rentshare.web import shown

MONTHS_BACK = 12
AT_ONCE = 500
"""Tenancies that are charged while the person waits; more are charged in the background, with their progress."""

PROGRESS = "progress"


def may_read(request: HttpRequest) -> None:
    require(
        permissions.can_read_books(request.actor),
        _("The books are read by finance officers, heads of centres, analysts and auditors."),
    )


def month_of(text: str) -> Month:
    """The month in an address. Raises NotVisible."""
    try:
        return Month.parse(text)
    except ValueError as error:
        raise NotVisible from error


def own_centre(request: HttpRequest, code: str) -> Centre:
    """The centre, if the actor reads its books; 404 otherwise."""
    found = next((one for one in shown.book_centres(request.actor) if one.code == code), None)
    if found is None:
        raise NotVisible
    return found


def chosen_centre(request: HttpRequest) -> tuple[Centre, list[Centre]]:
    """The centre that the address names, else the first with books; and all that may be chosen."""
    centres = shown.book_centres(request.actor)
    if not centres:
        raise NotVisible
    asked = request.GET.get("centre", "")
    found = next((one for one in centres if one.code == asked), None)
    if found is None and len(centres) > 1:
        kept = set(Period.objects.visible_to(request.actor).values_list("centre_id", flat=True))
        found = next((one for one in centres if one.pk in kept), None)
    return found or centres[0], centres


# --- what was charged --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month of a centre's books. Sums are satang, net of what was taken back; `left` is not charged yet."""

    month: Month
    label: str
    run: RentRun | None
    closed: bool
    begun: bool
    left: int
    tenant: int
    others: int
    landlord: int
    fund: int


def month_lines(centre: Centre, months: list[Month]) -> list[MonthLine]:
    """Each of `months` at `centre`."""
    today, names = clock.today(), [str(month) for month in months]
    runs = {run.month: run for run in RentRun.objects.filter(centre=centre, month__in=names)}
    closed = books.closed_until(centre.pk)
    sums: dict[tuple[str, str], int] = {}
    rows = Posting.objects.order_by().filter(period__centre=centre, rent_month__in=names)
    for sign, some in ((1, rows.filter(reverses=None)), (-1, rows.exclude(reverses=None))):
        for month, party, total in some.values_list("rent_month", "party").annotate(sum=Sum("amount")):
            sums[month, party] = sums.get((month, party), 0) + sign * total
    return [
        MonthLine(
            month=month,
            label=shown.month_label(month),
            run=runs.get(str(month)),
            closed=str(month) <= closed,
            begun=month.first <= today,
            left=_left(centre, month) if str(month) > closed else 0,
            tenant=sums.get((str(month), rules.PARTICIPANT), 0),
            others=sums.get((str(month), rules.PROGRAMME), 0) + sums.get((str(month), rules.OTHER), 0),
            landlord=sums.get((str(month), rules.LANDLORD), 0),
            fund=sums.get((str(month), rules.FUND), 0),
        )
        for month in months
    ]


def _left(centre: Centre, month: Month) -> int:
    """Tenancies that a run today would charge: those with a day in the month, less those charged for it before."""
    living = Tenancy.objects.in_month(month).filter(centre=centre, starts_on__lte=clock.today()).order_by()
    charged = Posting.objects.filter(
        tenancy__in=living, rent_month=str(month), party=rules.LANDLORD, revision=0, reverses__isnull=True
    )
    return living.count() - charged.count()


# --- pages -------------------------------------------------------------------------------------------------


@require_GET
def runs(request: HttpRequest) -> HttpResponse:
    """The months of a centre, the latest first."""
    may_read(request)
    centre, centres = chosen_centre(request)
    this = Month.of(clock.today())
    lines = month_lines(centre, [this.plus(-back) for back in range(MONTHS_BACK)])
    return render(
        request,
        "rentshare/runs.html",
        {
            "centre": centre,
            "centres": centres,
            "lines": [line for line in lines if line.run or line.left or line.month == this],
            "next_month": shown.month_label(this.next()),
            "next_at": charge_at(this.next(), this.next().first),
            "may_keep": permissions.can_keep_books(request.actor, centre.pk),
        },
    )


@require_GET
def run(request: HttpRequest, centre: str, month: str) -> HttpResponse:
    """One month: how far charging is, what it came to, what can be done."""
    may_read(request)
    found, which = own_centre(request, centre), month_of(month)
    (line,) = month_lines(found, [which])
    work = _work(found, which)
    context = {
        "centre": found,
        "line": line,
        "address": reverse("rentshare:run", args=[found.code, str(which)]),
        "waiting": work is not None and work.state == DueWork.State.WAITING and line.left > 0,
        "given_up": work is not None and work.state == DueWork.State.FAILED and line.left > 0,
        "done": line.run.tenancies if line.run else 0,
        "whole": (line.run.tenancies if line.run else 0) + line.left,
        "may_keep": permissions.can_keep_books(request.actor, found.pk),
        "over": which.last < clock.today(),
        "split": _picture(line),
    }
    part = f"#{PROGRESS}" if request.htmx.target == PROGRESS else ""
    return render(request, f"rentshare/run.html{part}", context)


def _picture(line: MonthLine) -> dict[str, Any] | None:
    if not line.landlord:
        return None
    title = _("Rent of %(month)s, as charged") % {"month": line.label}
    payers = {rules.PARTICIPANT: line.tenant, rules.PROGRAMME: line.others}
    return shown.split_picture(payers, line.fund, None, title=title, others=True)


def _work(centre: Centre, month: Month) -> DueWork | None:
    """The latest request to charge the month in the background."""
    rows = DueWork.objects.filter(kind=RUN, subject=centre.code, period__startswith=f"{month}/")
    return rows.order_by("-pk").first()


@require_http_methods(["GET", "POST"])
def charge(request: HttpRequest, centre: str, month: str) -> HttpResponse:
    """Charge a month now; what is charged already stays as it is."""
    found, which = _kept(request, centre), month_of(month)
    actor, address = request.actor, reverse("rentshare:run", args=[found.code, str(which)])
    left = _left(found, which)

    def act(_values: dict[str, Any]) -> int | None:
        if left > AT_ONCE:
            ask_for_run(actor=actor, centre_id=found.pk, month=which)
            return None
        return run_month(actor=actor, month=which, centre=found).tenancies

    def then(charged: int | None) -> str:
        if charged:
            said = ngettext("%(n)s tenancy was charged.", "%(n)s tenancies were charged.", charged)
            messages.success(request, said % {"n": charged})
        elif charged == 0:
            messages.info(request, _("Everybody was charged already; nothing was changed."))
        return address

    label = shown.month_label(which)
    return handle(
        request,
        ActionForm(request.POST if request.method == "POST" else None),
        act=act,
        then=then,
        template="rentshare/confirm.html",
        context={
            "heading": _("Charge the rent of %(month)s") % {"month": label},
            "title": _("Charge everybody who has not been charged?"),
            "text": _(
                "Each tenancy is charged once for a month, however often this is run. What is charged already stays as "
                "it is."
            ),
            "facts": [
                (_("Centre"), found.name),
                (_("Month"), label),
                (_("Not charged yet"), ngettext("%(n)s tenancy", "%(n)s tenancies", left) % {"n": left}),
            ],
            "submit": _("Charge the rent now"),
            "cancel_url": address,
            "eyebrow": _("Months and runs"),
            "eyebrow_url": reverse("rentshare:runs", query={"centre": found.code}),
            "danger": False,
        },
    )


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, centre: str, month: str) -> HttpResponse:
    """Close a month for good."""
    found, which = _kept(request, centre), month_of(month)
    actor, address = request.actor, reverse("rentshare:run", args=[found.code, str(which)])
    label = shown.month_label(which)
    entries = Posting.objects.filter(period__centre=found, period__month=str(which)).count()

    def then(_period: Period) -> str:
        messages.success(request, _("%(month)s is closed.") % {"month": label})
        return address

    return handle(
        request,
        ActionForm(request.POST if request.method == "POST" else None),
        act=lambda _values: close_period(actor=actor, centre_id=found.pk, month=which),
        then=then,
        template="rentshare/confirm.html",
        context={
            "heading": _("Close %(month)s") % {"month": label},
            "title": _("Close the month for good?"),
            "text": _(
                "A closed month takes no entry any more and is never opened again. What turns out wrong later is put "
                "right by an entry in the month it is found in."
            ),
            "facts": [
                (_("Centre"), found.name),
                (_("Month"), label),
                (_("Entries"), f"{entries:,}"),
            ],
            "submit": _("Close the month"),
            "cancel_url": address,
            "eyebrow": _("Months and runs"),
            "eyebrow_url": reverse("rentshare:runs", query={"centre": found.code}),
            "danger": True,
        },
    )


def _kept(request: HttpRequest, code: str) -> Centre:
    """The centre, if the actor keeps its books; 404 unseen, 403 where they may only be read."""
    may_read(request)
    found = own_centre(request, code)
    _require_keeper(request.actor, found)
    return found


def _require_keeper(actor: Actor, centre: Centre) -> None:
    allowed = permissions.can_keep_books(actor, centre.pk)
    require(allowed, _("Months are charged and closed by finance officers of the centre."))
