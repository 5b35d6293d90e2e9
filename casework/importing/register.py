"""A row of a register: its cells understood, and what is wrong with them by field and code."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from accounts.reference.provinces import province_code
from casework.rules import EARLIEST_BIRTH
from common.sheets import cells
from common.sheets.headings import Mapping
from common.thai import idnumber, phone
from common.thai.dates import DateError, PartialDate, parse_date
from common.thai.letters import says_nothing
from common.thai.names import split_name, split_title

ASIDE = "aside"
"""The field of columns that go into the remark, each with its heading; as many as one likes."""


@dataclass(slots=True)
class ParsedRow:
    """What a register says of one person, ready to be registered when `errors` is empty.

    Attributes:
        row: data rows under the headings, from 1.
        title … descriptor: normalised; "" when not given. `descriptor` is how to recognise somebody without name.
        sex: "male", "female", "other" or "unknown".
        pin: thirteen digits or ""; with the error pin_checksum they are the digits as written.
        id_status: "unverified", "category_0", "lost_card", "none", "passport", "refused", "unknown", "not_asked".
        birth: as far as it is known.
        phone: as `common.thai.phone.normalise` gives it, or "".
        domicile_province: two-digit code or ""; `domicile_text` is what was written.
        channel, cause: values of Notice.Channel and Client.Cause; the `_text` beside it is what was written.
        remark: the remark, and what stood in other cells but could not be understood, one per line.
        typed: what stood in the cell behind an error, by attribute.
        errors: (attribute, code) pairs; the codes are those of words.ROW.
    """

    row: int
    title: str = ""
    first_name: str = ""
    last_name: str = ""
    nickname: str = ""
    alias: str = ""
    descriptor: str = ""
    sex: str = "unknown"
    pin: str = ""
    id_status: str = "not_asked"
    birth: PartialDate | None = None
    phone: str = ""
    domicile_province: str = ""
    domicile_text: str = ""
    found_place: str = ""
    noticed_on: date | None = None
    channel: str = "other"
    channel_text: str = ""
    cause: str = "unknown"
    cause_text: str = ""
    appointment_on: date | None = None
    remark: str = ""
    typed: dict[str, str] | None = None
    errors: list[tuple[str, str]] = field(default_factory=list)


_SEXES = {
    **dict.fromkeys(("ช", "ชาย", "ผู้ชาย", "เพศชาย", "m", "male", "man"), "male"),
    **dict.fromkeys(("ญ", "หญิง", "ผู้หญิง", "เพศหญิง", "f", "female", "woman"), "female"),
    **dict.fromkeys(("อื่นๆ", "อื่น ๆ", "อื่น", "เพศทางเลือก", "lgbt", "lgbtq", "lgbtq+", "other", "x"), "other"),
}
_CHANNELS = (
    ("hotline_1300", re.compile(r"1300|สายด่วน|hotline", re.IGNORECASE)),
    (
        "social_media",
        re.compile(r"เฟซ|เฟส|facebook|ไลน์|\bline\b|โซเชียล|ออนไลน์|social|online|tiktok|ติ๊กต", re.IGNORECASE),
    ),
    ("news", re.compile(r"ข่าว|หนังสือพิมพ์|โทรทัศน์|news|\btv\b|press", re.IGNORECASE)),
    ("walk_in", re.compile(r"เดินเข้า|มาเอง|ด้วยตนเอง|ด้วยตัวเอง|walk", re.IGNORECASE)),
    (
        "outreach",
        re.compile(r"ลงพื้นที่|เชิงรุก|สำรวจ|ออกหน่วย|จัดระเบียบ|ลาดตระเวน|outreach|street|field", re.IGNORECASE),
    ),
    (
        "agency",
        re.compile(
            r"หน่วยงาน|ส่งต่อ|ตำรวจ|โรงพยาบาล|รพ\.|เทศบาล|อบต|อบจ|อำเภอ|มูลนิธิ|อพม|ผู้ใหญ่บ้าน|กำนัน"
            r"|agency|refer|police|hospital|municipal|foundation",
            re.IGNORECASE,
        ),
    ),
)
_CAUSES = (
    ("mental_health", re.compile(r"จิต|ซึมเศร้า|mental|psych|depress", re.IGNORECASE)),
    ("alcohol", re.compile(r"สุรา|เหล้า|alcohol|drink", re.IGNORECASE)),
    ("work", re.compile(r"งาน|รายได้|work|job|income", re.IGNORECASE)),
    ("family", re.compile(r"ครอบครัว|ญาติ|หย่า|บุตร|family|parent|divorce|relative", re.IGNORECASE)),
    ("no_housing", re.compile(r"ที่พัก|ที่อยู่|ไม่มีบ้าน|ค่าเช่า|ไล่ที่|hous|home|rent|evict", re.IGNORECASE)),
    ("illness", re.compile(r"ป่วย|พิการ|โรค|สุขภาพ|\bill|disab|sick|health", re.IGNORECASE)),
)
_PAPERS = (
    ("lost_card", re.compile(r"หาย|lost", re.IGNORECASE)),
    ("refused", re.compile(r"ปฏิเสธ|ไม่ประสงค์|ไม่ยอม|ไม่ให้|ไม่บอก|refuse", re.IGNORECASE)),
    ("passport", re.compile(r"พาสปอร์ต|หนังสือเดินทาง|passport|\b[a-z]{1,2}[0-9]{6,8}\b", re.IGNORECASE)),
    ("none", re.compile(r"ไม่ ?มี|ไม่เคย|ไร้สัญชาติ|none|no (?:id|card)", re.IGNORECASE)),
    ("unknown", re.compile(r"ไม่ ?(?:ทราบ|รู้|แน่)|จำไม่ได้|unknown|not known", re.IGNORECASE)),
)
_NAMELESS = re.compile(r"^(?:ไม่(?:ทราบ|มี|รู้|บอก)ชื่อ|นิรนาม|unnamed|unknown)[\s:,–-]*", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"[(\[“\"]([^(\[“)\]”\"]{1,80})[)\]”\"]")
_MOST_PHONE_DIGITS = 13
_LENGTHS = {"title": 40, "first_name": 120, "last_name": 120, "nickname": 80, "alias": 80, "descriptor": 250}
_PLACE_LENGTH = 200
_TYPED_LENGTH = 80


class _Cells:
    """The cells of one row by field, and the remark that grows while they are read."""

    def __init__(self, mapping: Mapping, row: Sequence[object]) -> None:
        self._mapping, self._row = mapping, row
        self._texts = [cells.text(value) for value in row]
        self.kept: list[str] = []

    def has(self, name: str) -> bool:
        return name in self._mapping

    def value(self, name: str) -> object:
        """The cell as stored; a whole number is an int, whatever the spreadsheet made of it."""
        column = self._mapping.get(name, (len(self._row),))[0]
        value = self._row[column] if column < len(self._row) else None
        return int(value) if isinstance(value, float) and value.is_integer() else value

    def written(self, name: str) -> str:
        columns = self._mapping.get(name, ())
        if len(columns) == 1:
            return self._texts[columns[0]] if columns[0] < len(self._texts) else ""
        return " ".join(text for column in columns for text in self._texts[column : column + 1] if text)

    def text(self, name: str) -> str:
        """What is written; "" also for what clerks write to say that there is nothing."""
        written = self.written(name)
        return "" if not written or says_nothing(written) else written

    def keep(self, label: str, text: str) -> None:
        """What could not be understood is not thrown away."""
        self.kept.append(f"{label}: {text}")

    def keep_cell(self, label: str, column: int) -> None:
        """What has no place of its own but shall not be lost."""
        text = self._texts[column] if column < len(self._texts) else ""
        if text and not says_nothing(text):
            self.kept.append(f"{label}: {text}" if label else text)


def parse_row(
    mapping: Mapping, row: Sequence[object], number: int, today: date, asides: Sequence[tuple[str, int]] = ()
) -> ParsedRow:
    """One data row understood. Never raises: what is wrong is in `errors`, what is not understood in `remark`.

    Args:
        mapping: as `Sheet.mapping`.
        number: as the sheet counts it.
        today: births and notices after it are wrong.
        asides: (heading, column) of what goes into the remark as it stands.
    """
    source, parsed = _Cells(mapping, row), ParsedRow(number)
    _read_name(source, parsed)
    _read_pin(source, parsed)
    _read_birth(source, parsed, today)
    _read_days(source, parsed, today)
    _read_phone(source, parsed)
    parsed.sex = _SEXES.get(source.text("sex").lower().strip(". "), "unknown")
    parsed.domicile_text = source.text("domicile")
    parsed.domicile_province = _province(parsed.domicile_text)
    parsed.found_place = source.text("found_place")[:_PLACE_LENGTH]
    parsed.channel_text = source.text("channel")
    parsed.channel = _first_of(_CHANNELS, parsed.channel_text, "other")
    parsed.cause_text = source.text("cause")
    parsed.cause = _first_of(_CAUSES, parsed.cause_text, "other" if parsed.cause_text else "unknown")
    if parsed.errors:
        typed = {name: source.written(name)[:_TYPED_LENGTH] for name, _code in parsed.errors}
        parsed.typed = {name: text for name, text in typed.items() if text} or None
    for heading, column in asides:
        source.keep_cell(heading, column)
    remark = source.text("remark")
    parsed.remark = "\n".join([remark, *source.kept] if remark else source.kept)
    return parsed


@lru_cache(maxsize=1_024)
def _province(written: str) -> str:
    return province_code(written) or "" if written else ""


@lru_cache(maxsize=4_096)
def _first_of(kinds: tuple[tuple[str, re.Pattern[str]], ...], text: str, otherwise: str) -> str:
    return next((kind for kind, pattern in kinds if pattern.search(text)), otherwise)


def _read_name(source: _Cells, parsed: ParsedRow) -> None:
    title, first, last = _name_parts(source)
    nickname = source.text("nickname")
    if not nickname and (bracketed := _IN_BRACKETS.search(source.written("full_name"))):
        nickname = bracketed[1].strip()
    descriptor = source.text("descriptor")
    if nameless := _NAMELESS.match(first):
        descriptor = descriptor or " ".join((first[nameless.end() :] + " " + last).split())
        first = last = ""
    found = {"title": title, "first_name": first, "last_name": last, "nickname": nickname}
    found |= {"alias": source.text("alias"), "descriptor": descriptor}
    for name, text in found.items():
        setattr(parsed, name, text[: _LENGTHS[name]].strip())
    if not (parsed.first_name or parsed.nickname or parsed.alias or parsed.descriptor):
        parsed.errors.append(("first_name", "name_missing"))


def _name_parts(source: _Cells) -> tuple[str, str, str]:
    """Title, first name and surname, however they are spread over the columns."""
    title, last = source.text("title"), source.text("last_name")
    whole = source.text("full_name")
    if whole:
        if _NAMELESS.match(whole):
            return title, whole, ""
        parts = split_name(whole)
        first, last = parts.first, parts.last or last
        return title or parts.title, "" if says_nothing(first) else first, "" if says_nothing(last) else last
    first = source.text("first_name")
    if _NAMELESS.match(first):
        return title, first, last
    if not source.has("last_name"):
        parts = split_name(first)
        return title or parts.title, parts.first, parts.last
    written_title, rest = split_title(first)
    # "พระ" in the column of titles and "พระพร" as a name: only a cell without a title beside it loses one.
    return (title, first, last) if title and written_title != title else (title or written_title, rest, last)


def _read_pin(source: _Cells, parsed: ParsedRow) -> None:
    written, value = source.written("pin"), source.value("pin")
    paper = _first_of(_PAPERS, written, "")
    digits = _pin_digits(value, written)
    if paper == "passport" and len(digits) != idnumber.LENGTH:
        parsed.id_status = paper
        source.keep("เลขประจำตัว", written)
    elif not digits:
        parsed.id_status = paper or "not_asked"
        if not paper and not says_nothing(written):
            source.keep("เลขประจำตัว", written)
    elif idnumber.is_valid(digits):
        parsed.pin = digits
        parsed.id_status = (
            "category_0" if digits[0] == "0" else paper if paper == "lost_card" else "unverified"
        )
    else:
        parsed.errors.append(("pin", "pin_checksum"))
        parsed.id_status = "unverified"
        if len(digits) == idnumber.LENGTH:
            parsed.pin = digits
        else:
            source.keep("เลขประจำตัว", written)


def _pin_digits(value: object, written: str) -> str:
    """Digits of the cell; twelve bare ones are a number whose leading zero a spreadsheet dropped."""
    if isinstance(value, int) and not isinstance(value, bool):
        return idnumber.normalise(value)
    digits = idnumber.normalise(written)
    if len(digits) == idnumber.LENGTH - 1 and digits == written and idnumber.is_valid("0" + digits):
        return "0" + digits
    return digits


def _read_birth(source: _Cells, parsed: ParsedRow, today: date) -> None:
    try:
        birth = parse_date(cells.day_value(source.value("birth")), today=today)
        if birth.value < EARLIEST_BIRTH:
            raise DateError("invalid")
        parsed.birth = birth
    except DateError as refused:
        if refused.code != "empty":
            parsed.errors.append(("birth", f"birth_{refused.code}"))


def _read_days(source: _Cells, parsed: ParsedRow, today: date) -> None:
    try:
        noticed = parse_date(cells.day_value(source.value("noticed_on")), today=today)
        parsed.noticed_on = noticed.value if noticed.precision == "day" else None
    except DateError:
        pass
    if parsed.noticed_on is None:
        parsed.errors.append(("noticed_on", "found_missing"))
    try:
        appointment = parse_date(cells.day_value(source.value("appointment_on")))
        parsed.appointment_on = appointment.value if appointment.precision == "day" else None
    except DateError:
        pass
    if parsed.appointment_on is None and source.text("appointment_on"):
        source.keep("วันนัดติดตาม", source.text("appointment_on"))


def _read_phone(source: _Cells, parsed: ParsedRow) -> None:
    written, value = source.text("phone"), source.value("phone")
    number = phone.normalise(value if isinstance(value, int) and not isinstance(value, bool) else written)
    parsed.phone = number or ""
    digits = sum(sign.isdigit() for sign in written)
    if written and (number is None or digits > _MOST_PHONE_DIGITS):
        source.keep("โทรศัพท์", written)
