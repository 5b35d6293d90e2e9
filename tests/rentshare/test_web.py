"""Tenancies, payments and receipts as pages: what a finance officer and a social worker see and do."""

import re
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from audit.models import ReadEntry
from common.thai.periods import Month
from rentshare.models import Posting, Receipt, Tenancy
from rentshare.models.tenancy import Tenancy as TenancyModel
from rentshare.reading import owed_by
from tests.support import factories as make
from tests.support import rent
from tests.support.client import Client, parse

pytestmark = pytest.mark.django_db
TODAY = "10/11/2569"


def at(name: str, of: Any, *more: Any) -> str:
    return reverse(f"rentshare:{name}", args=[of.uid, *more])


def text(response: Any) -> str:
    return " ".join(parse(response).select_one("main").get_text(" ").split())


@pytest.fixture
def tenancy() -> Tenancy:
    """Two months charged with 1,250 baht each for the tenant, nothing paid."""
    made = rent.tenancy(date(2026, 10, 1))
    for month in (Month(2026, 10), Month(2026, 11)):
        rent.run(month)
    return made


@pytest.fixture
def finance(client: Client) -> Client:
    client.force_login(make.user("finance_officer", name="การเงิน ใจดี"))
    return client


@pytest.fixture
def worker() -> Client:
    desk = Client()
    desk.force_login(make.user("social_worker"))
    return desk


def pay(desk: Client, tenancy: Tenancy, amount: str, method: str = "cash") -> Any:
    """Both steps; returns the answer of the second."""
    page = desk.get(at("payment", tenancy))
    asked = desk.submit(page, {"amount": amount, "received_on": TODAY, "method": method})
    assert asked.status_code == 200, text(asked)
    return desk.submit(asked, form="#confirm", button="[name=confirmed]")


def pdf_text(content: bytes, folder: Path) -> str:
    (folder / "paper.pdf").write_bytes(content)
    done = subprocess.run(
        ["pdftotext", "-layout", str(folder / "paper.pdf"), "-"], capture_output=True, check=True
    )
    return done.stdout.decode()


# --- the list and the page ---------------------------------------------------------------------------------


def test_the_list_shows_who_owes_what(finance: Client, tenancy: Tenancy) -> None:
    page = finance.get(reverse("rentshare:tenancies"), {"show": "arrears"})
    assert tenancy.client.display_name in text(page)
    assert "2,500.00" in text(page)
    pay(finance, tenancy, "2500")
    assert tenancy.client.display_name not in text(
        finance.get(reverse("rentshare:tenancies"), {"show": "arrears"})
    )


def test_names_that_are_shown_are_noted_as_read(finance: Client, tenancy: Tenancy) -> None:
    finance.get(reverse("rentshare:tenancies"))
    finance.get(at("tenancy", tenancy))
    read = ReadEntry.objects.filter(subject=str(tenancy.client.uid)).values_list("what", flat=True)
    assert sorted(read) == ["list", "tenancy"]


def test_an_analyst_reads_figures_and_no_name(client: Client, tenancy: Tenancy) -> None:
    client.force_login(make.user("department_analyst"))
    for address in (reverse("rentshare:tenancies"), at("tenancy", tenancy), at("statement", tenancy)):
        page = client.get(address)
        assert tenancy.client.last_name not in page.content.decode()
        assert "1,250.00" in text(page) or "2,500.00" in text(page)
    assert not client.get(reverse("rentshare:tenancies"), {"q": tenancy.client.last_name}).context["rows"]
    assert not ReadEntry.objects.filter(subject=str(tenancy.client.uid)).exists()


def test_a_restricted_persons_name_is_not_for_finance(finance: Client, tenancy: Tenancy) -> None:
    type(tenancy.client).objects.filter(pk=tenancy.client_id).update(restricted=True)
    for address in (reverse("rentshare:tenancies"), at("tenancy", tenancy), at("statement", tenancy)):
        page = finance.get(address).content.decode()
        assert tenancy.client.last_name not in page
        assert tenancy.client.code in page


def test_the_page_says_who_pays_what_this_month(worker: Client, tenancy: Tenancy) -> None:
    page = parse(worker.get(at("tenancy", tenancy)))
    cells = [row.get_text(" ", strip=True) for row in page.select("figure table tbody tr")]
    assert cells == ["ผู้เช่าจ่าย 1,250", "โครงการจ่าย 1,250", "เจ้าของห้องได้รับ 2,500"]


def test_a_surplus_is_shown_with_its_fund(worker: Client) -> None:
    made = rent.tenancy(date(2026, 11, 1), scheme=rent.scheme(rent.PILOT))
    page = parse(worker.get(at("tenancy", made)))
    cells = [row.get_text(" ", strip=True) for row in page.select("figure table tbody tr")]
    assert cells[-1] == "กองทุนออมทรัพย์ได้รับ 500"


def test_lists_are_paged_and_ask_a_fixed_number_of_questions(
    finance: Client, django_assert_max_num_queries: Any
) -> None:
    for _number in range(31):
        rent.tenancy(date(2026, 11, 1))
    with django_assert_max_num_queries(40):
        page = finance.get(reverse("rentshare:tenancies"))
    assert len(page.context["rows"]) == 30
    assert len(finance.get(reverse("rentshare:tenancies"), {"page": "2"}).context["rows"]) == 1


def test_the_file_has_a_rent_tab(worker: Client, tenancy: Tenancy) -> None:
    page = worker.get(reverse("casework:client", args=[tenancy.client.uid]))
    address = reverse("rentshare:client_tab", args=[tenancy.client.uid])
    assert parse(page).select_one(f'nav.tabs a[href="{address}"]')
    assert "2,500.00" in text(worker.get(address))


# --- payments ----------------------------------------------------------------------------------------------


def test_a_payment_is_shown_before_it_is_taken(finance: Client, tenancy: Tenancy) -> None:
    page = finance.get(at("payment", tenancy))
    asked = finance.submit(page, {"amount": "1,500.50", "received_on": TODAY, "method": "transfer"})
    assert not Receipt.objects.exists()
    said = text(asked)
    assert "หนึ่งพันห้าร้อยบาทห้าสิบสตางค์" in said
    assert "ตุลาคม 2569 1,250.00 บาท พฤศจิกายน 2569 250.50 บาท" in said
    assert "999.50" in said  # owed afterwards
    done = finance.submit(asked, form="#confirm", button="[name=confirmed]")
    receipt = Receipt.objects.get()
    assert done["Location"] == at("receipt", receipt)
    assert (receipt.amount, receipt.method, receipt.received_on) == (150_050, "transfer", date(2026, 11, 10))


def test_pressed_twice_there_is_one_receipt(finance: Client, tenancy: Tenancy) -> None:
    page = finance.get(at("payment", tenancy))
    asked = finance.submit(page, {"amount": "500", "received_on": TODAY, "method": "cash"})
    first = finance.submit(asked, form="#confirm", button="[name=confirmed]")
    second = finance.submit(asked, form="#confirm", button="[name=confirmed]")
    assert first["Location"] == second["Location"]
    assert Receipt.objects.count() == Posting.objects.filter(kind="payment").count() == 1


def test_more_than_is_owed_is_a_credit_and_said_before_and_after(finance: Client, tenancy: Tenancy) -> None:
    page = finance.get(at("payment", tenancy))
    asked = finance.submit(page, {"amount": "3000", "received_on": TODAY, "method": "cash"})
    assert "เกินยอดค้างอยู่ 500.00 บาท" in text(asked)
    done = finance.submit(asked, form="#confirm", button="[name=confirmed]")
    assert "เกินยอดค้างอยู่ 500.00 บาท" in text(finance.get(done["Location"]))
    assert owed_by([tenancy])[tenancy.pk].credit == 50_000
    assert "จ่ายล่วงหน้า" in text(finance.get(at("tenancy", tenancy)))


def test_going_back_to_change_keeps_what_was_typed(finance: Client, tenancy: Tenancy) -> None:
    page = finance.get(at("payment", tenancy))
    asked = finance.submit(page, {"amount": "700", "received_on": TODAY, "method": "transfer"})
    again = finance.submit(asked, form="#confirm", button="[name=change]")
    assert again.status_code == 200
    assert parse(again).select_one("[name=amount]")["value"] == "700"
    assert not Receipt.objects.exists()


@pytest.mark.parametrize(
    ("amount", "day", "why"),
    [
        ("1.234", TODAY, "ทศนิยม"),
        ("-5", TODAY, "มากกว่า"),
        ("สอง", TODAY, "1,250.50"),
        ("100", "11/11/2569", "วันนี้ยังมาไม่ถึง"),
    ],
)
def test_what_cannot_be_taken_is_said_at_once(
    finance: Client, tenancy: Tenancy, amount: str, day: str, why: str
) -> None:
    page = finance.get(at("payment", tenancy))
    refused = finance.submit(page, {"amount": amount, "received_on": day, "method": "cash"})
    assert refused.status_code == 422
    assert why in text(refused)
    assert not Receipt.objects.exists()


# --- receipts ----------------------------------------------------------------------------------------------


def test_the_printed_receipt_says_what_the_screen_says(
    finance: Client, tenancy: Tenancy, tmp_path: Path
) -> None:
    pay(finance, tenancy, "1500.50")
    receipt = Receipt.objects.get()
    paper = pdf_text(finance.get(at("receipt_pdf", receipt)).content, tmp_path)
    flat = re.sub(r"\s+", "", paper)
    for words in (
        receipt.code,
        "1,500.50",
        "หนึ่งพันห้าร้อยบาทห้าสิบสตางค์",
        tenancy.client.last_name,
        "ตุลาคม2569",
        "250.50",
        receipt.centre.name_th,
        "การเงินใจดี",
    ):
        assert re.sub(r"\s+", "", words) in flat, paper
    assert "ยกเลิก" not in flat


def test_a_voided_receipt_keeps_its_number_and_says_so(
    finance: Client, tenancy: Tenancy, tmp_path: Path
) -> None:
    pay(finance, tenancy, "1000")
    receipt = Receipt.objects.get()
    page = finance.get(at("receipt_reverse", receipt))
    nothing = finance.submit(page, {"reason": " "})
    assert nothing.status_code == 422
    done = finance.submit(nothing, {"reason": "นับเงินผิด"})
    assert done["Location"] == at("receipt", receipt)
    assert "นับเงินผิด" in text(finance.get(at("receipt", receipt)))
    flat = re.sub(r"\s+", "", pdf_text(finance.get(at("receipt_pdf", receipt)).content, tmp_path))
    assert "ยกเลิก" in flat
    assert "นับเงินผิด" in flat
    assert receipt.code in flat
    assert owed_by([tenancy])[tenancy.pk].balance == 250_000
    pay(finance, tenancy, "1000")
    assert sorted(Receipt.objects.values_list("number", flat=True)) == [1, 2]


def test_what_a_receipt_pays_for_does_not_change_later(finance: Client, tenancy: Tenancy) -> None:
    pay(finance, tenancy, "3000")
    receipt = Receipt.objects.get()
    before = finance.get(at("receipt", receipt)).context["parts"]
    assert [part for _label, part in before] == [125_000, 125_000]
    pay(finance, tenancy, "10")
    assert finance.get(at("receipt", receipt)).context["parts"] == before


def test_a_month_is_taken_back_whole(finance: Client, tenancy: Tenancy) -> None:
    page = finance.get(at("rent_reverse", tenancy, "2026-11"))
    assert "1,250.00" in text(page)
    finance.submit(page, {"reason": "ห้องน้ำท่วม เข้าอยู่ไม่ได้"})
    assert owed_by([tenancy])[tenancy.pk].balance == 125_000
    assert "กลับรายการ" in text(finance.get(at("statement", tenancy)))
    assert finance.get(at("rent_reverse", tenancy, "2026-11")).status_code in {409, 422}


# --- signing and ending ------------------------------------------------------------------------------------


def test_a_tenancy_is_signed_after_the_split_was_seen(worker: Client) -> None:
    person = make.client()
    scheme, lease = rent.scheme(), rent.lease(rent.room(beds=2))
    first, second = lease.room.beds.all()
    page = worker.get(reverse("rentshare:sign", args=[person.uid]))
    typed = {"place": f"{lease.uid}/{first.uid}", "scheme": str(scheme.uid), "starts_on": "16/11/2569"}
    asked = worker.submit(page, typed)
    assert asked.status_code == 200, text(asked)
    assert not TenancyModel.objects.exists()
    tables = parse(asked).select("figure table")
    assert [cell.get_text() for cell in tables[1].select("td")] == ["625", "625", "1,250"]
    assert "312.50" in tables[0].get_text()  # fifteen of thirty days
    done = worker.submit(asked, form="#confirm", button="[name=confirmed]")
    signed = TenancyModel.objects.get()
    assert done["Location"] == at("tenancy", signed)
    assert (signed.bed, signed.rent, signed.client) == (first, 125_000, person)
    left = worker.get(reverse("rentshare:sign", args=[make.client().uid])).content.decode()
    assert f"{lease.uid}/{second.uid}" in left
    assert f"{lease.uid}/{first.uid}" not in left


def test_before_signing_a_step_down_is_seen_month_by_month(worker: Client) -> None:
    scheme = rent.scheme(steps=[(2, 3000)], support_months=2)
    lease, person = rent.lease(), make.client()
    typed = {
        "place": f"{lease.uid}/{lease.room.beds.get().uid}",
        "scheme": str(scheme.uid),
        "starts_on": "1/12/2569",
    }
    asked = worker.submit(worker.get(reverse("rentshare:sign", args=[person.uid])), typed)
    table = parse(asked).select("figure table")[-1]
    rows = [[cell.get_text() for cell in row.select("td")] for row in table.select("tbody tr")]
    assert (
        rows
        == [
            ["1,250", "1,250", "2,500"],
            ["1,750", "750", "2,500"],
            ["2,500", "0", "2,500"],
            ["2,500", "0", "2,500"],
            ["2,500", "0", "2,500"],
        ][: len(rows)]
    )
    assert len(rows) >= 4
    assert "เดือนต่อเดือน" in text(asked)
    worker.submit(asked, form="#confirm", button="[name=confirmed]")
    page = text(worker.get(at("tenancy", TenancyModel.objects.get())))
    assert "ตั้งแต่มกราคม 2570" in page
    assert "1,750.00" in page


def test_a_person_with_a_bed_is_refused_before_anything_is_signed(worker: Client, tenancy: Tenancy) -> None:
    scheme, lease = rent.scheme(), rent.lease()
    page = worker.get(reverse("rentshare:sign", args=[tenancy.client.uid]))
    typed = {
        "place": f"{lease.uid}/{lease.room.beds.get().uid}",
        "scheme": str(scheme.uid),
        "starts_on": TODAY,
    }
    refused = worker.submit(page, typed)
    assert refused.status_code == 422
    assert TenancyModel.objects.count() == 1


def test_without_a_free_bed_the_page_says_what_is_missing(worker: Client) -> None:
    rent.scheme()
    assert "ไม่มีเตียงว่าง" in text(worker.get(reverse("rentshare:sign", args=[make.client().uid])))


def test_a_tenancy_is_ended_with_a_reason(worker: Client, tenancy: Tenancy) -> None:
    page = worker.get(at("end", tenancy))
    assert worker.submit(page, {"ends_on": TODAY, "reason": ""}).status_code == 422
    done = worker.submit(page, {"ends_on": TODAY, "reason": "has_work"})
    assert done["Location"] == at("tenancy", tenancy)
    tenancy.refresh_from_db()
    assert tenancy.ends_on == date(2026, 11, 10)
    assert "สิ้นสุดการเช่า" not in text(worker.get(at("tenancy", tenancy)))


def test_programs_read_schemes_with_their_steps_and_money_as_text(worker: Client) -> None:
    scheme = rent.scheme(steps=[(4, 3000)], support_months=6, programme_cap=120_050)
    found = worker.get(f"/api/v1/rent-schemes/{scheme.uid}/").json()
    assert found["code"] == scheme.code
    (version,) = found["versions"]
    assert version["steps"] == [{"from_month": 4, "programme": "30.00"}]
    assert (version["participant"], version["programme_cap"], version["support_months"]) == (
        "50.00",
        "1200.50",
        6,
    )
    assert (version["deposit"], version["deposit_rule"], version["grace_days"]) == (None, "", None)
    ahead = worker.get(
        f"/api/v1/rent-schemes/{scheme.uid}/simulation/?rent=2500.50&starts_on=2026-12-01&months=7"
    ).json()
    assert [one["participant"] for one in ahead["months"]][2:5] == ["1300.00", "1750.35", "1750.35"]
    assert [one["programme"] for one in ahead["months"]][-1] == "0.00"
    for wrong in ("rent=-1&starts_on=2026-12-01", "rent=2500", "rent=1&starts_on=2026-12-01&months=99"):
        assert worker.get(f"/api/v1/rent-schemes/{scheme.uid}/simulation/?{wrong}").status_code in {400, 409}
    early = worker.get(f"/api/v1/rent-schemes/{scheme.uid}/simulation/?rent=2500&starts_on=2021-01-01")
    assert (early.status_code, early.json()["code"]) == (409, "scheme_not_begun")
