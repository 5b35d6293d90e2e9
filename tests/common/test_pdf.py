"""PDF: exact Thai, hostile text stays text, lines stay inside the margins."""

import re
from datetime import UTC, datetime

import pypdfium2
import pytest
import typst
from django.conf import settings

from common import charts, pdf
from common.pdf import typeset

MM = 72 / 25.4
LETTER = """#import "/common/pdf/house.typ": *
#show: document-style.with(title: data.title, foot: data.title, page-of: "หน้า {n} จาก {m}", banner: data.banner)
#heading(level: 1, data.title)
#data.body
#if "chart" in data { picture(data.chart) }
#if "rows" in data { figures(data.headers, data.rows, total: true) }
"""


@pytest.fixture
def letter(tmp_path, monkeypatch):
    """Renders a letter of title, body and banner; returns the document pdfium reads from it."""
    (tmp_path / "common" / "pdf").mkdir(parents=True)
    (tmp_path / "common/pdf/house.typ").write_text((settings.BASE_DIR / "common/pdf/house.typ").read_text())
    (tmp_path / "static").symlink_to(settings.BASE_DIR / "static")
    (tmp_path / "letter.typ").write_text(LETTER)
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path)
    typeset._compiler.cache_clear()

    def render(**data) -> pypdfium2.PdfDocument:
        return pypdfium2.PdfDocument(
            pdf.render("letter.typ", {"title": "หนังสือ", "body": "", "banner": "", **data})
        )

    yield render
    typeset._compiler.cache_clear()


def text_of(document: pypdfium2.PdfDocument) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def ink_columns(page: pypdfium2.PdfPage) -> tuple[float, float]:
    """Leftmost and rightmost character, in millimetres."""
    texts = page.get_textpage()
    boxes = [texts.get_charbox(index) for index in range(texts.count_chars())]
    boxes = [box for box in boxes if box[2] > box[0]]
    return min(box[0] for box in boxes) / MM, max(box[2] for box in boxes) / MM


THAI = "ผู้ใช้บริการที่ได้รับการติดตามผล ณ กุ่มสะแก น้ำใจ มั่นคง ปั๊ม เกื้อกูล ญาติ ฐานะ กตัญญู ฤๅษี"


def test_thai_is_copied_exactly_on_a4(letter):
    document = letter(body=THAI)
    assert THAI in " ".join(text_of(document).split("\r\n"))
    width, height = document[0].get_size()
    assert (round(width / MM), round(height / MM)) == (210, 297)
    assert "หน้า 1 จาก 1" in text_of(document)


def test_a_long_paragraph_wraps_inside_the_margins_and_runs_over_pages(letter):
    document = letter(body="ผู้ใช้บริการที่ได้รับการติดตามผลตามกำหนดในพื้นที่จังหวัดนครราชสีมา" * 120)
    assert len(document) > 1
    for page in document:
        left, right = ink_columns(page)
        assert left > 19
        assert right < 191


def test_the_name_of_a_month_is_not_torn(letter):
    for spaces in range(60):
        lines = text_of(letter(body="ก" * spaces + " เพิ่มขึ้นจาก กันยายน 2569")).splitlines()
        assert any("กันยายน" in line for line in lines), spaces


@pytest.mark.parametrize(
    "hostile",
    [
        '#panic("x")',
        "*ไม่หนา* _x_ $x^2$ @preview `x`",
        '#import "@preview/cetz:0.1.0"',
        "<script>alert(1)</script>",
        '#read("/etc/passwd")',
        "= ไม่ใช่หัวข้อ \\ // ไม่ใช่หมายเหตุ",
    ],
)
def test_hostile_text_stays_text(letter, hostile):
    assert hostile in text_of(letter(body=hostile))


def test_direction_marks_and_control_characters_do_not_turn_the_page(letter):
    assert "กขค abc" in text_of(letter(body="\u202eกขค\u2066 abc\x00\x07\u200f"))


def test_a_character_without_a_glyph_costs_the_claim_and_not_the_page(letter, caplog):
    assert "สมหวัง" in text_of(letter(body="สมหวัง 😀 漢"))
    assert "without PDF/UA" in caplog.text
    assert "😀" not in caplog.text


def test_the_page_claims_accessibility_and_carries_its_own_font(letter):
    raw = pdf.render("letter.typ", {"title": "หนังสือ", "body": THAI, "banner": ""})
    assert b"pdfuaid" in raw
    assert set(re.findall(rb"/FontName\s*/[A-Z]{6}\+([\w-]+)", raw)) <= {b"Laksaman", b"Laksaman-Bold"}


def test_a_picture_says_its_labels_in_exact_thai(letter):
    chart = charts.hbars([charts.Point("ลงพื้นที่ร่วมกับเทศบาล", 14), charts.Point("กุ่มสะแก", 3)], title="ช่องทาง")
    text = text_of(
        letter(chart=chart.for_print(), headers=["หมวด", "จำนวน"], rows=[["ก", "14"], ["รวม", "17"]])
    )
    assert "ลงพื้นที่ร่วมกับเทศบาล" in text
    assert "กุ่มสะแก" in text
    assert "รวม" in text


def test_same_data_and_date_same_file(letter):
    def make(hour: int) -> bytes:
        stamp = datetime(2026, 10, 31, hour, tzinfo=UTC)
        return pdf.render("letter.typ", {"title": "หนังสือ", "body": THAI, "banner": "สมมติ"}, made_at=stamp)

    assert make(16) == make(16)
    assert make(16) != make(19)  # already November in Bangkok
    assert b"2026-11-01" in make(19)


def test_a_template_that_misses_its_data_fails_loudly(letter):
    with pytest.raises(typst.TypstError, match="banner"):
        pdf.render("letter.typ", {"title": "x", "body": "x"})


def test_numbers_json_does_not_know_are_refused(letter):
    with pytest.raises(ValueError, match="JSON"):
        letter(body=float("nan"))
