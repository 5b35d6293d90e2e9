"""Naming the columns of a register: asked when a heading is not known, remembered by the centre, refused in words."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from audit.models import WriteEntry
from casework.actions import registers as actions
from casework.importing import words as said
from casework.importing.outline import decode
from casework.models import Client, RegisterColumns, RegisterImport
from casework.rules.columns import MANY, NAMES, columns_problem
from common import due
from common.errors import DomainError, NotVisible
from tests.casework.register_sheets import FIELDS, HEADINGS, row, text, workbook
from tests.casework.test_register_import import bring, command, confirm, page_of, words
from tests.support import factories as make
from tests.support.client import Client as Browser
from tests.support.client import parse

STRANGE = Path(__file__).with_name("strange_register.csv")
CHOSEN = ["found_place", "noticed_on", "full_name", "aside", "phone", "pin", "birth", ""]


@pytest.fixture
def worker() -> User:
    return make.user()


@pytest.fixture
def signed_in(client: Browser, worker: User) -> Browser:
    client.force_login(worker)
    return client


def address(register: RegisterImport) -> str:
    return reverse("casework:import_columns", args=[register.uid])


def choose(browser: Browser, register: RegisterImport, fields: list[str]) -> Any:
    answer = browser.submit(
        browser.get(address(register)), {f"column_{place}": field for place, field in enumerate(fields)}
    )
    if answer.status_code == 302:
        due.work(actions.READ)
    register.refresh_from_db()
    return answer


# --- the rule -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        (["full_name", "noticed_on"], ("", None)),
        (["noticed_on", "descriptor", "", "", "aside", "aside", "number", "+"], ("", None)),
        (["full_name", "noticed_on", "phone", "phone"], ("column_twice", 3)),
        (["first_name", "full_name", "noticed_on"], ("column_both_names", 0)),
        (["last_name", "noticed_on"], ("column_name_missing", None)),
        (["full_name", ""], ("column_notice_missing", None)),
        ([], ("column_name_missing", None)),
    ],
)
def test_a_choice_names_one_column_for_a_field_and_what_is_needed(
    fields: list[str], problem: tuple[str, int | None]
) -> None:
    assert columns_problem(fields) == problem


@given(st.lists(st.sampled_from([*FIELDS, "full_name", "alias", "", "+", "aside"]), max_size=12))
def test_what_passes_can_be_read(fields: list[str]) -> None:
    code, column = columns_problem(fields)
    once = [field for field in fields if field not in MANY]
    if code:
        assert column is None or fields[column] not in MANY
    else:
        assert len(once) == len(set(once))
        assert "noticed_on" in once
        assert NAMES & set(once)


# --- in the browser -------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_strange_headings_in_another_order_are_asked_for_and_go_in(signed_in: Browser) -> None:
    register = bring(signed_in, STRANGE.read_bytes(), "บ้านริมน้ำ.csv")
    assert register.state == "columns"
    assert not register.rows.exists()
    page = signed_in.get(page_of(register), follow=True)
    shown = words(page)
    for heading in ("เจอที่ไหน", "มาเมื่อ", "เรียกว่าอะไร", "อาชีพเดิม"):
        assert heading in shown
    assert [q.get_text() for q in parse(page).select(".rows.columns li:first-child q")] == [
        "ใต้สะพานพุทธ",
        "ท่ารถ บขส.",
        "ศาลาวัดกลาง",
    ]
    assert "1-9999-00000-01-3" not in page.content.decode(), "numbers are masked"
    assert "081-999-0001" not in page.content.decode()

    assert choose(signed_in, register, CHOSEN).status_code == 302
    assert register.state == "preview"
    kinds = list(register.rows.order_by("row").values_list("kind", flat=True))
    assert kinds == ["new", "new", "new", "error"]
    confirm(signed_in, register)
    first, second, third = Client.objects.order_by("pk")
    assert (first.title, first.first_name, first.last_name) == ("นาย", "สมหวัง", "ใจดี")
    assert (first.found_place, first.phone, first.pin) == ("ใต้สะพานพุทธ", "0819990001", "1999900000013")
    assert first.remark == "อาชีพเดิม: รับจ้างทั่วไป"
    assert (second.first_name, second.id_status) == ("ป้าจันทร์", "unknown")
    assert (third.remark, third.born_precision) == ("", "month")


@pytest.mark.django_db
def test_the_centre_is_not_asked_again_for_these_headings_in_any_order(
    signed_in: Browser, worker: User, tmp_path: Path
) -> None:
    choose(signed_in, bring(signed_in, STRANGE.read_bytes()), CHOSEN)
    kept = RegisterColumns.objects.get()
    assert (kept.centre.code, kept.chosen_by) == ("30", worker)
    lines = [line.split(";") for line in STRANGE.read_text().splitlines()[2:-1]]
    turned = "\n".join(",".join(reversed(line)) for line in lines).encode()
    again = bring(signed_in, turned)
    assert again.state == "preview"
    assert list(again.rows.order_by("row").values_list("kind", flat=True)) == ["new", "new", "new", "error"]
    path = tmp_path / "r.csv"
    path.write_bytes(STRANGE.read_bytes())
    assert command(path, worker, "--dry-run")["new"] == 3


@pytest.mark.django_db
def test_what_one_centre_chose_is_not_how_another_reads(signed_in: Browser, tmp_path: Path) -> None:
    choose(signed_in, bring(signed_in, STRANGE.read_bytes()), CHOSEN)
    other = Browser()
    other.force_login(make.user(at="50"))
    assert bring(other, STRANGE.read_bytes()).state == "columns"
    path = tmp_path / "r.csv"
    path.write_bytes(STRANGE.read_bytes())
    with pytest.raises(CommandError):
        command(path, make.user(at="50"), centre="50")


@pytest.mark.django_db
def test_a_known_register_with_one_strange_column_is_asked_about_and_loses_nothing(
    signed_in: Browser,
) -> None:
    content = workbook([*row(), "ช่างไม้"], headings=[*HEADINGS, "อาชีพ"])
    register = bring(signed_in, content)
    assert register.state == "columns"
    page = signed_in.get(address(register))
    assert "1 คอลัมน์" in words(page)
    chosen = [box.select_one("option[selected]")["value"] for box in parse(page).select("select")]
    assert chosen == [*FIELDS, ""]
    choose(signed_in, register, [*FIELDS, "aside"])
    assert register.state == "preview"
    confirm(signed_in, register)
    assert Client.objects.get().remark.endswith("อาชีพ: ช่างไม้")
    unread = bring(signed_in, content)
    assert unread.state == "preview", "it was settled"


@pytest.mark.django_db
def test_a_column_left_unread_on_purpose_is_not_asked_about_again(signed_in: Browser) -> None:
    content = workbook([*row(), "ช่างไม้"], headings=[*HEADINGS, "อาชีพ"])
    choose(signed_in, bring(signed_in, content), [*FIELDS, ""])
    assert bring(signed_in, content).state == "preview"


@pytest.mark.django_db
def test_one_heading_over_three_columns_is_offered_as_it_is_understood(signed_in: Browser) -> None:
    headings = ["วันที่รับแจ้ง", "ชื่อ-สกุล", "", "", "พบที่", "ของฝาก"]
    content = text(["3/11/2569", "นาย", "สมหวัง", "ใจดี", "ท่าน้ำ", "ผ้าห่ม"], headings=headings, delimiter=";")
    register = bring(signed_in, content)
    page = signed_in.get(address(register))
    chosen = [box.select_one("option[selected]")["value"] for box in parse(page).select("select")]
    assert chosen == ["noticed_on", "full_name", "+", "+", "found_place", ""]
    assert "C" in parse(page).select("label")[-4].get_text()
    choose(signed_in, register, chosen)
    confirm(signed_in, register)
    assert Client.objects.get().first_name == "สมหวัง"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({3: "phone"}, "โทรศัพท์"),
        ({2: ""}, "ยังไม่มีคอลัมน์ใดบอกว่าเป็นใคร"),
        ({1: "aside"}, "ยังไม่มีคอลัมน์ใดบอกวันที่รับแจ้ง"),
        ({3: "first_name"}, "ขัดกัน"),
    ],
)
def test_what_cannot_be_read_so_is_refused_and_the_choice_stays(
    signed_in: Browser, change: dict[int, str], sentence: str
) -> None:
    register = bring(signed_in, STRANGE.read_bytes())
    wrong = [change.get(place, field) for place, field in enumerate(CHOSEN)]
    answer = choose(signed_in, register, wrong)
    assert answer.status_code == 422
    assert sentence in words(answer)
    kept = [box.select_one("option[selected]")["value"] for box in parse(answer).select("select")]
    assert kept == wrong
    assert register.state == "columns"
    assert not RegisterColumns.objects.exists()


@pytest.mark.django_db
def test_who_wants_to_is_asked_although_every_heading_is_known(signed_in: Browser) -> None:
    page = signed_in.get(reverse("casework:import_new"))
    content = SimpleUploadedFile("r.xlsx", workbook(row()))
    signed_in.submit(page, {"file": content, "ask_columns": "on"})
    due.work(actions.READ)
    register = RegisterImport.objects.get()
    assert register.state == "columns"
    other = ["nickname" if field == "first_name" else field for field in FIELDS]
    other = ["" if field == "nickname" and place == 4 else field for place, field in enumerate(other)]
    choose(signed_in, register, other)
    confirm(signed_in, register)
    assert Client.objects.get().nickname == "ดำรง"


@pytest.mark.django_db
def test_columns_are_named_anew_while_nobody_is_registered(signed_in: Browser) -> None:
    register = bring(signed_in, workbook(row(), row()))
    assert register.state == "preview"
    assert address(register) in signed_in.get(page_of(register)).content.decode()
    choose(signed_in, register, ["" if field == "pin" else field for field in FIELDS])
    assert register.state == "preview"
    assert not decode(register.outline).choice["เลขประจำตัวประชาชน"]
    confirm(signed_in, register)
    assert Client.objects.get().pin == ""
    over = signed_in.get(address(register), follow=True)
    assert "ตั้งชื่อคอลัมน์" not in words(over) or "ส่งไฟล์อีกครั้ง" in words(over)
    with pytest.raises(DomainError) as refused:
        actions.choose_columns(actor=make.actor(), register_id=register.pk, fields=list(FIELDS))
    assert refused.value.code == "columns_over"


@pytest.mark.django_db
def test_a_choice_for_other_columns_or_while_it_is_read_is_refused(signed_in: Browser) -> None:
    register = bring(signed_in, STRANGE.read_bytes())
    for fields in (CHOSEN[:-1], [*CHOSEN[:-1], "pk"]):
        with pytest.raises(DomainError) as refused:
            actions.choose_columns(actor=make.actor(), register_id=register.pk, fields=fields)
        assert refused.value.code == "columns_changed"
    actions.choose_columns(actor=make.actor(), register_id=register.pk, fields=CHOSEN)
    with pytest.raises(DomainError) as refused:
        actions.choose_columns(actor=make.actor(), register_id=register.pk, fields=CHOSEN)
    assert refused.value.code == "register_busy"
    with pytest.raises(NotVisible):
        actions.choose_columns(actor=make.actor(at="50"), register_id=register.pk, fields=CHOSEN)
    assert WriteEntry.objects.filter(verb="register.columns_chosen").count() == 1


@pytest.mark.django_db
def test_a_register_that_waits_stands_on_the_day_of_whoever_brought_it(signed_in: Browser) -> None:
    bring(signed_in, STRANGE.read_bytes(), "รอก่อน.csv")
    confirm(signed_in, bring(signed_in, workbook(row()), "เสร็จแล้ว.xlsx"))
    today = signed_in.get(reverse("casework:today"))
    link = f"{reverse('casework:imports')}?show=waiting"
    assert link in today.content.decode()
    listed = words(signed_in.get(link))
    assert "รอก่อน.csv" in listed
    assert "เสร็จแล้ว.xlsx" not in listed
    colleague = Browser()
    colleague.force_login(make.user())
    assert link not in colleague.get(reverse("casework:today")).content.decode()


@pytest.mark.django_db
def test_no_register_at_all_is_still_refused(signed_in: Browser) -> None:
    register = bring(signed_in, "บันทึก\nวันนี้ฝนตก\n".encode(), "บันทึก.csv")
    assert (register.state, register.error_code) == ("failed", "wrong_columns")
    assert not default_storage.exists(register.stored_as)


@pytest.mark.django_db
def test_samples_are_not_readable_in_the_database(signed_in: Browser) -> None:
    register = bring(signed_in, STRANGE.read_bytes())
    raw = RegisterImport.objects.extra(select={"raw": "outline"}).values_list("raw", flat=True)[0]
    assert "สมหวัง".encode() not in bytes(raw)
    assert "สมหวัง" in register.outline


def test_every_field_that_is_read_can_be_chosen() -> None:
    assert set(FIELDS) | {"full_name", "alias", "descriptor"} == set(said.COLUMNS) - {"", "+", "aside"}
