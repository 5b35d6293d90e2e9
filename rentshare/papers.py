"""Receipt and statement on paper and as a sheet: the same plain values as on screen, put into form."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Sum
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common import clock, pdf
from common.actor import Actor
from common.money import to_baht
from common.templatetags.thai import be, be_long
from common.thai.periods import Month
from common.xlsx import Column, Sheet, workbook
from rentshare import allocation, reading, rules
from rentshare.models import Posting, Receipt, Tenancy
from rentshare.reading.balance import Balance
from rentshare.reading.statement import Statement, StatementLine

RECEIPT = "rentshare/print/receipt.typ"
STATEMENT = "rentshare/print/statement.typ"


def _lang() -> str:
    return "en" if get_language() == "en" else "th"


def _month(text: str) -> str:
    return Month.parse(text).label(_lang()) if text else ""


def plain(satang: int) -> str:
    """1,250.00"""
    return f"{to_baht(satang):,.2f}"


def _banner(tenancy: Tenancy) -> str:
    return _("Made for demonstration: this person is not real") if tenancy.client.is_synthetic else ""


# --- the receipt -------------------------------------------------------------------------------------------


def months_paid(receipt: Receipt) -> tuple[list[tuple[str, int]], int]:
    """Which months' rent a receipt pays for, and what of it is a credit.

    As the books stood when it was made: what came later never changes a receipt that was handed out.
    """
    earlier = Posting.objects.order_by().filter(tenancy=receipt.tenancy_id, pk__lt=receipt.posting_id)
    charges: dict[str, int] = {}
    rows = earlier.filter(party=rules.PARTICIPANT)
    for month, reverses, amount in rows.values_list("rent_month", "reverses", "amount"):
        charges[month] = charges.get(month, 0) + (-amount if reverses else amount)
    payments = earlier.filter(kind=Posting.Kind.PAYMENT)
    paid = payments.filter(reverses=None).aggregate(sum=Sum("amount"))["sum"] or 0
    back = payments.exclude(reverses=None).aggregate(sum=Sum("amount"))["sum"] or 0
    return allocation.covered(sorted(charges.items()), paid - back, receipt.amount)


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """What stands on a printed receipt, every amount as text; `void` is "" while it stands."""

    code: str
    centre: str
    province: str
    phone: str
    payer: str
    place: str
    received_on: str
    method: str
    amount: str
    words: str
    lines: tuple[tuple[str, str], ...]
    taken_by: str
    void: str
    banner: str


def receipt_paper(receipt: Receipt, actor: Actor, taken_by: str) -> ReceiptPaper:
    """A receipt as it is printed for `actor`. It comes with centre, tenancy, client, bed, room and house."""
    view = reading.receipt_view(receipt, actor)
    parts, credit = months_paid(receipt)
    lines = [
        (_("Rent of %(month)s, the tenant's share") % {"month": _month(month)}, plain(part))
        for month, part in parts
    ]
    if credit:
        lines.append((_("Paid ahead, counts towards the next rent"), plain(credit)))
    room = receipt.tenancy.bed.room
    void = _("Void since %(day)s: %(reason)s") % {"day": be_long(view.void_on), "reason": view.void_reason}
    return ReceiptPaper(
        code=receipt.code,
        centre=receipt.centre.name,
        province=str(receipt.centre.province),
        phone=receipt.centre.phone,
        payer=view.payer,
        place=_("%(house)s, room %(room)s") % {"house": room.property.name, "room": room.number},
        received_on=be_long(receipt.received_on),
        method=str(receipt.get_method_display()),
        amount=plain(receipt.amount),
        words=view.amount_words,
        lines=tuple(lines),
        taken_by=taken_by,
        void=void if view.void_on else "",
        banner=_banner(receipt.tenancy),
    )


def receipt_pdf(paper: ReceiptPaper) -> bytes:
    """The receipt on A4 in the active language (the doors print it in Thai)."""
    data = {name: getattr(paper, name) for name in ReceiptPaper.__slots__}
    labels = {
        "product": _("Ruamban"),
        "title": _("Receipt"),
        "number": _("No."),
        "void": _("VOID"),
        "received_from": _("Received from"),
        "room": _("Room"),
        "received_on": _("Received on"),
        "method": _("Paid by"),
        "item": _("What for"),
        "baht": _("Baht"),
        "total": _("Total"),
        "taken_by": _("Received by"),
        "signature": _("Signature"),
        "programme": _("Half-rent rooms"),
        "phone": _("Phone"),
        "page_of": _("page {n} of {m}"),
        "kept": _("Keep this receipt. The centre can print it again under the same number."),
    }
    return pdf.render(RECEIPT, {**data, "lang": _lang(), "labels": labels}, made_at=clock.now())


# --- the statement -----------------------------------------------------------------------------------------


def what(line: StatementLine) -> str:
    """A movement in words: kind, month, receipt, and whether it takes another back or was taken back."""
    words = [line.kind_label]
    if line.rent_month:
        words.append(_month(line.rent_month))
    if line.receipt:
        words.append(line.receipt)
    if line.reverses:
        words.append(_("taken back"))
    elif line.reversed_by:
        words.append(_("was taken back"))
    return " · ".join(words)


def span(found: Statement) -> str:
    """From which day to which, in words."""
    if found.since and found.until:
        return _("%(since)s to %(until)s") % {"since": be(found.since), "until": be(found.until)}
    if found.since:
        return _("from %(since)s on") % {"since": be(found.since)}
    if found.until:
        return _("up to %(until)s") % {"until": be(found.until)}
    return _("from the beginning")


@dataclass(frozen=True, slots=True)
class Heading:
    """Whose statement it is: `name` (or a code), where, at which centre."""

    name: str
    place: str
    centre: str
    banner: str = ""


def statement_heading(tenancy: Tenancy, name: str) -> Heading:
    """The heading of a tenant's statement. It comes with centre, client, bed, room and house."""
    room = tenancy.bed.room
    place = _("%(house)s, room %(room)s") % {"house": room.property.name, "room": room.number}
    return Heading(name, place, tenancy.centre.name, _banner(tenancy))


def statement_rows(found: Statement) -> list[tuple[date, str, int, int, int]]:
    """(day, what, charged, paid, owed after it), amounts in satang."""
    return [(line.posted_on, what(line), line.debit, line.credit, line.balance) for line in found.lines]


def statement_pdf(found: Statement, heading: Heading) -> bytes:
    """The statement on A4 in the active language."""
    data = {
        "lang": _lang(),
        "banner": heading.banner,
        "name": heading.name,
        "place": heading.place,
        "centre": heading.centre,
        "span": span(found),
        "opening": plain(found.opening),
        "charged": plain(found.debits),
        "paid": plain(found.credits),
        "closing": plain(found.closing),
        "rows": [
            [be(day), words, plain(debit) if debit else "", plain(credit) if credit else "", plain(balance)]
            for day, words, debit, credit, balance in statement_rows(found)
        ],
        "labels": {
            "product": _("Ruamban"),
            "title": _("Rent statement"),
            "opening": _("Owed before"),
            "charged": _("Charged"),
            "paid": _("Paid"),
            "closing": _("Owed now") if found.closing >= 0 else _("Owed now (below zero is a credit)"),
            "headers": [_("Date"), _("What it was"), _("Charged"), _("Paid"), _("Owed")],
            "baht": _("Amounts in baht"),
            "nothing": _("Nothing was charged or paid in this time."),
            "page_of": _("page {n} of {m}"),
        },
    }
    return pdf.render(STATEMENT, data, made_at=clock.now())


def statement_xlsx(found: Statement, heading: Heading) -> bytes:
    """The statement as a sheet: a line before and a line after, each movement between."""
    columns = [
        Column(_("Date"), "date"),
        Column(_("What it was"), width=52),
        Column(_("Charged"), "satang"),
        Column(_("Paid"), "satang"),
        Column(_("Owed"), "satang"),
    ]
    rows: list[tuple[Any, ...]] = [(found.since, _("Owed before"), None, None, found.opening)]
    rows += [
        (day, words, debit or None, credit or None, balance)
        for day, words, debit, credit, balance in statement_rows(found)
    ]
    rows.append((found.until, _("Sum"), found.debits, found.credits, found.closing))
    lines = [_("Rent statement"), f"{heading.name} · {heading.place}", heading.centre, span(found)]
    if heading.banner:
        lines.append(heading.banner)
    sheet = Sheet(_("Statement"), columns, rows, heading=lines)
    return workbook([sheet], title=_("Rent statement"), made_at=clock.now())


# --- the trial balance -------------------------------------------------------------------------------------


def line_label(kind_label: str, subject: str) -> str:
    return f"{kind_label}: {subject}" if subject else kind_label


def balance_xlsx(found: Balance, whose: str) -> bytes:
    """The trial balance as a sheet; the last row adds both sides up."""
    columns = [
        Column(_("Account"), width=44),
        Column(_("Debit"), "satang"),
        Column(_("Credit"), "satang"),
        Column(_("Debit balance"), "satang"),
        Column(_("Credit balance"), "satang"),
    ]
    rows: list[tuple[Any, ...]] = [
        (
            line_label(line.kind_label, line.subject),
            line.debits,
            line.credits,
            line.debit_balance or None,
            line.credit_balance or None,
        )
        for line in found.lines
    ]
    rows.append(
        (
            _("Sum"),
            found.debits,
            found.credits,
            sum(line.debit_balance for line in found.lines),
            sum(line.credit_balance for line in found.lines),
        )
    )
    until = _("up to %(until)s") % {"until": be(found.until)} if found.until else _("up to today")
    sheet = Sheet(_("Trial balance"), columns, rows, heading=[_("Trial balance"), whose, until])
    return workbook([sheet], title=_("Trial balance"), made_at=clock.now())
