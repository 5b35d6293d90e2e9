"""Children, who answers for them, and how a household looks from each file."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.actor import actor_for
from casework.actions.intake import Intake, register_client
from casework.actions.related import NewRelated, add_related_person
from casework.importing.records import new_client
from casework.models import Client, ClientSearch, RelatedPerson
from casework.registering import NewClient
from casework.rules.household import guardianship_problem, inverse, is_child
from common import clock
from common.errors import DomainError
from common.thai.dates import format_be
from tests.support import factories as make
from tests.support.client import Client as Browser
from tests.support.client import parse

TODAY = date(2026, 11, 27)


def years_ago(years: int) -> date:
    return clock.today().replace(day=1) - timedelta(days=round(years * 365.25))


@pytest.mark.parametrize(
    ("born_on", "precision", "child"),
    [
        (date(2008, 11, 27), "day", False),
        (date(2008, 11, 28), "day", True),
        (date(2008, 1, 1), "year", True),
        (date(2007, 1, 1), "year", False),
        (date(2008, 11, 1), "month", True),
        (None, "day", False),
    ],
)
def test_under_age_is_who_may_still_be(born_on: date | None, precision: str, child: bool) -> None:
    assert is_child(born_on, precision, today=TODAY) == child


@given(st.sampled_from(RelatedPerson.Relation.values))
def test_seen_from_the_other_side_twice_is_the_same(relation: str) -> None:
    assert inverse(inverse(relation)) == relation
    assert inverse(relation) in RelatedPerson.Relation.values


def test_no_child_answers_for_the_client() -> None:
    assert guardianship_problem("child", "parental", child=False) == "guardian_is_child"
    assert guardianship_problem("sibling", "informal", child=True) == "guardian_is_child"
    assert guardianship_problem("parent", "parental", child=False) == ""
    assert guardianship_problem("child", "", child=True) == ""


def intake(**known: Any) -> Intake:
    who = NewClient(first_name="นารี", channel="walk_in", noticed_on=clock.today(), **known)
    mother = NewRelated("parent", "แม่บุญ", phone="0812345678", lives_with=True, guardianship="parental")
    return Intake(client=who, household=[mother], contacted_on=clock.today(), flag=("medical", "แพ้ยา"))


@pytest.mark.django_db
def test_a_childs_file_is_restricted_from_the_first_day_and_somebody_opens_it() -> None:
    worker, colleague = make.user(), make.user()
    child = register_client(
        actor=actor_for(worker), centre_id=make.centre().pk, intake=intake(born_on=years_ago(9))
    )
    assert child.restricted
    assert ClientSearch.objects.get(pk=child.pk).restricted
    opened = [
        Client.objects.visible_to(actor_for(user)).filter(pk=child.pk).exists()
        for user in (worker, colleague)
    ]
    assert opened == [True, False]
    guardian = child.related_people.get()
    assert (guardian.guardianship, guardian.lives_with) == ("parental", True)
    adult = register_client(
        actor=actor_for(worker),
        centre_id=make.centre().pk,
        intake=intake(born_on=years_ago(40), last_name="ก"),
    )
    assert not adult.restricted


@pytest.mark.django_db
def test_who_gives_a_child_to_a_colleague_writes_all_of_it_and_no_longer_opens_it() -> None:
    worker, colleague, browser = make.user(), make.user(), Browser()
    browser.force_login(worker)
    page = browser.get(reverse("casework:intake"))
    typed = {
        "first_name": "นารี",
        "born": format_be(years_ago(9), "numeric"),
        "channel": "walk_in",
        "worker": str(colleague.uid),
        "with_name": "แม่บุญ",
        "with_relation": "parent",
        "with_guardianship": "parental",
        "flag_kind": "medical",
        "flag_text": "แพ้ยา",
    }
    answer = browser.submit(page, typed, form="#intake")
    assert answer["Location"] == reverse("casework:today")
    child = Client.objects.get(first_name="นารี")
    assert child.restricted
    assert child.safety_flags.count() == child.related_people.count() == 1
    browser.force_login(colleague)
    overview = parse(browser.get(reverse("casework:client", args=[child.uid]))).select_one("main")
    assert overview is not None
    assert "แม่บุญ" in overview.get_text()
    assert "อายุต่ำกว่า 18 ปี" in overview.get_text()


@pytest.mark.django_db
def test_a_child_in_a_register_is_restricted_too() -> None:
    from casework.importing.register import ParsedRow  # noqa: PLC0415 (a row as the reader makes it)
    from common.thai.dates import PartialDate  # noqa: PLC0415

    rows = [
        ParsedRow(row=1, first_name="ก", birth=PartialDate(years_ago(years)), noticed_on=clock.today())
        for years in (9, 40)
    ]
    made = [new_client(row, today=clock.today(), worker_id=None).restricted for row in rows]
    assert made == [True, False]


@pytest.mark.django_db
def test_a_household_is_seen_from_both_files_by_who_opens_both() -> None:
    mother, child, browser = make.client(), make.client(), Browser()
    related = NewRelated("child", "เด็กหญิงนา", lives_with=True, other=child.uid)
    add_related_person(actor=make.actor(), client_id=mother.pk, related=related)
    browser.force_login(make.user())
    page = parse(browser.get(reverse("casework:client_around", args=[child.uid])))
    (row,) = page.select("main section:last-of-type .rows > li")
    assert mother.code in row.get_text()
    assert row.select_one(".t").get_text() == "บิดามารดา"  # type: ignore[union-attr]
    Client.objects.filter(pk=mother.pk).update(restricted=True)
    assert (
        mother.code not in browser.get(reverse("casework:client_around", args=[child.uid])).content.decode()
    )


@pytest.mark.django_db
def test_the_file_costs_no_query_for_what_few_have(django_assert_max_num_queries: Any) -> None:
    """Twelve of the page, and five of the session, the roles and the savepoint of the trail."""
    worker, browser = make.user(), Browser()
    case = make.episode(make.client(), worker)
    make.follow_up(case)
    browser.force_login(worker)
    address = reverse("casework:client", args=[case.client.uid])
    browser.get(address)
    with django_assert_max_num_queries(17):
        browser.get(address)


@pytest.mark.django_db
def test_the_database_has_no_child_as_guardian() -> None:
    client = make.client()
    with pytest.raises(DomainError) as refused:
        add_related_person(
            actor=make.actor(), client_id=client.pk, related=NewRelated("ward", "ก", guardianship="court")
        )
    assert refused.value.code == "guardian_is_child"
    with pytest.raises(IntegrityError), transaction.atomic():
        RelatedPerson.objects.create(client=client, relation="child", name="ก", guardianship="court")
