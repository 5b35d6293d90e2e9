"""manage.py monthly_report."""

import io
import json
from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from common.models import Letter
from governance.indicators import all_indicators
from governance.models import MonthlyReport
from tests.support import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_of_their_own(settings: Any, tmp_path: Any) -> None:
    storage = settings.STORAGES["default"]
    settings.STORAGES = settings.STORAGES | {
        "default": storage | {"OPTIONS": storage["OPTIONS"] | {"location": str(tmp_path)}}
    }


def run(*arguments: str) -> list[str]:
    out = io.StringIO()
    call_command("monthly_report", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_it_freezes_the_month_before_and_prints_its_figures() -> None:
    make.episode(make.client(), opened_on=date(2026, 10, 5))
    lines = run("--area", "30")
    assert lines[0].startswith("2026-10")
    assert len(lines) == 1 + len(all_indicators())
    assert MonthlyReport.objects.filter(month="2026-10").count() == 78


def test_json_is_one_object_and_the_last_line() -> None:
    make.episode(make.client(), opened_on=date(2026, 10, 5))
    make.episode(make.client("50"), opened_on=date(2026, 10, 5))
    found = json.loads(run("--month", "2026-10", "--json")[-1])
    assert (found["month"], found["area"], found["letters"]) == ("2026-10", "TH", None)
    figures = {figure["code"]: figure for figure in found["figures"]}
    assert len(figures) == len(all_indicators())
    assert figures["notices_by_channel"]["groups"] == {"hotline_1300": 2}
    assert (figures["contacted_in_time"]["value"], figures["contacted_in_time"]["of"]) == (0.0, 2)
    assert figures["returns"]["value"] is None
    assert json.loads(run("--month", "2026-10", "--area", "50", "--json")[-1])["figures"][0]["counted"] == 1


def test_send_writes_the_letters_once_and_says_how_many() -> None:
    make.user("supervisor")
    make.user("department_analyst")
    assert "letters written: 2" in run("--send")
    assert "letters written: 0" in run("--send")
    assert Letter.objects.count() == 2


def test_send_with_an_area_writes_the_letters_of_that_area_alone() -> None:
    make.user("supervisor", "50")
    make.user("supervisor", "30")
    found = json.loads(run("--send", "--area", "50", "--json")[-1])
    assert found["letters"] == 1
    assert Letter.objects.count() == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("--month", "2026-11"),
        ("--month", "2030-01"),
        ("--month", "2569-10"),
        ("--month", "x"),
        ("--area", "99"),
        ("--area", "H01"),
    ],
)
def test_what_cannot_be_reported_is_an_error_and_freezes_nothing(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        run(*arguments)
    assert not MonthlyReport.objects.exists()
