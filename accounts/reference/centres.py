"""Protection centres, one in every province, and the eleven homes for the destitute.

No official codes were found. A provincial centre bears its province's two digits; the homes are numbered
H01 to H11 by us, in no official order.
"""

from typing import NamedTuple

from accounts.reference.provinces import PROVINCES, ProvinceSeed


class CentreSeed(NamedTuple):
    """A centre as it is built in; `kind` is "provincial" or "home"."""

    code: str
    kind: str
    province_code: str
    name_th: str
    name_en: str


def _provincial(province: ProvinceSeed) -> CentreSeed:
    # Bangkok is no จังหวัด, so its centre's name does without the word.
    place = province.name_th if province.code == "10" else f"จังหวัด{province.name_th}"
    return CentreSeed(
        province.code,
        "provincial",
        province.code,
        f"ศูนย์คุ้มครองคนไร้ที่พึ่ง{place}",
        f"{province.name_en} Protection Centre for the Destitute",
    )


def _home(code: str, province_code: str, name_th: str, name_en: str) -> CentreSeed:
    return CentreSeed(
        code, "home", province_code, f"สถานคุ้มครองคนไร้ที่พึ่ง{name_th}", f"{name_en} Home for the Destitute"
    )


HOMES: tuple[CentreSeed, ...] = (
    _home("H01", "13", "ชายธัญบุรี", "Thanyaburi Men's"),
    _home("H02", "13", "หญิงธัญบุรี", "Thanyaburi Women's"),
    _home("H03", "80", "ภาคใต้", "Southern"),
    _home("H04", "30", "บ้านเมตตา", "Ban Metta"),
    _home("H05", "50", "สันมหาพน", "San Mahaphon"),
    _home("H06", "65", "วังทอง", "Wang Thong"),
    # The home is sourced, its province is general knowledge (high confidence).
    _home("H07", "76", "กุ่มสะแก", "Kum Sakae"),
    # These four are general knowledge (medium confidence): a centre's name and province can be corrected here.
    _home("H08", "12", "นนทบุรี", "Nonthaburi"),
    _home("H09", "19", "ทับกวาง", "Thap Kwang"),
    _home("H10", "33", "ปรือใหญ่", "Prue Yai"),
    _home("H11", "77", "ประจวบคีรีขันธ์", "Prachuap Khiri Khan"),
)

CENTRES: tuple[CentreSeed, ...] = (*map(_provincial, PROVINCES), *HOMES)
