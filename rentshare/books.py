"""Writing in the books: accounts, months, postings. Belongs inside an action's transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import get_language

from accounts.models import Centre
from common import clock
from common.actor import Actor
from common.money import MoneyError, to_satang
from common.thai.periods import Month
from rentshare.models import Account, Period, Posting, Tenancy
from rentshare.refusals import refuse

Kind = Account.Kind


def account(centre_id: int, kind: str, subject: str = "", *, landlord_id: int | None = None) -> Account:
    """The account of this kind and subject in a centre's books, opened on first use."""
    found, _ = Account.objects.get_or_create(
        centre_id=centre_id, kind=kind, subject=subject, defaults={"landlord_id": landlord_id}
    )
    return found


def satang(amount: Decimal | str | int, field: str = "amount") -> int:
    """Baht as somebody typed them, in satang. Refuses what is no amount of money above zero."""
    try:
        found = to_satang(amount)
    except MoneyError as error:
        refuse(error.code, field)
    return found or refuse("amount_zero", field)


# --- months ------------------------------------------------------------------------------------------------


def closed_until(centre_id: int) -> str:
    """The last closed month of a centre's books, "" when none is; every month up to it is closed."""
    closed = Period.objects.filter(centre_id=centre_id, closed_at__isnull=False)
    return closed.aggregate(last=Max("month"))["last"] or ""


def is_closed(centre_id: int, month: Month) -> bool:
    return str(month) <= closed_until(centre_id)


def refuse_closed(centre_id: int, month: Month, field: str | None = None) -> None:
    """Refuse with "period_closed" when the month takes no more entries."""
    if is_closed(centre_id, month):
        refuse_as_closed(centre_id, month, field)


def refuse_as_closed(centre_id: int, month: Month, field: str | None = None) -> None:
    """Say that the month is closed."""
    refuse("period_closed", field, month=month_label(month), centre=str(Centre.objects.get(pk=centre_id)))


def month_label(month: Month) -> str:
    """ตุลาคม 2569, in the reader's language."""
    return month.label("en" if get_language() == "en" else "th")


def period_of(centre_id: int, month: Month, field: str | None = None) -> Period:
    """The month in a centre's books, opened on first use. Refuses with "period_closed"."""
    refuse_closed(centre_id, month, field)
    return Period.objects.get_or_create(centre_id=centre_id, month=str(month))[0]


@contextmanager
def still_open(centre_id: int, month: Month, field: str | None = None) -> Iterator[None]:
    """Turn the guard's refusal into the rule's: somebody may have closed the month this very moment."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        refuse_closed(centre_id, month, field)
        raise


# --- postings ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Movement:
    """`amount` satang from one account to another."""

    debit_id: int
    credit_id: int
    amount: int
    kind: str
    tenancy: Tenancy | None = None
    note: str = ""


def post(actor: Actor, centre_id: int, movement: Movement, day: date, field: str | None = None) -> Posting:
    """Write one posting of `day`. Refuses with "period_closed"."""
    month = Month.of(day)
    period = period_of(centre_id, month, field)
    with still_open(centre_id, month, field):
        return Posting.objects.create(
            debit_id=movement.debit_id,
            credit_id=movement.credit_id,
            amount=movement.amount,
            kind=movement.kind,
            tenancy=movement.tenancy,
            note=movement.note,
            posted_on=day,
            period=period,
            actor_key=actor.key,
            recorded_at=clock.now(),
        )


def reverse(actor: Actor, centre_id: int, postings: list[Posting], day: date, note: str) -> list[Posting]:
    """Write for each of `postings` a row that takes it back on `day`: the accounts changed over, the rest the same.

    Refuses with "is_reversal", "reversed_already" (also when another is faster) and "period_closed".
    """
    if any(posting.reverses_id for posting in postings):
        refuse("is_reversal")
    if Posting.objects.filter(reverses__in=postings).exists():
        refuse("reversed_already")
    month = Month.of(day)
    period, now = period_of(centre_id, month), clock.now()
    mirrored = [
        Posting(
            debit_id=old.credit_id, credit_id=old.debit_id, amount=old.amount, kind=old.kind,
            tenancy_id=old.tenancy_id, rent_month=old.rent_month, party=old.party, revision=old.revision,
            reverses=old, posted_on=day, period=period, note=note[:300], actor_key=actor.key, recorded_at=now,
        )
        for old in postings
    ]  # fmt: skip
    try:
        with still_open(centre_id, month):
            return Posting.objects.bulk_create(mirrored)
    except IntegrityError:
        if Posting.objects.filter(reverses__in=postings).exists():
            refuse("reversed_already")
        raise
