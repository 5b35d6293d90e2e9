"""Bringing a register in, by command and in the browser."""

import io
import json
import tracemalloc
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import User
from audit.models import ReadEntry, WriteEntry
from casework.actions import registers as actions
from casework.importing.reading import decode, encode
from casework.importing.register import ParsedRow, parse_row
from casework.models import Client, Episode, FollowUp, Note, Notice, RegisterImport, RegisterRow
from casework.register_jobs import KEEP_DAYS
from casework.registering import NewClient, write_clients
from common import clock, due
from common.actor import SystemActor
from common.errors import DomainError
from common.models import DueWork, Heartbeat
from common.thai.dates import PartialDate, format_be
from tests.casework.register_sheets import FIELDS, row, text, with_part, workbook
from tests.casework.test_register_rows import SHARED
from tests.support import factories as make
from tests.support.client import Client as Browser
from tests.support.client import parse
from tests.support.htmx import Page
from tests.support.matrix import recorded_writes

pytestmark = pytest.mark.django_db
PIN, OTHER_PIN = "1-9999-00000-01-3", "0999989000010"
ALIKE = {"first_name": "มานพ", "last_name": "รอดภัย", "pin": OTHER_PIN}


@pytest.fixture
def worker() -> User:
    return make.user()


@pytest.fixture
def signed_in(client: Browser, worker: User) -> Browser:
    client.force_login(worker)
    return client


def command(path: Path, worker: User, *options: str, centre: str = "30") -> dict[str, Any]:
    """What the command prints with --json."""
    out = io.StringIO()
    call_command(
        "import_register",
        str(path),
        "--centre",
        centre,
        "--actor",
        worker.email,
        "--json",
        *options,
        stdout=out,
    )
    return json.loads(out.getvalue().splitlines()[-1])


def file(tmp_path: Path, content: bytes, name: str = "register.xlsx") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def bring(browser: Browser, content: bytes, name: str = "register.xlsx") -> RegisterImport:
    """Send a file through the form and have it read."""
    page = browser.get(reverse("casework:import_new"))
    answer = browser.submit(page, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302
    due.work(actions.READ)
    return RegisterImport.objects.get(uid=answer.url.strip("/").split("/")[-1])


def page_of(register: RegisterImport, **query: str) -> str:
    return reverse("casework:import", args=[register.uid], query=query)


def words(answer: Any) -> str:
    return " ".join(parse(answer).select_one("main").get_text(" ").split())


def way(number: int, decision: str) -> str:
    """The form that decides so about a row."""
    return f'#row-{number} form:has(input[name=decision][value="{decision}"])'


def confirm(browser: Browser, register: RegisterImport) -> Any:
    page = browser.get(reverse("casework:import_confirm", args=[register.uid]))
    answer = browser.submit(page)
    due.work(actions.WRITE)
    register.refresh_from_db()
    return answer


# --- the command ------------------------------------------------------------------------------------------


@pytest.mark.skipif(not (SHARED / "register_centre.xlsx").exists(), reason="no sample register here")
def test_the_sample_register_twice_and_nobody_is_there_twice(worker: User) -> None:
    path = SHARED / "register_centre.xlsx"
    key = json.loads((SHARED / "register_centre.key.json").read_text())
    first = command(path, worker)
    assert (first["rows"], first["new"], first["likely_same"], first["errors"]) == (150, 135, 7, 8)
    wrong: dict[str, list[int]] = {}
    for error in first["error_rows"]:
        wrong.setdefault(error["code"], []).append(error["row"])
    assert wrong == key["errors"]
    same = RegisterRow.objects.filter(kind="likely_same").order_by("row")
    assert list(same.values_list("row", flat=True)) == key["duplicates"]
    assert Client.objects.count() == 135

    second = command(path, worker)
    assert (second["new"], second["likely_same"]) == (0, 142)
    assert second["error_rows"] == first["error_rows"]
    assert Client.objects.count() == 135


@pytest.mark.parametrize(
    ("name", "encoding"), [("r.csv", "utf-8"), ("r.csv", "utf-8-sig"), ("r.csv", "cp874")]
)
def test_text_is_told_by_its_content(tmp_path: Path, worker: User, name: str, encoding: str) -> None:
    content = text(row(), row(**ALIKE), row(first_name=None, nickname=None), encoding=encoding)
    outcome = command(file(tmp_path, content, name), worker)
    assert (outcome["rows"], outcome["new"], outcome["errors"]) == (3, 2, 1)
    assert outcome["error_rows"] == [{"row": 3, "field": "first_name", "code": "name_missing"}]


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path, worker: User) -> None:
    path = file(tmp_path, workbook(row(), row(), row(pin="1234567890123")))
    with recorded_writes() as written:
        dry = command(path, worker, "--dry-run")
    assert not written
    assert dry == command(path, worker)
    assert (dry["new"], dry["likely_same"], dry["errors"]) == (1, 1, 1)


def test_the_command_says_in_words_what_it_did(tmp_path: Path, worker: User) -> None:
    path, out = file(tmp_path, workbook(row(), row(), row(noticed_on=None))), io.StringIO()
    call_command("import_register", str(path), centre="30", actor=worker.email, stdout=out)
    said = out.getvalue()
    register = RegisterImport.objects.get()
    assert "3 แถว: คนใหม่ 1" in said
    assert "แถว 2: น่าจะเป็น แถว 1" in said
    assert "แถว 3: วันที่รับแจ้ง" in said
    assert reverse("casework:import", args=[register.uid]) in said
    assert "ดำรง" not in said, "names do not belong on a terminal"


@pytest.mark.parametrize(
    ("centre", "role", "said"),
    [
        ("99", "social_worker", "99"),
        ("50", "social_worker", "ไม่มีสิทธิ"),
        ("30", "nurse", "ไม่มีสิทธิ"),
        ("30", "auditor", "ไม่มีสิทธิ"),
    ],
)
def test_who_may_not_is_told_in_one_line(tmp_path: Path, centre: str, role: str, said: str) -> None:
    with pytest.raises(CommandError, match=said) as refused:
        command(file(tmp_path, workbook(row())), make.user(role), centre=centre)
    assert "\n" not in str(refused.value)
    assert not RegisterImport.objects.exists()


def test_a_file_or_person_that_is_not_there_is_told_in_one_line(tmp_path: Path, worker: User) -> None:
    with pytest.raises(CommandError, match=r"nothing\.xlsx"):
        command(tmp_path / "nothing.xlsx", worker)
    with pytest.raises(CommandError, match="ghost@test"):
        call_command("import_register", str(tmp_path), centre="30", actor="ghost@test.example")


BROKEN = {
    "broken": b"PK\x03\x04" + b"\0" * 400,
    "empty": b"",
    "password": bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
    "macros": with_part(workbook(row()), "xl/vbaProject.bin", b"\0"),
    "wrong_columns": workbook(["x", "1"], headings=["สินค้า", "ราคา"]),
    "unknown_type": text(row(), encoding="utf-16"),
    "nul": text(row()).replace("ดำรง".encode(), b"\0\0\0"),
}


@pytest.mark.parametrize("kind", sorted(BROKEN))
def test_a_sheet_that_cannot_be_taken_writes_nothing(tmp_path: Path, worker: User, kind: str) -> None:
    with pytest.raises(CommandError):
        command(file(tmp_path, BROKEN[kind]), worker)
    assert not RegisterImport.objects.exists()
    assert not Client.objects.exists()


def test_more_rows_than_are_taken_are_refused_before_anything_is_kept(
    tmp_path: Path, worker: User, settings: Any
) -> None:
    settings.IMPORT_MAX_ROWS = 2
    with pytest.raises(CommandError, match="แถว"):
        command(file(tmp_path, text(row(), row(**ALIKE), row(first_name="ก"))), worker)
    assert not RegisterImport.objects.exists()


# --- what a row becomes -----------------------------------------------------------------------------------


def test_a_row_becomes_a_file_with_everything_that_was_said(tmp_path: Path, worker: User) -> None:
    ahead, past = clock.today() + timedelta(days=9), date(2026, 9, 24)
    hostile = '=HYPERLINK("http://x","ดู")'
    command(
        file(
            tmp_path,
            workbook(
                row(appointment_on=format_be(past, "numeric"), remark=hostile, domicile="สปป.ลาว"),
                row(
                    **ALIKE, nickname="<script>alert(1)</script>", appointment_on=format_be(ahead, "numeric")
                ),
            ),
        ),
        worker,
    )
    first, second = Client.objects.order_by("pk")
    assert (first.title, first.first_name, first.last_name, first.nickname) == ("นาย", "ดำรง", "คำภา", "แมว")
    assert (first.pin, first.pin_verified, first.id_status) == ("1999900000013", False, "unverified")
    assert (first.born_on, first.phone, first.found_place) == (date(1983, 1, 17), "0686626738", "หน้าวัดพระธาตุ")
    assert first.remark == f"{hostile}\nภูมิลำเนา: สปป.ลาว"
    assert first.source_import == RegisterImport.objects.get()
    notice, episode = Notice.objects.get(client=first), Episode.objects.get(client=first)
    assert (notice.channel, notice.noticed_on) == ("agency", date(2026, 9, 17))
    assert (episode.worker, episode.opened_on) == (worker, date(2026, 9, 17))
    assert [(n.occurred_on, n.text, n.author) for n in Note.objects.filter(client=first)] == [
        (past, "นัดติดตามตามทะเบียนเดิม 24 ก.ย. 2569", worker)
    ]
    assert not FollowUp.objects.filter(client=first).exists()

    assert second.nickname == "<script>alert(1)</script>"
    assert not Note.objects.filter(client=second).exists()
    planned = FollowUp.objects.get(client=second)
    assert (planned.due_on, planned.state, planned.worker) == (ahead, "planned", worker)


def test_an_appointment_today_is_still_to_come(tmp_path: Path, worker: User) -> None:
    command(file(tmp_path, workbook(row(appointment_on=clock.today()))), worker)
    assert FollowUp.objects.get().due_on == clock.today()


def test_a_lead_brings_cases_that_nobody_has_yet(tmp_path: Path) -> None:
    command(file(tmp_path, workbook(row())), make.user("centre_head"))
    assert Episode.objects.get().worker is None


def test_one_act_leaves_one_line_in_the_trail(tmp_path: Path, worker: User) -> None:
    command(file(tmp_path, workbook(row(), row(**ALIKE))), worker)
    written = WriteEntry.objects.get(verb="register.written")
    assert written.changes == {"rows": [0, 2]}
    assert written.batch == str(RegisterImport.objects.get().uid)
    assert not WriteEntry.objects.filter(verb="client.registered").exists()


@pytest.mark.parametrize(
    "parsed",
    [
        ParsedRow(7),
        ParsedRow(
            7, first_name="ก\n\"'", birth=PartialDate(date(1980, 1, 1), "year"), noticed_on=date(2026, 1, 2)
        ),
        parse_row({name: (n,) for n, name in enumerate(FIELDS)}, row(), 7, date(2026, 11, 22)),
    ],
)
def test_a_row_that_waits_comes_back_as_it_was(parsed: ParsedRow) -> None:
    assert decode(encode(parsed), row=7) == parsed


def test_a_waiting_row_is_not_readable_in_the_database(tmp_path: Path, worker: User) -> None:
    command(file(tmp_path, workbook(row())), worker)
    raw = RegisterRow.objects.extra(select={"raw": "payload"}).values_list("raw", flat=True)[0]
    assert "ดำรง".encode() not in bytes(raw)
    assert "ดำรง" in RegisterRow.objects.get().payload


# --- who is known already ---------------------------------------------------------------------------------


def known(at: str = "30", **fields: Any) -> Client:
    """Somebody on record as the register's ordinary row has them."""
    values = {"first_name": "ดำรง", "last_name": "คำภา", "pin": "1999900000013"} | fields
    (key,) = write_clients(actor=SystemActor("test"), centre=make.centre(at), new=[NewClient(**values)])
    return Client.objects.get(pk=key)


@pytest.mark.parametrize(
    ("on_record", "reasons"),
    [
        ({}, ["pin"]),
        ({"pin": "", "phone": "0686626738"}, ["phone", "name"]),
        ({"pin": "", "born_on": date(1983, 1, 17)}, ["name", "birth"]),
        ({"pin": "", "born_on": date(1983, 1, 1), "born_precision": "year"}, ["name", "birth"]),
        (
            {"pin": "", "last_name": "", "nickname": "แมว", "born_on": date(1983, 1, 17)},
            ["name", "birth", "nickname"],
        ),
        (
            {"pin": "", "first_name": "ดํารง", "last_name": "คำพา", "born_on": date(1983, 1, 17)},
            ["name", "birth"],
        ),
        ({"pin": "", "nickname": "แมว", "home_province": "10"}, ["name", "nickname", "domicile"]),
        ({"pin": "", "noticed_on": date(2026, 9, 17), "found_place": "หน้าวัดพระธาตุ"}, ["name", "notice"]),
        ({"pin": ""}, None),
        ({"pin": OTHER_PIN, "phone": "0686626738"}, None),
        ({"pin": "", "born_on": date(1990, 1, 17), "nickname": "แมว"}, None),
    ],
)
def test_a_row_is_compared_with_the_people_on_record(
    tmp_path: Path, worker: User, on_record: dict[str, Any], reasons: list[str] | None
) -> None:
    person = known(at="50", **on_record)
    command(file(tmp_path, workbook(row())), worker)
    found = RegisterRow.objects.get()
    assert found.kind == ("likely_same" if reasons else "new")
    assert (found.match_client, found.match_reasons) == ((person, reasons) if reasons else (None, []))


@pytest.mark.parametrize(
    "bare",
    [
        {"first_name": "ประเสริฐ", "last_name": None, "nickname": None},
        {"first_name": "ประเสริฐ", "last_name": None, "nickname": None, "found_place": None},
        {"first_name": None, "last_name": None, "nickname": "แดง"},
        {"first_name": "ไม่ทราบชื่อ ชายผมยาว", "last_name": None, "nickname": None},
    ],
)
def test_even_of_whom_little_is_known_is_not_registered_twice(
    tmp_path: Path, worker: User, bare: dict[str, Any]
) -> None:
    path = file(tmp_path, workbook(row(**bare, pin=None, birth=None, phone=None)))
    assert command(path, worker)["new"] == 1
    again = command(path, worker)
    assert (again["new"], again["likely_same"]) == (0, 1)


def test_restricted_people_of_others_are_not_betrayed(tmp_path: Path, worker: User) -> None:
    known(at="50", restricted=True, phone="0686626738")
    outcome = command(file(tmp_path, workbook(row())), worker)
    assert outcome["new"] == 1


def test_a_number_verified_for_somebody_hidden_names_the_centre_to_call_and_nobody(
    signed_in: Browser,
) -> None:
    known(at="50", first_name="ลับ", last_name="ที่สุด", restricted=True, pin_verified=True)
    register = bring(signed_in, workbook(row(), row(**ALIKE)))
    found = register.rows.get(row=1)
    assert (found.kind, found.errors) == ("error", [["pin", "pin_taken"]])
    said = words(signed_in.get(page_of(register, show="error")))
    assert make.centre("50").name in said
    assert "ลับ" not in said
    confirm(signed_in, register)
    assert [c.first_name for c in Client.objects.filter(source_import=register)] == ["มานพ"]


def test_hundreds_of_rows_take_no_more_questions_than_a_few(
    tmp_path: Path, worker: User, django_assert_max_num_queries: Any
) -> None:
    known(at="50")
    rows = [row(first_name=f"คน{n}", last_name=f"ที่{n}", pin=None, phone=None, birth=None) for n in range(300)]
    path = file(tmp_path, text(*rows))
    with django_assert_max_num_queries(40):
        command(path, worker, "--dry-run")


# --- in the browser ---------------------------------------------------------------------------------------


def test_from_the_file_to_the_files(signed_in: Browser, worker: User) -> None:
    register = bring(signed_in, workbook(row(), row(), row(**ALIKE), row(noticed_on=None)))
    assert register.state == "preview"
    page = signed_in.get(page_of(register))
    assert "ลงทะเบียน 2 คน" in words(page)
    assert "เว้นไว้ 2 แถว" in words(page)
    assert "1-9999-00000-01-3" not in page.content.decode(), "numbers are masked"
    asked = signed_in.get(reverse("casework:import_confirm", args=[register.uid]))
    assert "ลงทะเบียน 2 คนใช่ไหม" in words(asked)
    assert not Client.objects.exists()
    confirm(signed_in, register)
    assert register.state == "done"
    assert Client.objects.filter(source_import=register).count() == 2
    done = signed_in.get(page_of(register))
    assert "ลงทะเบียนจากไฟล์นี้แล้ว 2 คน" in words(done)
    link = reverse("casework:client", args=[Client.objects.get(first_name="มานพ").uid])
    assert link in done.content.decode()


def test_the_file_is_kept_sealed_until_somebody_is_registered_from_it(
    signed_in: Browser, django_capture_on_commit_callbacks: Any
) -> None:
    page = signed_in.get(reverse("casework:import_new"))
    signed_in.submit(page, {"file": SimpleUploadedFile("ดำรง คำภา.csv", text(row()))})
    register = RegisterImport.objects.get()
    assert default_storage.exists(register.stored_as)
    assert register.stored_as.startswith("imports/")
    assert "ดำรง" not in register.stored_as
    with default_storage.open(register.stored_as) as kept:
        assert "คำภา".encode() not in kept.read()
    due.work(actions.READ)
    assert default_storage.exists(register.stored_as), "its columns may still be named anew"
    stored_as = register.stored_as
    with django_capture_on_commit_callbacks(execute=True):
        confirm(signed_in, register)
    assert not default_storage.exists(stored_as)
    register.refresh_from_db()
    assert (register.stored_as, register.outline) == ("", "")


def test_what_was_left_open_is_decided_and_written_later(signed_in: Browser) -> None:
    register = bring(signed_in, workbook(row(), row(), row(**ALIKE | {"pin": "1234567890123"})))
    confirm(signed_in, register)
    assert Client.objects.count() == 1
    for number, decision in ((2, "create"), (3, "unverified")):
        page = signed_in.get(page_of(register, show="likely_same" if number == 2 else "error"))
        signed_in.submit(page, form=way(number, decision))
    confirm(signed_in, register)
    assert Client.objects.count() == 3
    kept = Client.objects.get(first_name="มานพ")
    assert (kept.pin, kept.pin_verified) == ("1234567890123", False)
    assert "ลงทะเบียนแล้ว" in words(signed_in.get(page_of(register, show="likely_same")))


def test_a_decision_changes_the_row_and_the_counts_as_a_fresh_load_would(signed_in: Browser) -> None:
    wrong = row(pin="1234567890123", first_name="อื่น", phone=None, birth=None)
    register = bring(signed_in, workbook(row(), row(), row(**ALIKE), wrong))
    page = Page(signed_in, page_of(register, show="likely_same"))
    page.trigger(way(2, "create"))
    page.assert_like_fresh("main")
    assert "ลงทะเบียน 3 คน" in page.text("#summary")
    page.trigger(way(2, ""))
    page.assert_like_fresh("main")
    assert "ลงทะเบียน 2 คน" in page.text("#summary")


@pytest.mark.parametrize(
    ("show", "number", "decision"), [("new", 1, "leave_out"), ("likely_same", 2, "same")]
)
def test_a_row_can_be_left_out(signed_in: Browser, show: str, number: int, decision: str) -> None:
    register = bring(signed_in, workbook(row(), row(), row(**ALIKE)))
    page = signed_in.get(page_of(register, show=show))
    answer = signed_in.submit(page, form=way(number, decision))
    assert answer.url.endswith(f"?show={show}#row-{number}")
    assert register.rows.get(row=number).decision == decision
    assert register.rows.to_write().count() == (1 if show == "new" else 2)


@pytest.mark.parametrize(
    ("number", "decision", "code"),
    [
        (1, "create", "decision_unknown"),
        (2, "unverified", "decision_unknown"),
        (3, "unverified", "decision_unknown"),
        (1, "x", "decision_unknown"),
    ],
)
def test_only_what_fits_a_row_is_decided(
    worker: User, signed_in: Browser, number: int, decision: str, code: str
) -> None:
    register = bring(signed_in, workbook(row(), row(), row(noticed_on=None)))
    with pytest.raises(DomainError) as refused:
        actions.decide_row(actor=make.actor(), register_id=register.pk, row=number, decision=decision)
    assert refused.value.code == code


def test_what_is_wrong_shows_what_the_file_says(signed_in: Browser) -> None:
    register = bring(signed_in, workbook(row(birth="31/2/2520"), row(noticed_on="ต้นเดือน <b>")))
    page = signed_in.get(page_of(register, show="error"))
    assert "“31/2/2520”" in parse(page).select_one("#row-1").get_text()
    assert "“ต้นเดือน <b>”" in parse(page).select_one("#row-2").get_text()


def test_two_people_cannot_have_one_verified_number(signed_in: Browser) -> None:
    known(pin_verified=True, last_name="อื่น")
    register = bring(signed_in, workbook(row()))
    page = signed_in.get(page_of(register))
    assert not parse(page).select("input[value=create]")
    answer = signed_in.post(
        reverse("casework:import_row", args=[register.uid, 1]),
        {"decision": "create"},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 422
    assert "เลขประจำตัวนี้" in answer.content.decode() or "เลขนี้" in answer.content.decode()
    assert register.rows.get().decision == ""


def test_side_by_side_with_a_file_of_ones_own_and_with_a_card_from_elsewhere(signed_in: Browser) -> None:
    mine = known()
    theirs = known(
        at="50", first_name="มานพ", last_name="รอดภัย", pin=OTHER_PIN, remark="ความลับ", phone="0811111111"
    )
    register = bring(signed_in, workbook(row(), row(**ALIKE)))
    page = signed_in.get(page_of(register))
    soup = parse(page)
    assert soup.select(f"#row-1 a[href='{reverse('casework:client', args=[mine.uid])}']")
    card = soup.select_one("#row-2")
    assert card is not None
    assert make.centre("50").name in card.get_text()
    assert not card.select(f"a[href*='{theirs.uid}']")
    assert "0811111111" not in page.content.decode()
    looked = ReadEntry.objects.filter(what="card").values_list("subject", flat=True)
    assert {str(mine.uid), str(theirs.uid)} <= set(looked)


def test_hostile_cells_are_shown_as_text(signed_in: Browser) -> None:
    register = bring(
        signed_in, workbook(row(first_name="<script>alert(1)</script>", found_place='"><img src=x>'))
    )
    soup = parse(signed_in.get(page_of(register)))
    assert not soup.select("main script, main img")
    assert "<script>alert(1)</script>" in soup.get_text()


# --- twice, at once, in two tabs --------------------------------------------------------------------------


def test_the_form_sent_twice_is_one_import(signed_in: Browser) -> None:
    page = signed_in.get(reverse("casework:import_new"))
    content = workbook(row())
    first = signed_in.submit(page, {"file": SimpleUploadedFile("r.xlsx", content)})
    second = signed_in.submit(page, {"file": SimpleUploadedFile("r.xlsx", content)})
    assert first.url == second.url
    assert RegisterImport.objects.count() == 1


def test_confirmed_twice_is_written_once(signed_in: Browser) -> None:
    register = bring(signed_in, workbook(row()))
    address = reverse("casework:import_confirm", args=[register.uid])
    one_tab, other_tab = signed_in.get(address), signed_in.get(address)
    assert signed_in.submit(one_tab).status_code == 302
    assert signed_in.submit(one_tab).status_code == 302  # the back button
    assert signed_in.submit(other_tab).status_code == 422
    due.work(actions.WRITE)
    assert signed_in.submit(other_tab).status_code == 422
    assert Client.objects.count() == 1


def test_no_other_number_is_written_than_the_one_that_was_shown(signed_in: Browser) -> None:
    register = bring(signed_in, workbook(row(), row(**ALIKE)))
    address = reverse("casework:import_confirm", args=[register.uid])
    shown = signed_in.get(address)
    signed_in.submit(signed_in.get(page_of(register, show="new")), form=way(2, "leave_out"))
    refused = signed_in.submit(shown)
    assert refused.status_code == 422
    assert "ลงทะเบียน 1 คนใช่ไหม" in words(refused)
    assert signed_in.submit(refused).status_code == 302
    due.work(actions.WRITE)
    assert [c.first_name for c in Client.objects.all()] == ["ดำรง"]


def test_one_file_brought_in_two_tabs_is_written_once(signed_in: Browser) -> None:
    content = workbook(row(), row(**ALIKE))
    first, second = bring(signed_in, content), bring(signed_in, content)
    assert second.rows.to_write().count() == 2, "neither was written when they were read"
    confirm(signed_in, first)
    confirm(signed_in, second)
    assert Client.objects.count() == 2
    again = second.rows.order_by("row")
    assert [(r.kind, r.match_client.source_import_id, r.written_at) for r in again] == [
        ("likely_same", first.pk, None),
        ("likely_same", first.pk, None),
    ]


def test_a_number_verified_for_somebody_hidden_in_between_stops_that_row_alone(signed_in: Browser) -> None:
    register = bring(signed_in, workbook(row(), row(**ALIKE)))
    known(at="50", restricted=True, pin_verified=True, first_name="ลับ")
    confirm(signed_in, register)
    assert [c.first_name for c in Client.objects.filter(source_import=register)] == ["มานพ"]
    assert register.rows.get(row=1).errors == [["pin", "pin_taken"]]


def test_the_work_done_again_finds_nothing_to_do(signed_in: Browser) -> None:
    register = bring(signed_in, workbook(row()))
    confirm(signed_in, register)
    DueWork.objects.update(state="waiting", due_at=clock.now(), lease_until=None, attempts=0, done_at=None)
    due.work(actions.READ)
    due.work(actions.WRITE)
    register.refresh_from_db()
    assert (register.state, Client.objects.count(), register.rows.count()) == ("done", 1, 1)


def test_nothing_is_decided_while_it_is_written(signed_in: Browser) -> None:
    register = bring(signed_in, workbook(row()))
    page = signed_in.get(reverse("casework:import_confirm", args=[register.uid]))
    signed_in.submit(page)
    with pytest.raises(DomainError) as refused:
        actions.decide_row(actor=make.actor(), register_id=register.pk, row=1, decision="leave_out")
    assert refused.value.code == "register_busy"


# --- bad input --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(set(BROKEN) - {"empty", "wrong_columns"}))
def test_a_sheet_that_cannot_be_read_says_what_to_do(signed_in: Browser, kind: str) -> None:
    register = bring(signed_in, BROKEN[kind])
    assert register.state == "failed"
    assert register.error_code == {"nul": "broken"}.get(kind, kind)
    page = signed_in.get(page_of(register))
    assert "อ่านไฟล์ไม่ได้" in words(page)
    assert parse(page).select(f"a[href='{reverse('casework:import_new')}']")
    assert not default_storage.exists(register.stored_as)


def test_a_file_too_large_is_refused_at_the_form(signed_in: Browser, settings: Any) -> None:
    settings.IMPORT_MAX_BYTES = 1000
    page = signed_in.get(reverse("casework:import_new"))
    answer = signed_in.submit(page, {"file": SimpleUploadedFile("r.xlsx", b"x" * 1001)})
    assert answer.status_code == 422
    assert "แบ่งเป็นหลายไฟล์" in words(answer)
    assert not RegisterImport.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"file": SimpleUploadedFile("r.xlsx", b"")}])
def test_no_file_and_an_empty_one_are_refused_at_the_form(signed_in: Browser, sent: dict[str, Any]) -> None:
    answer = signed_in.submit(signed_in.get(reverse("casework:import_new")), sent)
    assert answer.status_code == 422
    assert parse(answer).select("form input[type=file]")


def test_another_centre_cannot_be_chosen(signed_in: Browser) -> None:
    data = {"centre": "50", "file": SimpleUploadedFile("r.xlsx", workbook(row()))}
    assert signed_in.post(reverse("casework:import_new"), data).status_code == 422
    assert not RegisterImport.objects.exists()


MILLION = 1_000_000


def a_million_lines(path: Path) -> None:
    head, line = "ชื่อ,วันที่รับแจ้ง,จุดที่พบ\n".encode(), "ดำ,1/1/2569,\n".encode()
    with path.open("wb") as out:
        out.write(head)
        for _ in range(MILLION // 1000):
            out.write(line * 1000)


def a_million_rows(path: Path) -> None:
    small = workbook(["ดำ", "1/1/2569", "วัด"], headings=["ชื่อ", "วันที่รับแจ้ง", "จุดที่พบ"])
    row_xml = (
        b'<row><c t="inlineStr"><is><t>x</t></is></c><c t="inlineStr"><is><t>1/1/2569</t></is></c></row>'
    )
    name = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(small)) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        begin, end = old.read(name).split(b"</sheetData>")
        with new.open(name, "w") as sheet:
            sheet.write(begin)
            for _ in range(MILLION // 1000):
                sheet.write(row_xml * 1000)
            sheet.write(b"</sheetData>" + end)


@pytest.mark.parametrize("write", [a_million_lines, a_million_rows])
def test_a_million_rows_are_refused_without_being_taken_into_memory(
    tmp_path: Path, worker: User, settings: Any, write: Any
) -> None:
    settings.IMPORT_MAX_ROWS, settings.IMPORT_MAX_BYTES = 5_000, 200 << 20
    write(path := tmp_path / "register")
    tracemalloc.start()
    try:
        with pytest.raises(CommandError, match="แถว"):
            command(path, worker)
        assert tracemalloc.get_traced_memory()[1] < 40 << 20
    finally:
        tracemalloc.stop()


def test_too_many_rows_are_refused_with_what_to_do(signed_in: Browser, settings: Any) -> None:
    settings.IMPORT_MAX_ROWS = 1
    register = bring(signed_in, text(row(), row(**ALIKE)))
    assert (register.error_code, register.rows.count()) == ("too_many_rows", 0)


# --- while it works ---------------------------------------------------------------------------------------


def test_the_progress_asks_until_there_is_something_to_look_at(signed_in: Browser) -> None:
    page = signed_in.get(reverse("casework:import_new"))
    address = signed_in.submit(page, {"file": SimpleUploadedFile("r.xlsx", workbook(row()))}).url
    waiting = Page(signed_in, address)
    assert "รออ่านไฟล์" in waiting.text()
    waiting.trigger("#progress")
    waiting.assert_like_fresh("main")
    assert waiting.redirected_to is None
    register = RegisterImport.objects.get()
    RegisterImport.objects.update(rows_read=1234)
    waiting.trigger("#progress")
    assert "อ่านแล้ว 1234 แถว" in waiting.text()
    RegisterImport.objects.update(rows_read=500, rows_total=2000)
    waiting.trigger("#progress")
    assert waiting.one("#progress progress")["value"] == "500"
    RegisterImport.objects.update(rows_read=0, rows_total=0)
    due.work(actions.READ)
    waiting.trigger("#progress")
    assert waiting.redirected_to == page_of(register)


def test_without_background_work_the_page_says_so_and_the_file_waits(signed_in: Browser) -> None:
    Heartbeat.objects.all().delete()
    page = signed_in.get(reverse("casework:import_new"))
    address = signed_in.submit(page, {"file": SimpleUploadedFile("r.xlsx", workbook(row()))}).url
    said = signed_in.get(address).content.decode()
    assert "ระบบงานเบื้องหลังหยุดอยู่" in said
    due.work(actions.READ)
    assert RegisterImport.objects.get().state == "preview"


def test_work_that_was_given_up_is_not_waited_for(signed_in: Browser) -> None:
    page = signed_in.get(reverse("casework:import_new"))
    address = signed_in.submit(page, {"file": SimpleUploadedFile("r.xlsx", workbook(row()))}).url
    DueWork.objects.filter(kind=actions.READ).update(state="failed")
    soup = parse(signed_in.get(address))
    assert "ทำไม่สำเร็จ" in soup.get_text()
    assert not soup.select("[hx-get]#progress")


def test_a_file_that_is_gone_is_told(signed_in: Browser) -> None:
    page = signed_in.get(reverse("casework:import_new"))
    signed_in.submit(page, {"file": SimpleUploadedFile("r.xlsx", workbook(row()))})
    default_storage.delete(RegisterImport.objects.get().stored_as)
    due.work(actions.READ)
    assert RegisterImport.objects.get().error_code == "lost"


def test_who_has_lost_the_right_meanwhile_has_nothing_read_or_written(
    signed_in: Browser, worker: User
) -> None:
    register = bring(signed_in, workbook(row()))
    page = signed_in.get(reverse("casework:import_confirm", args=[register.uid]))
    signed_in.submit(page)
    page = signed_in.get(reverse("casework:import_new"))
    signed_in.submit(page, {"file": SimpleUploadedFile("r.xlsx", workbook(row()))})
    worker.memberships.update(ends_on=clock.today() - timedelta(days=1))
    due.work(actions.READ)
    due.work(actions.WRITE)
    states = dict(RegisterImport.objects.order_by("pk").values_list("pk", "state"))
    assert list(states.values()) == ["preview", "failed"]
    assert set(RegisterImport.objects.values_list("error_code", flat=True)) == {"forbidden"}
    assert not Client.objects.exists()


def test_files_and_rows_are_swept_and_people_stay(signed_in: Browser) -> None:
    register = bring(signed_in, workbook(row(), row()))
    confirm(signed_in, register)
    RegisterImport.objects.update(started_at=clock.now() - timedelta(days=KEEP_DAYS, minutes=1))
    later = bring(signed_in, workbook(row(**ALIKE)))
    due.plan("casework.register_sweep", [("all", "test", clock.now())])
    due.work("casework.register_sweep")
    assert set(RegisterRow.objects.values_list("register", flat=True)) == {later.pk}
    assert Client.objects.filter(source_import=register).count() == 1
    assert "30 วัน" in words(signed_in.get(page_of(register)))


def test_the_list_tells_of_every_register_of_the_centre(signed_in: Browser) -> None:
    assert "ยังไม่มีทะเบียนที่นำเข้า" in words(signed_in.get(reverse("casework:imports")))
    register = bring(signed_in, workbook(row()), name="ทะเบียน 2569.xlsx")
    page = signed_in.get(reverse("casework:imports"))
    assert "ทะเบียน 2569.xlsx" in words(page)
    assert page_of(register) in page.content.decode()
    stranger = Browser()
    stranger.force_login(make.user(at="50"))
    assert "ทะเบียน 2569.xlsx" not in words(stranger.get(reverse("casework:imports")))
