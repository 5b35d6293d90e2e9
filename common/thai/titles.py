"""Titles before a name: written with or without a space, spelt out or with dots, ranks and monks included.

A title says nothing about sex and is free text; it is only told apart from the name.
"""

import re

from common.thai.letters import normalise


def _words(listed: str) -> list[str]:
    return listed.split()


# A title glued to a name is one only if a syllable can begin after it: นาย|กมล, but not นาย|ิกา.
_STARTS_NAME = r"(?=[ก-ฮเ-ไa-zA-Z(\"'“])"
_GRADED = _words(
    "ว่าที่ร้อย ร้อยตำรวจ พันตำรวจ พลตำรวจ ร้อย พัน พล จ่าสิบ สิบตำรวจ สิบ นาวา นาวาอากาศ เรือ เรืออากาศ"
    " พันจ่า พันจ่าอากาศ จ่าอากาศ"
)
_GLUED = _words(
    "นางสาว นาย นาง เด็กชาย เด็กหญิง พระครู พระมหา พระอธิการ พระอาจารย์ พระปลัด พระสมุห์ พระใบฎีกา หลวงพ่อ หลวงปู่ หลวงตา"
    " หลวงพี่ สามเณร แม่ชี หม่อมราชวงศ์ หม่อมหลวง หม่อมเจ้า ท่านผู้หญิง คุณหญิง แพทย์หญิง นายแพทย์ พลทหาร ดาบตำรวจ นายดาบตำรวจ"
)
_RANKS = [rank + grade for rank in _GRADED for grade in _words("เอก โท ตรี")]
_DOTTED = _words(
    "ม.ร.ว. ม.ล. ม.จ. ดร. นพ. พญ. ทพ. ทพญ. ผศ. รศ. ศ. อส. ส.ณ. พล.อ. พล.ท. พล.ต. พล.ต.อ. พล.ต.ท. พล.ต.ต."
    " พ.อ. พ.ท. พ.ต. พ.ต.อ. พ.ต.ท. พ.ต.ต. ร.อ. ร.ท. ร.ต. ร.ต.อ. ร.ต.ท. ร.ต.ต. จ.ส.อ. จ.ส.ท. จ.ส.ต. ส.อ. ส.ท. ส.ต."
    " ส.ต.อ. ส.ต.ท. ส.ต.ต. ด.ต. น.อ. น.ท. น.ต. จ.อ. จ.ท. จ.ต. พ.จ.อ. พ.จ.ท. พ.จ.ต. พ.อ.อ. พ.อ.ท. พ.อ.ต."
)
_EVERYDAY = ["น.ส.", "ด.ช.", "ด.ญ."]  # these are written without any dot as well
_ENGLISH = ["mr", "mrs", "ms", "miss", "master", "dr"]

# Words that only look like title and name: places, offices, common nicknames; and a rank alone is a nickname.
_WHOLE_NAMES = _words("นางฟ้า นางเอก นางพญา นางรำ นายก นายหน้า นายทุน นายจ้าง นายช่าง นายอำเภอ นายพล ร้อยเอ็ด")
# After พระ a syllable alone proves nothing: พระเอก, พระจันทร์, พระพาย are given names.
_NOT_A_MONK = "เอก|นาง|จันทร์|อาทิตย์|ราม|ลักษณ์|พาย|เพลิง|พร|คุณ|ขวัญ|นาย|ทอง|เพชร|แก้ว|ศรี|โขนง|ประแดง|นคร"


def _dotted(abbreviation: str) -> str:
    """ "พ.ต." also as พ.ต, พต., พ. ต. — some dot must stay: นท is a name, น.ท. a rank."""
    parts = abbreviation.removesuffix(".").split(".")
    joined = "".join(parts)
    without_dots = rf"|{joined} (?=\S)" if abbreviation in _EVERYDAY else ""
    between = r"\. ?".join(parts) + r"(?:\. ?| |$)|" if len(parts) > 1 else ""
    return rf"{between}{joined}\. ?{without_dots}"


def _one_of(words: list[str]) -> str:
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


_ABBREVIATED = "|".join(_dotted(word) for word in sorted(_DOTTED + _EVERYDAY, key=len, reverse=True))
_TITLE = re.compile(
    "|".join(
        (
            rf"(?P<whole>{_one_of(_WHOLE_NAMES)}(?= |$)|{_one_of(_RANKS)}$|นายก(?:เทศ|รัฐ|สมาคม|อบต))",
            rf"(?:ว่าที่ ?)?(?:{_ABBREVIATED})(?:หญิง ?)?",
            rf"(?:ว่าที่ ?)?{_one_of(_GLUED + _RANKS)}(?:(?:หญิง)? |$|(?:หญิง)?{_STARTS_NAME})",
            rf"พระ(?: |$|(?!(?:{_NOT_A_MONK})(?:$| )){_STARTS_NAME})",
            r"คุณ +(?=\S)",
            rf"(?i:{_one_of(_ENGLISH)})(?:\. ?| |$)",
        )
    )
)
_MOST = 3  # "ว่าที่ ร.ต. ดร. นาย": more are no titles


def split_title(text: str) -> tuple[str, str]:
    """(title, rest) of a name, both normalised; either may be "".

    "นายสมชาย ใจดี" → ("นาย", "สมชาย ใจดี"), "ว่าที่ ร.ต.สมชาย" → ("ว่าที่ ร.ต.", "สมชาย"), "นาง" → ("นาง", "").
    Names that only begin like a title stay whole: นายิกา, นางฟ้า, พระเอก, คุณากร.
    """
    text = normalise(text)
    end = 0
    for _ in range(_MOST):
        match = _TITLE.match(text, end)
        if match is None or match["whole"] is not None:
            break
        end = match.end()
    return text[:end].strip(), text[end:]
