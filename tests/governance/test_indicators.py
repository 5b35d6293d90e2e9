"""What each figure counts, what it leaves out, and the edges: month ends, leap days, corrections, linked people."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation

from casework.models import Client, Episode, EpisodeEvent, FollowUp, FollowUpResult, Notice
from common import clock
from common.thai.periods import Month
from governance.indicators import all_indicators, get
from governance.rules import Row
from tests.support import factories as make

pytestmark = pytest.mark.django_db

OCTOBER = Month(2026, 10)
Kind = EpisodeEvent.Kind


def rows(
    code: str, month: Month = OCTOBER, *, province: str | None = None, until: date | None = None
) -> list[Row]:
    indicator = get(code)
    assert indicator is not None
    return sorted(indicator.rows(indicator.window(month, until or month.last, province)))


def keys(code: str, month: Month = OCTOBER, **how: Any) -> dict[int, bool]:
    return {row.key: row.counts for row in rows(code, month, **how)}


def begun(day: date, at: str = make.OWN, **fields: Any) -> Episode:
    """An episode of a new person with its notice and opening on `day`."""
    return make.episode(fields.pop("client", None) or make.client(at), opened_on=day, **fields)


def close(episode: Episode, day: date, outcome: str = Episode.Outcome.OWN_HOME) -> EpisodeEvent:
    Episode.objects.filter(pk=episode.pk).update(state="closed", closed_on=day, outcome=outcome)
    return make.event(episode, Kind.CLOSED, on=day, value=outcome)


def again(episode: Episode, day: date, client: Client | None = None) -> Episode:
    return make.episode(client or episode.client, opened_on=day)


def correct(fact: Any, **changes: Any) -> Any:
    """A new row that takes the place of `fact`."""
    values = {
        field.attname: getattr(fact, field.attname)
        for field in fact._meta.concrete_fields
        if field.name not in {"id", "uid", "recorded_at", "corrects"}
    }
    return type(fact).objects.create(**values | changes, corrects=fact)


def test_every_figure_is_one_query(django_assert_num_queries: Any) -> None:
    begun(date(2026, 10, 5))
    for indicator in all_indicators():
        with django_assert_num_queries(1):
            list(indicator.rows(indicator.window(OCTOBER, OCTOBER.last)))


def test_every_figure_says_its_definition_and_keeps_its_place() -> None:
    assert [indicator.code for indicator in all_indicators()][:6] == [
        "notices_by_channel",
        "contacted_in_time",
        "open_episodes",
        "follow_ups_on_time",
        "returns",
        "closed_by_outcome",
    ]
    for indicator in all_indicators():
        basis = indicator.basis()
        assert len(indicator.definition_for(basis)) > 40
        assert "%" not in indicator.title_for(basis) + indicator.definition_for(basis)


# --- notices by channel


def test_notices_are_counted_from_the_first_to_the_last_day_of_the_month() -> None:
    first, last = begun(date(2026, 10, 1)), begun(date(2026, 10, 31))
    begun(date(2026, 9, 30))
    begun(date(2026, 11, 1))
    assert keys("notices_by_channel").keys() == {first.notices.get().pk, last.notices.get().pk}


def test_a_leap_day_belongs_to_february() -> None:
    leap = begun(date(2024, 2, 29)).notices.get()
    assert keys("notices_by_channel", Month(2024, 2)) == {leap.pk: True}
    assert not keys("notices_by_channel", Month(2024, 3))


def test_a_notice_is_grouped_by_channel_and_counted_in_its_province() -> None:
    mine, other = begun(date(2026, 10, 5)), begun(date(2026, 10, 5), make.FOREIGN)
    found = rows("notices_by_channel")
    assert found == [
        Row("30", mine.notices.get().pk, "hotline_1300", True),
        Row("50", other.notices.get().pk, "hotline_1300", True),
    ]
    assert rows("notices_by_channel", province="50") == [found[1]]


def test_of_a_corrected_notice_the_correction_counts_and_a_mistake_does_not() -> None:
    moved, mistaken = begun(date(2026, 10, 5)).notices.get(), begun(date(2026, 10, 5)).notices.get()
    late = correct(moved, channel=Notice.Channel.NEWS)
    correct(mistaken, is_void=True)
    assert rows("notices_by_channel") == [Row("30", late.pk, "news", True)]
    correct(late, noticed_on=date(2026, 9, 30))
    assert rows("notices_by_channel") == []


# --- contacted in time


@pytest.mark.parametrize(("noticed", "month"), [(28, 10), (29, 11)])
def test_a_notice_is_judged_in_the_month_of_its_third_day(noticed: int, month: int) -> None:
    episode = begun(date(2026, 10, noticed))
    assert keys("contacted_in_time", Month(2026, month)) == {episode.pk: False}
    assert not keys("contacted_in_time", Month(2026, 21 - month))


def test_contact_on_the_third_day_counts_and_on_the_fourth_it_does_not() -> None:
    quick, slow, never = (begun(date(2026, 10, 5)) for _ in range(3))
    make.event(quick, Kind.CONTACTED, on=date(2026, 10, 8))
    make.event(slow, Kind.CONTACTED, on=date(2026, 10, 9))
    assert keys("contacted_in_time") == {quick.pk: True, slow.pk: False, never.pk: False}


def test_a_contact_that_never_happened_does_not_count_and_a_corrected_one_counts_by_its_day() -> None:
    mistaken, corrected = begun(date(2026, 10, 5)), begun(date(2026, 10, 5))
    correct(make.event(mistaken, Kind.CONTACTED, on=date(2026, 10, 6)), kind=Kind.VOID)
    correct(make.event(corrected, Kind.CONTACTED, on=date(2026, 10, 20)), occurred_on=date(2026, 10, 6))
    assert keys("contacted_in_time") == {mistaken.pk: False, corrected.pk: True}


def test_people_count_once_by_their_first_notice() -> None:
    episode = begun(date(2026, 10, 5))
    make.event(episode, Kind.CONTACTED, on=date(2026, 10, 6))
    make.notice(episode, noticed_on=date(2026, 10, 20))
    assert keys("contacted_in_time") == {episode.pk: True}


def test_the_month_so_far_judges_nobody_before_the_days_have_passed() -> None:
    old, young = begun(date(2026, 10, 6)), begun(date(2026, 10, 7))
    assert keys("contacted_in_time", until=date(2026, 10, 9)) == {old.pk: False}
    assert young.pk in keys("contacted_in_time", until=date(2026, 10, 10))


def test_the_days_are_a_setting_that_the_words_follow(settings: Any) -> None:
    settings.REPORT_CONTACT_DAYS = 5
    episode = begun(date(2026, 10, 5))
    make.event(episode, Kind.CONTACTED, on=date(2026, 10, 10))
    indicator = get("contacted_in_time")
    assert indicator is not None
    assert keys("contacted_in_time") == {episode.pk: True}
    assert "5" in indicator.title_for(indicator.basis())


# --- open at month end


def test_open_is_who_was_opened_and_not_closed_when_the_month_ended() -> None:
    old, last_day = begun(date(2025, 1, 1)), begun(date(2026, 10, 31))
    closed_after, closed_on_last = begun(date(2026, 10, 1)), begun(date(2026, 10, 1))
    close(closed_after, date(2026, 11, 1))
    close(closed_on_last, date(2026, 10, 31))
    begun(date(2026, 11, 1))
    assert keys("open_episodes").keys() == {old.pk, last_day.pk, closed_after.pk}


def test_events_decide_and_not_the_status_of_today() -> None:
    episode = begun(date(2026, 10, 1))
    Episode.objects.filter(pk=episode.pk).update(state="closed", closed_on=date(2026, 10, 2), outcome="lost")
    assert keys("open_episodes") == {episode.pk: True}


def test_a_closing_taken_back_leaves_the_episode_open() -> None:
    episode = begun(date(2026, 10, 1))
    closing = close(episode, date(2026, 10, 10))
    assert not keys("open_episodes")
    correct(closing, kind=Kind.VOID)
    assert keys("open_episodes") == {episode.pk: True}


# --- follow-ups on time


def test_follow_ups_are_on_time_by_the_day_of_their_result() -> None:
    episode = begun(date(2026, 9, 1))
    kept, early, late, open_one = (make.follow_up(episode, due_on=date(2026, 10, 15)) for _ in range(4))
    make.result(kept, occurred_on=date(2026, 10, 15))
    make.result(early, occurred_on=date(2026, 10, 1))
    make.result(late, occurred_on=date(2026, 10, 16))
    assert keys("follow_ups_on_time") == {kept.pk: True, early.pk: True, late.pk: False, open_one.pk: False}


def test_a_result_that_nobody_was_found_is_a_result() -> None:
    tried = make.follow_up(begun(date(2026, 9, 1)), due_on=date(2026, 10, 31))
    make.result(tried, result=FollowUpResult.Result.NOT_FOUND)
    assert keys("follow_ups_on_time") == {tried.pk: True}


def test_cancelled_follow_ups_and_those_of_other_months_are_left_out() -> None:
    episode = begun(date(2026, 9, 1))
    make.follow_up(episode, due_on=date(2026, 10, 15), state=FollowUp.State.CANCELLED)
    make.follow_up(episode, due_on=date(2026, 9, 30))
    make.follow_up(episode, due_on=date(2026, 11, 1))
    assert not keys("follow_ups_on_time")


def test_what_was_moved_or_cancelled_when_late_counts_as_late_in_its_own_month() -> None:
    episode, missed = begun(date(2026, 9, 1)), date(2026, 10, 15)
    moved = make.follow_up(episode, due_on=date(2026, 11, 20), missed_on=missed)
    make.result(moved, occurred_on=date(2026, 11, 20))
    dropped = make.follow_up(episode, due_on=missed, missed_on=missed, state=FollowUp.State.CANCELLED)
    elsewhere = make.follow_up(episode, due_on=date(2026, 10, 20), missed_on=date(2026, 9, 29))
    assert keys("follow_ups_on_time") == {moved.pk: False, dropped.pk: False}
    assert elsewhere.pk not in keys("follow_ups_on_time")


def test_of_a_corrected_result_the_correction_decides() -> None:
    appointment = make.follow_up(begun(date(2026, 9, 1)), due_on=date(2026, 10, 15))
    first = make.result(appointment, occurred_on=date(2026, 10, 15))
    correct(first, occurred_on=date(2026, 10, 17))
    assert keys("follow_ups_on_time") == {appointment.pk: False}


# --- who comes back


def test_who_comes_back_within_six_months_of_closing_is_counted() -> None:
    back, late, away = (begun(date(2026, 1, 10)) for _ in range(3))
    for episode in (back, late, away):
        close(episode, date(2026, 4, 15))
    again(back, date(2026, 10, 15))
    again(late, date(2026, 10, 16))
    assert keys("returns") == {back.pk: True, late.pk: False, away.pk: False}


def test_only_closings_of_the_month_six_months_back_are_asked_about() -> None:
    for day in (date(2026, 3, 31), date(2026, 5, 1)):
        close(begun(date(2026, 1, 1)), day)
    first, last = begun(date(2026, 1, 1)), begun(date(2026, 1, 1))
    close(first, date(2026, 4, 1))
    close(last, date(2026, 4, 30))
    assert keys("returns").keys() == {first.pk, last.pk}


def test_who_died_is_not_among_them() -> None:
    close(begun(date(2026, 1, 1)), date(2026, 4, 15), Episode.Outcome.DIED)
    assert not keys("returns")


def test_a_linked_person_comes_back_with_another_record_at_another_centre() -> None:
    episode = begun(date(2026, 1, 1))
    close(episode, date(2026, 4, 15))
    elsewhere = make.client(make.FOREIGN, person=episode.client.person)
    again(episode, date(2026, 6, 1), client=elsewhere)
    assert rows("returns") == [Row("30", episode.pk, "", True)]


def test_a_person_with_two_closings_counts_once_at_the_last_place() -> None:
    first = begun(date(2026, 1, 1))
    close(first, date(2026, 4, 3))
    second = again(first, date(2026, 4, 10), client=make.client(make.FOREIGN, person=first.client.person))
    close(second, date(2026, 4, 20))
    assert rows("returns") == [Row("50", second.pk, "", True)]
    assert rows("returns", province="30") == []
    assert rows("returns", province="50") == [Row("50", second.pk, "", True)]


def test_a_new_opening_entered_by_mistake_is_no_return() -> None:
    episode = begun(date(2026, 1, 1))
    close(episode, date(2026, 4, 15))
    opening = again(episode, date(2026, 5, 1)).events.get(kind=Kind.OPENED)
    correct(opening, kind=Kind.VOID)
    assert keys("returns") == {episode.pk: False}


def test_the_month_so_far_asks_only_about_closings_six_months_old() -> None:
    old, young = begun(date(2026, 1, 1)), begun(date(2026, 1, 1))
    close(old, date(2026, 5, 9))
    close(young, date(2026, 5, 10))
    assert keys("returns", Month(2026, 11), until=date(2026, 11, 9)).keys() == {old.pk}


# --- closed by outcome


def test_closings_are_grouped_by_outcome_and_counted_by_their_day() -> None:
    home, lost = begun(date(2026, 1, 1)), begun(date(2026, 1, 1))
    close(home, date(2026, 10, 1))
    close(lost, date(2026, 10, 31), Episode.Outcome.LOST)
    close(begun(date(2026, 1, 1)), date(2026, 11, 1))
    assert rows("closed_by_outcome") == sorted(
        [Row("30", home.pk, "own_home", True), Row("30", lost.pk, "lost", True)]
    )


def test_a_closing_moved_to_another_month_counts_there() -> None:
    episode = begun(date(2026, 1, 1))
    closing = close(episode, date(2026, 10, 31))
    correct(closing, occurred_on=date(2026, 11, 1))
    assert not keys("closed_by_outcome")
    assert keys("closed_by_outcome", Month(2026, 11)) == {episode.pk: True}


# --- opening


def test_rows_open_for_those_who_may_see_the_file_and_for_nobody_else() -> None:
    mine, foreign = begun(date(2026, 10, 5)), begun(date(2026, 10, 5), make.FOREIGN)
    indicator = get("open_episodes")
    assert indicator is not None
    opened = indicator.open_rows([mine.pk, foreign.pk], make.actor())
    assert set(opened) == {mine.pk}
    assert opened[mine.pk].subject == str(mine.client.uid)
    assert opened[mine.pk].code == mine.client.code
    assert set(indicator.open_rows([mine.pk, foreign.pk], make.actor("auditor"))) == {mine.pk, foreign.pk}
    assert not indicator.open_rows([mine.pk, foreign.pk], make.actor("department_analyst"))


def test_successors_follow_a_chain_to_its_end() -> None:
    first = begun(date(2026, 10, 5)).notices.get()
    untouched = begun(date(2026, 10, 5)).notices.get()
    last = correct(correct(first, place="ก"), place="ข")
    indicator = get("notices_by_channel")
    assert indicator is not None
    assert indicator.successors is not None
    assert indicator.successors({first.pk, untouched.pk}) == {first.pk: last.pk}


def test_a_day_of_notice_is_a_day_in_bangkok(time_machine: Any) -> None:
    """Half past midnight in Bangkok is still yesterday in UTC; what is recorded then bears the Bangkok day."""
    time_machine.move_to("2026-10-31 17:30:00+00:00", tick=False)
    episode = begun(clock.today())
    assert episode.opened_on == date(2026, 11, 1)
    assert not keys("notices_by_channel")
    assert keys("notices_by_channel", Month(2026, 11), until=date(2026, 11, 1) + timedelta(days=1))


def test_each_row_says_why_it_counts_or_not() -> None:
    reader = make.actor()

    def said(code: str, key: int) -> tuple[date, str]:
        indicator = get(code)
        assert indicator is not None
        with translation.override("en"):
            row = indicator.open_rows([key], reader)[key]
        return row.when, row.detail

    met, missed = begun(date(2026, 10, 5)), begun(date(2026, 10, 5))
    make.event(met, Kind.CONTACTED, on=date(2026, 10, 7))
    assert said("contacted_in_time", met.pk) == (date(2026, 10, 5), "contacted 7 Oct 2569")
    assert said("contacted_in_time", missed.pk) == (date(2026, 10, 5), "no contact recorded")
    appointment = make.follow_up(met, due_on=date(2026, 10, 15))
    assert said("follow_ups_on_time", appointment.pk) == (date(2026, 10, 15), "visit · no result")
    make.result(appointment, occurred_on=date(2026, 10, 16))
    assert said("follow_ups_on_time", appointment.pk)[1] == "visit · result of 16 Oct 2569"
    close(met, date(2026, 10, 20))
    assert said("closed_by_outcome", met.pk) == (date(2026, 10, 20), "own room or home")
    assert said("returns", met.pk) == (date(2026, 10, 20), "not opened again")
    again(met, date(2026, 11, 1))
    assert said("returns", met.pk) == (date(2026, 10, 20), "opened again 1 Nov 2569")
    assert said("open_episodes", missed.pk)[1].startswith("today: ")
