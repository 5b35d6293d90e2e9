"""Cleaning of typed Thai text: one spelling of what looks the same, nothing invisible."""

import re
import unicodedata

CONSONANTS = "ก-ฮ"
VOWEL_SIGNS = "ะ-ู"  # written after, above or below their consonant
LEADING_VOWELS = "เ-ไ"
TONES = "่-๋"

_INVISIBLE = (  # controls, soft hyphen, joiners, direction marks, byte-order marks, tags, lone surrogates
    *(
        range(0x20),
        range(0x7F, 0xA0),
        (0xAD, 0x34F, 0x61C, 0x180E),
        range(0x200B, 0x2010),
        range(0x202A, 0x202F),
    ),
    *(
        range(0x2060, 0x2070),
        (0xFEFF,),
        range(0xFFF9, 0xFFFC),
        range(0xE0000, 0xE0080),
        range(0xD800, 0xE000),
    ),
)
_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029"
_CLEAN = {code: None for codes in _INVISIBLE for code in codes} | {ord(char): " " for char in _SPACES}

# Putting marks in order takes time with the square of their number, so a pile is cut first (UAX 15, stream-safe text).
_MARKS = r"[\u0300-\u036fัิ-ฺ็-๎ำ]"
_PILED = re.compile(rf"({_MARKS}{{30}}){_MARKS}+")
# No syllable carries more than three marks; a longer run is garbage, and would make the patterns slow.
_MISTYPED = re.compile(_MARKS + r"{4}|ํ|เเ|ๅ|[่-๋][ิ-ฺั็]|ำ[่-๋]|([ัิ-ฺ็-๎])\1")
_REPAIRS = (
    (re.compile(rf"({_MARKS}{{3}}){_MARKS}+"), r"\1"),
    (re.compile(r"เเ"), "แ"),
    (re.compile(r"(?<![ฤฦ])ๅ"), "า"),
    (re.compile(r"([่-๋]+)([ิ-ฺั็]+)"), r"\2\1"),
    (re.compile(r"([ัิ-ฺ็-๎])\1+"), r"\1"),
    (re.compile(r"ํ([่-๋]*)า|([่-๋]+)ํา"), r"\1\2ำ"),
    (re.compile(r"ำ([่-๋]+)"), r"\1ำ"),
)
_OF_WHAT = r"ข้อมูล|ชื่อ(?:-?สกุล)?|นามสกุล|สกุล|อายุ|วัน(?:ที่|เดือนปี)?เกิด|เลข[ก-๎]*|เบอร์[ก-๎]*|โทรศัพท์|แน่ชัด|แน่นอน"
_NOTHING = re.compile(
    rf"[\W_]*|(?:ไม่ ?(?:มี|ทราบ|ระบุ|รู้|แน่ชัด|แน่ใจ|ปรากฏ|ได้ระบุ|ให้ข้อมูล)|จำไม่ได้)(?: ?(?:{_OF_WHAT}))?"
    r"|n\.?/?a\.?|none|null|nil|unknown|not known",
    re.IGNORECASE,
)


def normalise(text: str) -> str:
    """`text` as it is stored: NFC, nothing invisible, single spaces, and one order of Thai marks.

    ํา becomes ำ, เเ becomes แ, a tone typed before its vowel goes behind it, a doubled mark is one.
    Letters, case and Thai digits are kept.
    """
    text = unicodedata.normalize("NFC", _PILED.sub(r"\1", text.translate(_CLEAN)))
    while _MISTYPED.search(text):  # one repair may bring together what another mends
        repaired = text
        for pattern, replacement in _REPAIRS:
            repaired = pattern.sub(replacement, repaired)
        repaired = unicodedata.normalize("NFC", repaired)
        if repaired == text:
            break
        text = repaired
    return " ".join(text.split())


def says_nothing(text: str) -> bool:
    """True for what clerks write into a cell they leave empty: "", "-", ไม่ทราบ, ไม่มี, ไม่ระบุ, n/a, unknown…"""
    return _NOTHING.fullmatch(text.strip()) is not None
