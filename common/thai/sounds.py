"""Spelling-tolerant keys for Thai names: `sound` keeps the vowels, `skeleton` the consonants alone.

Both treat alike what is written differently for one sound: letters of one class (ศ ษ ส; ณ น; ฏ ต; ฐ ถ ท ธ;
ร ล ฬ), a silent letter with its ์, without it, or left out (วงษ์ วงษ วง), ร หัน (วรรณ วัน), Pali doubles
(กิตติ กิติ), long and short vowels, tone marks or none.
"""

import re
from collections.abc import Iterable

_CLASSES = {
    **{"ค": "ขฃคฅฆ", "ช": "ชฉฌ", "ซ": "ซสศษ", "ด": "ดฎ", "ต": "ตฏ", "ท": "ทธถฑฒ", "พ": "พผ", "ฟ": "ฟฝ"},
    **{"ร": "รลฬฤฦ", "ฮ": "หฮ", "ิ": "ิี", "ึ": "ึื", "ุ": "ุู", "ไ": "ไใ"},
}
_UNHEARD = "ฺ็่้๊๋ํ๎ๆฯ"
# ณ ฐ ภ ญ wait for the second pass: they tell a silent ending from the first letter of a next syllable.
_FIRST = str.maketrans(
    {same: head for head, all_ in _CLASSES.items() for same in all_} | dict.fromkeys(_UNHEARD)
)
_SECOND = {"ณ": "น", "ฐ": "ท", "ภ": "พ", "ญ": "ย", "์": None, " ": None}
_SOUND = str.maketrans({**_SECOND, "ะ": None})
_SKELETON = str.maketrans({**_SECOND, **dict.fromkeys("ะัาำิึุเแโไๅ")})

# The end of a stem | what ์ silences after it, recognised where ์ was forgotten; letters as _FIRST leaves them.
# Taken from Thai given and family names, the most frequent first; น stands for ณ as well.
_STEMS = (
    *("พง|ซ", "วง|ซ", "ัต|น", "ัท|น", "ัก|ดิ", "ัก|ด", "ภร|ณ", "ัก|ซ", "ัก|ซณ", "นน|ท", "ิพ|ย", "าน|ต", "ัน|ต", "ิช|ย"),
    *("ิช|ญ", "ัน|ทุ", "ิง|ฮ", "รง|ค", "ัพ|ย", "ิม|พ", "ิซ|ฐ", "ิท|ย", "โรจ|น", "กร|ณ", "ิต|ย", "ุร|ย", "ัซ|ดิ", "วง|ค"),
    *(
        "ญจ|น",
        "ัร|ย",
        "ิร|ป",
        "ัท|ร",
        "ุร|ณ",
        "ัง|ค",
        "รม|ย",
        "ัช|ร",
        "รก|ซ",
        "ฮง|ซ",
        "ซร|ณ",
        "าต|ย",
        "ซง|ค",
        "ัณ|ย",
    ),
    *("ัญ|ย", "พง|ค", "ัม|ย", "รซ|ฐ", "มน|ต", "นง|ค", "ิต|ร", "ทัซ|น", "าร|ย", "พจ|น", "ิน|ทุ"),
    *(
        "าซ|ตร",
        "าซ|ต",
        "โพ|ทิ",
        "ัณ|ฮ",
        "ราง|ค",
        "ยร|ติ",
        "ัต|ย",
        "พน|ท",
        "ทร|ณ",
        "ุต|ม",
        "ชซ|ฐ",
        "ัจ|น",
        "คน|ท",
        "พช|ร",
        "ัซ|ร",
        "ัก|ร",
        "ัช|ต",
        "ยง|ค",
        "ยน|ต",
    ),
    *("ุจ|น", "ัช|ย", "กต|ร", "าค|ย", "ัต|ร", "ุต|ร", "ัท|ย", "มท|ย", "พท|ย", "รัน|ดร", "เนต|ร", "กรซ|ณ", "ัซ|ซร"),
)
_SPELT = {
    stem.replace("น", spelt_n) + silent.replace("น", silent_n): stem + "์"
    for stem, silent in (pair.split("|") for pair in _STEMS)
    for spelt_n in "นณ"
    for silent_n in "นณ"
}


def _any_of(words: Iterable[str]) -> str:
    """A pattern for one of `words`, longest first, that looks at each letter once."""
    tails: dict[str, list[str]] = {}
    for word in words:
        tails.setdefault(word[:1], []).append(word[1:])
    branches = [head + _any_of(rest) for head, rest in tails.items() if head]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)}){'?' if '' in tails else ''}"


_FORGOTTEN = re.compile(_any_of(_SPELT) + r"(?![ัาำิ-ู์])")
_SILENT = re.compile(r"(?:(?<=[ก-ฮัาิ][นณซม])[ทตด]ร|(?<=ก)ซณ|[ก-ฮ])[ิุ]?์")
_INDRA = re.compile(r"(?:(?<=[ัิ][นณ])ทร?|(?<=เ.[นณ])ทร)(?![ัาำิ-ูอรวย์])")
_NATH = re.compile(r"[ฎฏฐ]ฐ์?")
_PALI = re.compile(r"(?:ก(?=ข)|จ(?=ฉ)|ช(?=ฌ)|ฎ(?=ฏ)|ต(?=ถ)|ท(?=ธ)|พ(?=ภ))(?!.[ิีุู]?์)")
_DOUBLED = re.compile(r"(?<=[ัิึุ])([กจชดญตทนณพรซปม])(?=\1)")
_RO_HAN = re.compile(r"(?<=[วส])รรค์?(?![ัาำิ-ู])|รร(?![ัาำิ-ู])|(?<=[พว])ร(?=ณ(?!์))|(?<=อ)ร(?=ถ(?!์))")
_CODA = re.compile(r"[มนคฆพภถทธฐศษ](?![ัาำิ-ู์])|ณ(?!์)")
_FINAL_YO = re.compile(r"ญ(?![ัาำิ-ู])")
_LATIN_VOWELS = re.compile(r"(?<=[a-z])[aeiouy]+")


def _ro_han(match: re.Match[str]) -> str:
    """ร หัน is ั before a final consonant (ธรรม, and พรณ for พรรณ), ัน where the syllable ends with it (บรรจง)."""
    closed = len(match[0]) == 1 or (match[0] == "รร" and _CODA.match(match.string, match.end()))
    return "ั" if closed else "ัน"


def _silence(match: re.Match[str]) -> str:
    return _SPELT[match[0]]


def _spoken(text: str) -> str:
    """A name as it is heard: no tone marks, one ์ for what is silent, no doubles."""
    if "ร" in text:
        text = _RO_HAN.sub(_ro_han, text)
    if "ฐ" in text:
        text = _NATH.sub("ฐ", text)
    text = _PALI.sub("", text).translate(_FIRST)
    if "์" in text:
        text = _SILENT.sub("์", text)
    text = _INDRA.sub("์", _FORGOTTEN.sub(_silence, text))
    text = _DOUBLED.sub("", text)
    return _FINAL_YO.sub("น", text) if "ญ" in text else text


def sound(plain: str) -> str:
    """Letters of one sound as one, vowels kept. Takes a name in lower case without title and punctuation."""
    return _spoken(plain).translate(_SOUND)


def skeleton(plain: str) -> str:
    """Consonants alone, letters of one sound as one; Latin words keep their first letter and consonants."""
    if plain.isascii():
        return _LATIN_VOWELS.sub("", plain).replace(" ", "")
    return _LATIN_VOWELS.sub("", _spoken(plain)).translate(_SKELETON)
