"""Rules of casework, without a database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import rules
from common.thai import names

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("day", "born", "opened", "problem"),
    [
        (TODAY, None, None, ""),
        (date(2026, 11, 24), None, None, "future"),
        (date(1982, 12, 31), date(1983, 1, 1), None, "before_birth"),
        (date(1983, 1, 1), date(1983, 1, 1), None, ""),
        (date(2026, 11, 1), None, date(2026, 11, 2), "before_opening"),
        (date(2026, 11, 2), None, date(2026, 11, 2), ""),
    ],
)
def test_the_day_of_an_event(day: date, born: date | None, opened: date | None, problem: str) -> None:
    assert rules.day_problem(day, today=TODAY, born_on=born, opened_on=opened) == problem


@pytest.mark.parametrize(
    ("born", "problem"),
    [
        (None, ""),
        (TODAY, ""),
        (date(2026, 11, 24), "birth_future"),
        (date(1900, 1, 1), ""),
        (date(1899, 12, 31), "birth_too_early"),
    ],
)
def test_a_birthday(born: date | None, problem: str) -> None:
    assert rules.birth_problem(born, today=TODAY) == problem


def test_age_changes_on_the_birthday_and_on_no_other_day() -> None:
    born = date(1983, 11, 23)
    assert rules.age(born, on=date(2026, 11, 22)) == 42
    assert rules.age(born, on=TODAY) == 43
    assert rules.age(date(2024, 2, 29), on=date(2025, 2, 28)) == 0
    assert rules.age(date(2024, 2, 29), on=date(2025, 3, 1)) == 1


@pytest.mark.parametrize(
    ("pin", "problem"),
    [
        ("", ""),
        ("1999900000013", ""),
        ("0999989000010", ""),
        ("1999900000014", "pin_checksum"),
        ("199990000001", "pin_length"),
    ],
)
def test_an_id_number(pin: str, problem: str) -> None:
    assert rules.pin_problem(pin) == problem


@pytest.mark.parametrize(
    ("status", "pin", "becomes"),
    [
        ("has_card", "1999900000013", "has_card"),
        ("not_asked", "1999900000013", "unverified"),
        ("none", "1999900000013", "unverified"),
        ("has_card", "0999989000010", "category_0"),
        ("unverified", "", "unknown"),
        ("refused", "", "refused"),
    ],
)
def test_paper_and_number_agree(status: str, pin: str, becomes: str) -> None:
    assert rules.paper_status(status, pin) == becomes


@pytest.mark.parametrize(
    ("state", "to", "contacted", "problem"),
    [
        ("notice", "contact", False, ""),
        ("notice", "fact_finding", False, "move_needs_contact"),
        ("notice", "fact_finding", True, ""),
        ("contact", "follow_through", True, ""),
        ("follow_through", "plan", True, ""),
        ("follow_through", "fact_finding", True, "move_too_far_back"),
        ("plan", "fact_finding", False, ""),
        ("plan", "plan", True, "move_same"),
        ("closed", "plan", True, "move_closed"),
        ("plan", "closed", True, "move_unknown"),
    ],
)
def test_a_case_moves(state: str, to: str, contacted: bool, problem: str) -> None:
    assert rules.move_problem(state, to, contacted=contacted) == problem


@given(state=st.sampled_from(rules.STATES), contacted=st.booleans())
def test_what_is_offered_is_what_is_allowed(state: str, contacted: bool) -> None:
    offered = rules.moves(state, contacted=contacted)
    assert state not in offered
    assert all(not rules.move_problem(state, to, contacted=contacted) for to in offered)


@pytest.mark.parametrize(
    ("answer", "earlier", "problem"),
    [
        ("accepted_help", [], ""),
        ("declined_help", ["accepted_help"], ""),
        ("accepted_help", ["declined_help"], ""),
        ("accepted_help", ["accepted_help"], "help_same"),
        ("withdrew", ["accepted_help"], ""),
        ("withdrew", [], "help_not_accepted"),
        ("withdrew", ["declined_help"], "help_not_accepted"),
        ("perhaps", [], "help_unknown"),
    ],
)
def test_answers_to_the_offer_of_help(answer: str, earlier: list[str], problem: str) -> None:
    assert rules.help_problem(answer, earlier) == problem


@pytest.mark.parametrize(
    ("due_on", "result", "problem"),
    [
        (TODAY, "", ""),
        (date(2026, 11, 22), "", "appointment_past"),
        (date(2029, 1, 1), "", "appointment_too_far"),
        (date(2026, 12, 1), "died", "appointment_died"),
    ],
)
def test_the_day_of_an_appointment(due_on: date, result: str, problem: str) -> None:
    assert rules.appointment_problem(due_on, today=TODAY, result=result) == problem


def score(**known: object) -> float:
    return rules.likeness(rules.Resemblance(**known))  # type: ignore[arg-type]


def test_neither_phone_nor_place_nor_nickname_alone_makes_one_person_of_two() -> None:
    assert score(same_phone=True) < rules.LIKELY_FROM
    assert score(same_nickname=True) < rules.LIKELY_FROM <= score(same_nickname=True, same_place=True)
    assert score(name=0.86, whole_names=True) < rules.SAME_FROM
    assert score(name=0.86, whole_names=True, same_phone=True) >= rules.SAME_FROM


def test_a_nickname_lifts_a_name_that_is_nearly_the_same() -> None:
    near = {"name": 0.78, "whole_names": True}
    assert score(**near) < rules.LIKELY_FROM <= score(**near, same_nickname=True) < rules.SAME_FROM
    assert score(name=0.3, whole_names=True, same_nickname=True) == score(same_nickname=True)


def test_births_that_do_not_agree_speak_against() -> None:
    whole = {"name": 0.95, "whole_names": True}
    assert score(**whole, births_agree=False) < rules.LIKELY_FROM < score(**whole, births_agree=True)


def test_two_different_numbers_are_two_people_and_the_same_number_is_one() -> None:
    everything = {"name": 1.0, "whole_names": True, "same_phone": True, "births_agree": True}
    assert score(**everything, same_number=False) == 0
    assert score(same_number=True) == 1
    assert score(**everything) < 1


def test_places_are_the_same_however_they_are_written() -> None:
    assert rules.same_place("สถานีรถไฟ", ["สถานีรถไฟนครราชสีมา"])
    assert rules.same_place("สถานี รถไฟ", ["สถานีรถไฟ"])
    assert not rules.same_place("วัด", ["วัดพายัพ"])
    assert not rules.same_place("", [""])


@given(place=st.text(max_size=30))
def test_a_place_is_itself(place: str) -> None:
    enough = len(names.search_text(place).replace(" ", "")) >= 4
    assert rules.same_place(place, [place]) is enough
