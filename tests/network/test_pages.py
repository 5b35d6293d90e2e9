"""The network's pages as people use them."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import User
from common import clock
from network.models import Contribution, ContributionSheet, Partner, UnitValue
from tests.network.test_import import row, workbook
from tests.support import factories as make
from tests.support import partners
from tests.support.client import Client, parse

pytestmark = pytest.mark.django_db
TODAY = clock.today().isoformat()


@pytest.fixture
def temple() -> Partner:
    return partners.partner(name="วัดโนนแดง")


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def abbot(temple: Partner) -> Client:
    return browser(partners.member(temple))


@pytest.fixture
def worker() -> Client:
    return browser(make.user())


def text(page: Any) -> str:
    return " ".join(parse(page).get_text(" ").split())


def log(client: Client, **more: str) -> Any:
    page = client.get(reverse("network:home"))
    given = {"what": "ข้าวสาร", "quantity": "12.5", "unit": "kg", **more}
    return client.submit(page, given, form="main form")


# --- a partner at home


def test_a_partners_day_begins_with_writing_down(abbot: Client, temple: Partner) -> None:
    assert abbot.get("/").headers["Location"] == reverse("network:home")
    answer = log(abbot)
    assert answer.status_code == 302
    given = temple.contributions.get()
    assert (given.quantity, given.unit, given.given_on, given.state) == (
        1250,
        "kg",
        clock.today(),
        "received",
    )
    page = text(abbot.get(answer.headers["Location"]))
    assert "ขอบคุณ บันทึกแล้ว" in page
    assert "ข้าวสาร 12.5 กก." in page
    assert "ได้รับแล้ว" in page


def test_sent_twice_it_is_written_once(abbot: Client, temple: Partner) -> None:
    page = abbot.get(reverse("network:home"))
    given = {"what": "ข้าวสาร", "quantity": "1", "unit": "kg"}
    assert abbot.submit(page, given, form="main form").status_code == 302
    assert abbot.submit(page, given, form="main form").status_code == 302
    assert temple.contributions.count() == 1
    assert abbot.submit(page, {**given, "quantity": "2"}, form="main form").status_code == 422
    assert temple.contributions.count() == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"quantity": "-3"}, "มากกว่าศูนย์"),
        ({"quantity": "25", "unit": "hour"}, "24 ชั่วโมง"),
        ({"quantity": "1.005"}, "ทศนิยมไม่เกินสองตำแหน่ง"),
        ({"quantity": "สาม"}, "ตัวเลข"),
        ({"given_on": "1/1/2700"}, "วันที่"),
        ({"given_on": (clock.today() + timedelta(days=1)).isoformat()}, "ยังมาไม่ถึง"),
        ({"what": "ก" * 5000}, "สิ่งที่สมทบ"),
        ({"what": ""}, "สิ่งที่สมทบ"),
        ({"unit": "bucket"}, "หน่วย"),
        ({"people": "0"}, "กี่คน"),
    ],
)
def test_what_cannot_be_comes_back_as_the_form(
    abbot: Client, temple: Partner, more: dict[str, str], said: str
) -> None:
    answer = log(abbot, **more)
    assert answer.status_code == 422
    assert said in parse(answer).select_one("[role=alert]").get_text()
    assert not temple.contributions.exists()
    assert "ข้าวสาร" in answer.content.decode() or "what" in more


def test_script_is_shown_as_text(abbot: Client, worker: Client, temple: Partner) -> None:
    log(abbot, what="<script>alert(1)</script>", giver="<b>x</b>", area="{{ 7*7 }}")
    given = temple.contributions.get()
    for client in (abbot, worker):
        for address in (
            reverse("network:contribution", args=[given.uid]),
            reverse("network:contributions"),
            reverse("network:partner", args=[temple.uid]),
        ):
            page = client.get(address)
            assert "<script>alert" not in page.content.decode()
            assert "&lt;script&gt;alert(1)" in page.content.decode()


def test_who_belongs_to_no_partner_is_told_whom_to_ask() -> None:
    page = browser(make.user("partner")).get(reverse("network:home"))
    assert "คุณยังไม่ได้อยู่กับภาคีใด" in text(page)


def test_the_own_list_has_pages_and_nothing_of_others(abbot: Client, temple: Partner) -> None:
    for number in range(30):
        partners.contribution(temple, what=f"รายการที่ {number}")
    partners.contribution(partners.partner(), what="ของคนอื่น")
    first, second = (text(abbot.get(reverse("network:contributions") + query)) for query in ("", "?page=2"))
    found = re.findall(r"รายการที่ (\d+)", first + second)
    assert sorted(map(int, found)) == list(range(30))
    assert "ของคนอื่น" not in first + second


# --- from a promise to a confirmation


def test_a_promise_comes_is_confirmed_and_corrected(abbot: Client, worker: Client, temple: Partner) -> None:
    log(abbot, pledged="on")
    given = temple.contributions.get()
    address = reverse("network:contribution", args=[given.uid])
    page = abbot.get(address)
    assert "รับปากไว้" in text(page)
    assert abbot.submit(abbot.get(reverse("network:receive", args=[given.uid])), {}, form="main form")
    assert "ข้าวสาร" in text(worker.get(reverse("network:to_confirm")))

    asked = worker.get(reverse("network:confirm", args=[given.uid]))
    assert "ได้รับสิ่งนี้จริงหรือไม่" in text(asked)
    done = worker.submit(asked, {}, form="main form")
    assert "ไม่มีรายการรอ" in text(worker.get(done.headers["Location"]))

    form = abbot.get(reverse("network:correct", args=[given.uid]))
    corrected = abbot.submit(form, {"quantity": "10", "reason": "จดผิด"}, form="main form")
    page = abbot.get(corrected.headers["Location"])
    assert "แก้ไขเป็น: ข้าวสาร 10 กก." in text(page)
    assert "จดผิด" in text(page)
    assert "รายการนี้ถูกแก้ไขแล้ว" in text(abbot.get(address))
    assert reverse("network:correct", args=[given.uid]) not in abbot.get(address).content.decode()
    assert "ข้าวสาร 10 กก." in text(worker.get(reverse("network:to_confirm")))


def test_who_wrote_it_down_gets_no_button_and_a_reason(worker: Client, temple: Partner) -> None:
    form = worker.get(reverse("network:log", args=[temple.uid]))
    worker.submit(form, {"what": "ข้าว", "quantity": "1", "unit": "kg"}, form="main form")
    given = temple.contributions.get()
    page = worker.get(reverse("network:contribution", args=[given.uid]))
    assert "เพื่อนร่วมงานจะเป็นผู้ยืนยัน" in text(page)
    address = reverse("network:confirm", args=[given.uid])
    assert address not in page.content.decode()
    assert address not in worker.get(reverse("network:to_confirm")).content.decode()
    assert worker.get(address).status_code in {409, 422}
    assert worker.post(address, {"sure": "yes"}).status_code == 422
    given.refresh_from_db()
    assert given.state == "received"


def test_what_never_came_counts_nowhere(abbot: Client, worker: Client, temple: Partner) -> None:
    log(abbot)
    given = temple.contributions.get()
    form = abbot.get(reverse("network:void", args=[given.uid]))
    assert abbot.submit(form, {"reason": ""}, form="main form").status_code == 422
    done = abbot.submit(form, {"reason": "ยกเลิก"}, form="main form")
    assert "ไม่ได้รับจริง" in text(abbot.get(done.headers["Location"]))
    assert "ไม่มีรายการรอ" in text(worker.get(reverse("network:to_confirm")))


# --- partners


def test_partners_are_found_by_words_and_kind(worker: Client, temple: Partner) -> None:
    partners.partner(name="ร้านป้าแดง", kind="business")
    partners.partner("50", name="วัดไกล")
    page = text(worker.get(reverse("network:partners")))
    assert "วัดโนนแดง" in page
    assert "ร้านป้าแดง" in page
    assert "วัดไกล" not in page
    found = text(worker.get(reverse("network:partners"), query_params={"q": "โนนเเดง"}))
    assert "วัดโนนแดง" in found
    assert "ร้านป้าแดง" not in found
    kind = text(worker.get(reverse("network:partners"), query_params={"kind": "business"}))
    assert "วัดโนนแดง" not in kind
    assert "ไม่พบภาคี" in text(worker.get(reverse("network:partners"), query_params={"q": "<script>"}))


def test_a_partner_is_added_and_changed(worker: Client) -> None:
    form = worker.get(reverse("network:partner_add"))
    given = {"name": "วัดใหม่", "code": "wat-mai", "kind": "temple", "phone": "081 234 5678"}
    done = worker.submit(form, given, form="main form")
    assert done.status_code == 302
    assert "081" in text(worker.get(done.headers["Location"]))
    made = Partner.objects.get(code="WAT-MAI")
    form = worker.get(reverse("network:partner_edit", args=[made.uid]))
    assert worker.submit(form, {"name": "วัดเก่า", "phone": "12"}, form="main form").status_code == 422
    worker.submit(form, {"name": "วัดเก่า"}, form="main form")
    made.refresh_from_db()
    assert made.name == "วัดเก่า"


def test_a_partners_page_shows_giving_and_says_when_there_is_none(worker: Client, temple: Partner) -> None:
    page = text(worker.get(reverse("network:partner", args=[temple.uid])))
    assert "ยังไม่มีการบันทึก" in page
    partners.contribution(temple, unit="baht", quantity=123400, what="เงินสด")
    partners.contribution(temple, what="ช่วยงาน")
    page = text(worker.get(reverse("network:partner", args=[temple.uid])))
    assert "การสมทบ 2 รายการ มูลค่ารวม 1,234.00 บาท" in page
    assert "1,234" in page
    assert "123,400" not in page


def test_leads_let_people_sign_in_and_take_them_away(temple: Partner) -> None:
    lead, user = browser(make.user("supervisor")), make.user("volunteer")
    form = lead.get(reverse("network:member_add", args=[temple.uid]))
    assert lead.submit(form, {"email": "no@test.example"}, form="main form").status_code == 422
    done = lead.submit(form, {"email": user.email}, form="main form")
    assert user.name in text(lead.get(done.headers["Location"]))
    member = temple.members.get()
    form = lead.get(reverse("network:member_end", args=[temple.uid, member.pk]))
    done = lead.submit(form, {}, form="main form")
    assert user.email not in text(lead.get(done.headers["Location"]))


def test_the_book_says_what_holds_and_where_it_comes_from(worker: Client, temple: Partner) -> None:
    keeper = browser(make.user("department_analyst"))
    assert "บัญชียังว่าง" in text(worker.get(reverse("network:values")))
    form = keeper.get(reverse("network:value_add"))
    given = {"unit": "kg", "satang": "30.50", "source": "ราคาตลาด"}
    assert keeper.submit(form, {**given, "satang": "x"}, form="main form").status_code == 422
    assert keeper.submit(form, {**given, "satang": "1.005"}, form="main form").status_code == 422
    assert keeper.submit(form, given, form="main form").status_code == 302
    assert UnitValue.objects.get().satang == 3050
    assert "30.50" in text(worker.get(reverse("network:values")))
    form = worker.get(reverse("network:log", args=[temple.uid]))
    worker.submit(form, {"what": "ข้าว", "quantity": "2", "unit": "kg"}, form="main form")
    given = temple.contributions.get()
    page = text(worker.get(reverse("network:contribution", args=[given.uid])))
    assert "61.00 บาท" in page
    assert "ราคาตลาด" in page


# --- sheets in the browser


def bring(client: Client, temple: Partner, content: bytes, name: str = "ต.ค..xlsx") -> Any:
    page = client.get(reverse("network:sheet_new", args=[temple.uid]))
    key = parse(page).select_one("main form [name=submission]")["value"]
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("network:sheet_new", args=[temple.uid]), {"file": file, "submission": key})


@pytest.fixture
def november(time_machine: Any) -> None:
    time_machine.move_to("2026-11-22 03:00:00+00:00", tick=False)


@pytest.mark.usefixtures("november")
def test_a_sheet_is_looked_at_then_written(temple: Partner) -> None:
    abbot = browser(partners.member(temple))
    content = workbook(row(), row(), row(quantity=-1), row(what="<script>"))
    preview = bring(abbot, temple, content).headers["Location"]
    page = text(abbot.get(preview))
    assert "มากกว่าศูนย์" in page
    assert "6/10/2569 · ตัดผม · -1 · คน" in page, "so that the row is found in the file"
    assert not temple.contributions.exists()
    assert "แถว 2" in text(abbot.get(preview, query_params={"show": "doubled"}))
    new = abbot.get(preview, query_params={"show": "new"})
    assert "<script>" not in parse(new).select_one("main ul.rows").decode()
    sheet = ContributionSheet.objects.get()
    form = abbot.get(reverse("network:sheet_write", args=[sheet.uid]))
    assert "บันทึกการสมทบ 2 รายการหรือไม่" in text(form)
    done = abbot.submit(form, {}, form="main form")
    assert temple.contributions.count() == 2
    assert "บันทึกการสมทบจากไฟล์นี้แล้ว 2 รายการ" in text(abbot.get(done.headers["Location"]))
    assert abbot.submit(form, {}, form="main form").status_code == 302, "sent twice it is written once"
    assert temple.contributions.count() == 2


@pytest.mark.usefixtures("november")
def test_rows_that_are_there_already_are_written_only_when_somebody_says_so(temple: Partner) -> None:
    abbot = browser(partners.member(temple))
    bring(abbot, temple, workbook(row(), row()))
    sheet = ContributionSheet.objects.get()
    form = abbot.get(reverse("network:sheet_write", args=[sheet.uid]))
    abbot.submit(form, {"with_doubled": "on"}, form="main form")
    assert temple.contributions.count() == 2


@pytest.mark.usefixtures("november")
def test_what_came_in_between_is_looked_at_again(temple: Partner) -> None:
    abbot = browser(partners.member(temple))
    bring(abbot, temple, workbook(row()))
    bring(abbot, temple, workbook(row()))
    second, first = ContributionSheet.objects.all()
    forms = [abbot.get(reverse("network:sheet_write", args=[sheet.uid])) for sheet in (first, second)]
    abbot.submit(forms[0], {}, form="main form")
    answer = abbot.submit(forms[1], {}, form="main form")
    assert answer.status_code == 422
    assert "มีการบันทึกเพิ่มระหว่างนี้" in text(answer)
    assert temple.contributions.count() == 1


@pytest.mark.usefixtures("november")
def test_a_sheet_may_be_dropped(temple: Partner) -> None:
    abbot = browser(partners.member(temple))
    preview = bring(abbot, temple, workbook(row())).headers["Location"]
    sheet = ContributionSheet.objects.get()
    form = abbot.get(reverse("network:sheet_drop", args=[sheet.uid]))
    abbot.submit(form, {}, form="main form")
    assert "ยกเลิก" in text(abbot.get(preview))
    assert not temple.contributions.exists()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 nothing", b"PK\x03\x04broken"])
def test_a_file_that_is_no_sheet_comes_back_as_the_form(
    abbot: Client, temple: Partner, content: bytes
) -> None:
    assert bring(abbot, temple, content).status_code == 422
    assert not ContributionSheet.objects.exists()


def test_a_file_of_fifty_megabytes_is_refused(abbot: Client, temple: Partner) -> None:
    answer = bring(abbot, temple, b"\0" * (50 << 20))
    assert answer.status_code in {413, 422}
    assert not ContributionSheet.objects.exists()


# --- how much is asked of the database


def test_lists_ask_the_database_as_often_for_many_as_for_few(
    worker: Client, temple: Partner, django_assert_max_num_queries: Any
) -> None:
    for number in range(25):
        partners.contribution(temple if number % 2 else partners.partner(), what=f"ข้าว {number}")
    for address in (
        reverse("network:contributions"),
        reverse("network:to_confirm"),
        reverse("network:partners"),
        reverse("network:partner", args=[temple.uid]),
    ):
        with django_assert_max_num_queries(16):
            worker.get(address)
    assert Contribution.objects.count() == 25
