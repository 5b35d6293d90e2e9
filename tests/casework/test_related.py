"""Family, guardians and children of somebody."""

from datetime import timedelta

import pytest
from django.urls import reverse

from casework.actions.related import NewRelated, add_related_person, end_related_person
from casework.models import RelatedPerson
from common import clock
from common.errors import DomainError, NotVisible
from tests.support import factories as make
from tests.support.client import Client as Browser
from tests.support.client import parse

pytestmark = pytest.mark.django_db


def test_a_child_with_a_file_of_its_own_is_linked() -> None:
    mother, child = make.client(), make.client()
    row = add_related_person(
        actor=make.actor(),
        client_id=mother.pk,
        related=NewRelated("child", "เด็กหญิง นา", phone="081-234-5678", lives_with=True, other=child.uid),
    )
    assert (row.other_client, row.phone, row.may_contact) == (child, "0812345678", False)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": " "}, "name_missing"),
        ({"phone": "9"}, "phone_unreadable"),
        ({"born_on": clock.today() + timedelta(days=2)}, "birth_future"),
    ],
)
def test_what_cannot_be_is_refused(changed: dict[str, object], code: str) -> None:
    related = NewRelated(**{"relation": "parent", "name": "แม่บุญ"} | changed)  # type: ignore[arg-type]
    with pytest.raises(DomainError) as refused:
        add_related_person(actor=make.actor(), client_id=make.client().pk, related=related)
    assert refused.value.code == code


def test_neither_oneself_nor_a_file_one_cannot_open_is_linked() -> None:
    client, foreign = make.client(), make.client(make.FOREIGN)
    for other, code in ((client, "related_self"), (foreign, "related_unknown")):
        with pytest.raises(DomainError) as refused:
            add_related_person(
                actor=make.actor(), client_id=client.pk, related=NewRelated("friend", "ก", other=other.uid)
            )
        assert refused.value.code == code


def test_a_relation_ends_once_and_stays_in_the_file() -> None:
    row = RelatedPerson.objects.create(client=make.client(), relation="spouse", name="มาลี")
    assert end_related_person(actor=make.actor(), related_id=row.pk, ended_on=clock.today()).ended_on
    with pytest.raises(DomainError) as refused:
        end_related_person(actor=make.actor(), related_id=row.pk, ended_on=clock.today())
    assert refused.value.code == "related_ended"
    with pytest.raises(NotVisible):
        end_related_person(actor=make.actor(at=make.FOREIGN), related_id=row.pk, ended_on=clock.today())


def test_the_tab_links_only_files_one_may_open_and_masks_phones() -> None:
    client = make.client()
    hidden = make.client(restricted=True)
    RelatedPerson.objects.create(
        client=client, relation="child", name="เด็กชายดี", other_client=hidden, phone="0812345678"
    )
    for role, phone in (("social_worker", "081-234-5678"), ("nurse", "08x-xxx-5678")):
        browser = Browser()
        browser.force_login(make.user(role))
        page = parse(browser.get(reverse("casework:client_around", args=[client.uid])))
        row = page.select_one("main .rows > li")
        assert row is not None
        assert phone in row.get_text()
        assert str(hidden.uid) not in str(row)


def test_the_page_takes_the_code_of_the_other_file() -> None:
    client, sibling, browser = make.client(), make.client(), Browser()
    browser.force_login(make.user())
    page = browser.get(reverse("casework:related", args=[client.uid]))
    typed = {"relation": "sibling", "name": "พี่ชาย", "other": "X-0-0", "born": "2520"}
    answer = browser.submit(page, typed)
    assert answer.status_code == 422
    assert browser.submit(answer, {"other": sibling.code.lower()}).status_code == 302
    row = client.related_people.get()
    assert (row.other_client, row.born_precision) == (sibling, "year")
