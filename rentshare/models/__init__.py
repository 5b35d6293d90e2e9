"""Models of the rent rooms, by noun."""

from rentshare.models.arrears import Instalment, MissedShare, PaymentPlan
from rentshare.models.ledger import Account, Period, Posting, Receipt, ReceiptNumber, RentRun
from rentshare.models.payout import BankAccount, PayoutBatch, PayoutRow
from rentshare.models.room import Bed, Landlord, Lease, Property, Room
from rentshare.models.scheme import Scheme, SchemeStep, SchemeVersion
from rentshare.models.tenancy import Tenancy

__all__ = [
    "Account",
    "BankAccount",
    "Bed",
    "Instalment",
    "Landlord",
    "Lease",
    "MissedShare",
    "PaymentPlan",
    "PayoutBatch",
    "PayoutRow",
    "Period",
    "Posting",
    "Property",
    "Receipt",
    "ReceiptNumber",
    "RentRun",
    "Room",
    "Scheme",
    "SchemeStep",
    "SchemeVersion",
    "Tenancy",
]
