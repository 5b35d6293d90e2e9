"""The 77 provinces: codes of the civil registration (two digits), names, region, and a place on the tile map.

Regions are the six of the statistical division that the National Research Council drew in 2520. The short
Thai names are the customary two letters. The places on the map are ours: each province one square, so that
a small one is seen as well as a large one.
"""

import re
import unicodedata
from typing import NamedTuple

from common.thai.digits import to_arabic


class ProvinceSeed(NamedTuple):
    """A province as it is built in; `tile` is (row, column) on the map, from the north-west."""

    code: str
    name_th: str
    name_en: str
    region: str
    short_th: str
    short_en: str
    tile: tuple[int, int]


REGIONS = {
    "north": ("ภาคเหนือ", "North"),
    "northeast": ("ภาคตะวันออกเฉียงเหนือ", "Northeast"),
    "central": ("ภาคกลาง", "Central"),
    "east": ("ภาคตะวันออก", "East"),
    "west": ("ภาคตะวันตก", "West"),
    "south": ("ภาคใต้", "South"),
}

PROVINCES: tuple[ProvinceSeed, ...] = (
    ProvinceSeed("10", "กรุงเทพมหานคร", "Bangkok", "central", "กท", "BKK", (9, 2)),
    ProvinceSeed("11", "สมุทรปราการ", "Samut Prakan", "central", "สป", "SPK", (9, 3)),
    ProvinceSeed("12", "นนทบุรี", "Nonthaburi", "central", "นบ", "NBI", (8, 2)),
    ProvinceSeed("13", "ปทุมธานี", "Pathum Thani", "central", "ปท", "PTE", (8, 3)),
    ProvinceSeed("14", "พระนครศรีอยุธยา", "Phra Nakhon Si Ayutthaya", "central", "อย", "AYA", (7, 3)),
    ProvinceSeed("15", "อ่างทอง", "Ang Thong", "central", "อท", "ATG", (7, 2)),
    ProvinceSeed("16", "ลพบุรี", "Lop Buri", "central", "ลบ", "LRI", (5, 3)),
    ProvinceSeed("17", "สิงห์บุรี", "Sing Buri", "central", "สห", "SBR", (6, 2)),
    ProvinceSeed("18", "ชัยนาท", "Chai Nat", "central", "ชน", "CNT", (6, 1)),
    ProvinceSeed("19", "สระบุรี", "Saraburi", "central", "สบ", "SRI", (6, 3)),
    ProvinceSeed("20", "ชลบุรี", "Chon Buri", "east", "ชบ", "CBI", (10, 3)),
    ProvinceSeed("21", "ระยอง", "Rayong", "east", "รย", "RYG", (10, 4)),
    ProvinceSeed("22", "จันทบุรี", "Chanthaburi", "east", "จบ", "CTI", (10, 5)),
    ProvinceSeed("23", "ตราด", "Trat", "east", "ตร", "TRT", (11, 5)),
    ProvinceSeed("24", "ฉะเชิงเทรา", "Chachoengsao", "east", "ฉช", "CCO", (9, 4)),
    ProvinceSeed("25", "ปราจีนบุรี", "Prachin Buri", "east", "ปจ", "PRI", (8, 4)),
    ProvinceSeed("26", "นครนายก", "Nakhon Nayok", "central", "นย", "NYK", (7, 4)),
    ProvinceSeed("27", "สระแก้ว", "Sa Kaeo", "east", "สก", "SKW", (8, 5)),
    ProvinceSeed("30", "นครราชสีมา", "Nakhon Ratchasima", "northeast", "นม", "NMA", (6, 4)),
    ProvinceSeed("31", "บุรีรัมย์", "Buri Ram", "northeast", "บร", "BRM", (7, 5)),
    ProvinceSeed("32", "สุรินทร์", "Surin", "northeast", "สร", "SRN", (7, 6)),
    ProvinceSeed("33", "ศรีสะเกษ", "Si Sa Ket", "northeast", "ศก", "SSK", (7, 7)),
    ProvinceSeed("34", "อุบลราชธานี", "Ubon Ratchathani", "northeast", "อบ", "UBN", (7, 8)),
    ProvinceSeed("35", "ยโสธร", "Yasothon", "northeast", "ยส", "YST", (6, 7)),
    ProvinceSeed("36", "ชัยภูมิ", "Chaiyaphum", "northeast", "ชย", "CPM", (5, 4)),
    ProvinceSeed("37", "อำนาจเจริญ", "Amnat Charoen", "northeast", "อจ", "ACR", (6, 8)),
    ProvinceSeed("38", "บึงกาฬ", "Bueng Kan", "northeast", "บก", "BKN", (3, 6)),
    ProvinceSeed("39", "หนองบัวลำภู", "Nong Bua Lam Phu", "northeast", "นภ", "NBP", (4, 4)),
    ProvinceSeed("40", "ขอนแก่น", "Khon Kaen", "northeast", "ขก", "KKN", (5, 5)),
    ProvinceSeed("41", "อุดรธานี", "Udon Thani", "northeast", "อด", "UDN", (4, 5)),
    ProvinceSeed("42", "เลย", "Loei", "northeast", "ลย", "LEI", (3, 4)),
    ProvinceSeed("43", "หนองคาย", "Nong Khai", "northeast", "นค", "NKI", (3, 5)),
    ProvinceSeed("44", "มหาสารคาม", "Maha Sarakham", "northeast", "มค", "MKM", (6, 5)),
    ProvinceSeed("45", "ร้อยเอ็ด", "Roi Et", "northeast", "รอ", "RET", (6, 6)),
    ProvinceSeed("46", "กาฬสินธุ์", "Kalasin", "northeast", "กส", "KSN", (5, 6)),
    ProvinceSeed("47", "สกลนคร", "Sakon Nakhon", "northeast", "สน", "SNK", (4, 6)),
    ProvinceSeed("48", "นครพนม", "Nakhon Phanom", "northeast", "นพ", "NPM", (4, 7)),
    ProvinceSeed("49", "มุกดาหาร", "Mukdahan", "northeast", "มห", "MDH", (5, 7)),
    ProvinceSeed("50", "เชียงใหม่", "Chiang Mai", "north", "ชม", "CMI", (1, 1)),
    ProvinceSeed("51", "ลำพูน", "Lamphun", "north", "ลพ", "LPN", (2, 1)),
    ProvinceSeed("52", "ลำปาง", "Lampang", "north", "ลป", "LPG", (2, 2)),
    ProvinceSeed("53", "อุตรดิตถ์", "Uttaradit", "north", "อต", "UTT", (3, 2)),
    ProvinceSeed("54", "แพร่", "Phrae", "north", "พร", "PRE", (2, 3)),
    ProvinceSeed("55", "น่าน", "Nan", "north", "นน", "NAN", (1, 3)),
    ProvinceSeed("56", "พะเยา", "Phayao", "north", "พย", "PYO", (1, 2)),
    ProvinceSeed("57", "เชียงราย", "Chiang Rai", "north", "ชร", "CRI", (0, 2)),
    ProvinceSeed("58", "แม่ฮ่องสอน", "Mae Hong Son", "north", "มส", "MSN", (1, 0)),
    ProvinceSeed("60", "นครสวรรค์", "Nakhon Sawan", "central", "นว", "NSN", (5, 1)),
    ProvinceSeed("61", "อุทัยธานี", "Uthai Thani", "central", "อน", "UTI", (5, 0)),
    ProvinceSeed("62", "กำแพงเพชร", "Kamphaeng Phet", "central", "กพ", "KPT", (4, 1)),
    ProvinceSeed("63", "ตาก", "Tak", "west", "ตก", "TAK", (3, 0)),
    ProvinceSeed("64", "สุโขทัย", "Sukhothai", "central", "สท", "STI", (3, 1)),
    ProvinceSeed("65", "พิษณุโลก", "Phitsanulok", "central", "พล", "PLK", (4, 2)),
    ProvinceSeed("66", "พิจิตร", "Phichit", "central", "พจ", "PCT", (5, 2)),
    ProvinceSeed("67", "เพชรบูรณ์", "Phetchabun", "central", "พช", "PNB", (4, 3)),
    ProvinceSeed("70", "ราชบุรี", "Ratchaburi", "west", "รบ", "RBR", (7, 0)),
    ProvinceSeed("71", "กาญจนบุรี", "Kanchanaburi", "west", "กจ", "KRI", (6, 0)),
    ProvinceSeed("72", "สุพรรณบุรี", "Suphan Buri", "central", "สพ", "SPB", (7, 1)),
    ProvinceSeed("73", "นครปฐม", "Nakhon Pathom", "central", "นฐ", "NPT", (8, 1)),
    ProvinceSeed("74", "สมุทรสาคร", "Samut Sakhon", "central", "สค", "SKN", (9, 1)),
    ProvinceSeed("75", "สมุทรสงคราม", "Samut Songkhram", "central", "สส", "SKM", (9, 0)),
    ProvinceSeed("76", "เพชรบุรี", "Phetchaburi", "west", "พบ", "PBI", (10, 0)),
    ProvinceSeed("77", "ประจวบคีรีขันธ์", "Prachuap Khiri Khan", "west", "ปข", "PKN", (11, 0)),
    ProvinceSeed("80", "นครศรีธรรมราช", "Nakhon Si Thammarat", "south", "นศ", "NRT", (14, 2)),
    ProvinceSeed("81", "กระบี่", "Krabi", "south", "กบ", "KBI", (14, 1)),
    ProvinceSeed("82", "พังงา", "Phangnga", "south", "พง", "PNA", (13, 0)),
    ProvinceSeed("83", "ภูเก็ต", "Phuket", "south", "ภก", "PKT", (14, 0)),
    ProvinceSeed("84", "สุราษฎร์ธานี", "Surat Thani", "south", "สฎ", "SNI", (13, 1)),
    ProvinceSeed("85", "ระนอง", "Ranong", "south", "รน", "RNG", (12, 0)),
    ProvinceSeed("86", "ชุมพร", "Chumphon", "south", "ชพ", "CPN", (12, 1)),
    ProvinceSeed("90", "สงขลา", "Songkhla", "south", "สข", "SKA", (16, 2)),
    ProvinceSeed("91", "สตูล", "Satun", "south", "สต", "STN", (16, 1)),
    ProvinceSeed("92", "ตรัง", "Trang", "south", "ตง", "TRG", (15, 1)),
    ProvinceSeed("93", "พัทลุง", "Phatthalung", "south", "พท", "PLG", (15, 2)),
    ProvinceSeed("94", "ปัตตานี", "Pattani", "south", "ปน", "PTN", (16, 3)),
    ProvinceSeed("95", "ยะลา", "Yala", "south", "ยล", "YLA", (17, 3)),
    ProvinceSeed("96", "นราธิวาส", "Narathiwat", "south", "นธ", "NWT", (17, 4)),
)
BY_CODE = {province.code: province for province in PROVINCES}

# What people write and no rule yields: old names, nicknames, spellings on English forms.
_SPOKEN = {
    "กทม": "10",
    "กรุงเทพ": "10",
    "กรุงเทพฯ": "10",
    "พระนคร": "10",
    "ธนบุรี": "10",
    "bkk": "10",
    "krungthep": "10",
    "krungthepmahanakhon": "10",
    "bangkokmetropolis": "10",
    "เมืองนนท์": "12",
    "อยุธยา": "14",
    "กรุงเก่า": "14",
    "ayutthaya": "14",
    "ayudhya": "14",
    "loburi": "16",
    "เมืองชล": "20",
    "แปดริ้ว": "24",
    "โคราช": "30",
    "korat": "30",
    "khorat": "30",
    "sisaket": "33",
    "srisaket": "33",
    "อุบล": "34",
    "ubon": "34",
    "nongbualumphu": "39",
    "อุดร": "41",
    "udon": "41",
    "สารคาม": "44",
    "chiengmai": "50",
    "chiengrai": "57",
    "ปากน้ำโพ": "60",
    "เมืองกาญจน์": "71",
    "กาญจน์": "71",
    "สุพรรณ": "72",
    "มหาชัย": "74",
    "แม่กลอง": "75",
    "petchaburi": "76",
    "petchburi": "76",
    "phetburi": "76",
    "เมืองเพชร": "76",
    "ประจวบ": "77",
    "ประจวบฯ": "77",
    "prachuap": "77",
    "นครศรี": "80",
    "นครศรีฯ": "80",
    "สุราษฎร์": "84",
    "สุราษฎร์ฯ": "84",
    "สุราษ": "84",
    "surat": "84",
    "หาดใหญ่": "90",
}
_PREFIX = re.compile(r"^(?:จังหวัด|จ\.|จว\.|จ\s)\s*|^(?:changwat|province of)\s+", re.IGNORECASE)
_SUFFIX = re.compile(r"\s+province$", re.IGNORECASE)


def _key(text: str) -> str:
    """Spaces, dots, hyphens, invisible characters, letter case and a ำ typed as ํ + า make no difference."""
    plain = unicodedata.normalize("NFC", text).replace("\u0e4d\u0e32", "\u0e33").lower()
    return "".join(
        sign
        for sign in plain
        if sign not in " .-_'’\u00a0" and unicodedata.category(sign) not in {"Cf", "Cc"}
    )


_KEYS = {
    **{_key(name): code for name, code in _SPOKEN.items()},
    **{_key(province.short_th): province.code for province in PROVINCES},
    **{_key(province.short_en): province.code for province in PROVINCES},
    **{_key(province.name_en): province.code for province in PROVINCES},
    **{_key(province.name_th): province.code for province in PROVINCES},
}


def province_code(text: str) -> str | None:
    """Code of the province that `text` names, or None.

    Understands Thai and English names, "จังหวัด…" and "จ. …" before them, the two-letter short form,
    common nicknames (โคราช, กทม.) and the code itself in Arabic or Thai digits.
    """
    cleaned = _SUFFIX.sub("", _PREFIX.sub("", text.strip()))
    code = to_arabic(cleaned)
    if code in BY_CODE:
        return code
    return _KEYS.get(_key(cleaned))
