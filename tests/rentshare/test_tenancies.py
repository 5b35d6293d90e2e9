"""Moving in and out: a bed and a person are taken once, and what was charged for days not stayed goes back."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from audit.models import WriteEntry
from casework.models import EpisodeEvent
from common import clock, due
from common.errors import DomainError, Forbidden, NotVisible
from common.models import DueWork
from common.thai.periods import Month
from rentshare import timing
from rentshare.actions import rooms
from rentshare.actions.tenancies import NewTenancy, end_tenancy, sign_tenancy
from rentshare.models import Landlord, Lease, Posting, Property, Room, Tenancy
from rentshare.reading import owed_by, rent_of, trial_balance
from tests.support import factories as make
from tests.support import rent
from tests.support.rent import run

pytestmark = pytest.mark.django_db
NOVEMBER = Month(2026, 11)
START = date(2026, 11, 1)


def new(lease: Lease | None = None, **fields: Any) -> NewTenancy:
    lease = lease or rent.lease()
    scheme = fields.pop("scheme", None) or rent.scheme()
    bed = fields.pop("bed", None) or lease.room.beds.first()
    return NewTenancy(lease.pk, bed.pk, scheme.pk, **{"starts_on": START} | fields)


def refused(act: Any) -> str:
    with pytest.raises(DomainError) as caught:
        act()
    return caught.value.code


# --- signing


def test_a_social_worker_signs_and_the_tenant_owes_nothing_before_the_run() -> None:
    worker, client = make.actor(), make.client()
    tenancy = sign_tenancy(actor=worker, client_id=client.pk, new=new(cohort="รุ่น 1"))
    assert (tenancy.person_id, tenancy.rent, tenancy.cohort) == (client.person_id, 250_000, "รุ่น 1")
    assert owed_by([tenancy])[tenancy.pk].balance == 0
    entry = WriteEntry.objects.get(verb="tenancy.signed")
    assert entry.subject == str(client.uid)


def test_two_share_a_room_and_its_rent() -> None:
    lease, worker, scheme = rent.lease(rent.room(beds=2)), make.actor(), rent.scheme()
    first, second = lease.room.beds.all()
    for bed in (first, second):
        sign_tenancy(
            actor=worker, client_id=make.client().pk, new=new(lease, bed=bed, rent="1250", scheme=scheme)
        )
    run(NOVEMBER)
    assert sum(Posting.objects.filter(party="landlord").values_list("amount", flat=True)) == 250_000


def test_tenants_together_never_pay_more_than_the_room_costs() -> None:
    lease, worker = rent.lease(rent.room(beds=2)), make.actor()
    first, second = lease.room.beds.all()
    sign_tenancy(actor=worker, client_id=make.client().pk, new=new(lease, bed=first, rent="1250.01"))
    assert (
        refused(
            lambda: sign_tenancy(
                actor=worker, client_id=make.client().pk, new=new(lease, bed=second, rent="1250")
            )
        )
        == "rent_above_lease"
    )


@pytest.mark.parametrize(
    ("starts", "ends", "code"),
    [
        (date(2026, 11, 10), None, "bed_taken"),
        (date(2026, 11, 20), None, ""),
        (date(2026, 11, 19), date(2026, 11, 19), "bed_taken"),
        (date(2026, 10, 1), date(2026, 11, 9), ""),
        (date(2026, 10, 1), date(2026, 11, 10), "bed_taken"),
    ],
)
def test_a_bed_is_let_once(starts: date, ends: date | None, code: str) -> None:
    taken = rent.tenancy(date(2026, 11, 10), ends_on=date(2026, 11, 19), rent=100_000)

    def sign() -> None:
        values = new(taken.lease, starts_on=starts, ends_on=ends, rent="100")
        sign_tenancy(actor=make.actor(), client_id=make.client().pk, new=values)

    if code:
        assert refused(sign) == code
        assert Tenancy.objects.count() == 1
    else:
        sign()


def test_a_person_lives_in_one_bed_also_under_a_linked_record() -> None:
    taken = rent.tenancy()
    twin = make.client(person=taken.person)
    assert refused(lambda: sign_tenancy(actor=make.actor(), client_id=twin.pk, new=new())) == "person_has_bed"


def test_the_database_itself_refuses_a_second_tenant() -> None:
    taken = rent.tenancy(date(2026, 11, 10), ends_on=date(2026, 11, 19))
    with pytest.raises(IntegrityError), transaction.atomic():
        rent.tenancy(date(2026, 11, 19), lease=taken.lease)
    with pytest.raises(IntegrityError), transaction.atomic():
        rent.tenancy(date(2026, 1, 1), client=taken.client)
    other = rent.tenancy(date(2026, 12, 1), lease=taken.lease)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tenancy.objects.filter(pk=taken.pk).update(ends_on=date(2026, 12, 1))
    with pytest.raises(DatabaseError), transaction.atomic():
        Tenancy.objects.filter(pk=other.pk).update(rent=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        other.delete()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"starts_on": date(2021, 12, 31)}, "before_lease"),
        ({"ends_on": date(2026, 10, 31)}, "ends_before_start"),
        ({"rent": "0.99"}, "rent_too_low"),
        ({"rent": "-5"}, "negative"),
        ({"rent": "12.345"}, "three_decimals"),
        ({"rent": "2500.01"}, "rent_above_lease"),
    ],
)
def test_what_a_tenancy_cannot_say(fields: dict[str, Any], code: str) -> None:
    assert (
        refused(lambda: sign_tenancy(actor=make.actor(), client_id=make.client().pk, new=new(**fields)))
        == code
    )


def test_the_scheme_says_which_rooms_it_pays_for() -> None:
    bounded = rent.scheme(rent_floor=200_000, rent_ceiling=300_000)
    for monthly_rent, code in ((199_999, "rent_below_floor"), (300_001, "rent_above_ceiling")):
        lease = rent.lease(monthly_rent=monthly_rent)
        values = new(lease, scheme=bounded)
        assert (
            refused(lambda v=values: sign_tenancy(actor=make.actor(), client_id=make.client().pk, new=v))
            == code
        )
    young = rent.scheme(starts_on=date(2026, 11, 2))
    values = new(scheme=young)
    assert (
        refused(lambda: sign_tenancy(actor=make.actor(), client_id=make.client().pk, new=values))
        == "scheme_not_begun"
    )


def test_a_bed_of_another_room_and_a_person_who_died_are_refused() -> None:
    other = rent.room().beds.get()
    assert (
        refused(lambda: sign_tenancy(actor=make.actor(), client_id=make.client().pk, new=new(bed=other)))
        == "bed_elsewhere"
    )
    gone = make.client()
    make.event(make.episode(gone), EpisodeEvent.Kind.CLOSED, on=date(2026, 11, 9), value="died")
    assert refused(lambda: sign_tenancy(actor=make.actor(), client_id=gone.pk, new=new())) == "died_client"


def test_who_may_sign() -> None:
    client, values = make.client(), new()
    for role in ("finance_officer", "auditor", "department_analyst"):
        with pytest.raises(Forbidden):
            sign_tenancy(actor=make.actor(role), client_id=client.pk, new=values)
    for role in ("nurse", "carer", "partner", "volunteer", "administrator"):
        with pytest.raises(NotVisible):
            sign_tenancy(actor=make.actor(role), client_id=client.pk, new=values)
    with pytest.raises(NotVisible):
        sign_tenancy(actor=make.actor(at=make.FOREIGN), client_id=client.pk, new=values)
    with pytest.raises(NotVisible):
        sign_tenancy(actor=make.actor(), client_id=make.client(make.FOREIGN).pk, new=values)
    assert not Tenancy.objects.exists()


def test_a_tenancy_signed_after_the_run_is_charged_by_itself() -> None:
    rent.tenancy()
    run(Month(2026, 10))
    run(NOVEMBER)
    late = sign_tenancy(actor=make.actor(), client_id=make.client().pk, new=new(starts_on=date(2026, 10, 20)))
    assert due.work(timing.RUN) == 2
    assert [row.month for row in rent_of(late)] == ["2026-11", "2026-10"]


def test_a_tenancy_to_come_is_charged_on_its_first_day(time_machine: Any) -> None:
    coming = sign_tenancy(
        actor=make.actor(), client_id=make.client().pk, new=new(starts_on=date(2026, 11, 20))
    )
    assert due.work(timing.RUN) == 0
    time_machine.move_to(clock.at(date(2026, 11, 20), 1), tick=False)
    assert due.work(timing.RUN) == 1
    assert rent_of(coming)[0].landlord == 250_000 * 11 // 30
    assert DueWork.objects.get(kind=timing.RUN).state == "done"


# --- ending


def end(tenancy: Tenancy, ends_on: date, reason: str = "has_work", role: str = "social_worker") -> Tenancy:
    return end_tenancy(actor=make.actor(role), tenancy_id=tenancy.pk, ends_on=ends_on, reason=reason)


def test_ending_in_a_charged_month_charges_its_days_anew() -> None:
    tenancy = rent.tenancy()
    run(Month(2026, 10))
    run(NOVEMBER)
    end(tenancy, date(2026, 11, 12))
    assert [(row.month, row.landlord, row.charged["participant"]) for row in rent_of(tenancy)] == [
        ("2026-11", 100_000, 50_000),
        ("2026-10", 250_000, 125_000),
    ]
    assert owed_by([tenancy])[tenancy.pk].charged == 175_000
    assert trial_balance().difference == 0
    assert run(NOVEMBER).tenancies == 0, "charged once, whatever came after"


def test_ending_before_charged_months_takes_them_back_today() -> None:
    tenancy = rent.tenancy()
    for month in (Month(2026, 9), Month(2026, 10), NOVEMBER):
        run(month)
    end(tenancy, date(2026, 9, 30))
    assert {row.month: row.landlord for row in rent_of(tenancy)} == {
        "2026-11": 0,
        "2026-10": 0,
        "2026-09": 250_000,
    }
    days = set(Posting.objects.filter(reverses__isnull=False).values_list("posted_on", flat=True))
    assert days == {clock.today()}


def test_ending_on_the_last_day_of_a_charged_month_changes_no_money() -> None:
    tenancy = rent.tenancy()
    run(NOVEMBER)
    end(tenancy, date(2026, 11, 30))
    assert Posting.objects.count() == 3


def test_staying_longer_than_agreed_charges_the_rest_of_the_month() -> None:
    tenancy = rent.tenancy(date(2026, 10, 1), ends_on=date(2026, 10, 15))
    run(Month(2026, 10))
    end(tenancy, date(2026, 11, 3))
    assert rent_of(tenancy)[0].landlord == 250_000
    run(NOVEMBER)
    assert rent_of(tenancy)[0].landlord == 25_000


def test_an_end_stands_once_with_its_reason() -> None:
    tenancy = rent.tenancy()
    assert refused(lambda: end(tenancy, date(2026, 11, 9), reason="")) == "reason_missing"
    assert refused(lambda: end(tenancy, date(2026, 11, 9), reason="agreed")) == "reason_missing"
    assert refused(lambda: end(tenancy, date(2026, 8, 31))) == "ends_before_start"
    end(tenancy, date(2026, 11, 9))
    assert refused(lambda: end(tenancy, date(2026, 11, 8))) == "tenancy_ended"
    with pytest.raises(Forbidden):
        end(rent.tenancy(), date(2026, 11, 9), role="finance_officer")


# --- rooms and leases


def test_a_room_comes_with_its_beds_and_a_lease_with_a_landlord() -> None:
    worker, officer, centre = make.actor(), make.actor("finance_officer"), make.centre().pk
    house = rooms.add_property(actor=worker, centre_id=centre, name=" บ้าน  สวน ")
    room = rooms.add_room(actor=worker, property_id=house.pk, number="101", beds=["ก", "ข"])
    owner = rooms.add_landlord(actor=worker, centre_id=centre, name="นางทองดี")
    assert (house.name, [bed.label for bed in room.beds.all()]) == ("บ้าน สวน", ["ก", "ข"])
    words = {"room_id": room.pk, "landlord_id": owner.pk, "starts_on": START, "monthly_rent": "2,500"}
    with pytest.raises(Forbidden):
        rooms.sign_lease(actor=worker, **words)
    lease = rooms.sign_lease(actor=officer, **words)
    assert (lease.monthly_rent, lease.landlord_account.landlord) == (250_000, owner)
    assert refused(lambda: rooms.sign_lease(actor=officer, **words)) == "room_leased"


@pytest.mark.parametrize("beds", [[], [""], ["ก", "ก"]])
def test_beds_have_labels_of_their_own(beds: list[str]) -> None:
    house = rent.room().property
    add = {"actor": make.actor(), "property_id": house.pk, "number": "9", "beds": beds}
    assert refused(lambda: rooms.add_room(**add)) == "beds_missing"


def test_names_are_taken_once_in_a_centre() -> None:
    room, owner, worker, centre = rent.room(), rent.landlord(), make.actor(), make.centre().pk
    taken = room.property
    assert (
        refused(lambda: rooms.add_landlord(actor=worker, centre_id=centre, name=owner.name))
        == "landlord_known"
    )
    assert (
        refused(lambda: rooms.add_property(actor=worker, centre_id=centre, name=taken.name))
        == "property_known"
    )
    add = {"actor": worker, "property_id": taken.pk, "number": "1", "beds": ["1"]}
    assert refused(lambda: rooms.add_room(**add)) == "room_known"
    with pytest.raises(NotVisible):
        rooms.add_landlord(actor=worker, centre_id=make.centre(make.FOREIGN).pk, name="ก")


def test_leases_of_a_room_never_overlap() -> None:
    lease = rent.lease(starts_on=date(2026, 1, 1), ends_on=date(2026, 6, 30))
    with pytest.raises(IntegrityError), transaction.atomic():
        rent.lease(lease.room, starts_on=date(2026, 6, 30))
    after = rent.lease(lease.room, starts_on=date(2026, 7, 1))
    assert (
        refused(lambda: rooms.end_lease(actor=rent.SYSTEM, lease_id=lease.pk, ends_on=date(2026, 7, 1)))
        == "room_leased"
    )
    rent.tenancy(date(2026, 8, 1), lease=after)
    assert (
        refused(lambda: rooms.end_lease(actor=rent.SYSTEM, lease_id=after.pk, ends_on=date(2026, 12, 31)))
        == "lease_has_tenancies"
    )
    assert (
        refused(lambda: sign_tenancy(actor=make.actor(), client_id=make.client().pk, new=new(lease)))
        == "after_lease"
    )


def test_room_and_landlord_are_of_one_centre() -> None:
    words = {"starts_on": START, "monthly_rent": "2500"}
    foreign = rent.landlord(make.FOREIGN)
    assert (
        refused(
            lambda: rooms.sign_lease(
                actor=rent.SYSTEM, room_id=rent.room().pk, landlord_id=foreign.pk, **words
            )
        )
        == "lease_elsewhere"
    )


# --- who sees what


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("social_worker", True), ("supervisor", True), ("centre_head", True), ("finance_officer", True),
        ("auditor", True), ("department_analyst", True), ("nurse", False), ("carer", False), ("partner", False),
        ("volunteer", False), ("administrator", False),
    ],
)  # fmt: skip
def test_who_sees_tenancies_rooms_and_leases(role: str, sees: bool) -> None:
    tenancy = rent.tenancy()
    actor = make.actor(role)
    for model in (Tenancy, Lease, Room, Property, Landlord):
        assert model.objects.visible_to(actor).exists() == sees, model
    if role not in {"auditor", "department_analyst"}:
        assert not Tenancy.objects.visible_to(make.actor(role, make.FOREIGN)).exists()
    assert tenancy.centre.code == make.OWN


def test_a_restricted_tenant_is_seen_by_those_who_open_the_file_and_by_who_keeps_the_books() -> None:
    rent.tenancy(client=make.client(restricted=True))
    assert not Tenancy.objects.visible_to(make.actor()).exists()
    assert Tenancy.objects.visible_to(make.actor("supervisor")).exists()
    assert Tenancy.objects.visible_to(make.actor("finance_officer")).exists()
