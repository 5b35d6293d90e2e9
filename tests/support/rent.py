"""Rooms, schemes and tenancies to test with. Rows come into being here, money only by the actions."""

import itertools
from datetime import date
from typing import Any

from casework.models import Client, Person
from common.actor import SystemActor
from common.ids import time_ordered_uuid
from common.thai.periods import Month
from rentshare.actions.bank_accounts import confirm_account, propose_account
from rentshare.models import (
    Account,
    BankAccount,
    Bed,
    Landlord,
    Lease,
    Posting,
    Property,
    Room,
    Scheme,
    SchemeStep,
    SchemeVersion,
    Tenancy,
)
from rentshare.rules import version_on
from rentshare.running import RunResult, run_month
from tests.support import factories as make

SYSTEM = SystemActor("test")
SECOND = SystemActor("test.second")
"""Somebody else, where two people are needed."""
LONG_AGO = date(2022, 1, 1)
HALF = {"participant_share": 5000, "programme_share": 5000}
PILOT = {"participant_share": 6000, "programme_share": 6000, "surplus_fund": "กองทุนออมทรัพย์"}

_numbers = itertools.count(1)


def scheme(shares: dict[str, Any] | None = None, starts_on: date = LONG_AGO, **fields: Any) -> Scheme:
    """A scheme with one version: half and half from LONG_AGO unless told otherwise; `steps` as (month, share)."""
    number = next(_numbers)
    made = Scheme.objects.create(code=f"S{number}", name_th=f"คนละครึ่ง {number}")
    version(made, shares, starts_on, **fields)
    return made


def version(
    of: Scheme, shares: dict[str, Any] | None = None, starts_on: date = LONG_AGO, **fields: Any
) -> SchemeVersion:
    said = (shares or HALF) | fields
    steps = said.pop("steps", [])
    made = SchemeVersion.objects.create(scheme=of, starts_on=starts_on, actor_key=SYSTEM.key, **said)
    SchemeStep.objects.bulk_create(
        SchemeStep(version=made, from_month=month, programme_share=share) for month, share in steps
    )
    return made


def landlord(at: str = make.OWN) -> Landlord:
    return Landlord.objects.create(centre=make.centre(at), name=f"เจ้าของ {next(_numbers)}")


def room(at: str = make.OWN, beds: int = 1) -> Room:
    """A room with so many beds, in a house of its own."""
    centre = make.centre(at)
    house = Property.objects.create(
        centre=centre, name=f"บ้าน {next(_numbers)}", province_id=centre.province_id
    )
    made = Room.objects.create(property=house, number="1")
    Bed.objects.bulk_create(Bed(room=made, label=str(number + 1)) for number in range(beds))
    return made


def lease(of: Room | None = None, monthly_rent: int = 250_000, **fields: Any) -> Lease:
    """A lease without end since LONG_AGO, of a new landlord."""
    of = of or room()
    owner = landlord(of.property.centre.code)
    account = Account.objects.create(
        centre=owner.centre, kind="landlord", subject=str(owner.uid), landlord=owner
    )
    defaults = {
        "starts_on": LONG_AGO,
        "landlord": owner,
        "landlord_account": account,
        "actor_key": SYSTEM.key,
    }
    return Lease.objects.create(room=of, centre=owner.centre, monthly_rent=monthly_rent, **defaults | fields)


def tenancy(starts_on: date = date(2026, 9, 1), **fields: Any) -> Tenancy:
    """Somebody in the first bed of a room of their own."""
    leased = fields.pop("lease", None) or lease()
    client: Client = fields.pop("client", None) or make.client(leased.centre.code)
    uid = time_ordered_uuid()
    signed = fields.pop("scheme", None) or scheme()
    defaults = {
        "scheme": signed,
        "version": version_on(signed.versions.all(), starts_on) or signed.versions.last(),
        "bed": fields.pop("bed", None) or leased.room.beds.first(),
        "account": Account.objects.create(centre=leased.centre, kind="tenant", subject=str(uid)),
        "rent": leased.monthly_rent,
        "actor_key": SYSTEM.key,
        "end_reason": "agreed" if fields.get("ends_on") else "",
    }
    return Tenancy.objects.create(
        uid=uid, centre=leased.centre, client=client, person=client.person, lease=leased, starts_on=starts_on,
        **defaults | fields,
    )  # fmt: skip


def bank_account(owner: Landlord, *, confirmed: bool = True) -> BankAccount:
    """Where a landlord is paid, as one person wrote it down and another confirmed it."""
    made = propose_account(
        actor=SYSTEM, landlord_id=owner.pk, bank="006", number="123-4-56789-0", holder=owner.name
    )
    return confirm_account(actor=SECOND, account_id=made.pk) if confirmed else made


def run(month: Month, **fields: Any) -> RunResult:
    """The month's run, as the schedule has it."""
    return run_month(actor=SYSTEM, month=month, **fields)


def ledger(of: Tenancy) -> list[tuple[str, str, int, bool]]:
    """(month, party, satang, whether it is a reversal) of a tenancy's rent, in order."""
    rows = Posting.objects.filter(tenancy=of).exclude(rent_month="").order_by("pk")
    return [(row.rent_month, row.party, row.amount, row.reverses_id is not None) for row in rows]


def populate(per_centre: dict[str, int], starts_on: date, scheme_: Scheme | None = None) -> int:
    """So many tenancies at each centre (code → how many), written in bulk: a client, a room and a bed for each."""
    scheme_ = scheme_ or scheme()
    signed = scheme_.versions.get()
    for code, count in per_centre.items():
        centre, owner, numbers = make.centre(code), landlord(code), range(count)
        owed = Account.objects.create(centre=centre, kind="landlord", subject=str(owner.uid), landlord=owner)
        house = Property.objects.create(centre=centre, name="หลังใหญ่", province_id=centre.province_id)
        people = Person.objects.bulk_create([Person() for _ in numbers], batch_size=5000)
        clients = Client.objects.bulk_create(
            [Client(person=p, centre=centre, code=f"B{code}-{p.pk}", first_name="ก") for p in people],
            batch_size=2000,
        )
        rooms = Room.objects.bulk_create(
            [Room(property=house, number=str(n)) for n in numbers], batch_size=5000
        )
        beds = Bed.objects.bulk_create([Bed(room=room, label="1") for room in rooms], batch_size=5000)
        leases = Lease.objects.bulk_create(
            [
                Lease(
                    centre=centre, room=room, landlord=owner, landlord_account=owed, starts_on=starts_on,
                    monthly_rent=200_000 + number % 1000, actor_key=SYSTEM.key,
                )
                for number, room in enumerate(rooms)
            ],
            batch_size=5000,
        )  # fmt: skip
        accounts = Account.objects.bulk_create(
            [Account(centre=centre, kind="tenant", subject=f"t{code}-{n}") for n in numbers], batch_size=5000
        )
        Tenancy.objects.bulk_create(
            [
                Tenancy(
                    centre=centre, client=client, person_id=client.person_id, lease=leased, bed=bed,
                    scheme=scheme_, version=signed, account=account, rent=leased.monthly_rent, starts_on=starts_on,
                    actor_key=SYSTEM.key,
                )
                for client, leased, bed, account in zip(clients, leases, beds, accounts, strict=True)
            ],
            batch_size=2000,
        )  # fmt: skip
    return sum(per_centre.values())
