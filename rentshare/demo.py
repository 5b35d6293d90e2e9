"""The demo's half-rent story: a pilot of 18 people in 11 rooms at Hua Lamphong with 60:60, then half and half in two
provinces, with months charged and paid, some arrears, a receipt taken back, and books closed up to two months ago.

The numbers of the pilot and its shares are published; names, houses, rents and who paid when are made up.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from accounts.actor import UserActor, actor_for
from accounts.models import Centre, Membership, User
from accounts.roles import Role
from casework.demo import pools
from casework.models import Client, Episode, EpisodeEvent
from casework.registering import NewClient, write_clients
from common import demo
from common.demo import SEED, Demo
from common.models import DueWork
from common.money import to_baht
from common.thai.periods import Month
from rentshare import presets, timing
from rentshare.actions import rooms
from rentshare.actions.bank_accounts import confirm_account, propose_account
from rentshare.actions.missing import agree_plan
from rentshare.actions.payments import reverse_receipt, take_payment
from rentshare.actions.payout_batches import collect_payouts
from rentshare.actions.payouts import pay_landlord, receive_share
from rentshare.actions.periods import close_period
from rentshare.actions.schemes import add_scheme_version, create_scheme
from rentshare.actions.tenancies import NewTenancy, end_tenancy, sign_tenancy
from rentshare.missing import living_and_owing
from rentshare.models import Account, Landlord, Lease, Period, Posting, Receipt, Scheme, Tenancy
from rentshare.noticing import notice_all
from rentshare.paying import payable
from rentshare.reading import owed_by
from rentshare.reading.statement import balance_of
from rentshare.running import run_month

Reason = Tenancy.Reason
FIRST_MONTH = Month(2022, 4)
OPEN_MONTHS = 2
"""Books are closed up to so many months ago."""

MONTHLY = 15
"""So many months back rent is paid month by month; before that, by the quarter, so that the demo is soon there."""

HABITS = ("prompt", "prompt", "behind", "prompt", "ahead", "prompt", "prompt", "struggling", "prompt")
"""One tenant after the other pays like this."""


@dataclass
class House:
    """Rooms as (beds, monthly rent in baht), and who lets them."""

    centre: str
    name: str
    address: str
    landlord: str
    rooms: tuple[tuple[int, int], ...]
    since: date
    leases: list[Lease] = field(default_factory=list)


PILOT = House(
    "10",
    "หอพักซอยหลังสถานี",
    "แขวงรองเมือง เขตปทุมวัน",
    "นางทองสุข ใจเอื้อ",
    ((2, 2500),) * 4 + ((1, 2000),) * 2 + ((2, 2600),) * 3 + ((1, 2200),) * 2,
    date(2022, 4, 1),
)
"""Eleven rooms with eighteen beds."""

LATER = (
    House("10", "บ้านเช่าตรอกสลักหิน", "แขวงรองเมือง เขตปทุมวัน", "นายประเสริฐ มั่งมี", ((2, 3000),) * 5, date(2023, 10, 1)),
    House("30", "หอพักหลังวัดบูรพ์", "ต.ในเมือง อ.เมืองนครราชสีมา", "นางสมพร พูนทรัพย์", ((1, 2000),) * 6, date(2023, 11, 1)),
    House("30", "ห้องแถวถนนจอมพล", "ต.ในเมือง อ.เมืองนครราชสีมา", "นายวิเชียร อยู่ดี", ((2, 2400),) * 4, date(2024, 6, 1)),
)  # fmt: skip


OWNERS = [house.landlord for house in (PILOT, *LATER)]


@dataclass
class Stay:
    """Somebody in a bed, from when to when."""

    lease: Lease
    bed: int
    starts_on: date
    ends_on: date | None
    reason: str
    cohort: str
    client_id: int = 0


def write(d: Demo) -> None:
    """Scheme, rooms, people, tenancies, months, payments, a receipt taken back, closed books."""
    chance = random.Random(SEED + 65)  # noqa: S311 (chance, not a secret); the other parts keep theirs
    scheme = create_scheme(
        actor=d.actor,
        code="HALFRENT",
        name_th="ห้องเช่าคนละครึ่ง",
        name_en="Half-rent rooms",
        new=presets.PILOT_2565.new,
    ).scheme
    add_scheme_version(actor=d.actor, scheme_id=scheme.pk, new=presets.HALF_2566.new)
    for house in (PILOT, *LATER):
        house.leases = list(_leases(d, house))
    stays = [*_pilot(chance, d.today), *_later(chance, d.today)]
    _people(d, chance, stays)
    tenancies = [_sign(d, scheme, stay) for stay in stays]
    _months(d, chance, tenancies)
    _take_back(d)
    _close(d)
    _payouts(d)
    notice_all(actor=d.actor)
    _agree(d)
    # Every month was run here; what signing planned for the worker is done.
    DueWork.objects.filter(kind=timing.RUN).delete()
    d.say(f"{len(tenancies)} tenancies in rent rooms, {Receipt.objects.count()} receipts")


# --- rooms -------------------------------------------------------------------------------------------------


def _leases(d: Demo, house: House) -> Iterator[Lease]:
    """The leases of a house, room by room."""
    centre = Centre.objects.get(code=house.centre)
    place = rooms.add_property(actor=d.actor, centre_id=centre.pk, name=house.name, address=house.address)
    owner = rooms.add_landlord(actor=d.actor, centre_id=centre.pk, name=house.landlord)
    for number, (beds, rent) in enumerate(house.rooms, 1):
        labels = ["ก", "ข"][:beds]
        room = rooms.add_room(actor=d.actor, property_id=place.pk, number=f"{100 + number}", beds=labels)
        yield rooms.sign_lease(
            actor=d.actor,
            room_id=room.pk,
            landlord_id=owner.pk,
            starts_on=house.since,
            monthly_rent=str(rent),
        )


# --- who lived where ---------------------------------------------------------------------------------------


def _pilot(chance: random.Random, today: date) -> Iterator[Stay]:
    """Two cohorts: ten people in six rooms, eight in the other five; some of them still live there."""
    for number, lease in enumerate(PILOT.leases):
        first = number < 6
        for bed in range(lease.room.beds.count()):
            begun = date(2022, 4, 1) if first else date(2022, 7, 1)
            months = chance.choice([9, 12, 14, 18, 24, 30, 0, 0])
            yield from _stays(chance, lease, bed, begun, months, "รุ่น 1" if first else "รุ่น 2", today)


def _later(chance: random.Random, today: date) -> Iterator[Stay]:
    """Half and half: a bed after the other is let, left and let again."""
    for house in LATER:
        for lease in house.leases:
            for bed in range(lease.room.beds.count()):
                begun = lease.starts_on + timedelta(days=chance.randint(0, 120))
                yield from _stays(chance, lease, bed, begun, chance.choice([5, 6, 8, 11, 14]), "", today)


def _stays(
    chance: random.Random, lease: Lease, bed: int, begun: date, months: int, cohort: str, today: date
) -> Iterator[Stay]:
    """A stay of so many months (0: until now), and for some beds another after it."""
    while begun <= today:
        ends = begun + timedelta(days=30 * months + chance.randint(0, 25)) if months else None
        if ends is not None and ends > today:
            ends = None
        reasons = [Reason.HAS_WORK] * 5 + [Reason.OWN_HOME, Reason.FAMILY, Reason.LEFT, Reason.OTHER]
        reason = chance.choice(reasons).value
        yield Stay(lease, bed, begun, ends, reason if ends else "", cohort)
        if ends is None or chance.random() < 0.35:
            return
        begun, months = ends + timedelta(days=chance.randint(10, 90)), chance.choice([7, 10, 0, 0])
        cohort = f"ปี {(begun + timedelta(days=92)).year + 543}"


def _people(d: Demo, chance: random.Random, stays: list[Stay]) -> None:
    """Files of the tenants, from some weeks before they moved in."""
    for code in ("10", "30"):
        centre = Centre.objects.get(code=code)
        workers = list(
            Membership.objects.filter(centre=centre, role=Role.SOCIAL_WORKER)
            .order_by("pk")
            .values_list("user_id", flat=True)
        )
        theirs = [stay for stay in stays if stay.lease.centre_id == centre.pk]
        new = [_person(chance, stay, code, chance.choice(workers)) for stay in theirs]
        for stay, key in zip(
            theirs, write_clients(actor=d.actor, centre=centre, new=new, synthetic=True), strict=True
        ):
            stay.client_id = key


def _person(chance: random.Random, stay: Stay, province: str, worker: int) -> NewClient:
    noticed = stay.starts_on - timedelta(days=chance.randint(20, 60))
    met = noticed + timedelta(days=chance.randint(0, 3))
    man = chance.random() < pools.MEN_SHARE
    kind = EpisodeEvent.Kind
    person = NewClient(
        title="นาย" if man else "นางสาว",
        first_name=chance.choice(pools.MEN if man else pools.WOMEN),
        last_name=chance.choice(pools.SURNAMES),
        nickname=chance.choice(pools.NICKNAMES),
        sex=Client.Sex.MALE if man else Client.Sex.FEMALE,
        born_on=date(noticed.year - chance.randint(28, 66), chance.randint(1, 12), chance.randint(1, 28)),
        home_province=province,
        found_place=chance.choice(pools.PLACES[province]),
        channel="outreach",
        noticed_on=noticed,
        worker_id=worker,
        state=Episode.State.FOLLOW_THROUGH,
        events=[(kind.CONTACTED, met, ""), (kind.ACCEPTED_HELP, met, "")],
    )
    outcomes = {Reason.HAS_WORK: "work", Reason.OWN_HOME: "own_home", Reason.FAMILY: "family"}
    if stay.ends_on and stay.reason in outcomes:
        person.closed = (stay.ends_on, outcomes[Reason(stay.reason)])
    return person


def _sign(d: Demo, scheme: Scheme, stay: Stay) -> Tenancy:
    beds = list(stay.lease.room.beds.all())
    tenancy = sign_tenancy(
        actor=d.actor,
        client_id=stay.client_id,
        new=NewTenancy(
            lease_id=stay.lease.pk,
            bed_id=beds[stay.bed].pk,
            scheme_id=scheme.pk,
            starts_on=stay.starts_on,
            rent=to_baht(stay.lease.monthly_rent // len(beds)),
            cohort=stay.cohort,
        ),
    )
    if stay.ends_on:
        tenancy = end_tenancy(actor=d.actor, tenancy_id=tenancy.pk, ends_on=stay.ends_on, reason=stay.reason)
    return tenancy


# --- money -------------------------------------------------------------------------------------------------


def _months(d: Demo, chance: random.Random, tenancies: list[Tenancy]) -> None:
    """Each month is charged and then paid, as people do: most at once, some a month late, some now and then."""
    habits = {tenancy.pk: HABITS[number % len(HABITS)] for number, tenancy in enumerate(tenancies)}
    month, this = FIRST_MONTH, Month.of(d.today)
    while month <= this:
        run_month(actor=d.actor, month=month)
        due = month.month % 3 == 0 or month >= this.plus(-MONTHLY)
        payments = list(_payments(chance, month, tenancies, habits)) if due else []
        for day, tenancy, amount in sorted(payments, key=lambda paid: (paid[0], paid[1].pk)):
            if day <= d.today:
                method = Receipt.Method.CASH if chance.random() < 0.7 else Receipt.Method.TRANSFER
                take_payment(
                    actor=d.actor, tenancy_id=tenancy.pk, amount=amount, received_on=day, method=method
                )
        _settle(d, min(month.last, d.today))
        month = month.next()


def _settle(d: Demo, day: date) -> None:
    """At the end of a month the programme pays its share in, and landlords get what the cash box allows."""
    for share in Account.objects.filter(kind=Account.Kind.PROGRAMME).order_by("pk"):
        if (owed := balance_of(share)) > 0:
            receive_share(actor=d.actor, account_id=share.pk, amount=to_baht(owed), received_on=day)
    for owed_to in Account.objects.filter(kind=Account.Kind.LANDLORD).order_by("pk"):
        cash = Account.objects.filter(kind=Account.Kind.CASH, centre=owed_to.centre_id).first()
        amount = min(-balance_of(owed_to), balance_of(cash) if cash else 0)
        if amount > 0 and owed_to.landlord_id:
            pay_landlord(actor=d.actor, landlord_id=owed_to.landlord_id, amount=to_baht(amount), paid_on=day)


def _payments(
    chance: random.Random, month: Month, tenancies: list[Tenancy], habits: dict[int, str]
) -> Iterator[tuple[date, Tenancy, Decimal]]:
    left_by = month.plus(-2).first
    living = [t for t in tenancies if t.starts_on <= month.last and (t.ends_on or month.last) >= left_by]
    owed, before = owed_by(living, month.last), owed_by(living, month.first - timedelta(days=1))
    for tenancy in living:
        habit, debt = habits[tenancy.pk], owed[tenancy.pk].balance
        if habit == "behind" and not tenancy.ends_on:
            debt = before[tenancy.pk].balance
        elif habit == "struggling":
            debt = debt // 2 // 10_000 * 10_000 if chance.random() < 0.6 else 0
        elif habit == "ahead" and not tenancy.ends_on:
            debt += tenancy.rent // 2
        day = max(month.first + timedelta(days=chance.randint(1, 12)), tenancy.starts_on)
        if debt > 0:
            yield min(day, month.last), tenancy, to_baht(debt)


def _take_back(d: Demo) -> None:
    """The newest receipt at Nakhon Ratchasima was written for the wrong person; it is taken back and stays void."""
    wrong = Receipt.objects.filter(centre__code="30").order_by("-pk").first()
    if wrong is not None:
        reverse_receipt(actor=d.actor, receipt_id=wrong.pk, reason="ออกใบเสร็จผิดคน ออกใบใหม่ให้แล้ว")


def _payouts(d: Demo) -> None:
    """Landlords are paid through the bank: at Nakhon Ratchasima a batch waits for approval, in Bangkok an account for a
    second person."""
    for number, owner in enumerate(Landlord.objects.filter(name__in=OWNERS).order_by("pk"), 1):
        finance, lead = _at(owner.centre, Role.FINANCE_OFFICER), _at(owner.centre, Role.SUPERVISOR)
        if finance is None or lead is None:
            continue
        made = propose_account(
            actor=finance, landlord_id=owner.pk, bank="006", number=f"999000000{number}", holder=owner.name
        )
        if owner.name != LATER[0].landlord:
            confirm_account(actor=lead, account_id=made.pk)
    centre = Centre.objects.get(code="30")
    officer, owed = _at(centre, Role.FINANCE_OFFICER), payable(list(Landlord.objects.filter(centre=centre)))
    if officer is not None and any(one.account for one in owed):
        collect_payouts(actor=officer, centre_id=centre.pk)


def _at(centre: Centre, role: str) -> UserActor | None:
    """Somebody of the demo who holds `role` there."""
    found = User.objects.filter(memberships__centre=centre, memberships__role=role).order_by("pk").first()
    return actor_for(found) if found else None


def _agree(d: Demo) -> None:
    """Whoever owes most at Nakhon Ratchasima pays it off in parts."""
    owing: Any = living_and_owing(d.today).filter(centre__code="30")
    most = owing.order_by("-balance", "pk").first()
    if most is not None:
        agree_plan(
            actor=d.actor,
            tenancy_id=most.pk,
            each="300",
            first_on=d.today + timedelta(days=10),
            note="รับจ้างได้ไม่ทุกวัน ขอจ่ายเดือนละสามร้อย",
        )


def _close(d: Demo) -> None:
    """Close the books of each centre, month by month."""
    last = str(Month.of(d.today).plus(-OPEN_MONTHS))
    # A month in which somebody signed but nothing was posted has a period too.
    posted = Posting.objects.values("period")
    for period in Period.objects.filter(month__lte=last, pk__in=posted).order_by("centre", "month"):
        close_period(actor=d.actor, centre_id=period.centre_id, month=Month.parse(period.month))


demo.add(demo.Part("rentshare", write), order=50)
