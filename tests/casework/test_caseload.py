"""The list of cases: narrowed down, kept, shared, and given away in one act."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.actor import actor_for
from accounts.models import User
from audit.models import WriteEntry
from casework.actions.reassigning import reassign_cases
from casework.actions.saved_lists import remove_list, save_list
from casework.caseload import CATEGORIES, STATES, filters, narrowed, what_moves
from casework.models import Episode, EpisodeEvent, FollowUp, SavedList
from casework.rules.caseload import KEYS, tidy
from common import clock
from common.errors import DomainError, Forbidden, NotVisible
from tests.support import factories as make
from tests.support.client import Client as Browser
from tests.support.client import parse

LIST, GIVE = "casework:caseload", "casework:reassign"


def case(worker: User | None = None, name: str = "ดำ", at: str = make.OWN, **client: Any) -> Episode:
    return make.episode(make.client(at, first_name=name, last_name="", **client), worker)


def names(page: Any) -> set[str]:
    return {link.get_text().strip() for link in parse(page).select(".caseload a.n")}


def desk(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


# --- filters ---------------------------------------------------------------------------------------------------


@given(st.dictionaries(st.sampled_from([*KEYS, "x"]), st.text(max_size=150)))
def test_whatever_stands_in_an_address_becomes_filters_that_can_be_meant(asked: dict[str, str]) -> None:
    said = tidy(asked, states=STATES, categories=CATEGORIES)
    assert said.keys() <= set(KEYS)
    assert tidy(said, states=STATES, categories=CATEGORIES) == said
    assert not said.get("quiet") or 0 < int(said["quiet"]) <= 3650


@pytest.mark.django_db
def test_each_filter_keeps_what_fits_and_all_together() -> None:
    mine, other = make.user("supervisor"), make.user()
    actor, today = actor_for(mine), clock.today()
    late, quiet, fresh = (
        case(mine, "สาย", district_text="เมือง", legal_category="homeless"),
        case(other, "เงียบ"),
        case(None, "ใหม่"),
    )
    make.follow_up(late, today - timedelta(days=2))
    Episode.objects.filter(pk=late.pk).update(state="contact")
    make.event(late, EpisodeEvent.Kind.CONTACTED, on=today - timedelta(days=1))
    met = make.follow_up(fresh, today - timedelta(days=3), state="done")
    make.result(met)
    case(other, "ปิดแล้ว", at="50")

    def found(**asked: str) -> set[int]:
        return set(narrowed(actor, filters(asked), today=today).values_list("pk", flat=True))

    assert found() == {late.pk, quiet.pk, fresh.pk}
    assert found(state="contact") == {late.pk}
    assert found(worker="me") == {late.pk}
    assert found(worker="none") == {fresh.pk}
    assert found(worker=str(other.uid)) == {quiet.pk}
    assert found(appointments="late") == {late.pk}
    assert found(appointments="none") == {quiet.pk, fresh.pk}
    assert found(district="เมือง") == {late.pk}
    assert found(quiet="14") == {quiet.pk}
    assert found(quiet="60") == set(), "the case is younger than that"
    assert found(worker="me", appointments="late", state="contact") == {late.pk}
    assert found(worker="none", appointments="late") == set()


@pytest.mark.django_db
def test_a_worker_begins_with_their_own_and_a_lead_with_all() -> None:
    worker = make.user()
    case(worker, "ของฉัน")
    case(make.user(), "ของเพื่อน")
    assert names(desk(worker).get(reverse(LIST))) == {"ของฉัน"}
    assert names(desk(worker).get(reverse(LIST), {"worker": ""})) == {"ของฉัน", "ของเพื่อน"}
    assert names(desk(make.user("supervisor")).get(reverse(LIST))) == {"ของฉัน", "ของเพื่อน"}


@pytest.mark.django_db
def test_restricted_files_and_other_centres_stay_out() -> None:
    case(make.user(), "จำกัด", restricted=True)
    case(make.user(at="50"), "ที่อื่น", at="50")
    page = desk(make.user()).get(reverse(LIST), {"worker": ""})
    assert names(page) == set()
    assert "ไม่มีเคส" in parse(page).get_text()


@pytest.mark.django_db
def test_the_list_asks_as_often_for_many_as_for_few() -> None:
    worker = make.user("supervisor")
    browser = desk(worker)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            browser.get(reverse(LIST))
        return len(queries)

    for _number in range(3):
        make.follow_up(case(worker))
    few = asked()
    for _number in range(12):
        make.follow_up(case(worker))
    assert asked() <= few


# --- lists that are kept ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_list_is_kept_shared_opened_by_a_colleague_and_removed() -> None:
    owner, colleague, stranger = make.user(), make.user(), make.user(at="50")
    mine = case(owner, "ของเจ้าของ")
    theirs = case(colleague, "ของเพื่อน")
    make.follow_up(mine, clock.today() - timedelta(days=1))
    make.follow_up(theirs, clock.today() - timedelta(days=1))
    browser = desk(owner)
    address = reverse("casework:list_save") + "?worker=me&appointments=late&x=1"
    answer = browser.submit(browser.get(address), {"name": " นัดเลย ", "share": make.OWN})
    assert answer.status_code == 302
    kept = SavedList.objects.get()
    assert (kept.name, kept.query, kept.centre.code) == (
        "นัดเลย",
        {"worker": "me", "appointments": "late"},
        make.OWN,
    )
    page = desk(colleague).get(reverse(LIST))
    link = parse(page).select_one("main nav a.chip")
    assert link is not None
    assert "นัดเลย" in link.get_text()
    assert names(desk(colleague).get(link["href"])) == {"ของเพื่อน"}, "“me” is whoever opens it"
    assert "นัดเลย" not in parse(desk(stranger).get(reverse(LIST))).get_text()
    with pytest.raises(Forbidden):
        remove_list(actor=actor_for(colleague), list_id=kept.pk)
    with pytest.raises(NotVisible):
        remove_list(actor=actor_for(stranger), list_id=kept.pk)
    asked = browser.get(reverse("casework:list_remove", args=[kept.uid]))
    assert browser.submit(asked).status_code == 302
    assert not SavedList.objects.exists()
    assert {"saved_list.kept", "saved_list.removed"} <= set(WriteEntry.objects.values_list("verb", flat=True))


@pytest.mark.django_db
def test_a_name_is_needed_and_taken_once_and_a_team_is_ones_own() -> None:
    actor = make.actor()
    save_list(actor=actor, name="ก", query={}, centre_id=None)
    for name, code in (("ก", "list_name_taken"), (" \u200b", "list_name_missing")):
        with pytest.raises(DomainError) as refused:
            save_list(actor=actor, name=name, query={}, centre_id=None)
        assert refused.value.code == code
    with pytest.raises(Forbidden):
        save_list(actor=actor, name="ข", query={}, centre_id=make.centre("50").pk)
    save_list(actor=make.actor(), name="ก", query={}, centre_id=None)


@pytest.mark.django_db
def test_a_list_from_an_older_version_still_opens() -> None:
    owner = make.user()
    SavedList.objects.create(owner=owner, name="เก่า", query={"colour": "red", "state": "gone", "quiet": "-4"})
    page = desk(owner).get(reverse(LIST))
    assert "เก่า" in parse(page).select_one("main nav").get_text()


# --- giving cases away -----------------------------------------------------------------------------------------


@pytest.fixture
def team() -> dict[str, Any]:
    giver, taker, lead = make.user(name="ผู้ให้"), make.user(name="ผู้รับ"), make.user("supervisor")
    first, second, nobodys = case(giver, "หนึ่ง"), case(giver, "สอง"), case(None, "สาม")
    already = case(taker, "สี่")
    make.follow_up(first)
    make.follow_up(first, state="done")
    make.follow_up(second)
    make.follow_up(second, worker=lead)
    make.follow_up(nobodys)
    return {"giver": giver, "taker": taker, "lead": lead, "cases": [first, second, nobodys, already]}


@pytest.mark.django_db
def test_what_moves_is_said_exactly_and_moves_in_one_act(team: dict[str, Any]) -> None:
    browser = desk(team["lead"])
    page = browser.get(reverse(LIST))
    assert len(parse(page).select("input[name=case]")) == 4
    query = {"case": [str(one.uid) for one in team["cases"]], "to": str(team["taker"].uid)}
    asked = browser.get(reverse(GIVE), query)
    said = " ".join(parse(asked).select_one("main").get_text(" ").split())
    assert "มอบ 3 เคสให้ ผู้รับ" in said
    facts = [one.get_text() for one in parse(asked).select("dl.facts dd")]
    assert facts == ["3", "3", "1"]
    assert "ผู้ให้" in said
    answer = browser.submit(asked)
    assert answer.status_code == 302
    assert {one.worker_id for one in Episode.objects.all()} == {team["taker"].pk}
    planned = FollowUp.objects.filter(state="planned")
    assert planned.filter(worker=team["taker"]).count() == 3
    assert planned.filter(worker=team["lead"]).count() == 1, "what somebody else had planned stays theirs"
    assert FollowUp.objects.get(state="done").worker == team["giver"]
    (entry,) = WriteEntry.objects.filter(verb="cases.reassigned")
    assert entry.changes == {"cases": [0, 3], "follow_ups_moved": [0, 3]}
    assert entry.batch
    assert EpisodeEvent.objects.filter(kind="worker", value=str(team["taker"].uid)).count() == 3


@pytest.mark.django_db
def test_all_of_a_list_go_and_nothing_else(team: dict[str, Any]) -> None:
    browser = desk(team["lead"])
    query = {"all": "1", "worker": str(team["giver"].uid), "to": str(team["taker"].uid)}
    browser.submit(browser.get(reverse(GIVE), query))
    first, second, nobodys, _already = (Episode.objects.get(pk=one.pk) for one in team["cases"])
    assert first.worker == second.worker == team["taker"]
    assert nobodys.worker is None


@pytest.mark.django_db
def test_what_changed_meanwhile_is_shown_before_anything_moves(team: dict[str, Any]) -> None:
    browser = desk(team["lead"])
    query = {"all": "1", "worker": str(team["giver"].uid), "to": str(team["taker"].uid)}
    asked = browser.get(reverse(GIVE), query)
    make.follow_up(team["cases"][0])
    refused = browser.submit(asked)
    assert refused.status_code == 422
    assert [one.get_text() for one in parse(refused).select("dl.facts dd")][:2] == ["2", "3"]
    assert not WriteEntry.objects.filter(verb="cases.reassigned").exists()
    assert browser.submit(refused).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("query", [{}, {"case": "x", "to": "y"}, {"all": "1", "to": "y"}])
def test_without_cases_or_a_colleague_one_is_told_what_to_do(
    team: dict[str, Any], query: dict[str, str]
) -> None:
    answer = desk(team["lead"]).get(reverse(GIVE), query, follow=True)
    assert answer.status_code == 200
    assert re.search("เลือก(เคส|ผู้รับเคส)ก่อน", answer.content.decode())


@pytest.mark.django_db
def test_programs_narrow_down_ask_what_moves_and_move_exactly_that(team: dict[str, Any]) -> None:
    browser, taker = desk(team["lead"]), team["taker"]
    listed = browser.get("/api/v1/cases/", {"worker": str(team["giver"].uid)}).json()["results"]
    assert {one["uid"] for one in listed} == {str(one.uid) for one in team["cases"][:2]}
    wrong = browser.get("/api/v1/cases/", {"quiet": "soon"})
    assert (wrong.status_code, list(wrong.json()["errors"])) == (400, ["quiet"])
    sent = {"cases": [one["uid"] for one in listed], "worker": str(taker.uid)}

    def post(**more: str) -> Any:
        return browser.post("/api/v1/cases/reassign/", sent | more, content_type="application/json")

    asked = post().json()
    assert (asked["cases"], asked["follow_ups"], asked["stay"]) == (2, 2, 0)
    assert not Episode.objects.filter(worker=taker, pk__in=[one.pk for one in team["cases"][:2]]).exists()
    make.follow_up(team["cases"][0])
    refused = post(mark=asked["mark"])
    assert (refused.status_code, refused.json()["code"]) == (409, "cases_changed")
    assert post(mark=post().json()["mark"]).status_code == 200
    assert Episode.objects.filter(worker=taker).count() == 3
    sent["cases"].append(str(team["giver"].uid))
    assert post().status_code == 400


@pytest.mark.django_db
def test_only_leads_of_the_centre_give_cases_and_only_to_a_colleague_there(team: dict[str, Any]) -> None:
    cases = Episode.objects.select_related("client", "worker").filter(worker=team["giver"])
    keys = [one.pk for one in cases]
    lead, mark = actor_for(team["lead"]), what_moves(cases, team["taker"]).mark
    with pytest.raises(Forbidden):
        reassign_cases(
            actor=actor_for(team["giver"]), episode_ids=keys, worker_id=team["taker"].pk, mark=mark
        )
    for actor, ids, worker, code in (
        (lead, keys, make.user(at="50"), "worker_elsewhere"),
        (lead, [], team["taker"], "cases_none"),
        (lead, list(range(1, 600)), team["taker"], "cases_too_many"),
        (lead, [*keys, 0], team["taker"], "cases_changed"),
        (make.actor("supervisor", at="50"), keys, team["taker"], "cases_changed"),
    ):
        with pytest.raises(DomainError) as refused:
            reassign_cases(actor=actor, episode_ids=ids, worker_id=worker.pk, mark=mark)
        assert refused.value.code == code
