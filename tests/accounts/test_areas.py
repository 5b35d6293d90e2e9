"""The country as it is built in, its smaller areas as they are loaded, and what people call a province."""

import csv
from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from accounts.actions.areas import load_areas
from accounts.models import Area, Centre, Province
from accounts.reference.areas import COLUMNS, AreaFileError, read_areas
from accounts.reference.centres import CENTRES, HOMES
from accounts.reference.install import install_reference
from accounts.reference.provinces import BY_CODE, PROVINCES, REGIONS, province_code
from accounts.reference.tiles import province_tiles
from audit.models import WriteEntry
from common.actor import SystemActor
from common.charts import Point
from common.errors import Forbidden

KORAT = [
    ("30", "province", "", "นครราชสีมา", "Nakhon Ratchasima", ""),
    ("3001", "district", "30", "เมืองนครราชสีมา", "Mueang Nakhon Ratchasima", "30000"),
    ("300101", "subdistrict", "3001", "ในเมือง", "Nai Mueang", "30000"),
    ("300102", "subdistrict", "3001", "โพธิ์กลาง", "Pho Klang", ""),
]


def file_of(*rows: tuple[str, ...], header: tuple[str, ...] = COLUMNS) -> StringIO:
    out = StringIO()
    csv.writer(out).writerows([header, *rows])
    out.seek(0)
    return out


# --- provinces and centres ---------------------------------------------------------------------------------


def test_seventy_seven_provinces_each_with_a_region_and_a_square_of_its_own():
    assert len(PROVINCES) == len(BY_CODE) == 77
    assert Counter(province.region for province in PROVINCES) == {
        **{"north": 9, "northeast": 20, "central": 22, "east": 7, "west": 5, "south": 14}
    }
    assert {province.region for province in PROVINCES} == REGIONS.keys()
    for column in ("name_th", "name_en", "short_th", "short_en", "tile"):
        assert len({getattr(province, column) for province in PROVINCES}) == 77, column


def test_centres_bear_their_provinces_digits_and_the_homes_our_own_codes():
    assert len(CENTRES) == 88
    by_code = {centre.code: centre for centre in CENTRES}
    assert by_code["30"].name_th == "ศูนย์คุ้มครองคนไร้ที่พึ่งจังหวัดนครราชสีมา"
    assert by_code["10"].name_th == "ศูนย์คุ้มครองคนไร้ที่พึ่งกรุงเทพมหานคร"
    assert [home.code for home in HOMES] == [f"H{number:02}" for number in range(1, 12)]
    assert {by_code["H01"].province_code, by_code["H02"].province_code} == {"13"}
    assert by_code["H04"].name_th == "สถานคุ้มครองคนไร้ที่พึ่งบ้านเมตตา"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("นครราชสีมา", "30"),
        ("จังหวัดนครราชสีมา", "30"),
        ("จ.นครราชสีมา", "30"),
        ("จ. นครราชสีมา ", "30"),
        ("โคราช", "30"),
        ("นม.", "30"),
        ("30", "30"),
        ("๓๐", "30"),
        ("NAKHON RATCHASIMA", "30"),
        ("Nakhon-Ratchasima Province", "30"),
        ("Korat", "30"),
        ("กทม", "10"),
        ("กทม.", "10"),
        ("กรุงเทพฯ", "10"),
        ("กรุงเทพมหานคร", "10"),
        ("Bangkok", "10"),
        ("อยุธยา", "14"),
        ("Lopburi", "16"),
        ("Chonburi", "20"),
        ("ลําปาง", "52"),  # ำ typed as ํ + า
        ("ตาก", "63"),
        ("จันทบุรี", "22"),
        ("จ", None),
        ("", None),
        ("จังหวัด", None),
        ("99", None),
        ("นคร", None),
        ("Laos", None),
    ],
)
def test_what_people_call_a_province(text, code):
    assert province_code(text) == code


def test_every_province_is_found_by_its_names():
    for province in PROVINCES:
        for name in (
            province.name_th,
            province.name_en,
            f"จังหวัด{province.name_th}",
            province.name_en.replace(" ", ""),
        ):
            assert province_code(name) == province.code, name


def test_the_map_shows_every_province_in_the_readers_language():
    with override("th"):
        chart = province_tiles({"30": Point("", 12)}, title="คน", hrefs={"30": "/p/30"})
        assert len(chart.table.rows) == 77
        assert ("/p/30", ("นครราชสีมา", "12")) in chart.table.linked_rows
        assert "นม" in chart.svg
    with override("en"):
        assert "NMA" in province_tiles({"30": Point("", 12)}, title="คน").svg


@pytest.mark.django_db
def test_installing_again_changes_nothing_and_keeps_what_people_entered():
    assert (Province.objects.count(), Centre.objects.count()) == (77, 88)
    Centre.objects.filter(code="30").update(phone="044123456", name_th="ผิด")
    keys = dict(Centre.objects.order_by("code").values_list("code", "pk"))
    install_reference()
    centre = Centre.objects.get(code="30")
    assert (centre.phone, centre.name_th) == ("044123456", "ศูนย์คุ้มครองคนไร้ที่พึ่งจังหวัดนครราชสีมา")
    assert dict(Centre.objects.order_by("code").values_list("code", "pk")) == keys


@pytest.mark.django_db
def test_provinces_stand_in_dictionary_order():
    names = list(Province.objects.order_by("sort_key").values_list("name_th", flat=True))
    assert names[:3] == ["กระบี่", "กรุงเทพมหานคร", "กาญจนบุรี"]
    assert names.index("เชียงใหม่") == names.index("เชียงราย") + 1
    assert names.index("เชียงราย") < names.index("ตรัง") < names.index("แพร่") < names.index("ภูเก็ต")
    assert names[-1] == "อุบลราชธานี"


# --- loading areas -----------------------------------------------------------------------------------------


def load(tmp_path, *rows: tuple[str, ...], encoding: str = "utf-8") -> str:
    path = tmp_path / "areas.csv"
    path.write_text(file_of(*rows).getvalue(), encoding=encoding)
    out = StringIO()
    call_command("load_areas", str(path), stdout=out, stderr=out)
    return out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_areas_are_loaded_counted_and_noted(tmp_path, encoding):
    assert load(tmp_path, *KORAT, encoding=encoding) == "1 provinces, 1 districts, 2 sub-districts\n"
    area = Area.objects.get(code="300102")
    assert (area.level, area.parent_code, area.province_id) == ("subdistrict", "3001", "30")
    assert (area.name_th, area.name_en, area.postal_code) == ("โพธิ์กลาง", "Pho Klang", "")
    entry = WriteEntry.objects.get(verb="areas.loaded")
    assert entry.changes == {"areas": [0, 3]}
    assert entry.actor_key == "system:load_areas"


@pytest.mark.django_db
def test_loading_again_updates_and_doubles_nothing(tmp_path):
    load(tmp_path, *KORAT)
    load(tmp_path, *KORAT[:2], ("300101", "subdistrict", "3001", "ในเมืองใหม่", "Nai Mueang", "30000"))
    assert Area.objects.count() == 3
    assert Area.objects.get(code="300101").name_th == "ในเมืองใหม่"


@pytest.mark.django_db
def test_one_bad_line_and_nothing_is_loaded(tmp_path):
    with pytest.raises(CommandError, match=r"1 fault\(s\) in areas.csv; nothing was loaded"):
        load(tmp_path, *KORAT, ("300199", "subdistrict", "3001", "", "No Name", "30000"))
    assert Area.objects.count() == 0


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("3001", "amphoe", "30", "ก", "K", ""), "level “amphoe” is none of province, district, subdistrict"),
        (("30", "district", "", "ก", "K", ""), "code “30” is not of 4 digits"),
        (("3a01", "district", "30", "ก", "K", ""), "code “3a01” is not of 4 digits"),
        (("๓๐๐๑", "district", "30", "ก", "K", ""), "code “๓๐๐๑” is not of 4 digits"),
        (("2901", "district", "29", "ก", "K", ""), "there is no province 29"),
        (("30", "province", "", "โคราช", "Korat", ""), "province 30 is นครราชสีมา, not โคราช"),
        (("3002", "district", "31", "ก", "K", ""), "the parent of 3002 is 30"),
        (("300201", "subdistrict", "3002", "ก", "K", ""), "there is no district 3002 in the file"),
        (("3001", "district", "30", "ก", "K", ""), "code 3001 is already in line 3"),
        (("3002", "district", "30", "", "K", ""), "a name is missing"),
        (("3002", "district", "30", "ก", "K", "3000"), "postal code “3000” is not of five digits"),
    ],
)
def test_each_fault_is_named_with_its_line(row, message):
    with override("en"), pytest.raises(AreaFileError) as refused:
        read_areas(file_of(*KORAT, row))
    with override("en"):
        assert f"line 6: {message}" in map(str, refused.value.errors)
    assert {error.line for error in refused.value.errors} == {6}


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            StringIO(""),
            "line 1: columns are missing: code, level, parent_code, name_th, name_en, postal_code",
        ),
        (
            file_of(header=("code", "level", "name_th")),
            "line 1: columns are missing: parent_code, name_en, postal_code",
        ),
        (file_of(), "line 1: there is no row under the header"),
        (
            StringIO(",".join(COLUMNS) + '\n30,"' + "x" * 200_000 + '",,,,\n'),
            "line 2: field larger than field limit (131072)",
        ),
        (StringIO(",".join(COLUMNS) + "\n3001,district\n"), "line 2: the parent of 3001 is 30"),
    ],
)
def test_a_file_that_is_no_area_file_says_so(lines, message):
    with override("en"), pytest.raises(AreaFileError) as refused:
        read_areas(lines)
    with override("en"):
        assert str(refused.value.errors[0]) == message


@pytest.mark.django_db
def test_a_file_that_cannot_be_read_is_one_clear_line(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("load_areas", str(tmp_path / "nothing.csv"))
    with pytest.raises(CommandError, match="is not UTF-8"):
        load(tmp_path, *KORAT, encoding="tis-620")


@pytest.mark.django_db
def test_only_the_system_or_an_administrator_loads_areas(other_than_administrator):
    with pytest.raises(Forbidden):
        load_areas(actor=other_than_administrator, rows=read_areas(file_of(*KORAT)))
    assert Area.objects.count() == 0


@pytest.fixture
def other_than_administrator():
    class Worker(SystemActor):
        is_system = False

    return Worker("somebody", is_system=False)
