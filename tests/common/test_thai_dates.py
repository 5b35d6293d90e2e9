from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.thai.dates import DateError, PartialDate, be_year, format_be, format_time, parse_date
from common.thai.digits import to_thai

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("17 ม.ค. 2526", date(1983, 1, 17)),
        ("17ม.ค.2526", date(1983, 1, 17)),
        ("17 มค 2526", date(1983, 1, 17)),
        ("17-ม.ค.-2526", date(1983, 1, 17)),
        ("17 มกราคม พ.ศ. 2526", date(1983, 1, 17)),
        ("๑๗ มกราคม พ.ศ.๒๕๒๖", date(1983, 1, 17)),
        ("วันจันทร์ที่ 17 มกราคม 2526", date(1983, 1, 17)),
        ("วันที่ 17 ม.ค. 2526", date(1983, 1, 17)),
        ("17 มกราคม ค.ศ. 1983", date(1983, 1, 17)),
        ("2/7/2521", date(1978, 7, 2)),
        ("10-01-2494", date(1951, 1, 10)),
        ("10.01.2494", date(1951, 1, 10)),
        ("10 01 2494", date(1951, 1, 10)),
        (" 2 / 7 / 2521 ", date(1978, 7, 2)),
        ("2521/7/2", date(1978, 7, 2)),
        ("1979-01-17", date(1979, 1, 17)),
        ("2026-01-17 00:00:00", date(2026, 1, 17)),
        ("2026-01-17T10:30:00+07:00", date(2026, 1, 17)),
        ("17/1/2526 10.30 น.", date(1983, 1, 17)),
        ("17 Jan 1983", date(1983, 1, 17)),
        ("January 17th, 1983", date(1983, 1, 17)),
        ("Monday, 17 January 2526 BE", date(1983, 1, 17)),
        ("30 กรกฏาคม 2540", date(1997, 7, 30)),
        ("28 กุมภาพันธ 2540", date(1997, 2, 28)),
        ("5 พฤษจิกายน 2540", date(1997, 11, 5)),
        ("2\u200b/7/2521", date(1978, 7, 2)),
        (datetime(2001, 7, 7), date(2001, 7, 7)),
        (date(2526, 1, 17), date(1983, 1, 17)),
    ],
)
def test_days_are_read_as_clerks_write_them(typed: str | date, day: date) -> None:
    assert parse_date(typed) == PartialDate(day, "day")


@pytest.mark.parametrize(
    ("typed", "first", "precision"),
    [
        ("พ.ศ. 2520", date(1977, 1, 1), "year"),
        ("2520", date(1977, 1, 1), "year"),
        (2520, date(1977, 1, 1), "year"),
        ("ปี ๒๕๒๐", date(1977, 1, 1), "year"),
        ("ประมาณ พ.ศ. 2520", date(1977, 1, 1), "year"),
        ("ค.ศ. 1977", date(1977, 1, 1), "year"),
        ("1977", date(1977, 1, 1), "year"),
        ("ม.ค. 2520", date(1977, 1, 1), "month"),
        ("เดือนมีนาคม 2520", date(1977, 3, 1), "month"),
        ("03/2520", date(1977, 3, 1), "month"),
        ("1977-03", date(1977, 3, 1), "month"),
        ("Mar 1977", date(1977, 3, 1), "month"),
    ],
)
def test_years_and_months_keep_what_is_not_known(typed: str | int, first: date, precision: str) -> None:
    found = parse_date(typed)
    assert (found.value, found.precision) == (first, precision)


@pytest.mark.parametrize(
    "typed", ["", "  ", "-", "–", "ไม่ทราบ", "ไม่มี", "ไม่ระบุ", "ไม่ทราบวันเกิด", "N/A", "unknown", "?"]
)
def test_a_cell_that_says_nothing_is_empty(typed: str) -> None:
    assert _code(typed) == "empty"


@pytest.mark.parametrize(
    "typed", ["1/1/26", "5 ม.ค. 26", "พ.ศ. 20", "26", "26-01-17", "5 Jan 83", "01/01/'26"]
)
def test_two_digits_are_no_year(typed: str) -> None:
    assert _code(typed) == "two_digit"


@pytest.mark.parametrize(
    "typed",
    [
        *("31/2/2520", "29/2/2566", "29/2/2023", "0/1/2520", "1/13/2520", "1/17/2526", "32 ม.ค. 2520"),
        *("1/1/1899", "1/1/2201", "1/1/2399", "1/1/2744", "1/1/123", "1/1/25690", "พ.ศ. 1977", "ค.ศ. 2520"),
        *(
            "28872",
            "17012526",
            "วันนี้",
            "5 มกรา 2520",
            "1//2520",
            "=TODAY()",
            "1/1/2520 1/1/2520",
            "x" * 10_000,
        ),
    ],
)
def test_what_is_in_no_calendar_is_refused(typed: str) -> None:
    assert _code(typed) == "invalid"


def test_29_february_2567_is_a_day_though_2567_is_no_leap_year() -> None:
    assert parse_date("29/2/2567").value == date(2024, 2, 29)


def test_nobody_is_born_tomorrow() -> None:
    assert parse_date("22/11/2569", today=TODAY).value == TODAY
    assert _code("23/11/2569", today=TODAY) == "future"
    assert _code("ธ.ค. 2569", today=TODAY) == "future"
    assert parse_date("2569", today=TODAY).precision == "year"
    assert _code("2570", today=TODAY) == "future"


def test_before_2484_the_year_began_in_april() -> None:
    assert parse_date("15/2/2480").value == date(1938, 2, 15)
    assert parse_date("15/4/2480").value == date(1937, 4, 15)
    assert parse_date("31/12/2483").value == date(1940, 12, 31)
    assert parse_date("1/1/2484").value == date(1941, 1, 1)
    assert _code("15/2/2483") == "invalid"  # the year 2483 began in April and ended in December
    assert format_be(date(1940, 3, 31), "numeric") == "31/03/2482"
    assert format_be(parse_date("พ.ศ. 2480")) == "พ.ศ. 2480"


@given(
    st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    st.sampled_from(["short", "long", "full", "numeric"]),
    st.booleans(),
)
def test_every_day_comes_back_as_it_was_written(day: date, style: str, thai_digits: bool) -> None:
    for lang in ("th", "en"):
        written = format_be(day, style, lang=lang)  # type: ignore[arg-type]
        assert parse_date(to_thai(written) if thai_digits else written).value == day


@given(
    st.dates(date(1900, 4, 1), date(2199, 12, 31)),
    st.sampled_from(["day", "month", "year"]),
    st.sampled_from(["short", "long", "numeric"]),
)
def test_a_partial_date_survives_writing_and_reading(day: date, precision: str, style: str) -> None:
    partial = parse_date(format_be(day, style, precision))  # type: ignore[arg-type]
    assert partial.precision == precision
    assert partial.agrees_with(PartialDate(day))
    assert parse_date(format_be(partial, style)) == partial  # type: ignore[arg-type]


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_a_named_refusal(text: str) -> None:
    try:
        outcome = "read" if 2400 <= be_year(parse_date(text).value) <= 2743 else "out of range"
    except DateError as refused:
        outcome = refused.code
    assert outcome in {"read", "empty", "invalid", "two_digit"}


def test_styles() -> None:
    day = date(2026, 11, 22)
    assert format_be(day) == "22 พ.ย. 2569"
    assert format_be(day, "long") == "22 พฤศจิกายน 2569"
    assert format_be(day, "full") == "วันอาทิตย์ที่ 22 พฤศจิกายน 2569"
    assert format_be(day, "numeric") == "22/11/2569"
    assert format_be(day, "month") == "พฤศจิกายน 2569"
    assert format_be(day, "year") == "2569"
    assert format_be(day, precision="month") == "พ.ย. 2569"
    assert format_be(day, precision="year") == "พ.ศ. 2569"
    assert format_be(day, lang="en") == "22 Nov 2569"
    assert format_be(day, "full", lang="en") == "Sunday 22 November 2569 BE"
    assert format_be(day, precision="year", lang="en") == "2569 BE"
    assert format_be(None) == ""


def test_an_instant_is_shown_at_bangkoks_clock() -> None:
    evening = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
    assert format_be(evening) == "23 พ.ย. 2569"
    assert format_time(evening) == "00.30 น."
    assert format_time(time(10, 5)) == "10.05 น."
    assert format_time(None) == ""


def test_partial_dates_agree_as_far_as_the_coarser_goes() -> None:
    day, month, year = parse_date("8/10/2520"), parse_date("ต.ค. 2520"), parse_date("2520")
    assert day.agrees_with(year)
    assert month.agrees_with(day)
    assert not day.agrees_with(parse_date("9/10/2520"))
    assert not month.agrees_with(parse_date("9/11/2520"))
    assert not year.agrees_with(parse_date("9/11/2521"))
    assert [str(d) for d in (day, month, year)] == ["1977-10-08", "1977-10", "1977"]


def _code(typed: str, today: date | None = None) -> str:
    with pytest.raises(DateError) as refused:
        parse_date(typed, today=today)
    return refused.value.code
