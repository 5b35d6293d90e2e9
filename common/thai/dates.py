"""Buddhist-Era dates: reading what people type, writing what they expect. Storage is always Gregorian.

A year from 2400 is Buddhist Era, 1900–2200 is Gregorian, anything else is refused, two digits above all.

Until 2483 the year began on 1 April; 2483 had nine months, and 1 January 2484 was the first New Year in January
(Calendar Year Act B.E. 2483). So January–March of a year up to 2482 lie in the Gregorian year `BE - 542`,
and January–March 2483 never were. Reading and writing both follow this, so a date comes back as it was typed.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from common.thai.digits import to_arabic
from common.thai.letters import normalise, says_nothing

BE_OFFSET = 543
Era = Literal["be", "ce"]
Precision = Literal["day", "month", "year"]
Style = Literal["short", "long", "full", "numeric", "month", "year"]

MONTHS_TH = (
    *("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"),
    *("กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"),
)
MONTHS_TH_SHORT = (
    *("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย."),
    *("ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."),
)
MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS_TH = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_BANGKOK = ZoneInfo("Asia/Bangkok")
_FIRST_JANUARY_YEAR = 1941  # 2484
_SHORT_YEAR = 2483

# Common slips in month names: a dropped ์, ฏ for ฎ, ษ for ศ.
_SPELLING = str.maketrans("ฏษ", "ฎศ", "์. ")


def _month_key(name: str) -> str:
    return name.translate(_SPELLING)


_MONTH_NUMBER = {
    _month_key(name.lower()): number
    for names in (
        MONTHS_TH,
        MONTHS_TH_SHORT,
        MONTHS_EN,
        (name[:3] for name in MONTHS_EN),
        ("",) * 8 + ("sept",),
    )
    for number, name in enumerate(names, 1)
    if name
}

_WEEKDAY = re.compile(r"^วัน[ก-๎]*?ที่ ?|^วัน(?:จันทร์?|อังคาร|พุธ|พฤหัส(?:บดี)?|ศุกร์?|เสาร์?|อาทิตย์?) ?|^[a-z]+day,? ")
_CLOCK = re.compile(r"[t ]+[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?: ?น\.?|z|\+[0-9:]+)?$")
_ERA = re.compile(r"(พ\.? ?ศ\.?|b\.?e\.?(?![a-z]))|(ค\.? ?ศ\.?|(?:c\.?e|a\.?d)\.?(?![a-z]))")
_ABOUT = re.compile(r"^(?:ประมาณ|ราว|ราวๆ|ปี|เดือน|c\.|ca\.|about)\s*")
_SEP = r" ?[-/.,' ] ?"
_ORDINAL = r"(?:st|nd|rd|th)?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?P<day>[0-9]{{1,2}}){_SEP}(?P<month>[0-9]{{1,2}}){_SEP}'?(?P<year>[0-9]{{1,4}})",
        rf"(?P<year>[0-9]{{4}}){_SEP}(?P<month>[0-9]{{1,2}}){_SEP}(?P<day>[0-9]{{1,2}})",
        rf"(?P<name>[a-z]+)\.? (?P<day>[0-9]{{1,2}}){_ORDINAL},? (?P<year>[0-9]{{1,4}})",
        rf"(?:(?P<day>[0-9]{{1,2}}){_ORDINAL}[-/ .]*)?(?P<name>[ก-ฮเ][ก-๎. ]*|[a-z]+)[-/ ,.']*(?P<year>[0-9]{{1,4}})",
        r"(?P<month>[0-9]{1,2}) ?[-/.] ?(?P<year>[0-9]{4})",
        r"(?P<year>[0-9]{4}) ?[-/.] ?(?P<month>[0-9]{1,2})",
        r"(?P<year>[0-9]{1,4})",
    )
)


class DateError(ValueError):
    """A text that is no date.

    Attributes:
        code: "empty" (nothing was said), "two_digit" (a year of two digits), "future" (after `today`)
            or "invalid" (not in the calendar, or not readable).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, or a month or a year of which no more is known.

    Attributes:
        value: the day itself, else the first day of the month or (Thai) year.
        precision: "day", "month" or "year".
    """

    value: date
    precision: Precision = "day"

    def agrees_with(self, other: "PartialDate") -> bool:
        """True when both may be the same day: equal as far as the coarser of the two goes."""
        coarse = {self.precision, other.precision}
        if "year" in coarse:
            return be_year(self.value) == be_year(other.value)
        if "month" in coarse:
            return (self.value.year, self.value.month) == (other.value.year, other.value.month)
        return self.value == other.value

    def __str__(self) -> str:
        """ISO as far as it is known: 1977, 1977-10 or 1977-10-08."""
        return self.value.isoformat()[: {"year": 4, "month": 7, "day": 10}[self.precision]]


def be_year(day: date) -> int:
    """The Buddhist-Era year of a Gregorian day, with the April new year before 2484."""
    return day.year + BE_OFFSET - (day.year < _FIRST_JANUARY_YEAR and day.month < 4)


def _read_year(text: str, era: str) -> tuple[int, Era]:
    """The year and its era; `era` is what the text says of it, if anything."""
    if len(text) <= 2:
        raise DateError("two_digit")
    year = int(text)
    found: Era = "be" if 2400 <= year <= 2200 + BE_OFFSET else "ce"
    if (found == "ce" and not 1900 <= year <= 2200) or era not in ("", found):
        raise DateError("invalid")
    return year, found


def _gregorian(year: int, era: Era, month: int, day: int) -> date:
    if era == "be":
        before_april = month < 4 and year <= _SHORT_YEAR
        if before_april and year == _SHORT_YEAR:
            raise DateError("invalid")
        year -= BE_OFFSET - before_april
    try:
        return date(year, month, day)
    except ValueError as error:
        raise DateError("invalid") from error


def _year_only(year: int, era: Era) -> date:
    gregorian = year - BE_OFFSET if era == "be" else year
    return date(gregorian, 4 if gregorian < _FIRST_JANUARY_YEAR else 1, 1)


def _month_number(name: str) -> int:
    try:
        return _MONTH_NUMBER[_month_key(name)]
    except KeyError as error:
        raise DateError("invalid") from error


def _read_text(text: str, era: str) -> PartialDate:
    match = next((found for form in _FORMS if (found := form.fullmatch(text))), None)
    if match is None:
        raise DateError("invalid")
    parts = match.groupdict()
    year = _read_year(parts["year"], era)
    month = _month_number(parts["name"]) if parts.get("name") else int(parts.get("month") or 0)
    if "name" not in parts and "month" not in parts:
        return PartialDate(_year_only(*year), "year")
    if not parts.get("day"):
        return PartialDate(_gregorian(*year, month, 1), "month")
    return PartialDate(_gregorian(*year, month, int(parts["day"])))


@lru_cache(maxsize=16_384)  # a register names the same days again and again
def _read(value: str | int | date) -> PartialDate:
    if isinstance(value, date):
        # A spreadsheet keeps "17/1/2526" typed by a clerk as a Gregorian day of the year 2526.
        return PartialDate(_gregorian(*_read_year(str(value.year), ""), value.month, value.day))
    text = normalise(str(value)[:80]).lower()
    if says_nothing(text):
        raise DateError("empty")
    text = _CLOCK.sub("", _WEEKDAY.sub("", to_arabic(text)))
    era = ""
    if match := _ERA.search(text):
        era = "be" if match[1] else "ce"
        text = " ".join((text[: match.start()] + " " + text[match.end() :]).split())
    return _read_text(_ABOUT.sub("", text).strip(" .,'"), era)


def parse_date(value: str | int | date, *, today: date | None = None) -> PartialDate:
    """What a person typed, or a spreadsheet cell, as a Gregorian date with its precision.

    Reads 17/1/2526, 17-01-2526, 17 ม.ค. 2526, ๑๗ มกราคม พ.ศ. ๒๕๒๖, 17 Jan 1983, ISO 1983-01-17, `date` and
    `datetime`; months (ม.ค. 2526, 01/2526) and years (พ.ศ. 2526). Day comes before month. 29 February of
    2567 is valid: the year is converted before the calendar is asked.

    Args:
        today: when given, what begins after it is refused.

    Raises:
        DateError: see its codes.
    """
    found = _read(value)
    if today is not None and found.value > today:
        raise DateError("future")
    return found


def format_be(
    day: date | PartialDate | None, style: Style = "short", precision: Precision = "day", lang: str = "th"
) -> str:
    """A Gregorian day in Buddhist Era; "" for None. An aware datetime is taken at Bangkok's clock.

    | style   | th                                  | en                         |
    |---------|-------------------------------------|----------------------------|
    | short   | 17 ม.ค. 2526                        | 17 Jan 2526                |
    | long    | 17 มกราคม 2526                      | 17 January 2526 BE         |
    | full    | วันจันทร์ที่ 17 มกราคม 2526             | Monday 17 January 2526 BE  |
    | numeric | 17/01/2526                          | 17/01/2526                 |
    | month   | มกราคม 2526                         | January 2526 BE            |
    | year    | 2526                                | 2526 BE                    |

    `precision` (or that of a PartialDate) leaves out what is not known; a lone year reads พ.ศ. 2526, and 2526
    in numeric style.
    """
    if day is None:
        return ""
    if isinstance(day, PartialDate):
        precision = day.precision
        day = day.value
    if isinstance(day, datetime) and day.tzinfo is not None:
        day = day.astimezone(_BANGKOK)
    if style == "numeric":
        parts = {"year": "", "month": f"{day.month:02d}/", "day": f"{day:%d/%m}/"}
        return f"{parts[precision]}{be_year(day)}"
    words = _words_th if lang == "th" else _words_en
    return words(day, style, precision)


def _words_th(day: date, style: Style, precision: Precision) -> str:
    year = be_year(day)
    if style == "year" or precision == "year":
        return f"{year}" if style == "year" else f"พ.ศ. {year}"
    month = (MONTHS_TH_SHORT if style == "short" else MONTHS_TH)[day.month - 1]
    if style == "month" or precision == "month":
        return f"{month} {year}"
    weekday = f"วัน{_WEEKDAYS_TH[day.weekday()]}ที่ " if style == "full" else ""
    return f"{weekday}{day.day} {month} {year}"


def _words_en(day: date, style: Style, precision: Precision) -> str:
    year = f"{be_year(day)}" if style == "short" and precision != "year" else f"{be_year(day)} BE"
    if style == "year" or precision == "year":
        return year
    month = MONTHS_EN[day.month - 1][: 3 if style == "short" else None]
    if style == "month" or precision == "month":
        return f"{month} {year}"
    weekday = f"{_WEEKDAYS_EN[day.weekday()]} " if style == "full" else ""
    return f"{weekday}{day.day} {month} {year}"


def format_time(moment: datetime | time | None, lang: str = "th") -> str:
    """10.30 น. (10:30 in English); an aware datetime is taken at Bangkok's clock, "" for None."""
    if moment is None:
        return ""
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        moment = moment.astimezone(_BANGKOK)
    return f"{moment:%H.%M} น." if lang == "th" else f"{moment:%H:%M}"
