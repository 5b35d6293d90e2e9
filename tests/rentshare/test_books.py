"""Months, runs, the trial balance, closing and the finance officer's home, as pages."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from common import due
from common.models import DueWork
from common.thai.periods import Month
from rentshare import allocation
from rentshare.actions.payments import take_payment
from rentshare.models import Period, Posting, RentRun, Tenancy
from rentshare.reading import trial_balance
from rentshare.timing import RUN
from rentshare.web import runs
from tests.support import factories as make
from tests.support import rent
from tests.support.client import Client, parse
from tests.support.htmx import Page

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)


def text(response: Any) -> str:
    return " ".join(parse(response).select_one("main").get_text(" ").split())


def at(name: str, month: Month = NOVEMBER, code: str = make.OWN) -> str:
    return reverse(f"rentshare:{name}", args=[code, str(month)])


@pytest.fixture
def tenancy() -> Tenancy:
    """Somebody in a room since October; nothing is charged yet."""
    return rent.tenancy(date(2026, 10, 1))


@pytest.fixture
def finance(client: Client) -> Client:
    client.force_login(make.user("finance_officer"))
    return client


# --- running -----------------------------------------------------------------------------------------------


def test_a_month_is_charged_once_however_often_it_is_run(finance: Client, tenancy: Tenancy) -> None:
    page = finance.get(at("charge"))
    assert "1 ราย" in text(page)
    done = finance.submit(page)
    assert done["Location"] == at("run")
    assert "ตั้งค่าเช่าแล้ว 1 ราย" in text(finance.get(at("run")))
    rows = Posting.objects.count()
    finance.submit(finance.get(at("charge")))
    assert Posting.objects.count() == rows
    assert "ไม่มีอะไรเปลี่ยน" in text(finance.get(at("run")))
    assert "1,250.00 บาท" in text(finance.get(reverse("rentshare:runs")))


def test_a_month_to_come_is_refused_in_words(finance: Client, tenancy: Tenancy) -> None:
    assert "ยังไม่ถึง" in text(finance.get(at("run", Month(2026, 12))))
    refused = finance.submit(finance.get(at("charge", Month(2026, 12))))
    assert refused.status_code == 422
    assert "ธันวาคม 2569" in text(refused)
    assert not RentRun.objects.exists()


@pytest.mark.parametrize("month", ["2026-13", "2569-11", "november"])
def test_a_month_that_is_none_is_not_there(finance: Client, month: str) -> None:
    assert finance.get(reverse("rentshare:run", args=[make.OWN, month])).status_code == 404


def test_many_are_charged_in_the_background_with_their_progress(
    finance: Client, tenancy: Tenancy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "AT_ONCE", 0)
    finance.submit(finance.get(at("charge")))
    assert not RentRun.objects.exists()
    page = Page(finance, at("run"))
    assert page.one("#progress")["hx-get"] == at("run")
    page.trigger("#progress")
    page.assert_like_fresh("#progress")
    assert due.work(RUN) == 1
    page.trigger("#progress")
    page.assert_like_fresh("#progress")
    assert "hx-get" not in page.one("#progress").attrs
    assert RentRun.objects.get().tenancies == 1


def test_what_could_not_be_charged_in_the_background_is_said(
    finance: Client, tenancy: Tenancy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "AT_ONCE", 0)
    finance.submit(finance.get(at("charge")))
    DueWork.objects.filter(kind=RUN).update(state="failed")
    assert "ทำไม่สำเร็จ" in text(finance.get(at("run")))


# --- the trial balance -------------------------------------------------------------------------------------


def test_the_trial_balance_is_the_same_on_screen_and_in_the_sheet(finance: Client, tenancy: Tenancy) -> None:
    rent.run(OCTOBER)
    take_payment(actor=rent.SYSTEM, tenancy_id=tenancy.pk, amount="1000.01", received_on=date(2026, 11, 1))
    page = finance.get(reverse("rentshare:balance"))
    assert "บัญชีสมดุล" in text(page)
    found = trial_balance([tenancy.centre_id])
    assert found.difference == 0
    foot = [cell.get_text(strip=True) for cell in parse(page).select("tfoot td")]
    assert foot[:2] == [f"{found.debits / 100:,.2f} บาท", f"{found.credits / 100:,.2f} บาท"]
    assert foot[2] == foot[3]
    sheet = openpyxl.load_workbook(io.BytesIO(finance.get(reverse("rentshare:balance_xlsx")).content)).active
    last = [cell.value for cell in list(sheet.iter_rows())[-1]]
    assert [round(value * 100) for value in last[1:3]] == [found.debits, found.credits]


def test_each_line_opens_its_entries(finance: Client, tenancy: Tenancy) -> None:
    rent.run(OCTOBER)
    page = parse(finance.get(reverse("rentshare:balance")))
    for link in page.select("tbody a.n"):
        entries = finance.get(link["href"])
        assert entries.status_code == 200
        assert entries.context["rows"]
    tenants = finance.get(reverse("rentshare:entries", args=["tenant"]))
    assert tenancy.client.display_name in text(tenants)
    assert finance.get(reverse("rentshare:entries", args=["nothing"])).status_code == 404


def test_the_books_of_another_centre_are_not_there(finance: Client) -> None:
    for name in ("balance", "balance_xlsx"):
        assert finance.get(reverse(f"rentshare:{name}"), {"centre": make.FOREIGN}).status_code == 404
    assert finance.get(at("run", code=make.FOREIGN)).status_code == 404


def test_an_analyst_sees_entries_of_the_country_without_names(client: Client, tenancy: Tenancy) -> None:
    rent.run(OCTOBER)
    client.force_login(make.user("department_analyst"))
    page = client.get(reverse("rentshare:entries", args=["tenant"])).content.decode()
    assert tenancy.client.last_name not in page
    assert tenancy.client.code in page


# --- closing -----------------------------------------------------------------------------------------------


def test_a_month_is_closed_for_good(finance: Client, tenancy: Tenancy) -> None:
    rent.run(OCTOBER)
    page = finance.get(at("close", OCTOBER))
    assert "รายการบัญชี" in text(page)
    assert finance.submit(page)["Location"] == at("run", OCTOBER)
    assert Period.objects.get(month="2026-10").closed_at is not None
    shown = finance.get(at("run", OCTOBER))
    assert "ปิดแล้ว" in text(shown)
    assert not parse(shown).select("main .acts a")
    assert finance.submit(finance.get(at("charge", OCTOBER))).status_code == 422


def test_a_month_that_runs_is_not_closed(finance: Client, tenancy: Tenancy) -> None:
    rent.run(NOVEMBER)
    refused = finance.submit(finance.get(at("close")))
    assert refused.status_code == 422
    assert "พฤศจิกายน 2569" in text(refused)


# --- the desk ----------------------------------------------------------------------------------------------


def test_the_desk_says_what_waits(finance: Client, tenancy: Tenancy) -> None:
    assert finance.get("/")["Location"] == reverse("rentshare:home")
    rent.run(OCTOBER)
    take_payment(actor=rent.SYSTEM, tenancy_id=tenancy.pk, amount="250", received_on=date(2026, 11, 10))
    said = text(finance.get(reverse("rentshare:home")))
    assert "พฤศจิกายน 2569 ยังไม่ได้ตั้งค่าเช่า 1 ราย" in said
    assert "ตุลาคม 2569 สิ้นเดือนแล้ว ยังไม่ปิดบัญชี" in said
    assert "1,000.00 บาท" in said
    assert "250.00 บาท" in said
    assert tenancy.client.display_name in said


def test_the_desk_of_a_centre_without_rooms_is_quiet(finance: Client) -> None:
    assert "ไม่มีใครค้างค่าเช่า" in text(finance.get(reverse("rentshare:home")))


# --- what a payment pays for -------------------------------------------------------------------------------


def test_the_oldest_rent_is_paid_first() -> None:
    charges = [("2026-09", 100), ("2026-10", 100)]
    assert allocation.covered(charges, 0, 150) == ([("2026-09", 100), ("2026-10", 50)], 0)
    assert allocation.covered(charges, 150, 100) == ([("2026-10", 50)], 50)
    assert allocation.covered([], 0, 70) == ([], 70)
