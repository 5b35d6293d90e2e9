import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from casework.importing import matching
from casework.importing.matching import NOBODY, Likeness, MatchKeys, find_within, likely_same
from casework.importing.register import ParsedRow
from common.thai import idnumber
from common.thai.dates import parse_date

PIN, OTHER_PIN, WRONG_PIN = "1999900000013", "0999989000010", "4999986730013"


def person(number: int = 1, **known: Any) -> ParsedRow:
    if "birth" in known:
        known["birth"] = parse_date(known["birth"])
    return ParsedRow(number, noticed_on=date(2026, 1, 1), **known)


def likeness(a: dict[str, Any], b: dict[str, Any]) -> tuple[str, ...]:
    """The evidence that joins two people, the same from both sides."""
    one, two = MatchKeys.of(person(**a)), MatchKeys.of(person(**b))
    found = likely_same(one, two)
    assert likely_same(two, one) == found
    assert (found.score > 0) == bool(found.reasons)
    within = find_within([person(1, **a), person(2, **b)])
    assert (2 in within) == (found is not NOBODY)  # what is likely is also found in a sheet
    return found.reasons


DAMRONG = {"first_name": "ดำรง", "last_name": "วงษ์สุวรรณ"}
BARE = {"first_name": "ธีระ"}
PHONE = "0812345678"


def damrong(**known: Any) -> dict[str, Any]:
    return DAMRONG | known


def bare(**known: Any) -> dict[str, Any]:
    """Somebody without surname."""
    return BARE | known


HOME = {"nickname": "หมู", "domicile_province": "32"}


@pytest.mark.parametrize(
    ("a", "b", "reasons"),
    [
        # the ID number decides, whatever else is written
        (damrong(pin=PIN), bare(pin=PIN), "pin"),
        (damrong(pin=PIN, phone=PHONE), damrong(pin=OTHER_PIN, phone=PHONE), ""),
        (damrong(pin=WRONG_PIN), bare(pin=WRONG_PIN), ""),
        # a phone and a similar name
        (damrong(phone=PHONE), damrong(first_name="ดํารง", last_name="วงสุวรรณ", phone=PHONE), "phone name"),
        (damrong(phone=PHONE), damrong(first_name="สมหญิง", phone=PHONE), ""),
        ({"nickname": "แดง", "phone": PHONE}, {"nickname": "แดง", "phone": PHONE}, "phone name"),
        # a name with surname and a birth that agrees
        (damrong(birth="5/1/2490"), damrong(last_name="วงษสุวรรณ", birth="5 ม.ค. 2490"), "name birth"),
        (
            damrong(birth="5/1/2490"),
            damrong(first_name="ดำรงค์", last_name="วงค์สุวัน", birth="5/1/2490"),
            "name birth",
        ),
        (damrong(birth="5/1/2490"), damrong(birth="2490"), "name birth"),
        (damrong(birth="5/1/2490"), damrong(birth="ม.ค. 2490"), "name birth"),
        (damrong(birth="5/1/2490"), damrong(birth="6/1/2490"), ""),
        (damrong(birth="5/1/2490"), damrong(birth="2491"), ""),
        # brothers share the surname
        (damrong(first_name="ดำ", birth="2490"), damrong(first_name="แดง", birth="2490"), ""),
        # without surname, a nickname
        (
            bare(nickname="ไก่", birth="9/8/2530"),
            bare(nickname="ไก่", birth="9 ส.ค. 2530"),
            "name birth nickname",
        ),
        (
            bare(nickname="ไก่", birth="9/8/2530"),
            bare(nickname="ไก่", last_name="ดี", birth="2530"),
            "name birth nickname",
        ),
        (bare(birth="9/8/2530"), bare(birth="9/8/2530"), ""),
        # without birth, surname and nickname and home
        (damrong(**HOME), damrong(**HOME), "name nickname domicile"),
        (damrong(**HOME, birth="2490"), damrong(**HOME), "name nickname domicile"),
        (damrong(**HOME), damrong(**HOME | {"domicile_province": "30"}), ""),
        (damrong(nickname="หมู"), damrong(nickname="หมู"), ""),
        (bare(**HOME), bare(**HOME), ""),
        # a name alone
        (DAMRONG, DAMRONG, ""),
        (BARE, BARE, ""),
        ({"nickname": "แดง", "birth": "2520"}, {"nickname": "แดง", "birth": "2520"}, ""),
        ({"descriptor": "ชายผมยาว"}, {"descriptor": "ชายผมยาว"}, ""),
    ],
)
def test_evidence(a: dict[str, Any], b: dict[str, Any], reasons: str) -> None:
    assert " ".join(likeness(a, b)) == reasons


def test_stronger_evidence_scores_higher() -> None:
    known = MatchKeys.of(person(**DAMRONG, pin=PIN, phone="0812345678", birth="5/1/2490"))
    by_pin = likely_same(known, known)
    by_phone = likely_same(known._replace(pin=""), known)
    by_birth = likely_same(known._replace(pin="", phone=""), known)
    assert by_pin.score == 1.0 > by_phone.score > by_birth.score > 0.8


def test_rows_of_one_person_point_at_the_first_of_them() -> None:
    rows = [
        person(1, **DAMRONG, pin=PIN),
        person(2, first_name="สมชาย"),
        person(3, **DAMRONG, pin=PIN, phone="0812345678"),
        person(7, **DAMRONG, phone="0812345678"),  # known only by the phone row 3 brought
    ]
    found = find_within(rows)
    assert {row: match.row for row, match in found.items()} == {3: 1, 7: 1}
    assert found[7].reasons == ("phone", "name")


def test_a_register_of_strangers_has_no_one_twice() -> None:
    rng = random.Random(4)
    strangers = [
        person(n, first_name="สมชาย", last_name="ใจดี", phone="0812345678", pin=_pin(rng), birth="1/1/2500")
        for n in range(300)
    ]
    assert find_within(strangers) == {}
    assert find_within([]) == {}


@pytest.mark.parametrize("alike", ["same", "namesakes", "mixed"])
def test_work_grows_with_the_rows_not_with_their_square(alike: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rng, count, compared = random.Random(5), 2_000, []
    rows = [
        person(
            n,
            **DAMRONG,
            birth=f"{1 + n % 28 if alike == 'mixed' else 1}/1/{2500 + (n % 60 if alike == 'mixed' else 0)}",
        )
        for n in range(count)
    ]
    if alike != "same":
        rows = [replace(row, pin=_pin(rng)) for row in rows]

    def counted(a: MatchKeys, b: MatchKeys) -> Likeness:
        compared.append(1)
        return likely_same(a, b)

    monkeypatch.setattr(matching, "likely_same", counted)
    assert len(find_within(rows)) == (count - 1 if alike == "same" else 0)
    assert len(compared) <= 60 * count  # each with each would be a thousand times the rows


def _pin(rng: random.Random) -> str:
    first12 = "3" + "".join(rng.choice("0123456789") for _ in range(11))
    return first12 + str(idnumber.check_digit(first12))
