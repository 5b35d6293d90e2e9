"""What pages, papers and the API show of rent rooms, as plain values: each door asks here and only puts it into form.

Amounts are satang (`common.money.to_baht` and `format_baht` at the edge). Who may see what was decided by the
caller's `visible_to`; each function takes rows that have been asked for that way, or the actor.

| function                         | answers                                                         |
|----------------------------------|-----------------------------------------------------------------|
| statement(account, since, until) | opening, lines with running balance, closing                    |
| trial_balance(centres, until)    | each account's debits and credits; both sides are the same      |
| tenancy_summary(tenancy, actor)  | who, where, which share, what is owed                           |
| owed_by(tenancies)               | what each tenant owes, in one query                             |
| rent_of(tenancy)                 | each month's rent by party, as charged and as reversed          |
| landlords_payable(centres)       | what each landlord is owed                                      |
| receipt_view(receipt, actor)     | a receipt with its amount in words and whether it is void       |
"""

from rentshare.reading.balance import Balance, BalanceLine, PayableLine, landlords_payable, trial_balance
from rentshare.reading.statement import Statement, StatementLine, statement
from rentshare.reading.tenancies import (
    MonthRent,
    ReceiptView,
    TenancySummary,
    owed_by,
    receipt_view,
    rent_of,
    tenancy_summary,
)

__all__ = [
    "Balance",
    "BalanceLine",
    "MonthRent",
    "PayableLine",
    "ReceiptView",
    "Statement",
    "StatementLine",
    "TenancySummary",
    "landlords_payable",
    "owed_by",
    "receipt_view",
    "rent_of",
    "statement",
    "tenancy_summary",
    "trial_balance",
]
