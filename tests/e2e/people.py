"""The people whom tests.e2e.prepare puts into the system, and how somebody in a hurry types their names."""

from typing import NamedTuple

PURPOSE = "ตามเรื่องบัตรประชาชน"
EVERY_PART = "พรรณราย ศุภโชติ"
"""Whose file has something to show in every part."""

MISSPELT = {
    "ณรงค์ศักดิ์ เพียรพัฒนา": "นรงสัก เพียนพัฒนา",
    "เพ็ญพักตร์ ศรีวิลัย": "เพ็นพัก สีวิลัย",
    "ประสิทธิ์ ฤทธิ์เดชา": "ประสิท ฤทเดชา",
    "วรรณวิสา หอมจันทร์": "วันวิสา หอมจัน",
    "ธีรยุทธ์ กุศลส่ง": "ธีระยุทธ กุศลสง",
    "ศักดิ์สิทธิ์ ทรัพย์ไพศาล": "สักสิด ทรัพไพศาล",
    "กรรณิกา พฤกษาชาติ": "กันนิกา พฤกษาชาด",
    "พิเชฐ วงศ์สวรรค์": "พิเชษฐ์ วงสวรรค์",
    "อัจฉราพร เกียรติภูมิ": "อัดฉราพร เกียดภูมิ",
    "จักรพันธุ์ ภิรมย์สุข": "จักพัน ภิรมสุข",
    "ทรรศนีย์ สุรินทร์ธรรม": "ทัศนี สุรินธรรม",
    "ไชยณรงค์ อัศวเสนีย์": "ชัยณรง อัสวเสนี",
    "เกริกฤทธิ์ ทองประดับ": "เกริกริด ทองประดับ",
    "มัลลิกา เวชสุวรรณ": "มันลิกา เวดสุวัน",
}


def _with_the_next_surname(names: dict[str, str]) -> dict[str, str]:
    """As many people again: each first name with the surname of the name after it, typed as badly."""
    whole = [(name.split(), typed.split()) for name, typed in names.items()]
    after = [*whole[1:], whole[0]]
    return {
        f"{name[0]} {next_name[1]}": f"{typed[0]} {next_typed[1]}"
        for (name, typed), (next_name, next_typed) in zip(whole, after, strict=True)
    }


MISSPELT |= _with_the_next_surname(MISSPELT)


class Person(NamedTuple):
    """Somebody whom the demo's social worker has an appointment with today."""

    name: str
    code: str
    uid: str

    @property
    def misspelt(self) -> str:
        return MISSPELT[self.name]
