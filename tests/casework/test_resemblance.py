"""One rule for who may be the same person, for forms and for registers."""

import itertools

import pytest

from casework.rules import LIKELY_FROM, NOBODY, SAME_FROM, Resemblance, evidence, likeness

FLAGS = ("whole_names", "same_phone", "same_nickname", "same_home", "same_place", "same_notice")
MAYBE = (None, True, False)
EVERYTHING = [
    Resemblance(name=name, same_number=number, births_agree=births, **dict(zip(FLAGS, flags, strict=True)))
    for name in (0.0, 0.79, 0.8, 0.89, 0.9, 1.0)
    for number in MAYBE
    for births in MAYBE
    for flags in itertools.product((True, False), repeat=len(FLAGS))
]


def test_what_a_register_sets_aside_a_form_asks_about_too() -> None:
    assert all(likeness(r) >= SAME_FROM for r in EVERYTHING if evidence(r).reasons)


def test_both_stay_within_bounds_and_say_why() -> None:
    for r in EVERYTHING:
        found = evidence(r)
        assert 0 <= found.score <= 1
        assert 0 <= likeness(r) <= 1
        assert (found.score > 0) == bool(found.reasons)


def test_the_number_decides() -> None:
    for r in EVERYTHING:
        if r.same_number is not None:
            assert (likeness(r), evidence(r).score) == (r.same_number, r.same_number)


@pytest.mark.parametrize(
    ("shared", "at_least", "below"),
    [
        ({"name": 1.0, "whole_names": True}, SAME_FROM, 1.0),
        ({"name": 0.81, "whole_names": True}, LIKELY_FROM, SAME_FROM),
        ({"name": 1.0}, LIKELY_FROM, SAME_FROM),
        ({"name": 1.0, "whole_names": True, "births_agree": False}, LIKELY_FROM, SAME_FROM),
        ({"same_nickname": True}, 0.0, LIKELY_FROM),
        ({"same_nickname": True, "same_place": True}, LIKELY_FROM, SAME_FROM),
        ({"same_phone": True, "same_nickname": True}, SAME_FROM, 1.0),
    ],
)
def test_a_form_shows_more_than_is_proven(shared: dict[str, float], at_least: float, below: float) -> None:
    resemblance = Resemblance(**shared)
    assert evidence(resemblance) is NOBODY
    assert at_least <= round(likeness(resemblance), 6) < below
