"""One ledger, told alike to the satang: screen, paper, sheet and API; and what the API takes."""

import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from openapi_spec_validator import validate

from common.thai.periods import Month
from rentshare.actions.payments import reverse_receipt, take_payment
from rentshare.models import Receipt, Tenancy
from rentshare.reading import statement
from tests.rentshare.test_web import pdf_text
from tests.support import factories as make
from tests.support import rent
from tests.support.client import Client, parse

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def tenancy() -> Tenancy:
    """A share with an odd satang, two payments, one of them void."""
    made = rent.tenancy(date(2026, 9, 12), lease=rent.lease(monthly_rent=233_333))
    for month in (9, 10, 11):
        rent.run(Month(2026, month))
    for amount, day in (("1000.01", 5), ("77.77", 6)):
        receipt = take_payment(
            actor=rent.SYSTEM, tenancy_id=made.pk, amount=amount, received_on=date(2026, 11, day)
        )
    reverse_receipt(actor=rent.SYSTEM, receipt_id=receipt.pk, reason="นับผิด")
    return made


@pytest.fixture
def finance(client: Client) -> Client:
    client.force_login(make.user("finance_officer"))
    return client


@pytest.mark.parametrize("query", [{}, {"since": "2026-10-01", "until": "2026-11-05"}])
def test_screen_paper_sheet_and_api_say_the_ledger(
    finance: Client, tenancy: Tenancy, tmp_path: Path, query: dict[str, str]
) -> None:
    days = [date.fromisoformat(query[name]) if query else None for name in ("since", "until")]
    ledger = statement(tenancy.account, *days)
    assert ledger.opening + ledger.debits - ledger.credits == ledger.closing
    amounts = [(line.debit, line.credit, line.balance) for line in ledger.lines]

    told = finance.get(f"{API}/tenancies/{tenancy.uid}/statement/", query).json()
    said = [(row["charged"], row["paid"], row["owed"]) for row in told["lines"]]
    assert [tuple(round(float(part) * 100) for part in row) for row in said] == amounts
    assert told["closing"] == f"{ledger.closing / 100:.2f}"

    typed = {
        name: f"{day.day}/{day.month}/{day.year + 543}" for name, day in zip(query, days, strict=False) if day
    }
    page = parse(finance.get(reverse("rentshare:statement", args=[tenancy.uid]), typed))
    foot = [cell.get_text(strip=True) for cell in page.select("tfoot td")]
    assert foot == [f"{sum_ / 100:,.2f} บาท" for sum_ in (ledger.debits, ledger.credits, ledger.closing)]
    owed = [cell.get_text(strip=True) for cell in page.select('tbody td[data-label="ยอดค้าง"]')]
    assert owed[-len(amounts) :] == [f"{balance / 100:,.2f} บาท" for _d, _c, balance in amounts]

    sheet = finance.get(reverse("rentshare:statement_xlsx", args=[tenancy.uid]), typed)
    rows = list(openpyxl.load_workbook(io.BytesIO(sheet.content)).active.values)
    written = [tuple(round((cell or 0) * 100) for cell in row[2:5]) for row in rows[-len(amounts) - 1 : -1]]
    assert written == amounts
    assert [round(cell * 100) for cell in rows[-1][2:5]] == [ledger.debits, ledger.credits, ledger.closing]

    paper = pdf_text(
        finance.get(reverse("rentshare:statement_pdf", args=[tenancy.uid]), typed).content, tmp_path
    )
    printed = re.findall(r"-?[\d,]+\.\d\d", paper)
    for line in amounts:
        for amount in line:
            assert not amount or f"{amount / 100:,.2f}" in printed
    assert f"{ledger.closing / 100:,.2f}" in printed


def test_a_payment_by_program_acts_once_for_its_key(finance: Client, tenancy: Tenancy) -> None:
    before = Receipt.objects.count()
    body = {"tenancy": str(tenancy.uid), "amount": "12.34", "received_on": "2026-11-10"}

    def send(**more: Any) -> Any:
        headers = {"idempotency-key": "abc"}
        return finance.post(f"{API}/payments/", body | more, content_type="application/json", headers=headers)

    first, second = send(), send()
    assert (first.status_code, first.json()) == (201, second.json())
    assert first.json()["amount"] == "12.34"
    assert first.json()["amount_words"] == "สิบสองบาทสามสิบสี่สตางค์"
    assert Receipt.objects.count() == before + 1
    assert send(amount="56.78").status_code == 409, "another sum under the same key is not called done"
    assert Receipt.objects.count() == before + 1


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"amount": "1.234"}, "three_decimals"),
        ({"amount": "-1"}, "negative"),
        ({"received_on": "2026-11-11"}, "future"),
    ],
)
def test_what_a_rule_refuses_has_its_code(
    finance: Client, tenancy: Tenancy, wrong: dict[str, str], code: str
) -> None:
    body = {"tenancy": str(tenancy.uid), "amount": "10", "received_on": "2026-11-10"} | wrong
    refused = finance.post(f"{API}/payments/", body, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (409, code)


def test_lists_hold_what_the_caller_sees(finance: Client, tenancy: Tenancy) -> None:
    far = rent.tenancy(date(2026, 11, 1), lease=rent.lease(rent.room(make.FOREIGN)))
    rows = finance.get(f"{API}/tenancies/").json()["results"]
    assert [row["uid"] for row in rows] == [str(tenancy.uid)]
    assert rows[0]["name"] == tenancy.client.display_name
    assert finance.get(f"{API}/tenancies/{far.uid}/").status_code == 404
    assert len(finance.get(f"{API}/tenancies/", {"arrears": "1"}).json()["results"]) == 1
    assert len(finance.get(f"{API}/rent-runs/", {"month": "2026-10"}).json()["results"]) == 1


def test_an_analyst_gets_codes_instead_of_names(client: Client, tenancy: Tenancy) -> None:
    client.force_login(make.user("department_analyst"))
    (row,) = client.get(f"{API}/tenancies/").json()["results"]
    assert (row["name"], row["client"]) == (tenancy.client.code, None)


def test_the_trial_balance_of_a_program_balances(finance: Client, tenancy: Tenancy) -> None:
    told = finance.get(f"{API}/trial-balance/").json()
    assert told["difference"] == "0.00"
    assert told["debits"] == told["credits"] != "0.00"
    assert finance.get(f"{API}/trial-balance/", {"centre": make.FOREIGN}).status_code == 404
    assert finance.get(f"{API}/trial-balance/", {"until": "gestern"}).status_code == 400


def test_the_description_for_programs_is_valid(finance: Client) -> None:
    schema = finance.get(f"{API}/schema/", headers={"accept": "application/vnd.oai.openapi+json"}).json()
    validate(schema)
    assert {f"{API}/tenancies/", f"{API}/payments/", f"{API}/trial-balance/"} <= set(schema["paths"])
