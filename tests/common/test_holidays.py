"""The calendar: seeded, read by everybody, kept by administrators, obeyed by working days."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command

from audit.models import WriteEntry
from common import clock, holidays
from common.actions.holidays import add_holiday, remove_holiday, rename_holiday
from common.errors import DomainError, Forbidden
from common.models import Holiday
from tests.support import factories as make
from tests.support.client import Client

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2026, 1, 1)
QUIET = date(2099, 3, 4)  # a Wednesday


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(make.user(role))
    return client


def text(answer: object) -> str:
    return BeautifulSoup(answer.content, "html.parser").get_text(" ", strip=True)


# --- the calendar ------------------------------------------------------------------------------------------


def test_a_new_installation_has_the_published_holidays() -> None:
    assert Holiday.objects.get(day=NEW_YEAR).name_th == "วันขึ้นปีใหม่"
    assert not holidays.is_workday(NEW_YEAR)
    assert Holiday.objects.filter(day__year=clock.today().year).count() > 15
    assert not Holiday.objects.filter(day=NEW_YEAR, provisional=True).exists()
    assert Holiday.objects.filter(day__year=2028, provisional=True).exists(), "the cabinet has not spoken yet"


def test_what_administrators_changed_is_not_seeded_again() -> None:
    Holiday.objects.all().delete()
    Holiday.objects.create(day=QUIET, name_th="วันของเรา")
    holidays.seed_when_empty()
    assert [h.day for h in Holiday.objects.all()] == [QUIET]


def test_seeding_adds_what_is_missing_and_leaves_the_rest(capsys: pytest.CaptureFixture[str]) -> None:
    Holiday.objects.filter(day=NEW_YEAR).update(name_th="ปีใหม่ของเรา")
    Holiday.objects.filter(day=date(2026, 12, 10)).delete()
    call_command("seed_holidays", "2569")
    assert "1 holiday(s) added" in capsys.readouterr().out
    assert Holiday.objects.get(day=NEW_YEAR).name_th == "ปีใหม่ของเรา"


def test_years_may_be_buddhist_or_gregorian_but_not_anything() -> None:
    call_command("seed_holidays", "2573", "--announced-until", "2573")
    assert Holiday.objects.filter(day__year=2030, provisional=False).exists()
    with pytest.raises(CommandError):
        call_command("seed_holidays", "69")


def test_days_between_include_both_ends() -> None:
    assert holidays.between(NEW_YEAR, NEW_YEAR) == {NEW_YEAR}
    assert NEW_YEAR not in holidays.between(date(2026, 1, 2), date(2026, 12, 31))


def test_weekends_are_no_working_days() -> None:
    assert [holidays.is_workday(date(2099, 3, day)) for day in range(1, 8)] == [
        False,
        True,
        True,
        True,
        True,
        True,
        False,
    ]


# --- changing it -------------------------------------------------------------------------------------------


def test_adding_renaming_and_removing_count_at_once_and_are_in_the_trail() -> None:
    actor = make.actor("administrator")
    added = add_holiday(actor=actor, day=QUIET, name_th="วันพิเศษ")
    assert not holidays.is_workday(QUIET)
    rename_holiday(actor=actor, holiday_id=added.pk, name_th="วันพิเศษมาก")
    remove_holiday(actor=actor, holiday_id=added.pk)
    assert holidays.is_workday(QUIET)
    entries = WriteEntry.objects.filter(actor_key=actor.key).order_by("pk")
    assert [(entry.verb, entry.object_key) for entry in entries] == [
        ("holiday.added", str(added.pk)), ("holiday.renamed", str(added.pk)), ("holiday.removed", str(added.pk)),
    ]  # fmt: skip
    assert entries[1].changes == {"name_th": ["วันพิเศษ", "วันพิเศษมาก"]}


def test_a_day_is_in_the_calendar_once() -> None:
    with pytest.raises(DomainError) as refused:
        add_holiday(actor=make.actor("administrator"), day=NEW_YEAR, name_th="อีกที")
    assert (refused.value.code, refused.value.field) == ("day_taken", "day")


def test_looking_at_a_provisional_day_and_saving_it_makes_it_known() -> None:
    holiday = Holiday.objects.filter(provisional=True).first()
    actor = make.actor("administrator")
    rename_holiday(actor=actor, holiday_id=holiday.pk, name_th=holiday.name_th, name_en=holiday.name_en)
    holiday.refresh_from_db()
    assert not holiday.provisional


def test_removing_what_somebody_else_removed_is_said() -> None:
    with pytest.raises(DomainError) as refused:
        remove_holiday(actor=make.actor("administrator"), holiday_id=0)
    assert refused.value.code == "gone"


@pytest.mark.parametrize("role", ["centre_head", "department_analyst", "auditor"])
def test_only_administrators_change_the_calendar(role: str) -> None:
    actor = make.actor(role)
    with pytest.raises(Forbidden):
        add_holiday(actor=actor, day=QUIET, name_th="x")
    with pytest.raises(Forbidden):
        rename_holiday(actor=actor, holiday_id=Holiday.objects.latest("pk").pk, name_th="x")
    with pytest.raises(Forbidden):
        remove_holiday(actor=actor, holiday_id=Holiday.objects.latest("pk").pk)


# --- as pages ----------------------------------------------------------------------------------------------


def test_everybody_reads_a_year_in_buddhist_era_and_only_administrators_get_a_form() -> None:
    page = signed_in("volunteer").get("/house/holidays/?year=2569")
    assert "วันพฤหัสบดีที่ 1 มกราคม 2569" in text(page)
    assert '<form method="post"' not in page.content.decode().split("<main")[1]
    assert "เพิ่ม" in text(signed_in("administrator").get("/house/holidays/?year=2569"))


@pytest.mark.parametrize("year", ["2569x", "999", "25690", "-1", "๒๕๖๙", "2026"])
def test_what_is_no_buddhist_year_is_not_found(year: str) -> None:
    assert signed_in("volunteer").get("/house/holidays/", {"year": year}).status_code == 404


def test_a_year_without_holidays_says_what_to_do() -> None:
    assert "seed_holidays" in text(signed_in("administrator").get("/house/holidays/?year=2600"))


def test_an_administrator_adds_renames_and_removes_a_day() -> None:
    client = signed_in("administrator")
    added = client.submit(client.get("/house/holidays/"), {"day": "4/3/2642", "name_th": "วันพิเศษ"})
    assert added["Location"] == "/house/holidays/?year=2642"
    holiday = Holiday.objects.get(day=QUIET)

    page = client.get(f"/house/holidays/{holiday.pk}/")
    client.submit(page, {"name_th": "วันพิเศษมาก", "name_en": "Special"})
    assert "วันพิเศษมาก" in text(client.get("/house/holidays/?year=2642"))

    asked = client.get(f"/house/holidays/{holiday.pk}/remove/")
    assert "วันพิเศษมาก" in text(asked)
    assert Holiday.objects.filter(day=QUIET).exists(), "asking removes nothing"
    client.submit(asked)
    assert not Holiday.objects.filter(day=QUIET).exists()


def test_a_day_that_is_taken_or_no_day_is_said_at_the_field() -> None:
    client = signed_in("administrator")
    for day in ("1/1/2569", "30/2/2569", ""):
        answer = client.submit(client.get("/house/holidays/"), {"day": day, "name_th": "x"})
        assert answer.status_code == 422
        field = BeautifulSoup(answer.content, "html.parser").select_one("[name=day]")
        assert field["aria-invalid"] == "true"


def test_an_english_reader_sees_english_names() -> None:
    client = signed_in("volunteer")
    client.cookies["language"] = "en"
    assert "New Year" in text(client.get("/house/holidays/?year=2569"))
