"""Who may open, read, write, and what stays hidden."""

from datetime import timedelta

import pytest

from accounts.actor import actor_for
from accounts.models import Membership
from accounts.roles import Role
from audit.models import ReadEntry
from casework import permissions
from casework.actions.notes import add_note
from casework.models import Client, ClientGrant
from common import clock
from common.errors import Forbidden, NotVisible
from tests.support import factories as make
from tests.support.client import Client as Browser
from tests.support.matrix import CASEWORKERS

pytestmark = pytest.mark.django_db

PIN, PHONE = "1999900000013", "0812345678"
KNOWN = {"pin": PIN, "phone": PHONE, "health_note": "เป็นเบาหวาน", "remark": "ชอบหมา"}


def page(role: str, client: Client, *, at: str = make.OWN, tab: str = "") -> str:
    browser = Browser()
    browser.force_login(make.user(role, at))
    response = browser.get(f"/casework/people/{client.uid}/{tab}")
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.parametrize("role", CASEWORKERS)
def test_caseworkers_of_the_centre_see_everything(role: str) -> None:
    text = page(role, make.client(**KNOWN))
    assert "1-9999-00000-01-3" in text
    assert "081-234-5678" in text
    assert "เป็นเบาหวาน" in text


def test_a_nurse_reads_health_but_the_numbers_are_masked() -> None:
    text = page("nurse", make.client(**KNOWN))
    assert "เป็นเบาหวาน" in text
    assert PIN not in text.replace("-", "")
    assert PHONE not in text.replace("-", "")
    assert "x-xxxx-xxxxx-01-3" in text
    assert "08x-xxx-5678" in text


def test_an_auditor_reads_neither_health_nor_numbers_nor_notes() -> None:
    client = make.client(**KNOWN)
    make.note(client, text="เล่าเรื่องลูก")
    for tab in ("", "timeline/", "print/"):
        text = page("auditor", client, tab=tab)
        assert "เป็นเบาหวาน" not in text
        assert "ชอบหมา" not in text
        assert "เล่าเรื่องลูก" not in text
        assert PIN not in text.replace("-", "")
        assert PHONE not in text.replace("-", "")


def test_on_paper_the_number_is_masked_for_everybody() -> None:
    text = page("centre_head", make.client(**KNOWN), tab="print/")
    assert PIN not in text.replace("-", "")
    assert "081-234-5678" in text


def test_a_granted_centre_works_in_the_file_but_sees_no_id_number() -> None:
    client = make.client(make.FOREIGN, **KNOWN)
    ClientGrant.objects.create(client=client, centre=make.centre(), basis="ส่งต่อ", starts_on=clock.today())
    text = page("social_worker", client)
    assert PIN not in text.replace("-", "")
    assert "081-234-5678" in text
    worker = make.actor()
    assert permissions.can_write(worker, client)
    assert not permissions.can_see_pin(worker, client)


def test_a_restricted_file_is_for_leads_and_the_worker_in_charge() -> None:
    client = make.client(restricted=True)
    in_charge = make.user()
    make.episode(client, in_charge)
    assert permissions.can_write(actor_for(in_charge), client)
    assert permissions.can_write(make.actor("supervisor"), client)
    assert not permissions.can_open_file(make.actor(), client)
    assert not permissions.can_open_file(make.actor("nurse"), client)
    assert not permissions.can_open_file(make.actor("supervisor", make.FOREIGN), client)
    with pytest.raises(NotVisible):
        add_note(actor=make.actor(), client_id=client.pk, text="x", occurred_on=clock.today())


def test_who_hands_over_a_restricted_case_no_longer_opens_it() -> None:
    client, former = make.client(restricted=True), make.user()
    episode = make.episode(client, former)
    episode.worker = make.user()
    episode.save()
    assert not permissions.can_open_file(actor_for(former), client)


def test_an_auditor_who_is_also_a_caseworker_writes_only_at_home() -> None:
    person = make.user()
    Membership.objects.create(user=person, role=Role.AUDITOR)
    both = actor_for(person)
    assert permissions.can_write(both, make.client())
    abroad = make.client(make.FOREIGN)
    assert permissions.can_open_file(both, abroad)
    assert not permissions.can_write(both, abroad)
    with pytest.raises(Forbidden):
        add_note(actor=both, client_id=abroad.pk, text="x", occurred_on=clock.today())


def test_a_role_reaches_as_far_as_the_centre_it_is_held_at() -> None:
    """A supervisor here who is a nurse there (and an auditor besides) leads, writes and reads each in its place."""
    person = make.user("supervisor")
    Membership.objects.create(user=person, role=Role.NURSE, centre=make.centre(make.FOREIGN))
    actor = actor_for(person)
    here, there = make.client(), make.client(make.FOREIGN)
    kept_there = make.client(make.FOREIGN, restricted=True)

    assert permissions.can_write(actor, here)
    assert permissions.can_open_file(actor, there)
    assert permissions.can_read_notes(actor, there)
    assert not permissions.can_open_file(actor, kept_there)
    assert not permissions.can_register_at(actor, there.centre_id)
    assert not permissions.rights_in(actor, there).see_pin
    assert not permissions.rights_in(actor, there).see_history
    assert not permissions.can_assign(actor, make.episode(there), None)
    with pytest.raises(Forbidden):
        add_note(actor=actor, client_id=there.pk, text="x", occurred_on=clock.today())


def test_an_auditor_who_is_a_nurse_somewhere_reads_notes_only_there() -> None:
    person = make.user("nurse")
    Membership.objects.create(user=person, role=Role.AUDITOR)
    both = actor_for(person)
    assert permissions.can_read_notes(both, make.client())
    abroad = make.client(make.FOREIGN)
    assert permissions.can_open_file(both, abroad)
    assert not permissions.can_read_notes(both, abroad)


def test_a_nurse_reads_and_does_not_write() -> None:
    client = make.client()
    with pytest.raises(Forbidden):
        add_note(actor=make.actor("nurse"), client_id=client.pk, text="x", occurred_on=clock.today())


def test_a_role_that_ended_yesterday_opens_nothing() -> None:
    person = make.user()
    Membership.objects.filter(user=person).update(ends_on=clock.today() - timedelta(days=1))
    assert not permissions.can_open_file(actor_for(person), make.client())


def test_every_look_at_a_file_is_noted_with_its_door() -> None:
    client = make.client()
    page("nurse", client)
    page("supervisor", client, tab="print/")
    seen = ReadEntry.objects.filter(subject=str(client.uid)).order_by("pk")
    assert [(read.what, read.door) for read in seen] == [("client", "page"), ("client", "print")]


def test_a_refused_look_is_no_look() -> None:
    client = make.client()
    browser = Browser()
    browser.force_login(make.user("social_worker", make.FOREIGN))
    assert browser.get(f"/casework/people/{client.uid}/").status_code == 404
    assert not ReadEntry.objects.filter(subject=str(client.uid)).exists()
