"""Made-up Thai people in any number: the same seed gives the same people.

Given names are common ones and compounds of their usual parts; surnames are compounds, since by law a family
name belongs to one family and hardly any two are alike. None is taken from a register.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate


def _words(text: str) -> list[str]:
    return text.split()


MEN = _words(
    """
    สมชาย สมศักดิ์ สมบัติ สมพงษ์ สมบูรณ์ สมหมาย สมเกียรติ สมนึก ประเสริฐ ประสิทธิ์ ประยูร ประจักษ์
    ประวิทย์ วิชัย วิเชียร วิโรจน์ วิรัตน์ วีระ วีระชัย วินัย วิทยา วัฒนา บุญมี บุญเลิศ บุญส่ง บุญช่วย
    บุญธรรม สุรชัย สุรพล สุรศักดิ์ สุชาติ สุทิน สุเทพ สุพจน์ สุวิทย์ สุนทร สำราญ สำเริง มานพ มานิตย์
    มานะ ณรงค์ ณัฐพล ณัฐวุฒิ ชัยวัฒน์ ชัยยา ชูชาติ ชาญชัย ชาตรี เฉลิม เฉลิมชัย ไพโรจน์ ไพบูลย์ ไพศาล
    อนันต์ อนุชา อนุวัฒน์ อภิชาติ อดิศร อดุลย์ อำนาจ อุดม ธนากร ธนพล ธีระ ธีรพงษ์ ธวัชชัย ทวี
    ทวีศักดิ์ ทองดี ทองใบ ทรงศักดิ์ กิตติ กิตติพงษ์ กิตติศักดิ์ เกรียงศักดิ์ กมล กำพล กฤษณะ ขวัญชัย
    คำแปง คมสัน จักรกฤษณ์ จักรพันธ์ จำลอง จำนงค์ จิรายุ เจริญ เจษฎา ดำรงค์ เดชา นิพนธ์ นิรันดร์ นพดล
    นพพร นเรศ พงษ์ศักดิ์ พรชัย พิชิต พิทักษ์ พิเชษฐ์ พิสิษฐ์ พัฒนา ภูวนาถ ภาคภูมิ มงคล ยุทธนา ยงยุทธ
    รังสรรค์ เริงชัย ลำดวน เลิศชาย วรวิทย์ วรพจน์ วสันต์ ศักดิ์ชัย ศิริชัย ศุภชัย สายัณห์ สันติ เสกสรร
    เสน่ห์ หาญชัย เอกชัย เอกพล โกวิทย์ โชคชัย โสภณ ไกรสร
    """
)
WOMEN = _words(
    """
    สมใจ สมศรี สมพร สมจิตร สมหญิง สมทรง สุดา สุดใจ สุมาลี สุภาพร สุภาพ สุนีย์ สุนันทา สุกัญญา สุรีย์
    สุวรรณา สุพรรณี สุจิตรา บุญเรือน บุญยืน บุษบา บังอร ประไพ ประนอม ประทุม ปราณี ปรียา ปิยะนุช ปัทมา
    มาลี มาลัย มะลิ มณี มยุรี มณีรัตน์ วันเพ็ญ วันดี วาสนา วิไล วิไลวรรณ วิภา วรรณา วรรณี วรรณภา วัชรี
    ศรีสุดา ศรีนวล ศิริพร ศิริวรรณ ศิริลักษณ์ ศศิธร สายฝน สายหยุด สายสุนีย์ สำเนียง สำลี เสาวลักษณ์
    เสาวนีย์ อรทัย อรพรรณ อรุณี อัญชลี อัมพร อำไพ อุไร อุไรวรรณ อารีย์ อารี กัลยา กาญจนา กนกวรรณ
    กรรณิการ์ เกศินี เกษร ขนิษฐา ขวัญใจ คำปุ่น จันทร์เพ็ญ จันทรา จารุวรรณ จิราพร จินตนา จุฑามาศ
    ฉวีวรรณ ชนิดา ชลธิชา ชุติมา ณัฐธิดา ณัฐกานต์ ดวงใจ ดวงพร ดารุณี ถนอม ทองใบ ทิพวรรณ ทัศนีย์
    ธิดารัตน์ นงลักษณ์ นงเยาว์ นภาพร นิตยา นิภาพร นันทนา นารี น้ำฝน เบญจวรรณ ปาริชาติ เปรมจิต ผ่องศรี
    พจนีย์ พรทิพย์ พรพิมล พรรณี พัชรี พิมพ์ใจ พิมพา เพ็ญศรี เพ็ญนภา ไพลิน ภัทรา ภาวนา ยุพิน เยาวลักษณ์
    รัชนี รัตนา รัตนาภรณ์ เรณู ลัดดา ลำดวน ละเอียด
    """
)
_FRONT = _words(
    """
    กิตติ กฤต คณิต จักร จิร ชล ชัย ณัฐ ดนัย ทรง ทวี ธน ธีร นที นนท นพ นิธิ ปฐม ประ ปิย พงศ์ พล พัชร
    พิพัฒน์ พีร ภัทร ภาณุ ยศ รัชต รัตน วชิร วร วสุ วิ วีร ศักดิ์ ศิริ ศุภ สม สิทธิ สุ สุธ สุร อธิ อนุ
    อภิ อิทธิ เอก โอภาส
    """
)
_BACK_MEN = _words(
    """
    กร การ ชัย ชาติ ชาญ เดช ธร นันท์ พงษ์ พล พัฒน์ พันธ์ ภพ ภัทร ยุทธ วัฒน์ วิทย์ วุฒิ ศักดิ์ สิทธิ์
    ฤทธิ์
    """
)
_BACK_WOMEN = _words(
    """
    กานต์ จิตร ญา ฐา ดา ทิพย์ ธิดา นันท์ นุช พร พรรณ ภรณ์ มาศ รัตน์ ลักษณ์ วดี วรรณ ศรี สุดา อร
    """
)
_FAMILY_FIRST = _words(
    """
    กอง กลิ่น กล้า แก้ว โกศล ขจร ขวัญ ขำ คง คำ จันทร์ จำปา เจริญ ใจ ชม ชัย ช่วย ชื่น เชื้อ โชติ ดวง ดี
    เดช ตั้ง ทวี ทอง ทรัพย์ ทับ ธนา ธรรม นาค นวล น้อย นิล เนียม บัว บาง บำรุง บุญ ประเสริฐ ปัญญา ปาน
    เปี่ยม ผล ผ่อง พงษ์ พรหม พล พันธุ์ พิพัฒน์ พุ่ม เพชร เพ็ง โพธิ์ แพง ภักดี ภู่ มณี มั่น มา มี เมือง
    แย้ม ยอด รักษ์ รัตน รุ่ง เรือง ฤทธิ์ ลาภ เลิศ วงษ์ วัฒน วิเศษ ศรี ศิริ ศักดิ์ ศิลป์ สง่า สมบูรณ์
    สว่าง สาย สำราญ สิงห์ สิทธิ สุข สุด สุวรรณ เสือ แสง หงษ์ หอม หาญ อนันต์ อินทร์ อุดม เอี่ยม อ่อน
    """
)
_FAMILY_LAST = _words(
    """
    กลาง กุล เกตุ ใจ ขันธ์ คำ จันทร์ จิตต์ เจริญ ชัย ชาติ ไชย ดี เดช ทอง ทิพย์ ธรรม นอก นาค บุญ บุตร
    ประสิทธิ์ ผล พงษ์ พร พันธ์ พินิจ พึ่ง พูล โพธิ์ ภักดี มงคล มณี มาก มี เมือง ยิ่ง ยืน รักษา รัตน์
    รุ่งเรือง เรือน ลาภ วงศ์ วงษ์ วัฒน์ วิชัย ศรี ศักดิ์ ศิริ สกุล สง สงวน สมบัติ สวัสดิ์ สว่าง สาร
    สุข สุวรรณ เสถียร แสง หอม หิรัญ อยู่ อาจ อินทร์ อุดม เอก โอสถ
    """
)
NICKNAMES = _words(
    """
    ต้น แดง ดำ เล็ก ใหญ่ น้อย อ้วน หนู นก ไก่ หมู แมว กุ้ง ปู ปลา แอ๊ด เอ๋ โอ๋ อ๊อด อู๊ด หน่อย นุ่น
    นุ้ย นิด หนึ่ง สอง เบิร์ด บอย บาส เบนซ์ โบว์ ป้อม เปิ้ล เปี๊ยก ปุ๊ก ผึ้ง ฝน ฟ้า แมน มิ้นท์ มด เม้ง
    เหมียว ยุ้ย แย้ ริน เรย์ ลี ลูกเกด วัว วิว ศักดิ์ ส้ม สาว เสือ หวาน แหม่ม อาร์ต อิ๋ว อุ้ม เอก เอ็ม
    แอน โอ๊ต ไอซ์ กบ กล้วย กอล์ฟ แก้ว โก้ ขวัญ เข่ง จ๋า จิ๋ม จุ๋ม แจ๋ว โจ้ ชมพู่ เชียร ติ๋ม ตุ้ม ตุ๊ก
    เต้ย โต้ง ทิพย์ นัท แบงค์ พลอย ไผ่ ภู มะขาม
    """
)
ALIASES = _words(
    """
    ลุงหมวก ป้าถุง ตาเคราขาว เจ๊กระเป๋า พี่สามล้อ น้าขวด ลุงกีตาร์ ป้าแมว ตาไม้เท้า ครูเก่า ช่างปืน
    หมอยา
    """
)
KNOWN_PLACES = [
    "สถานีรถไฟหัวลำโพง",
    "สนามหลวง",
    "ใต้สะพานพระปิ่นเกล้า",
    "ตลาดแม่กิมเฮง",
    "ลานย่าโม",
    "สถานีขนส่งหมอชิต",
    "วัดสุทธจินดา",
    "สวนลุมพินี",
    "ถนนราชดำเนิน",
    "บขส. นครราชสีมา",
    "ตลาดโต้รุ่ง",
    "หน้าโรงพยาบาลมหาราช",
    "ท่าน้ำนนท์",
    "สะพานพุทธ",
    "ป้ายรถเมล์อนุสาวรีย์",
    "ศาลาริมทางปักธงชัย",
]
_KINDS_OF_PLACE = _words("วัด ตลาด ถนน ซอย สวนสาธารณะ สะพาน หน้าโรงเรียน ท่ารถ ศาลา หลังร้าน")


@dataclass(frozen=True, slots=True)
class SomePerson:
    """A person nobody is; any part may be "" but not all."""

    title: str
    first: str
    last: str
    nickname: str
    alias: str
    place: str
    is_man: bool


def people(seed: int) -> Iterator[SomePerson]:
    """People without end."""
    dice = random.Random(seed)
    men, women = _given(MEN, _BACK_MEN), _given(WOMEN, _BACK_WOMEN)
    while True:
        is_man = dice.random() < 0.72
        given, weights = men if is_man else women
        first = dice.choices(given, cum_weights=weights)[0]
        yield SomePerson(
            title="นาย" if is_man else dice.choice(("นาง", "นางสาว")),
            first=first,
            last=surname(dice) if dice.random() < 0.93 else "",
            nickname=dice.choice(NICKNAMES) if dice.random() < 0.45 else "",
            alias=dice.choice(ALIASES) if dice.random() < 0.04 else "",
            place=_place(dice),
            is_man=is_man,
        )


def surname(dice: random.Random) -> str:
    """A family name of two parts, of three now and then."""
    parts = [dice.choice(_FAMILY_FIRST), dice.choice(_FAMILY_LAST)]
    if dice.random() < 0.35:
        parts.insert(1, dice.choice(_FAMILY_LAST))
    return "".join(parts)


def _place(dice: random.Random) -> str:
    """Now and then one that everybody knows, mostly one that few do."""
    if dice.random() < 0.15:
        return dice.choice(KNOWN_PLACES)
    name = dice.choice(_FAMILY_FIRST) + dice.choice(_FAMILY_LAST)
    return f"{dice.choice(_KINDS_OF_PLACE)}{name} {dice.randrange(1, 60)}"


def _given(common: list[str], endings: list[str]) -> tuple[list[str], list[float]]:
    """Given names with cumulated weights: a few dozen are everywhere, compounds are rare each."""
    compounds = [front + back for front in _FRONT for back in endings if not front.endswith("์")]
    weights = [1 / (rank + 8) for rank in range(len(common))] + [0.0018] * len(compounds)
    return [*common, *compounds], list(accumulate(weights))
