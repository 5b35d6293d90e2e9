"""Pictures: what they say, what they refuse to say, and that nothing in them runs."""

import re

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from common import charts
from common.charts import Load, Masked, Point, Series, Tile
from common.charts.labels import text_width, wrap

HOSTILE = '<script>alert(1)</script>" onload="x" &amp; ‮'
MONTHS = ["ก.ย. 69", "ต.ค. 69"]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def one_of_each(label: str = "ต.ค. 69") -> list[charts.Chart]:
    point = Point(label, 3, 4)
    return [
        charts.bars([label], [Series(label, [3])], title=label),
        charts.bars([label], [Series(label, [3]), Series("b", [None])], title=label),
        charts.hbars([Point(label, 3)], title=label, hrefs=[f"/x?{label}"]),
        charts.line([point, point], title=label),
        charts.sparkline([point, point], title=label),
        charts.load_bars([Load(label, 3, late=2, limit=4, href=f"/{label}")], title=label),
        charts.tile_map([Tile(0, 0, label, point, f"/{label}")], title=label),
    ]


def parsed(chart: charts.Chart) -> etree._Element:
    return etree.fromstring(chart.svg.encode())


def drawn(chart: charts.Chart) -> list[str]:
    return [text.text for text in chart.texts]


@pytest.mark.parametrize("number", range(7))
def test_every_picture_has_a_name_in_words_and_a_table(number):
    chart = one_of_each()[number]
    root = parsed(chart)
    assert root.get("role") == ("group" if root.find(f".//{SVG}a") is not None else "img")
    assert root.get("aria-label") == chart.alt
    assert root.find(f"{SVG}title").text == "ต.ค. 69"
    assert "3" in chart.alt or "75" in chart.alt
    assert chart.table.rows
    assert all(len(row) == len(chart.table.headers) for row in chart.table.rows)


@pytest.mark.parametrize("number", range(7))
def test_labels_stay_text_and_nothing_runs(number):
    root = parsed(one_of_each(HOSTILE)[number])
    for element in root.iter():
        assert etree.QName(element).localname in {
            *("svg", "title", "g", "a", "rect", "line", "polyline", "circle", "text"),
        }
        assert not {name for name in element.attrib if name.startswith("on") or name in {"style", "id"}}


def test_shapes_carry_their_own_colours_for_paper():
    for chart in one_of_each():
        for shape in parsed(chart).iter(f"{SVG}rect", f"{SVG}circle", f"{SVG}text"):
            assert re.fullmatch(r"#[0-9a-f]{6}", shape.get("fill")), etree.tostring(shape)


def test_print_keeps_labels_apart_from_shapes():
    page = charts.bars(MONTHS, [Series("", [70, 74])], title="รับแจ้ง").for_print()
    assert "<text" not in page["svg"]
    assert "<title" not in page["svg"]
    assert etree.fromstring(page["svg"].encode()).get("width") == "440"
    assert [label["text"] for label in page["texts"]] == ["70", "74", "ก.ย. 69", "ต.ค. 69"]
    assert page["alt"] == "รับแจ้ง: ก.ย. 69 70, ต.ค. 69 74"


def test_zero_is_drawn_as_zero_and_unknown_as_a_dash():
    chart = charts.bars(MONTHS, [Series("", [0, None])], title="รับแจ้ง", unit="ราย")
    assert chart.alt == "รับแจ้ง: ก.ย. 69 0 ราย, ต.ค. 69 no data"
    assert chart.table.rows == (("ก.ย. 69", "0"), ("ต.ค. 69", "–"))
    assert not parsed(chart).findall(f".//{SVG}rect")


@pytest.mark.parametrize(
    "chart",
    [
        lambda: charts.bars([], [Series("", [])], title="x"),
        lambda: charts.bars(MONTHS, [Series("", [None, None])], title="x"),
        lambda: charts.hbars([], title="x"),
        lambda: charts.line([Point("a", 0, 0)], title="x"),
        lambda: charts.sparkline([], title="x"),
        lambda: charts.load_bars([], title="x"),
        lambda: charts.tile_map([], title="x"),
        lambda: charts.tile_map([Tile(0, 0, "ก", Point("a", None))], title="x"),
    ],
)
def test_no_data_says_so(chart):
    picture = chart()
    assert picture.empty
    assert picture.alt == "x: No data"
    assert drawn(picture) == ["No data"]


def test_a_stack_sums_and_a_masked_part_masks_its_sum():
    chart = charts.bars(MONTHS, [Series("ใน", [40, Masked("<5")]), Series("นอก", [30, 12])], title="คำขอ")
    assert chart.table.headers == ("Month", "ใน", "นอก", "Total")
    assert chart.table.rows == (("ก.ย. 69", "40", "30", "70"), ("ต.ค. 69", "<5", "12", "<5"))
    assert "ก.ย. 69 70 (ใน 40, นอก 30)" in chart.alt


@pytest.mark.parametrize("series", [[], [Series("", [1])], [Series(str(n), [1, 2]) for n in range(6)]])
def test_series_that_do_not_fit_are_refused(series):
    with pytest.raises(ValueError, match=r"series|value"):
        charts.bars(MONTHS, series, title="x")


def test_a_share_without_a_denominator_is_a_gap_not_zero():
    points = [Point("ก.ค.", 1, 2), Point("ส.ค.", 0, 0), Point("ก.ย.", 3, 4), Point("ต.ค.", 124, 144)]
    chart = charts.line(points, title="พบตัว")
    assert (
        chart.alt
        == "พบตัว: ก.ค. 50\u00a0% (1 of 2), ส.ค. no data, ก.ย. 75\u00a0% (3 of 4), ต.ค. 86\u00a0% (124 of 144)"
    )
    assert chart.table.rows[1] == ("ส.ค.", "–", "0", "0")
    assert len(parsed(chart).findall(f".//{SVG}circle")) == 3
    assert len(parsed(chart).findall(f".//{SVG}polyline")) == 1  # a lone point before the gap is no line


def test_months_break_alike_and_the_last_always_stands():
    labels = [f"{month} 69" for month in ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.")]
    wide = drawn(charts.bars(labels, [Series("", [1] * 8)], title="x"))
    assert "ส.ค. 69" in wide
    crowded = drawn(charts.bars(labels * 4, [Series("", [1] * 32)], title="x"))
    assert crowded[-2:] == ["ส.ค.", "69"]
    assert crowded.count("ส.ค.") < 5


def test_long_labels_are_cut_between_syllable_marks_and_kept_whole_in_the_title():
    label = "พบระหว่างลงพื้นที่ร่วมกับเทศบาลและอาสาสมัครพัฒนาสังคมและความมั่นคงของมนุษย์ประจำตำบลหนองจะบก"
    chart = charts.hbars([Point(label, 1)], title="x")
    shown = drawn(chart)[0]
    assert shown.endswith("…")
    assert label.startswith(shown[:-1])
    assert label[len(shown) - 1] not in "ัิีึืุู็่้๊๋์ํ"
    assert parsed(chart).find(f".//{SVG}text/{SVG}title").text == label


def test_links_need_one_for_each_point():
    with pytest.raises(ValueError, match="link"):
        charts.hbars([Point("a", 1)], title="x", hrefs=[])


def test_a_row_of_a_linked_table_knows_its_link():
    chart = charts.hbars([Point("a", 1), Point("b", 2)], title="x", hrefs=["/a", None])
    assert chart.table.linked_rows == [("/a", ("a", "1")), (None, ("b", "2"))]


def test_load_says_how_many_are_late():
    chart = charts.load_bars([Load("สุดา", 34, late=6, limit=30), Load("ปิติ", 0)], title="งาน")
    assert chart.alt == "งาน: สุดา 34 · 6 late, ปิติ 0"
    assert chart.table.rows == (("สุดา", "34", "6", "30"), ("ปิติ", "0", "0", "–"))


def test_tiles_step_by_value_and_grey_where_nothing_is_known():
    tiles = [Tile(0, n, str(n), Point(f"p{n}", value)) for n, value in enumerate([0, 1, 5, 9, 40, 1271])]
    tiles += [Tile(1, 0, "x", Point("p6", None)), Tile(1, 1, "y", Point("p7", Masked("<5")))]
    chart = charts.tile_map(tiles, title="คน")
    squares = [shape.get("class") for shape in parsed(chart).iterfind(f".//{SVG}g/{SVG}rect")]
    assert squares[0] == squares[1] == "q1"
    assert squares[:6] == sorted(squares[:6])
    assert squares[5:] == ["q5", "q0", "q0"]
    assert chart.alt == "คน. Highest: p5 1,271, p4 40, p3 9, p2 5, p1 1. Areas without a figure: 2."
    assert chart.table.rows[-1] == ("p7", "<5")


def test_tiles_of_shares_use_fixed_bands():
    chart = charts.tile_map([Tile(0, n, "", Point("", n * 20, 100)) for n in range(6)], title="x")
    assert [shape.get("class") for shape in parsed(chart).iterfind(f".//{SVG}g/{SVG}rect")] == [
        *("q1", "q2", "q3", "q4", "q5", "q5"),
    ]


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [(124, 144, 86), (1, 2, 50), (1, 8, 13), (0, 5, 0), (5, 5, 100), (1, 400, 1), (399, 400, 99)],
)
def test_percent(numerator, denominator, expected):
    assert charts.percent(numerator, denominator) == expected


@pytest.mark.parametrize(
    ("numerator", "denominator"), [(0, 0), (None, 5), (1, None), (Masked("<5"), 40), (1, -2)]
)
def test_there_is_no_percentage_of_nothing(numerator, denominator):
    assert charts.percent(numerator, denominator) is None


def test_texts_of_numbers():
    assert charts.count_text(1250) == "1,250"
    assert charts.count_text(None) == charts.percent_text(0, 0) == "–"
    assert charts.percent_text(Masked("ปกปิด"), 40) == "ปกปิด"


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_percent_is_near_and_never_lies_at_the_ends(numerator, denominator):
    numerator = min(numerator, denominator)
    share = charts.percent(numerator, denominator)
    assert abs(share - 100 * numerator / denominator) < 1
    assert (share == 0) == (numerator == 0)
    assert (share == 100) == (numerator == denominator)


@given(st.text(st.sampled_from("กขคงจน่ำใเ้ี abc1"), max_size=60), st.integers(30, 300))
def test_wrapped_lines_fit_and_lose_nothing_unless_they_say_so(text, width):
    lines, cut = wrap(text, 12, width)
    assert len(lines) <= 2
    assert all(text_width(line, 12) <= width for line in lines)
    if not cut:
        assert " ".join(lines).split() == text.split()
    else:
        assert any(line.endswith("…") for line in lines)
