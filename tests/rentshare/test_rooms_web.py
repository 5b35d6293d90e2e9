"""Houses, rooms, beds, leases and schemes as pages."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from rentshare.models import Bed, Landlord, Lease, Room, Scheme, SchemeVersion
from tests.support import factories as make
from tests.support import rent
from tests.support.client import Client, parse

pytestmark = pytest.mark.django_db
TODAY = "10/11/2569"


def text(response: Any) -> str:
    return " ".join(parse(response).select_one("main").get_text(" ").split())


@pytest.fixture
def finance(client: Client) -> Client:
    client.force_login(make.user("finance_officer"))
    return client


def test_from_nothing_to_a_bed_that_can_be_let(finance: Client) -> None:
    assert "ยังไม่มีห้อง" in text(finance.get(reverse("rentshare:rooms")))
    finance.submit(finance.get(reverse("rentshare:landlord_new")), {"name": "นางสมปอง ใจกว้าง"})
    finance.submit(finance.get(reverse("rentshare:property_new")), {"name": "บ้านสวน"})
    finance.submit(finance.get(reverse("rentshare:room_new")), {"number": "1", "beds": "ก, ข"})
    room = Room.objects.get()
    assert list(Bed.objects.values_list("label", flat=True)) == ["ก", "ข"]
    page = finance.get(reverse("rentshare:lease_new", args=[room.uid]))
    landlord = Landlord.objects.get()
    typed = {"landlord": str(landlord.uid), "starts_on": TODAY, "monthly_rent": "2,500"}
    done = finance.submit(page, typed)
    assert done["Location"] == reverse("rentshare:room", args=[room.uid])
    assert Lease.objects.get().monthly_rent == 250_000
    said = text(finance.get(reverse("rentshare:rooms")))
    assert "มีคนอยู่ 0 จาก 2 เตียง" in said
    again = finance.submit(page, typed | {"starts_on": "11/11/2569"})
    assert again.status_code == 422  # overlapping leases, in words
    assert Lease.objects.count() == 1


def test_the_room_says_who_is_in_which_bed(finance: Client) -> None:
    lease = rent.lease(rent.room(beds=2))
    tenancy = rent.tenancy(date(2026, 11, 1), lease=lease, rent=125_000)
    said = text(finance.get(reverse("rentshare:room", args=[lease.room.uid])))
    assert tenancy.client.display_name in said
    assert "ว่าง" in said


def test_a_social_worker_does_not_read_a_name_they_may_not_open(client: Client) -> None:
    lease = rent.lease()
    tenancy = rent.tenancy(date(2026, 11, 1), lease=lease)
    type(tenancy.client).objects.filter(pk=tenancy.client_id).update(restricted=True)
    client.force_login(make.user("social_worker"))
    page = client.get(reverse("rentshare:room", args=[lease.room.uid])).content.decode()
    assert tenancy.client.last_name not in page
    assert tenancy.client.code not in page


def test_a_lease_is_not_ended_over_somebodys_head(finance: Client) -> None:
    tenancy = rent.tenancy(date(2026, 11, 1))
    page = finance.get(reverse("rentshare:lease_end", args=[tenancy.lease.uid]))
    assert finance.submit(page, {"ends_on": TODAY}).status_code == 422


def test_an_administrator_begins_from_what_was_tried(client: Client) -> None:
    client.force_login(make.user("administrator"))
    listed = parse(client.get(reverse("rentshare:schemes")))
    links = [link["href"] for link in listed.select("aside a.n")]
    for link in links:
        page = client.get(link)
        assert client.submit(page)["Location"] == reverse("rentshare:schemes")
    ours, pilot, half = Scheme.objects.order_by("-code")
    assert (ours.code, pilot.code, half.code) == ("STEPS", "PILOT65", "HALF66")
    version = pilot.versions.get()
    assert (version.participant_share, version.programme_share) == (6000, 6000)
    assert version.surplus_fund
    assert half.versions.get().rent_ceiling == 300_000
    first = ours.versions.get()
    assert (first.is_ours, first.support_months, first.steps.get().programme_share) == (True, 6, 3000)
    read = text(client.get(reverse("rentshare:schemes")))
    assert "ของระบบ" in read
    assert "เดือนที่ 4 ถึง 6: 30" in read
    shares = {"starts_on": "1/1/2570", "participant": "30", "programme": "60"}
    page = client.get(reverse("rentshare:version_new", args=[half.uid]))
    assert client.submit(page, shares).status_code == 422  # do not cover the rent
    for wrong in ("0", "1000"):
        refused = client.submit(page, shares | {"participant": wrong, "programme": "100"})
        assert refused.status_code == 422
        assert wrong in parse(refused).select_one("#id_participant")["value"]
        assert "เปอร์เซ็นต์" in text(refused)
    client.submit(page, shares | {"participant": "33.34", "programme": "66.66", "steps": "๔: 30%, 7=0"})
    steps = SchemeVersion.objects.get(scheme=half, participant_share=3334).steps
    assert list(steps.values_list("from_month", "programme_share")) == [(4, 3000), (7, 0)]
    assert SchemeVersion.objects.filter(scheme=half, participant_share=3334).exists()
    assert "33.34" in text(client.get(reverse("rentshare:schemes")))
