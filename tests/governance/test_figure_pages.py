"""Opening a figure: names for those who may see them, a number for the rest, and what changed since."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from audit.models import ReadEntry
from casework.models import Episode, FollowUp, Notice
from common.actor import SystemActor
from common.thai.periods import Month
from governance.actions.reports import freeze_month
from tests.support import factories as make
from tests.support.client import Client, parse

pytestmark = pytest.mark.django_db

OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)
SYSTEM = SystemActor("test")


def signed_in(role: str = "social_worker", at: str = make.OWN) -> Client:
    client = Client()
    client.cookies["language"] = "en"
    client.force_login(make.user(role, at))
    return client


def url(code: str = "notices_by_channel", area: str = "30", month: Month = OCTOBER) -> str:
    return reverse("governance:figure", kwargs={"month": month, "area": area, "code": code})


def text_of(response: Any, selector: str = "main") -> str:
    return " ".join(parse(response).select_one(selector).get_text(" ").split())


def codes(response: Any) -> set[str]:
    return {tag.get_text() for tag in parse(response).select("main table .code")}


def noticed(
    at: str = "30", on: date = date(2026, 10, 5), channel: str = "hotline_1300", **fields: Any
) -> Episode:
    episode = make.episode(make.client(at, **fields), opened_on=date(2026, 8, 1))
    make.notice(episode, noticed_on=on, channel=channel)
    return episode


def freeze() -> None:
    freeze_month(actor=SYSTEM, month=OCTOBER)


# --- who sees which rows


def test_a_figure_opens_the_files_it_counts() -> None:
    one, two = noticed(), noticed()
    freeze()
    page = signed_in().get(url())
    assert codes(page) == {one.client.code, two.client.code}
    links = {a["href"] for a in parse(page).select("main table a.n")}
    assert links == {reverse("casework:client", kwargs={"uid": e.client.uid}) for e in (one, two)}
    assert parse(page).select_one("#hidden") is None


def test_in_the_countrys_figure_the_rows_of_others_are_a_number() -> None:
    mine = noticed()
    for at in ("50", "10"):
        noticed(at)
    freeze()
    page = signed_in().get(url(area="TH"))
    assert codes(page) == {mine.client.code}
    assert "2 rows hidden" in text_of(page, "#hidden")


def test_a_restricted_file_is_hidden_from_colleagues_and_open_to_the_lead() -> None:
    kept = noticed(restricted=True)
    freeze()
    worker, lead = signed_in().get(url()), signed_in("supervisor").get(url())
    assert codes(worker) == set()
    assert "1 row hidden" in text_of(worker, "#hidden")
    assert kept.client.last_name not in worker.content.decode()
    assert codes(lead) == {kept.client.code}


def test_an_analyst_sees_how_many_and_nobodys_name() -> None:
    episode = noticed()
    freeze()
    page = signed_in("department_analyst").get(url())
    assert "1 row hidden" in text_of(page, "#hidden")
    assert episode.client.code not in page.content.decode()


def test_names_on_the_page_are_noted_as_read() -> None:
    episode = noticed()
    freeze()
    before = ReadEntry.objects.count()
    signed_in("department_analyst").get(url())
    assert ReadEntry.objects.count() == before
    signed_in().get(url())
    entry = ReadEntry.objects.latest("pk")
    assert (entry.what, entry.subject) == ("figure:notices_by_channel", str(episode.client.uid))


@pytest.mark.parametrize("role", ["carer", "partner", "volunteer"])
def test_who_reads_no_reports_opens_no_figure(role: str) -> None:
    freeze()
    assert signed_in(role).get(url()).status_code == 403


def test_an_unknown_figure_is_no_page() -> None:
    freeze()
    assert signed_in().get(url("shoe_sizes")).status_code == 404


def test_a_figure_of_a_month_that_was_never_frozen_is_no_page() -> None:
    assert signed_in().get(url(month=Month(2026, 9))).status_code == 404


# --- parts of a figure


def test_a_group_narrows_the_rows() -> None:
    noticed()
    news = noticed(channel=Notice.Channel.NEWS)
    freeze()
    page = signed_in().get(url(), {"group": "news"})
    assert codes(page) == {news.client.code}
    assert "news 1" in text_of(page, ".tabs")


def test_counted_and_not_counted_stand_apart() -> None:
    episode = make.episode(make.client(), opened_on=date(2026, 8, 1))
    make.result(make.follow_up(episode, due_on=date(2026, 10, 5)))
    late = make.episode(make.client(), opened_on=date(2026, 8, 1))
    make.follow_up(late, due_on=date(2026, 10, 6))
    freeze()
    client = signed_in()
    assert codes(client.get(url("follow_ups_on_time"), {"show": "counted"})) == {episode.client.code}
    assert codes(client.get(url("follow_ups_on_time"), {"show": "not"})) == {late.client.code}
    assert codes(client.get(url("follow_ups_on_time"), {"show": "nonsense"})) == {
        episode.client.code,
        late.client.code,
    }


def test_many_rows_are_paged(django_assert_max_num_queries: Any) -> None:
    for _ in range(30):
        noticed()
    freeze()
    client = signed_in()
    first, second = client.get(url()), client.get(url(), {"page": "2"})
    assert len(codes(first)) == 25
    assert len(codes(second)) == 5
    assert not codes(first) & codes(second)
    with django_assert_max_num_queries(45):
        client.get(url())


def test_a_part_without_rows_is_said() -> None:
    freeze()
    assert "Nothing to count" in text_of(signed_in().get(url()))


# --- the month so far


def test_the_running_months_figure_opens_its_rows_too() -> None:
    mine = noticed(on=date(2026, 11, 5))
    noticed("50", on=date(2026, 11, 5))
    noticed(on=date(2026, 11, 10))
    page = signed_in().get(url(area="TH", month=NOVEMBER))
    assert codes(page) == {mine.client.code}
    assert "1 row hidden" in text_of(page, "#hidden")
    assert "provisional" in text_of(page, ".eyebrow")


# --- what changed since


def test_rows_that_left_and_came_since_are_marked() -> None:
    moved, stays = noticed(), noticed()
    freeze()
    wrong = moved.notices.get(noticed_on=date(2026, 10, 5))
    make.notice(moved, noticed_on=date(2026, 9, 30), corrects=wrong)
    late = noticed(first_name="มาทีหลัง")
    page = signed_in().get(url())
    assert codes(page) == {moved.client.code, stays.client.code}
    marked = [row.get_text(" ") for row in parse(page).select("tr.warn")]
    assert len(marked) == 1
    assert moved.client.code in marked[0]
    assert "no longer counted" in marked[0]
    changed = text_of(page, "#changed")
    assert "no longer counted: 1" in changed
    assert "added since: 1" in changed
    assert late.client.first_name in changed


def test_what_came_in_other_provinces_is_a_number() -> None:
    freeze()
    late = noticed("50")
    page = signed_in().get(url(area="TH"))
    assert "1 of those added are hidden" in text_of(page, "#changed")
    assert late.client.last_name not in page.content.decode()


def test_a_judgement_that_changed_is_shown_beside_the_frozen_one() -> None:
    episode = make.episode(make.client(), opened_on=date(2026, 8, 1))
    due: FollowUp = make.follow_up(episode, due_on=date(2026, 10, 5))
    freeze()
    make.result(due, occurred_on=date(2026, 10, 5))
    page = signed_in().get(url("follow_ups_on_time"))
    row = parse(page).select_one("tr.warn").get_text(" ")
    assert "judged otherwise now" in row
    assert " no " in f" {' '.join(row.split())} "
    assert "→" in text_of(page, "#changed")


def test_a_corrected_spelling_changes_no_figure() -> None:
    episode = noticed()
    freeze()
    wrong = episode.notices.get(noticed_on=date(2026, 10, 5))
    make.notice(episode, noticed_on=wrong.noticed_on, corrects=wrong, place="ท่ารถ")
    page = signed_in().get(url())
    assert "the same rows would be counted today" in text_of(page, "#changed")
    assert parse(page).select("tr.warn") == []
