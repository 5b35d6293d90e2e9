"""What could be paid to landlords now, and the file that a bank takes."""

import csv
import io
from collections.abc import Collection
from dataclasses import dataclass

from common.money import to_baht
from rentshare.models import BankAccount, Landlord, PayoutBatch, PayoutRow
from rentshare.reading import landlords_payable

BOM = "\ufeff"
"""So that a spreadsheet reads the Thai names."""


@dataclass(frozen=True, slots=True)
class Payable:
    """What a landlord is owed, in satang, and where it would go; `waiting`: a payout is on its way."""

    landlord: Landlord
    owed: int
    account: BankAccount | None
    waiting: bool


def payable(landlords: Collection[Landlord]) -> list[Payable]:
    """Those of `landlords` who are owed anything, by name. Six queries."""
    keys = [one.pk for one in landlords]
    lines = landlords_payable(Landlord.objects.filter(pk__in=keys))
    held = {
        one.landlord_id: one
        for one in BankAccount.objects.filter(
            landlord__in=keys, confirmed_at__isnull=False, ended_at__isnull=True
        ).order_by()
    }
    waiting = PayoutRow.objects.filter(landlord__in=keys, state=PayoutRow.State.WAITING).order_by()
    on_its_way = set(waiting.values_list("landlord", flat=True))
    return [
        Payable(line.landlord, line.owed, held.get(line.landlord.pk), line.landlord.pk in on_its_way)
        for line in lines
        if line.owed > 0
    ]


def bank_file(batch: PayoutBatch) -> bytes:
    """The rows that wait, as CSV: bank, account, name, amount in baht, reference. It says nothing of what for."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["bank_code", "account_number", "account_name", "amount", "reference"])
    rows = batch.rows.filter(state=PayoutRow.State.WAITING).select_related("account").order_by("number")
    for row in rows:
        writer.writerow(
            [
                row.account.bank,
                row.account.number,
                row.account.holder.lstrip("=+-@\t\r"),
                str(to_baht(row.amount)),
                f"{batch.code}-{row.number:03d}",
            ]
        )
    return (BOM + out.getvalue()).encode()
