"""The pages of reports: the list, a frozen report, the month so far, a month that was never frozen, files, acts."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from casework.models import EpisodeEvent, Notice
from common.actor import SystemActor
from common.thai.periods import Month
from governance.actions.recounting import recount_month
from governance.actions.reports import freeze_month, hold_report
from governance.indicators import all_indicators
from governance.models import Hold, MonthlyReport, Subscription
from governance.sending import send_letters
from tests.support import factories as make
from tests.support.client import Client, parse

pytestmark = pytest.mark.django_db

SEPTEMBER, OCTOBER, NOVEMBER = Month(2026, 9), Month(2026, 10), Month(2026, 11)
SYSTEM = SystemActor("test")


def signed_in(role: str = "social_worker", at: str = make.OWN) -> Client:
    return as_user(make.user(role, at))


def as_user(user: User) -> Client:
    client = Client()
    client.cookies["language"] = "en"
    client.force_login(user)
    return client


def url(month: Month | str = OCTOBER, area: str = "30", name: str = "report", **more: str) -> str:
    return reverse(f"governance:{name}", kwargs={"month": month, "area": area, **more})


def text_of(response: Any, selector: str = "main") -> str:
    return " ".join(parse(response).select_one(selector).get_text(" ").split())


def notices(
    count: int, on: date = date(2026, 10, 5), at: str = "30", channel: str = Notice.Channel.HOTLINE
) -> None:
    for _ in range(count):
        episode = make.episode(make.client(at), opened_on=date(2026, 8, 1))
        make.notice(episode, noticed_on=on, channel=channel)


def freeze(month: Month = OCTOBER) -> None:
    freeze_month(actor=SYSTEM, month=month)


# --- a frozen report


def test_a_frozen_report_shows_each_figure_with_its_change_and_its_way_to_the_rows() -> None:
    notices(2, on=date(2026, 9, 5))
    notices(5)
    freeze(SEPTEMBER)
    freeze()
    page = signed_in().get(url())
    assert page.status_code == 200
    tile = parse(page).select_one(f'.tile[href="{url(name="figure", code="notices_by_channel")}"]')
    words = " ".join(tile.get_text(" ").split())
    assert "5" in words
    assert "up 3 from September 2569" in words
    assert "10 Nov 2569" in text_of(page, ".eyebrow")


def test_a_share_says_its_denominator() -> None:
    episode = make.episode(make.client(), opened_on=date(2026, 10, 5))
    make.event(episode, EpisodeEvent.Kind.CONTACTED, on=date(2026, 10, 6))
    make.episode(make.client(), opened_on=date(2026, 10, 5))
    freeze()
    page = parse(signed_in().get(url()))
    tile = page.select_one(f'.tile[href="{url(name="figure", code="contacted_in_time")}"]')
    assert "1 of 2" in " ".join(tile.get_text(" ").split())
    assert "50" in tile.select_one("b").get_text()


def test_a_month_without_data_is_said_and_shows_no_zero_percent() -> None:
    freeze()
    page = signed_in().get(url())
    assert "No data in this month" in text_of(page)
    assert "0 %" not in text_of(page).replace("\u00a0", " ")


def test_every_picture_has_its_table_and_every_figure_its_definition() -> None:
    notices(5)
    freeze()
    page = parse(signed_in().get(url()))
    cards = [section for section in page.select("main section.card") if section.select_one("figure")]
    assert len(cards) == len(all_indicators())
    for card in cards:
        assert card.select_one("figure svg")
        assert card.select_one("figure table")
    assert "Notices whose date of notice lies in the month" in page.get_text()


def test_a_later_correction_is_shown_beside_the_frozen_figure() -> None:
    notices(3)
    freeze()
    wrong = Notice.objects.filter(noticed_on=date(2026, 10, 5)).first()
    assert wrong is not None
    make.notice(wrong.episode, noticed_on=wrong.noticed_on, corrects=wrong, is_void=True)
    assert "Nothing was corrected since" in text_of(signed_in().get(url()), "#restated")
    recount_month(actor=SystemActor("test"), month=OCTOBER)
    page = signed_in().get(url())
    restated = text_of(page, "#restated")
    assert "Counted again on 10 Nov 2569 at 10:00" in restated
    assert "Notices by channel 3 → would now be 2" in restated
    assert "no longer counted: 1" in restated
    tile = parse(page).select_one(f'.tile[href="{url(name="figure", code="notices_by_channel")}"]')
    assert tile.select_one("b").get_text() == "3"


def test_nothing_corrected_is_said_too() -> None:
    notices(3)
    freeze()
    assert "Nothing was corrected since" in text_of(signed_in().get(url()), "#restated")


@pytest.mark.parametrize("role", ["social_worker", "supervisor", "centre_head", "nurse", "finance_officer"])
def test_staff_read_their_province_and_the_country_and_no_other(role: str) -> None:
    freeze()
    client = signed_in(role)
    assert client.get(url()).status_code == 200
    assert client.get(url(area="TH")).status_code == 200
    for name in ("report", "report_pdf", "report_xlsx", "hold", "send"):
        assert client.get(url(area="50", name=name)).status_code == 404
    assert client.get(url(area="50", name="figure", code="returns")).status_code == 404


def test_the_country_shows_its_provinces_on_a_map_with_small_counts_hidden_from_the_provinces() -> None:
    notices(3, at="50")
    notices(9, at="30")
    notices(7, at="10")
    freeze()
    analyst = parse(signed_in("department_analyst").get(reverse("governance:reports")))
    worker = parse(signed_in().get(reverse("governance:reports")))

    def told(page: Any, province: str) -> str:
        row = next(row for row in page.select("#map tbody tr") if province in row.get_text())
        return row.select_one("td").get_text(strip=True)

    assert told(analyst, "Chiang Mai") == "3"
    assert told(worker, "Chiang Mai") == "<5"
    assert [a["href"] for a in analyst.select("#map tbody a") if "/50/" in a["href"]] == [url(area="50")]
    assert [a["href"] for a in worker.select("#map tbody a")] == [url(area="30")]


def test_the_map_shows_the_chosen_figure_and_month() -> None:
    freeze(SEPTEMBER)
    freeze()
    page = signed_in("auditor").get(
        reverse("governance:reports"), {"month": "2026-09", "figure": "open_episodes"}
    )
    chosen = [option["value"] for option in parse(page).select("#map option[selected]")]
    assert chosen == ["2026-09", "open_episodes"]


def test_unknown_choices_fall_back() -> None:
    freeze()
    page = signed_in().get(reverse("governance:reports"), {"month": "x", "figure": "<script>", "page": "999"})
    assert page.status_code == 200


# --- before it is frozen


def test_the_month_so_far_is_provisional_and_counts_to_the_end_of_yesterday() -> None:
    notices(2, on=date(2026, 11, 9))
    notices(4, on=date(2026, 11, 10))
    page = signed_in().get(url(NOVEMBER))
    assert page.status_code == 200
    assert "Provisional" in text_of(page)
    assert "9 November 2569" in text_of(page)
    tile = parse(page).select_one(f'.tile[href="{url(NOVEMBER, name="figure", code="notices_by_channel")}"]')
    assert tile.select_one("b").get_text() == "2"
    assert parse(page).select_one(f'a[href="{url(NOVEMBER, name="report_pdf")}"]') is None
    assert signed_in().get(url(NOVEMBER, name="report_pdf")).status_code == 404


def test_on_the_first_day_there_is_nothing_to_count_yet(time_machine: Any) -> None:
    time_machine.move_to("2026-11-01 03:00:00+00:00", tick=False)
    assert "has just begun" in text_of(signed_in().get(url(NOVEMBER)))


def test_a_month_to_come_is_no_page() -> None:
    assert signed_in().get(url(Month(2026, 12))).status_code == 404


@pytest.mark.parametrize(
    "path", ["/reports/2026-13/30/", "/reports/0001-01/30/", "/reports/2026-10/3x/", "/reports/2569-10/30/"]
)
def test_what_is_no_month_or_area_is_no_page(path: str) -> None:
    assert signed_in("auditor").get(path).status_code == 404


def test_a_month_that_was_never_frozen_offers_freezing_to_those_who_may() -> None:
    analyst, worker = signed_in("department_analyst"), signed_in()
    offer = f'a[href="{reverse("governance:freeze")}?month=2026-08"]'
    assert parse(analyst.get(url("2026-08"))).select_one(offer)
    page = worker.get(url("2026-08"))
    assert page.status_code == 200
    assert parse(page).select_one(offer) is None


def test_an_analyst_freezes_a_month_in_the_browser_and_lands_on_it() -> None:
    client = signed_in("department_analyst")
    page = client.get(reverse("governance:freeze"), {"month": "2026-09"})
    done = client.submit(page, form="main form")
    assert done.status_code == 302
    assert done["Location"] == url(SEPTEMBER, "TH")
    assert MonthlyReport.objects.filter(month="2026-09").count() == 78
    again = client.submit(page, form="main form")
    assert again["Location"] == done["Location"]
    assert MonthlyReport.objects.count() == 78


@pytest.mark.parametrize("month", ["2026-11", "2027-01", "nonsense", "2569-01"])
def test_a_month_that_cannot_be_frozen_is_refused_with_the_reason(month: str) -> None:
    client = signed_in("administrator")
    answer = client.post(reverse("governance:freeze"), {"month": month})
    assert answer.status_code == 422
    assert parse(answer).select_one(".error, .errors, [aria-invalid=true]")
    assert not MonthlyReport.objects.exists()


# --- files


@pytest.mark.parametrize(("name", "begins"), [("report_pdf", b"%PDF"), ("report_xlsx", b"PK")])
def test_files_are_given_as_attachments(name: str, begins: bytes) -> None:
    notices(5)
    freeze()
    answer = signed_in().get(url(name=name))
    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert answer["Content-Disposition"].startswith('attachment; filename="ruamban-2026-10-30.')
    assert answer["X-Content-Type-Options"] == "nosniff"


# --- letters held, released, sent, wanted


def test_a_centre_head_holds_and_releases_the_letters() -> None:
    freeze()
    head = signed_in("centre_head")
    page = head.get(url(name="hold"))
    assert head.submit(page, {"reason": "  "}).status_code == 422
    assert head.submit(page, {"reason": "ตัวเลขยังไม่ครบ"}).status_code == 302
    banner = text_of(signed_in().get(url()), ".note")
    assert "ตัวเลขยังไม่ครบ" in banner
    assert head.submit(head.get(url(name="release"))).status_code == 302
    assert not Hold.objects.standing().exists()


def test_the_running_month_can_be_held_ahead() -> None:
    head = signed_in("centre_head")
    assert url(NOVEMBER, name="hold") in head.get(url(NOVEMBER)).content.decode()
    assert head.submit(head.get(url(NOVEMBER, name="hold")), {"reason": "ลาประชุม"}).status_code == 302
    assert Hold.objects.standing().get().month == "2026-11"


def test_holding_twice_says_that_it_is_held() -> None:
    freeze()
    hold_report(actor=make.actor("centre_head"), month=OCTOBER, province="30", reason="ตรวจซ้ำ")
    head = signed_in("centre_head")
    answer = head.submit(head.get(url(name="hold")), {"reason": "อีกครั้ง"})
    assert answer.status_code == 422
    assert "held already" in text_of(answer)


def test_what_has_left_cannot_be_held_or_sent_again() -> None:
    freeze()
    send_letters(actor=SYSTEM, month=OCTOBER)
    head = signed_in("centre_head")
    page = head.get(url()).content.decode()
    assert url(name="hold") not in page
    assert url(name="send") not in page
    assert head.submit(head.get(url(name="send"))).status_code == 422


def test_sending_asks_first_and_says_to_how_many() -> None:
    make.user("supervisor")
    freeze()
    head = signed_in("centre_head")
    assert "Send to 2 people" in text_of(head.get(url()))
    assert head.submit(head.get(url(name="send"))).status_code == 302


def test_leads_see_who_gets_the_letter_and_social_workers_only_how_many() -> None:
    lead = make.user("supervisor", name="Somsri Testing")
    freeze()
    assert "Somsri Testing" in text_of(as_user(lead).get(url()), "#letters")
    assert "Somsri Testing" not in text_of(signed_in().get(url()))


def test_the_letter_can_be_stopped_and_asked_for_again() -> None:
    client = signed_in()
    form = f'form[action="{reverse("governance:subscription")}"]'
    for wanted in (False, True):
        page = client.get(reverse("governance:reports"))
        assert client.submit(page, form=form).status_code == 302
        assert Subscription.objects.get().wanted is wanted


def test_letters_whose_day_has_passed_are_not_promised_for_it() -> None:
    freeze()
    head = signed_in("centre_head")
    assert "have not been written yet" in text_of(head.get(url()), "#letters")
    assert "have not been written yet" in text_of(head.get(url(name="hold")))


def test_the_month_so_far_stands_after_the_months_before_and_claims_no_change() -> None:
    notices(3)
    freeze()
    notices(2, on=date(2026, 11, 5))
    page = parse(signed_in().get(url(NOVEMBER)))
    assert page.select(".tile .change") == []
    rows = [" ".join(row.get_text(" ").split()) for row in page.select("#open_episodes tbody tr")]
    assert rows == ["Oct 2569 3", "Nov 2569 5"]
