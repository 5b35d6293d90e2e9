"""Where a finance officer's day begins: what waits, what came in, what is owed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from accounts.models import Centre
from casework import naming
from common import clock
from common.actor import Actor
from common.thai.periods import Month
from rentshare import arrears, permissions
from rentshare.models import Period, Receipt, Tenancy
from rentshare.web import shown
from rentshare.web.runs import may_read, month_lines
from rentshare.web.tenancies import WHOLE, tenancy_rows

MOST = 8
RECEIPTS = 30


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Months to charge and to close, arrears, receipts of today."""
    may_read(request)
    actor, today = request.actor, clock.today()
    centres = shown.book_centres(actor)
    kept = [one for one in centres if permissions.can_keep_books(actor, one.pk)]
    seen = Tenancy.objects.visible_to(actor).filter(centre__in=centres)
    how_many, owed = arrears.total(seen)
    worst: Any = arrears.owing(seen).select_related(*WHOLE)
    receipts = _receipts(actor, centres)
    standing = [row for row in receipts if not row["void"]]
    return render(
        request,
        "rentshare/home.html",
        {
            "day": today,
            "waiting": _waiting(kept),
            "keeps": bool(kept),
            "living": seen.on(today).count(),
            "owing": how_many,
            "owing_url": reverse("rentshare:tenancies", query={"show": "arrears"}),
            "owed": owed,
            "worst": tenancy_rows(actor, list(worst.order_by("-balance", "pk")[:MOST]), today),
            "receipts": receipts,
            "received": sum(row["receipt"].amount for row in standing),
            "received_count": len(standing),
        },
    )


def _receipts(actor: Actor, centres: list[Centre]) -> list[dict[str, Any]]:
    """Receipts made for money of today, the latest first."""
    found = Receipt.objects.visible_to(actor).filter(received_on=clock.today(), centre__in=centres)
    rows = list(
        found.select_related("centre", "posting", "tenancy__client").prefetch_related("posting__reversals")[
            :RECEIPTS
        ]
    )
    names = naming.names_of(actor, [one.tenancy for one in rows])
    return [
        {"receipt": one, "name": names[one.tenancy_id], "void": bool(one.posting.reversals.all())}
        for one in rows
    ]


def _waiting(centres: list[Centre]) -> list[dict[str, Any]]:
    """Months that were not charged for everybody, and months that are over and still open."""
    this = Month.of(clock.today())
    found = []
    for centre in centres:
        opened = Period.objects.filter(centre=centre, closed_at__isnull=True, month__lt=str(this))
        months = sorted({this, *(Month.parse(one) for one in opened.values_list("month", flat=True))})
        for line in month_lines(centre, months):
            address = reverse("rentshare:run", args=[centre.code, str(line.month)])
            if line.left:
                said = ngettext("%(n)s tenancy is not charged", "%(n)s tenancies are not charged", line.left)
                act = (_("Charge the rent"), reverse("rentshare:charge", args=[centre.code, str(line.month)]))
                found.append(_line(line.label, said % {"n": line.left}, address, centre, act, late=True))
            elif line.month < this:
                act = (_("Close the month"), reverse("rentshare:close", args=[centre.code, str(line.month)]))
                found.append(_line(line.label, _("over, and still open"), address, centre, act, late=False))
    return found


def _line(
    label: str, why: str, url: str, centre: Centre, act: tuple[str, str], *, late: bool
) -> dict[str, Any]:
    return {
        "label": label,
        "why": why,
        "url": url,
        "centre": centre.name,
        "act_label": act[0],
        "act_url": act[1],
        "late": late,
    }
