"""The receipt of a relief grant on paper, and the list of grants as a sheet."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from casework.models import ReliefGrant, ReliefPayment
from common import clock, pdf
from common.money import to_baht
from common.templatetags.thai import be_long
from common.thai import baht
from common.xlsx import Column, Sheet, workbook

RECEIPT = "casework/print/relief_receipt.typ"


def receipt_pdf(paid: ReliefPayment, grant: ReliefGrant, payee: str) -> bytes:
    """What the person signs when money is handed over, in the active language; void ones say so.

    `payee` is their name, or a code where whoever prints may not read it.
    """
    by_proxy = paid.signed == ReliefPayment.Signed.PROXY
    reversal = getattr(paid, "reversal", None)
    void = _("Void since %(day)s") % {"day": be_long(reversal.reversed_on)} if reversal else ""
    facts = [
        (_("Paid to"), payee),
        (_("Case code"), grant.client.code),
        (_("What for"), grant.purpose),
        (_("Paid on"), be_long(paid.paid_on)),
        (_("How it was paid"), str(paid.get_how_display())),
    ]
    if by_proxy:
        facts += [(_("Signed for them by"), paid.proxy), (_("Why"), paid.proxy_reason)]
    synthetic = _("Made for demonstration: this person is not real")
    data = {
        "lang": "en" if get_language() == "en" else "th",
        "code": paid.code,
        "centre": paid.centre.name,
        "phone": paid.centre.phone,
        "facts": facts,
        "amount": f"{to_baht(paid.amount):,.2f}",
        "words": baht.in_words(paid.amount),
        "payee": paid.proxy if by_proxy else payee,
        "thumb": paid.signed == ReliefPayment.Signed.THUMB,
        "payer": str(paid.paid_by or ""),
        "void": void,
        "banner": synthetic if grant.client.is_synthetic else "",
        "labels": {
            "title": _("Receipt for relief money"),
            "number": _("No."),
            "phone": _("Phone"),
            "void": _("VOID"),
            "baht": _("Baht"),
            "received": pgettext("relief", "Received by"),
            "paid": pgettext("relief", "Paid by"),
            "signature": _("Signature"),
            "thumb": _("Thumbprint"),
            "page_of": _("page {n} of {m}"),
        },
    }
    return pdf.render(RECEIPT, data, made_at=clock.now())


def grants_xlsx(rows: Sequence[ReliefGrant], names: dict[int, str], heading: Sequence[str]) -> bytes:
    """The list as a sheet, with a last row that sums up what is paid. Rows come with client, centre and people."""
    columns = [
        Column(_("Case code"), width=18),
        Column(_("Name"), width=34),
        Column(_("Centre"), width=30),
        Column(_("Applied for on"), "date"),
        Column(_("Applied for by"), width=24),
        Column(_("Amount in baht"), "satang"),
        Column(_("State"), width=14),
        Column(_("Decided by"), width=24),
        Column(_("Paid on"), "date"),
        Column(pgettext("relief", "Receipt"), width=20),
    ]
    lines: list[tuple[Any, ...]] = []
    total = 0
    for grant in rows:
        paid = next((one for one in grant.payments.all() if not hasattr(one, "reversal")), None)
        total += paid.amount if paid else 0
        lines.append(
            (
                grant.client.code,
                names[grant.pk],
                str(grant.centre),
                grant.applied_on,
                str(grant.applied_by or ""),
                grant.amount,
                str(grant.get_state_display()),
                str(grant.decided_by or ""),
                paid.paid_on if paid else None,
                paid.code if paid else "",
            )
        )
    lines.append((_("Sum of what is paid"), "", "", None, "", total, "", "", None, ""))
    title = _("Relief grants")
    sheet = Sheet(title, columns, lines, heading=[title, *heading])
    return workbook([sheet], title=title, made_at=clock.now())
