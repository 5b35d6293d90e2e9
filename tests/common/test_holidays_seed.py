"""The first filling of the holiday table."""

from datetime import date

from common.holidays_seed import NAME_LENGTH, thai_holidays


def test_the_year_has_its_fixed_lunar_and_substitute_days_in_both_languages():
    days = {one.day: one for one in thai_holidays([2026], announced_until=2026)}
    assert days[date(2026, 4, 13)].name_th == "วันสงกรานต์"
    assert days[date(2026, 4, 13)].name_en == "Songkran Festival"
    assert days[date(2026, 6, 1)].name_th == "ชดเชยวันวิสาขบูชา"
    assert date(2026, 5, 13) in days  # Ploughing Day: state offices are closed
    assert not any(one.provisional for one in days.values())


def test_years_not_yet_announced_are_provisional():
    seeded = thai_holidays([2027, 2026], announced_until=2026)
    assert {one.provisional for one in seeded if one.day.year == 2026} == {False}
    assert {one.provisional for one in seeded if one.day.year == 2027} == {True}
    assert [one.day for one in seeded] == sorted({one.day for one in seeded})


def test_only_the_years_asked_for():
    assert {one.day.year for one in thai_holidays([2025], announced_until=2025)} == {2025}
    assert thai_holidays([], announced_until=2026) == []


def test_names_fit_their_column_and_are_never_empty():
    for one in thai_holidays(range(2020, 2031), announced_until=2026):
        assert 0 < len(one.name_th) <= NAME_LENGTH
        assert 0 < len(one.name_en) <= NAME_LENGTH
