"""Rent rooms: tenancies, money, books, rooms, schemes. Nurse, carer, partner and volunteer reach none of it."""

from functools import cached_property
from typing import Any

from common import clock
from common.thai.periods import Month
from rentshare.actions.missing import agree_plan
from rentshare.actions.payments import take_payment
from rentshare.actions.payout_batches import approve_payouts, collect_payouts, drop_payouts, reject_payout
from rentshare.models import PayoutBatch, PayoutRow, RentRun, Tenancy
from tests.support import rent
from tests.support.matrix import CASEWORKERS, Place, Row, allow, everyone

READERS = allow(*CASEWORKERS, "finance_officer", "auditor", "department_analyst")
COUNTRY = allow("auditor", "department_analyst")
COUNTRY_MAY_NOT = allow("auditor", "department_analyst", status=403)
TODAY = clock.today().isoformat()


class Rented(Place):
    """Somebody in a room, a month charged, a payment taken."""

    @cached_property
    def scheme(self) -> Any:
        return rent.scheme()

    @cached_property
    def lease(self) -> Any:
        return rent.lease(rent.room(self.code))

    @cached_property
    def room(self) -> Any:
        """A room that nobody rents yet."""
        return rent.room(self.code, beds=2)

    @cached_property
    def landlord(self) -> Any:
        return rent.landlord(self.code)

    @cached_property
    def tenancy(self) -> Any:
        first = clock.today().replace(day=1)
        # The browser's tests ask about one person in many places, and a person has one bed.
        made = Tenancy.objects.filter(client=self.client).first() or rent.tenancy(
            first, client=self.client, lease=self.lease
        )
        rent.run(Month.of(clock.today()), centre=self.centre)
        return made

    @cached_property
    def run(self) -> Any:
        return RentRun.objects.get(centre=self.tenancy.centre, month=str(Month.of(clock.today())))

    @cached_property
    def receipt(self) -> Any:
        return take_payment(
            actor=rent.SYSTEM, tenancy_id=self.tenancy.pk, amount="1", received_on=clock.today()
        )

    @cached_property
    def owed_to(self) -> Any:
        """A landlord who is owed rent, with a confirmed account and no payout on its way."""
        owner = self.tenancy.lease.landlord
        # The browser's tests ask about one landlord in many places, who has one payout on its way.
        for batch in PayoutBatch.objects.filter(centre=self.centre, state="frozen"):
            drop_payouts(actor=rent.SYSTEM, batch_id=batch.pk, reason="ทดสอบ")
        for row in PayoutRow.objects.filter(batch__centre=self.centre, state="waiting"):
            reject_payout(actor=rent.SYSTEM, batch_id=row.batch_id, number=row.number, reason="ทดสอบ")
        if not owner.bank_accounts.filter(confirmed_at__isnull=False).exists():
            rent.bank_account(owner)
        return owner

    @cached_property
    def batch(self) -> Any:
        """A batch that waits for approval."""
        return collect_payouts(actor=rent.SYSTEM, centre_id=self.owed_to.centre_id)

    @cached_property
    def approved(self) -> Any:
        """A batch at the bank."""
        return approve_payouts(actor=rent.SECOND, batch_id=self.batch.pk)

    @cached_property
    def proposed(self) -> Any:
        """A landlord's account that somebody else wrote down."""
        return rent.bank_account(rent.landlord(self.code), confirmed=False)

    @cached_property
    def planned(self) -> Any:
        """Somebody with a payment plan."""
        today, each = clock.today(), "100"
        agree_plan(actor=rent.SYSTEM, tenancy_id=self.tenancy.pk, each=each, first_on=today)
        return self.tenancy

    @cached_property
    def free(self) -> str:
        """A bed to let, as the form names it; there is a scheme besides."""
        self.scheme  # noqa: B018 (made by asking)
        lease = rent.lease(rent.room(self.code))
        return f"{lease.uid}/{lease.room.beds.get().uid}"


def of(name: str) -> Any:
    return lambda place: {"uid": getattr(place, name).uid}


def free(place: Any) -> dict[str, Any]:
    """The client of a place where a bed is free."""
    assert place.free
    return {"uid": place.client.uid}


def reading(name: str) -> Row:
    """What everybody sees who works with rent rooms there, and who looks at the country."""
    return Row(own=READERS, foreign=COUNTRY, others=404, args=of(name), place=Rented)


def acting(who: tuple[str, ...], data: Any, args: Any) -> tuple[Row, Row]:
    """A form about something that is seen by more than may act on it, and what it sends."""
    rest = {role: 403 for role in READERS if role not in who}
    common: dict[str, Any] = {"foreign": COUNTRY_MAY_NOT, "others": 404, "args": args, "place": Rented}
    return (
        Row(own=allow(*who) | rest, **common),
        Row(own=allow(*who, status=302) | rest, method="post", data=data, **common),
    )


def month(place: Any) -> dict[str, Any]:
    """The running month at a place where somebody lives."""
    assert place.tenancy
    return {"centre": place.code, "month": str(Month.of(clock.today()))}


FINANCE = ("finance_officer",)
BOOKS = allow("finance_officer", "supervisor", "centre_head", "auditor", "department_analyst")
BOOKS_READ = {role: 403 for role in BOOKS if role != "finance_officer"}
SENT = {"amount": "500", "received_on": TODAY, "method": "cash"}
FILE = {"others": 404, "place": Rented}
AT_CENTRE = {"place": Rented, "others_foreign": 403}
"""Who does not read books at all is told so, whichever centre the address names."""
ELSEWHERE = allow("finance_officer", "supervisor", "centre_head", status=404)

KEEPERS = (*CASEWORKERS, "finance_officer")
SIGNERS = ("supervisor", "centre_head", "finance_officer")


def adding(data: Any) -> tuple[Row, Row]:
    """A form about nothing that is there yet, and what it sends."""
    return (
        Row(own=allow(*KEEPERS)),
        Row(own=allow(*KEEPERS, status=302), method="post", data=data, place=Rented),
    )


def leasing(data: Any, args: Any) -> tuple[Row, Row]:
    rest = {role: 403 for role in READERS if role not in SIGNERS}
    common: dict[str, Any] = {
        "foreign": COUNTRY_MAY_NOT | dict.fromkeys(KEEPERS, 404),
        "others_foreign": 403,
        "args": args,
        "place": Rented,
    }
    return (
        Row(own=allow(*SIGNERS) | rest, **common),
        Row(own=allow(*SIGNERS, status=302) | rest, method="post", data=data, **common),
    )


APPROVERS = ("finance_officer", "supervisor", "centre_head")
BOOK_KEEPERS = BOOKS


def to_pay(place: Any) -> dict[str, Any]:
    """The centre of a landlord who is owed rent and has an account."""
    assert place.owed_to
    return {"centre": place.code}


def paying(who: dict[str, int], name: str) -> Row:
    """A page about money on its way out."""
    return Row(own=who, foreign=COUNTRY, others=404, args=of(name), place=Rented)


def paying_program(who: tuple[str, ...], data: Any, name: str) -> Row:
    """What a program sends about money on its way out."""
    return Row(
        own=allow(*who, status=201) | {role: 403 for role in BOOKS if role not in who},
        foreign=COUNTRY_MAY_NOT,
        others=404,
        method="post",
        content_type="application/json",
        args=of(name),
        data=data,
        place=Rented,
    )


def paying_act(who: tuple[str, ...], data: Any, args: Any, rest: dict[str, int] = BOOKS) -> tuple[Row, Row]:
    """A form about money on its way out, and what it sends."""
    refused = {role: 403 for role in rest if role not in who}
    common: dict[str, Any] = {"foreign": COUNTRY_MAY_NOT, "others": 404, "args": args, "place": Rented}
    return (
        Row(own=allow(*who) | refused, **common),
        Row(own=allow(*who, status=302) | refused, method="post", data=data, **common),
    )


SHARES = {"starts_on": TODAY, "participant": "50", "programme": "50"}

MATRIX = {
    "rentshare:rooms": Row(own=READERS),
    "rentshare:room": Row(
        own=READERS,
        foreign=COUNTRY | dict.fromkeys(KEEPERS, 404),
        others_foreign=403,
        args=of("room"),
        place=Rented,
    ),
    "rentshare:room_new": adding(
        lambda place: {"house": str(place.room.property.uid), "number": "9", "beds": "ก, ข"}
    ),
    "rentshare:property_new": adding({"centre": "30", "name": "บ้านใหม่"}),
    "rentshare:landlord_new": adding({"centre": "30", "name": "นางใจดี"}),
    "rentshare:lease_new": leasing(
        lambda place: {
            "landlord": str(place.landlord.uid),
            "starts_on": TODAY,
            "monthly_rent": "2500",
        },
        of("room"),
    ),
    "rentshare:lease_end": leasing({"ends_on": TODAY}, of("lease")),
    "rentshare:schemes": Row(own=READERS | allow("administrator")),
    "rentshare:scheme_new": (
        Row(own=allow("administrator"), query={"from": "HALF66"}),
        Row(
            own=allow("administrator", status=302),
            method="post",
            data=SHARES | {"code": "NEW", "name_th": "ใหม่"},
        ),
    ),
    "rentshare:version_new": (
        Row(
            own=allow("administrator") | dict.fromkeys(READERS, 403),
            foreign=allow("administrator") | dict.fromkeys(READERS, 403),
            others=404,
            args=of("scheme"),
            place=Rented,
        ),
        Row(
            own=allow("administrator", status=302) | dict.fromkeys(READERS, 403),
            foreign=allow("administrator", status=302) | dict.fromkeys(READERS, 403),
            others=404,
            args=of("scheme"),
            place=Rented,
            method="post",
            data=SHARES,
        ),
    ),
    "rentshare:home": Row(own=BOOKS),
    "rentshare:runs": Row(own=BOOKS),
    "rentshare:run": Row(own=BOOKS, foreign=COUNTRY | ELSEWHERE, args=month, **AT_CENTRE),
    "rentshare:charge": (
        Row(own=allow(*FINANCE) | BOOKS_READ, foreign=COUNTRY_MAY_NOT | ELSEWHERE, args=month, **AT_CENTRE),
        Row(
            own=allow(*FINANCE, status=302) | BOOKS_READ,
            foreign=COUNTRY_MAY_NOT | ELSEWHERE,
            args=month,
            method="post",
            **AT_CENTRE,
        ),
    ),
    "rentshare:close": (
        Row(own=allow(*FINANCE) | BOOKS_READ, foreign=COUNTRY_MAY_NOT | ELSEWHERE, args=month, **AT_CENTRE),
        # Closing asks whose centre it is first; whether the month can be closed, tests/rentshare/test_books.py says.
        Row(
            own=allow(*FINANCE, status=422) | BOOKS_READ,
            foreign=COUNTRY_MAY_NOT | ELSEWHERE,
            args=month,
            method="post",
            **AT_CENTRE,
        ),
    ),
    "rentshare:balance": Row(own=BOOKS),
    "rentshare:balance_xlsx": Row(own=BOOKS),
    "rentshare:entries": Row(
        own=BOOKS, args=lambda place: {"kind": "tenant"}, foreign=BOOKS, others_foreign=403
    ),
    "rentshare:tenancies": (Row(own=READERS), Row(own=READERS, query={"show": "arrears"})),
    "rentshare:tenancy": reading("tenancy"),
    "rentshare:end": acting(CASEWORKERS, {"ends_on": TODAY, "reason": "own_home"}, of("tenancy")),
    "rentshare:payment": (
        *acting(FINANCE, SENT | {"confirmed": "yes"}, of("tenancy")),
        Row(
            own=allow(*FINANCE) | {role: 403 for role in READERS if role not in FINANCE},
            foreign=COUNTRY_MAY_NOT,
            method="post",
            data=SENT,
            args=of("tenancy"),
            **FILE,
        ),
    ),
    "rentshare:missed": (Row(own=READERS), Row(own=READERS, query={"show": "alone"})),
    "rentshare:plan": acting(KEEPERS, {"each": "100", "first_on": TODAY, "confirmed": "yes"}, of("tenancy")),
    "rentshare:plan_end": acting(KEEPERS, {"reason": "ตกลงกันใหม่"}, lambda place: {"uid": place.planned.uid}),
    "rentshare:payouts": Row(own=BOOKS),
    "rentshare:payout_collect": (
        Row(own=allow(*FINANCE) | BOOKS_READ, foreign=COUNTRY_MAY_NOT | ELSEWHERE, args=to_pay, **AT_CENTRE),
        Row(
            own=allow(*FINANCE, status=302) | BOOKS_READ,
            foreign=COUNTRY_MAY_NOT | ELSEWHERE,
            args=to_pay,
            method="post",
            **AT_CENTRE,
        ),
    ),
    "rentshare:payout": paying(BOOK_KEEPERS, "batch"),
    "rentshare:payout_file": Row(
        own=allow(*FINANCE) | BOOKS_READ,
        foreign=COUNTRY_MAY_NOT,
        others=404,
        args=of("approved"),
        place=Rented,
    ),
    "rentshare:payout_approve": paying_act(APPROVERS, {}, of("batch")),
    "rentshare:payout_drop": paying_act(APPROVERS, {"reason": "ยอดผิด"}, of("batch")),
    "rentshare:payout_settle": paying_act(FINANCE, {"paid_on": TODAY}, of("approved")),
    "rentshare:payout_reject": paying_act(
        FINANCE, {"reason": "เลขบัญชีไม่ตรง"}, lambda place: {"uid": place.approved.uid, "number": 1}
    ),
    "rentshare:landlord_account": paying_act(
        FINANCE,
        {"bank": "006", "number": "1234567890", "holder": "นางใจดี"},
        lambda place: {"uid": place.landlord.uid},
        rest=READERS,
    ),
    "rentshare:account_confirm": paying_act(APPROVERS, {}, lambda place: {"uid": place.proposed.uid}),
    "rentshare:statement": reading("tenancy"),
    "rentshare:statement_pdf": reading("tenancy"),
    "rentshare:statement_xlsx": reading("tenancy"),
    "rentshare:rent_reverse": acting(
        FINANCE,
        {"reason": "เข้าอยู่ไม่ได้"},
        lambda place: {"uid": place.tenancy.uid, "month": str(Month.of(clock.today()))},
    ),
    "rentshare:receipt": reading("receipt"),
    "rentshare:receipt_pdf": reading("receipt"),
    "rentshare:receipt_reverse": acting(FINANCE, {"reason": "นับผิด"}, of("receipt")),
    "rentshare:client_tab": Row(
        own=allow(*CASEWORKERS, "auditor") | allow("nurse", status=403),
        foreign=allow("auditor"),
        args=lambda place: {"uid": place.tenancy.client.uid},
        **FILE,
    ),
    "rentshare:sign": (
        Row(
            own=allow(*CASEWORKERS) | allow("nurse", "auditor", status=403),
            foreign=allow("auditor", status=403),
            args=free,
            **FILE,
        ),
        Row(
            own=allow(*CASEWORKERS, status=302) | allow("nurse", "auditor", status=403),
            foreign=allow("auditor", status=403),
            args=free,
            method="post",
            data=lambda place: {
                "place": place.free,
                "scheme": str(place.scheme.uid),
                "starts_on": TODAY,
                "confirmed": "yes",
            },
            **FILE,
        ),
    ),
    # programs
    "tenancy-list": Row(own=everyone()),
    "tenancy-detail": reading("tenancy"),
    "tenancy-statement": reading("tenancy"),
    "tenancy-payment-plan": (
        Row(
            own=READERS,
            foreign=COUNTRY,
            others=404,
            args=lambda place: {"uid": place.planned.uid},
            place=Rented,
        ),
        Row(
            own=allow(*KEEPERS, status=201) | {role: 403 for role in READERS if role not in KEEPERS},
            foreign=COUNTRY_MAY_NOT,
            others=404,
            method="post",
            content_type="application/json",
            place=Rented,
            args=of("tenancy"),
            data={"each": "100", "first_on": TODAY},
        ),
    ),
    "tenancy-missed": reading("tenancy"),
    "payment-list": (
        Row(own=everyone()),
        Row(
            own=allow(*FINANCE, status=201) | {role: 403 for role in READERS if role not in FINANCE},
            others=404,
            method="post",
            content_type="application/json",
            place=Rented,
            data=lambda place: {"tenancy": str(place.tenancy.uid), "amount": "10.50", "received_on": TODAY},
        ),
    ),
    "payment-detail": reading("receipt"),
    "rent-run-list": Row(own=everyone()),
    "rent-run-detail": Row(
        own=BOOKS,
        foreign=COUNTRY,
        others=404,
        args=of("run"),
        place=Rented,
    ),
    "api_trial_balance": Row(own=BOOKS),
    "payout-batch-list": (
        Row(own=everyone()),
        Row(
            own=allow(*FINANCE, status=201) | BOOKS_READ,
            others=404,
            method="post",
            content_type="application/json",
            place=Rented,
            data=lambda place: {"centre": place.owed_to.centre.code},
        ),
    ),
    "payout-batch-detail": paying(BOOK_KEEPERS, "batch"),
    "payout-batch-approve": paying_program(APPROVERS, {}, "batch"),
    "payout-batch-settle": paying_program(FINANCE, {"paid_on": TODAY}, "approved"),
    "payout-batch-reject": paying_program(FINANCE, {"number": 1, "reason": "เลขบัญชีไม่ตรง"}, "approved"),
    "rent-scheme-list": Row(own=everyone()),
    "rent-scheme-detail": Row(own=READERS, foreign=READERS, others=404, args=of("scheme"), place=Rented),
    "rent-scheme-simulation": Row(
        own=READERS,
        foreign=READERS,
        others=404,
        args=of("scheme"),
        place=Rented,
        query={"rent": "2500", "starts_on": TODAY},
    ),
}
