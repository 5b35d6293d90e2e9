"""A partner's sheet: what is understood, what is refused by row and code, what is there already, what is written."""

import csv
import io
import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from accounts.actor import actor_for
from accounts.models import User
from audit.models import WriteEntry
from common import clock
from common.errors import DomainError, Forbidden, NotVisible
from common.sheets.words import SheetError
from network import refusals
from network.actions.contributions import Correction, correct_contribution
from network.actions.sheets import drop_sheet, keep_sheet, sweep_sheets, write_sheet
from network.importing import words
from network.importing.headings import CONTRIBUTIONS
from network.importing.reading import Expected, lines_of, outcome, read_lines
from network.importing.rows import parse_row, unit_of
from network.models import Contribution, ContributionSheet, Partner
from network.models.units import Unit
from tests.casework.register_sheets import saved
from tests.support import factories as make
from tests.support import partners

pytestmark = pytest.mark.django_db
SHARED = Path(__file__).parents[3] / "shared" / "data"
TODAY = date(2026, 11, 22)
HEADINGS = ["วันที่", "รายการ", "จำนวน", "หน่วย", "มูลค่า (บาท)", "พื้นที่", "ผู้ให้", "หมายเหตุ"]
MAPPING = CONTRIBUTIONS.map_headings(HEADINGS)
ORDINARY = ["6/10/2569", "ตัดผม", "25", "คน", None, "ต.โนนแดง", "วัดโนนแดง", None]


def row(**changed: Any) -> list[Any]:
    names = ["given_on", "what", "quantity", "unit", "stated", "area", "giver", "remark"]
    return [changed.get(name, value) for name, value in zip(names, ORDINARY, strict=True)]


def workbook(*rows: list[Any], headings: list[str] = HEADINGS) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.append(["บันทึกการสมทบ ประจำเดือน ตุลาคม 2569"])
    for values in (headings, *rows):
        sheet.append(values)
    sheet.append([])
    sheet.append(["รวม", len(rows)])
    return saved(book)


@pytest.fixture(autouse=True)
def _november(time_machine: Any) -> None:
    time_machine.move_to("2026-11-22 03:00:00+00:00", tick=False)


@pytest.fixture
def temple() -> Partner:
    return partners.partner(code="WAT-NONDAENG")


@pytest.fixture
def abbot(temple: Partner) -> User:
    return partners.member(temple)


def lines(temple: Partner, content: bytes, actor: Any = None) -> Any:
    return read_lines(actor or make.actor(), temple, io.BytesIO(content), today=TODAY)


def errors(*rows: list[Any]) -> list[tuple[str, str]]:
    """(field, code) of one row."""
    (values,) = rows
    return parse_row(1, MAPPING, values, today=TODAY).errors


def command(path: Path, user: User, *more: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command(
        "import_contributions", str(path), "--partner=WAT-NONDAENG", f"--actor={user.email}", "--json", *more,
        stdout=out,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def file(tmp_path: Path, content: bytes, name: str = "r.xlsx") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


# --- a row


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        ({"quantity": -23}, [("quantity", "negative")]),
        ({"quantity": "-27"}, [("quantity", "negative")]),
        ({"quantity": "100.125", "unit": "บาท"}, [("quantity", "three_decimals")]),
        ({"quantity": 100.125, "unit": "บาท"}, [("quantity", "three_decimals")]),
        ({"quantity": 1.1 + 1.1 + 1.1}, []),
        ({"quantity": 0}, [("quantity", "quantity")]),
        ({"quantity": None}, [("quantity", "quantity")]),
        ({"quantity": "หลาย"}, [("quantity", "quantity")]),
        ({"quantity": 10**12}, [("quantity", "too_large")]),
        ({"quantity": "25", "unit": "ชั่วโมง"}, [("quantity", "day_over_24")]),
        ({"quantity": "24", "unit": "ชั่วโมง"}, []),
        ({"quantity": "24.01", "unit": "ชม."}, [("quantity", "day_over_24")]),
        ({"unit": "ถัง?"}, [("unit", "unit")]),
        ({"unit": None}, [("unit", "unit")]),
        ({"given_on": None}, [("given_on", "no_date")]),
        ({"given_on": "ไม่ทราบ"}, [("given_on", "no_date")]),
        ({"given_on": "ต.ค. 2569"}, [("given_on", "no_date")]),
        ({"given_on": "6/10/69"}, [("given_on", "no_date")]),
        ({"given_on": "31/9/2569"}, [("given_on", "no_date")]),
        ({"given_on": "23/11/2569"}, [("given_on", "future")]),
        ({"given_on": "22/11/2569"}, []),
        ({"given_on": "15/1/2571"}, [("given_on", "future")]),
        ({"given_on": datetime(2028, 1, 15)}, [("given_on", "future")]),
        ({"given_on": "1/1/2500"}, [("given_on", "too_early")]),
        ({"what": None}, [("what", "what_missing")]),
        ({"what": "ก" * 5000}, [("what", "too_long")]),
        ({"remark": "ก" * 501}, [("remark", "too_long")]),
        ({"given_on": None, "quantity": -1, "unit": "?"},
         [("given_on", "no_date"), ("quantity", "negative"), ("unit", "unit")]),
    ],
)  # fmt: skip
def test_every_row_says_what_is_wrong_with_it(changed: dict[str, Any], expected: list[Any]) -> None:
    found = errors(row(**changed))
    assert found == expected
    assert len(words.row_errors(found)) == len(found)


def test_thai_digits_days_and_formulas_are_read_as_what_they_say() -> None:
    found = parse_row(
        1,
        MAPPING,
        row(
            given_on="๒๔ ต.ค. ๒๕๖๙",
            quantity="๒,๘๖๘",
            unit="บาท",
            stated=2868,
            giver="=1+1",
            remark="=cmd|' /C calc'!A0",
        ),
        today=TODAY,
    )
    assert (found.given_on, found.quantity, found.unit, found.stated) == (
        date(2026, 10, 24),
        286800,
        "baht",
        286800,
    )
    assert (found.giver, found.remark, found.errors) == ("=1+1", "=cmd|' /C calc'!A0", [])


def test_several_people_give_more_than_a_day_together() -> None:
    mapping = CONTRIBUTIONS.map_headings([*HEADINGS, "จำนวนคน"])
    assert parse_row(1, mapping, [*row(quantity=40, unit="ชั่วโมง"), 5], today=TODAY).errors == []
    for people in ("0", "1.5", "ห้า", "1001"):
        found = parse_row(1, mapping, [*row(quantity=4, unit="ชั่วโมง"), people], today=TODAY)
        assert found.errors == [("people", "people")]


@given(
    st.lists(
        st.one_of(st.none(), st.text(), st.integers(), st.floats(), st.booleans(), st.datetimes()),
        max_size=12,
    )
)
def test_no_cell_makes_the_reader_stumble(cells: list[Any]) -> None:
    found = parse_row(1, MAPPING, cells, today=TODAY)
    assert found.errors or (found.given_on and found.quantity > 0 and found.unit and found.what)
    assert {code for _field, code in found.errors} <= refusals.MESSAGES.keys()


def test_every_unit_has_words_and_punctuation_is_no_unit() -> None:
    assert {unit_of(str(word)) for word in ("บาท", "ชั่วโมง", "กก.", "กก", " KG ", "คืน", "ครั้ง")} == {
        "baht", "hour", "kg", "night", "time",
    }  # fmt: skip
    from network.importing import rows  # noqa: PLC0415

    assert set(rows._WORDS) == set(Unit.values)
    assert unit_of("ถัง") == unit_of("?") == unit_of("") == ""


# --- a sheet


def test_identical_rows_are_there_already_and_a_difference_in_anything_is_not(temple: Partner) -> None:
    content = workbook(
        row(),
        row(),
        row(quantity="26"),
        row(remark="x"),
        row(stated=750),
        row(giver="ชมรม"),
        row(quantity="๒๕", given_on=datetime(2026, 10, 6)),
        row(quantity=-1),
        row(quantity=-1),
    )
    found = outcome(lines(temple, content))
    assert found["doubled"] == [2, 7]
    assert (found["rows"], found["new"], found["likely_same"], found["errors"]) == (9, 5, 2, 2)
    assert found["error_rows"] == [
        {"row": 8, "field": "quantity", "code": "negative"},
        {"row": 9, "field": "quantity", "code": "negative"},
    ]


def test_a_giver_has_24_hours_a_day_over_all_rows_and_what_is_stored(temple: Partner) -> None:
    partners.contribution(temple, quantity=1000, giver="นางลำดวน", given_on=date(2026, 10, 6))

    def hours(quantity: int, **more: Any) -> list[Any]:
        return row(unit="ชั่วโมง", quantity=quantity, giver=more.pop("giver", "นางลำดวน"), **more)

    content = workbook(
        hours(12), hours(3), hours(2), hours(20, giver="นางบุญมา"), hours(20, given_on="7/10/2569"),
        hours(20, giver=None), hours(21, giver=None),
    )  # fmt: skip
    found = outcome(lines(temple, content))
    assert [(e["row"], e["code"]) for e in found["error_rows"]] == [(2, "day_over_24")]


def test_days_on_which_the_partner_was_none_are_named(temple: Partner) -> None:
    Partner.objects.filter(pk=temple.pk).update(active_to=date(2026, 10, 5))
    temple.refresh_from_db()
    found = outcome(lines(temple, workbook(row(), row(given_on="5/10/2569"))))
    assert [(e["row"], e["code"]) for e in found["error_rows"]] == [(1, "partner_inactive")]


def test_the_area_says_in_which_of_its_provinces_a_partner_gave(temple: Partner) -> None:
    temple.areas.add("50")
    content = workbook(row(), row(area="อ.แม่ริม จ.เชียงใหม่"))
    abbot = partners.giver(temple)
    assert [line.given.province for line in lines(temple, content, abbot)] == ["30", "50"]
    found = outcome(lines(temple, content))
    assert [(e["row"], e["field"], e["code"]) for e in found["error_rows"]] == [
        (2, "area", "province_not_yours")
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
def test_delimited_text_is_read_too(temple: Partner, encoding: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([HEADINGS, row(), row(quantity="-1")])
    found = outcome(lines(temple, out.getvalue().encode(encoding)))
    assert (found["rows"], found["new"], found["errors"]) == (2, 1, 1)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"<html>", "unknown_type"),
        (b"PK\x03\x04nonsense", "broken"),
        (b"%PDF-1.7", "unknown_type"),
        (workbook(row(), headings=["ชื่อ", *HEADINGS[1:]]), "wrong_columns"),
        (workbook(), "empty"),
    ],
    ids=["nothing", "a page", "half a sheet", "a PDF", "no quantity", "no rows"],
)
def test_what_is_no_such_sheet_is_refused(temple: Partner, content: bytes, code: str) -> None:
    with pytest.raises(SheetError) as refused:
        lines(temple, content)
    assert refused.value.code == code
    assert words.SHEET[code]


def test_a_sheet_beyond_the_limits_is_refused(temple: Partner, settings: Any) -> None:
    settings.IMPORT_MAX_ROWS = 2
    with pytest.raises(SheetError, match="too_many_rows"):
        lines(temple, workbook(row(), row(), row()))
    settings.IMPORT_MAX_BYTES = 100
    with pytest.raises(SheetError, match="too_large"):
        lines(temple, workbook(row()))


# --- the command


def test_a_sheet_is_written_once_however_often_it_comes(temple: Partner, abbot: User, tmp_path: Path) -> None:
    partners.unit_value("person", 3000)
    path = file(tmp_path, workbook(row(), row(), row(quantity=-1), row(unit="บาท", quantity="100.50")))
    dry = command(path, abbot, "--dry-run")
    assert not temple.contributions.exists()
    assert not ContributionSheet.objects.exists()
    first = command(path, abbot)
    assert first == dry
    assert (first["rows"], first["new"], first["errors"], first["doubled"]) == (4, 2, 1, [2])
    served, money = temple.contributions.order_by("pk")
    assert (served.quantity, served.value_satang, served.basis, served.giver) == (
        2500,
        75000,
        "book",
        "วัดโนนแดง",
    )
    assert (money.value_satang, money.state, money.logged_by) == (10050, "received", abbot.key)
    assert money.events.get().occurred_on == date(2026, 10, 6)
    assert WriteEntry.objects.filter(verb="contribution_sheet.written").count() == 1

    second = command(path, abbot)
    assert (second["new"], second["doubled"]) == (0, [1, 2, 4])
    assert second["error_rows"] == first["error_rows"]
    assert temple.contributions.count() == 2
    assert ContributionSheet.objects.count() == 1, "nothing new leaves no sheet behind"

    command(path, abbot, "--with-doubled")
    assert temple.contributions.count() == 5


def test_what_was_corrected_since_does_not_come_again(temple: Partner, abbot: User, tmp_path: Path) -> None:
    path = file(tmp_path, workbook(row()))
    command(path, abbot)
    imported = temple.contributions.get()
    correct_contribution(
        actor=actor_for(abbot), contribution_id=imported.pk, correction=Correction(None, "ไม่ได้มา")
    )
    assert command(path, abbot)["new"] == 0


def test_the_command_says_it_in_words_too(temple: Partner, abbot: User, tmp_path: Path) -> None:
    path = file(tmp_path, workbook(row(), row(), row(quantity=-1)))
    out = io.StringIO()
    call_command(
        "import_contributions", str(path), "--partner=wat-nondaeng", f"--actor={abbot.email}", stdout=out
    )
    assert "3" in out.getvalue()
    assert len(out.getvalue().splitlines()) == 4


@pytest.mark.parametrize("who", ["nobody", "stranger", "auditor", "nurse"])
def test_who_may_not_write_for_the_partner_is_refused(temple: Partner, tmp_path: Path, who: str) -> None:
    path = file(tmp_path, workbook(row()))
    user = {
        "nobody": lambda: User(email="nobody@test.example"),
        "stranger": lambda: partners.member(partners.partner()),
    }.get(who, lambda: make.user(who))()
    with pytest.raises(CommandError):
        command(path, user)
    assert not temple.contributions.exists()


def test_a_file_that_is_not_there_or_not_a_sheet_is_refused(abbot: User, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        command(tmp_path / "none.xlsx", abbot)
    with pytest.raises(CommandError):
        command(file(tmp_path, b"%PDF-1.7"), abbot)
    with pytest.raises(CommandError):
        call_command("import_contributions", str(tmp_path), "--partner=NO-SUCH", f"--actor={abbot.email}")


@pytest.mark.skipif(not (SHARED / "contributions_partner.xlsx").exists(), reason="no sample sheet here")
def test_the_sample_sheet_twice_and_nothing_is_there_twice(temple: Partner, abbot: User) -> None:
    path = SHARED / "contributions_partner.xlsx"
    key = json.loads((SHARED / "contributions_partner.key.json").read_text())
    first = command(path, abbot)
    assert (first["rows"], first["new"], first["doubled"]) == (key["rows"], key["clean"], key["doubled"])
    wrong: dict[str, list[int]] = {}
    for error in first["error_rows"]:
        wrong.setdefault(error["code"], []).append(error["row"])
    assert wrong == key["errors"]
    assert command(path, abbot)["new"] == 0
    assert temple.contributions.count() == key["clean"]


# --- the sheet that waits


def kept(temple: Partner, abbot: User, *rows: list[Any]) -> ContributionSheet:
    actor = actor_for(abbot)
    found = lines(temple, workbook(*(rows or (row(), row(), row(quantity=-1)))), actor)
    return keep_sheet(actor=actor, partner_id=temple.pk, file_name="ต.ค..xlsx", lines=found)


def code(act: Any, **values: Any) -> str:
    with pytest.raises(DomainError) as refused:
        act(**values)
    return refused.value.code


def test_what_was_kept_is_read_back_as_it_was(temple: Partner, abbot: User) -> None:
    sheet = kept(temple, abbot)
    again = lines_of(sheet)
    assert [(line.row, line.errors, line.doubled) for line in again] == [
        (1, [], False),
        (2, [], True),
        (3, [("quantity", "negative")], False),
    ]
    assert Expected.of(again) == Expected(1, 1)


def test_a_sheet_is_written_as_it_was_seen_or_not_at_all(temple: Partner, abbot: User) -> None:
    actor, sheet, other = actor_for(abbot), kept(temple, abbot), kept(temple, abbot)
    assert code(write_sheet, actor=actor, sheet_id=sheet.pk, expected=Expected(2, 1)) == "rows_changed"
    write_sheet(actor=actor, sheet_id=sheet.pk, expected=Expected(1, 1))
    assert sheet.rows.get(row=1).contribution == temple.contributions.get()
    assert code(write_sheet, actor=actor, sheet_id=sheet.pk, expected=Expected(0, 2)) == "sheet_done"
    assert code(write_sheet, actor=actor, sheet_id=other.pk, expected=Expected(1, 1)) == "rows_changed"
    assert code(write_sheet, actor=actor, sheet_id=other.pk, expected=Expected(0, 2)) == "nothing_to_write"
    assert len(write_sheet(actor=actor, sheet_id=other.pk, expected=Expected(0, 2), with_doubled=True)) == 2


def test_a_sheet_may_be_dropped_and_old_ones_are_swept(temple: Partner, abbot: User) -> None:
    actor, sheet, old = actor_for(abbot), kept(temple, abbot), kept(temple, abbot)
    drop_sheet(actor=actor, sheet_id=sheet.pk)
    assert not sheet.rows.exists()
    assert code(drop_sheet, actor=actor, sheet_id=sheet.pk) == "sheet_done"
    ContributionSheet.objects.filter(pk=old.pk).update(started_at=clock.now() - timedelta(days=40))
    assert sweep_sheets(actor=actor, before=clock.now() - timedelta(days=30)) == 1
    old.refresh_from_db()
    assert (old.state, old.rows.count()) == ("swept", 0)


def test_nobody_else_sees_a_sheet(temple: Partner, abbot: User) -> None:
    sheet = kept(temple, abbot)
    for actor in (
        partners.giver(partners.partner()),
        make.actor("social_worker", make.FOREIGN),
        make.actor("auditor"),
    ):
        with pytest.raises((NotVisible, Forbidden)):
            write_sheet(actor=actor, sheet_id=sheet.pk, expected=Expected(1, 1))
        assert not ContributionSheet.objects.visible_to(actor).exists()
    assert not Contribution.objects.exists()
    assert ContributionSheet.objects.visible_to(make.actor()).get() == sheet
