"""What every page is made of: forms that can be filled in by ear, refusals, pictures, colours."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from common.charts import Point, hbars
from common.forms.action import ActionForm
from tests.support.codebase import PROJECT, templates

STATIC = PROJECT / "static"


class Visit(ActionForm):
    place = forms.CharField(label="Place", help_text="Where you met")
    channel = forms.ChoiceField(
        label="Channel", choices=[("a", "1300"), ("b", "street")], widget=forms.RadioSelect
    )
    borrowed = forms.BooleanField(label="Borrowed phone", help_text="Not their own", required=False)

    def clean(self) -> dict[str, Any]:
        raise forms.ValidationError("The two do not go together.")


class Upload(ActionForm):
    sheet = forms.FileField(label="Sheet")


def request(path: str = "/", **cookies: str) -> HttpRequest:
    """A request of nobody, in the factory's own words."""
    made = RequestFactory().get(path)
    made.COOKIES.update(cookies)
    made.user = AnonymousUser()
    return made


def draw(template: str, path: str = "/", **context: Any) -> BeautifulSoup:
    return BeautifulSoup(render_to_string(template, context, request(path)), "lxml")


# --- forms -------------------------------------------------------------------------------------------------


def test_a_field_names_its_hint_and_what_is_wrong_in_reading_order() -> None:
    page = BeautifulSoup(Visit({})["place"].as_field_group(), "lxml")
    box = page.select_one("input")
    assert box is not None
    assert box["aria-invalid"] == "true"
    told = [page.find(id=name) for name in box["aria-describedby"].split()]
    assert [one is not None for one in told] == [True, True]
    order = [
        tag.name if tag.name in {"label", "input"} else tag.get("id") for tag in page.select("label,[id]")
    ]
    assert order == ["label", "id_place_helptext", "id_place_error", "input"]


def test_a_good_field_says_nothing_of_errors() -> None:
    page = BeautifulSoup(Visit()["place"].as_field_group(), "lxml")
    assert page.select_one("input").get("aria-invalid") is None
    assert page.find(id="id_place_error") is None
    assert "err" not in page.select_one(".field")["class"]


def test_choices_stand_in_a_named_group_that_points_to_its_error() -> None:
    group = BeautifulSoup(Visit({})["channel"].as_field_group(), "lxml").fieldset
    assert group.legend.get_text().startswith("Channel")
    assert group["aria-describedby"] == "id_channel_error"
    assert group.find(id="id_channel_error")
    assert [label["for"] for label in group.select("label")] == ["id_channel_0", "id_channel_1"]


def test_a_tick_has_its_words_behind_it() -> None:
    page = BeautifulSoup(Visit()["borrowed"].as_field_group(), "lxml")
    assert [tag.name for tag in page.select("input,label")] == ["input", "label"]
    assert page.input["aria-describedby"] == page.select_one(".hint")["id"]


def test_the_summary_leads_to_every_field_that_is_wrong() -> None:
    page = draw("components/form.html", form=Visit({}), submit="Save")
    summary = page.select_one(".summary[role=alert]")
    assert "The two do not go together." in summary.get_text()
    targets = [link["href"].removeprefix("#") for link in summary.select("a")]
    assert targets == ["id_place", "id_channel_0"]
    assert all(page.find(["input", "select", "textarea"], id=target) for target in targets)


def test_a_form_without_errors_has_no_summary() -> None:
    assert draw("components/form.html", form=Visit(), submit="Save").select(".summary") == []


def test_what_was_typed_and_the_key_of_the_form_stay() -> None:
    page = draw(
        "components/form.html",
        form=Visit({"place": "ลานย่าโม <b>", "submission": "k1"}),
        submit="Save",
        warn=True,
    )
    assert page.find(id="id_place")["value"] == "ลานย่าโม <b>"
    assert [tag["value"] for tag in page.select("input[name=submission]")] == ["k1"]
    assert page.form["data-changed"] == "yes"  # what is not saved yet is asked about again


def test_a_form_with_a_file_can_carry_it() -> None:
    form = Upload({}, {"sheet": SimpleUploadedFile("a.csv", b"")})
    assert draw("components/form.html", form=form, submit="Send").form["enctype"] == "multipart/form-data"
    assert draw("components/form.html", form=Visit(), submit="Save").form.get("enctype") is None


# --- the frame ---------------------------------------------------------------------------------------------


def test_htmx_evaluates_nothing_keeps_nothing_and_shows_refusals() -> None:
    config = json.loads(draw("404.html").select_one("meta[name=htmx-config]")["content"])
    assert config["allowEval"] is False
    assert config["selfRequestsOnly"] is True
    assert config["historyCacheSize"] == 0
    assert config["includeIndicatorStyles"] is False
    for status in ("403", "404", "409", "422"):
        rule = next(rule for rule in config["responseHandling"] if re.fullmatch(rule["code"], status))
        assert rule["swap"] is True, status
    rule = next(rule for rule in config["responseHandling"] if re.fullmatch(rule["code"], "500"))
    assert rule["swap"] is False


@pytest.mark.parametrize(
    ("cookie", "media"),
    [("dark", "screen"), ("light", "not all"), ("<b>", "screen and (prefers-color-scheme: dark)")],
)
def test_the_chosen_theme_is_in_the_page_before_any_script(cookie: str, media: str) -> None:
    html = render_to_string("404.html", {}, request(theme=cookie))
    assert BeautifulSoup(html, "lxml").find(id="dark")["media"] == media


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_page_says_its_language_and_offers_the_other(language: str) -> None:
    with translation.override(language):
        page = draw("404.html", path="/clients/?q=ดำ")
    assert page.html["lang"] == language
    offered = page.select_one("form button[name=language]")
    assert {language, offered["value"]} == {"th", "en"}
    assert offered.find_parent("form").select_one("[name=next]")["value"].startswith("/clients/?q=")


def test_stopped_jobs_are_said_on_the_page() -> None:
    assert draw("404.html", jobs_ok=True).select(".banner.bad") == []
    assert draw("404.html", jobs_ok=False).select(".banner.bad[role=status]")


def test_the_dock_ends_with_the_whole_menu_without_any_script() -> None:
    item = {"label": "วันนี้", "dock_label": "", "url": "/today", "count": 7, "current": True, "symbol": "today"}
    page = draw(
        "404.html",
        actor={"label": "สุดา"},
        menu=[("work", [item])],
        dock=[item],
        can_search=False,
    )
    first, last = page.select(".dock a")
    assert first["aria-current"] == "page"
    assert page.select_one(last["href"]).name == "nav"
    assert page.select_one(".side a[aria-current=page]").get_text(" ", strip=True) == "วันนี้ 7"


@pytest.mark.parametrize("template", ["400.html", "413.html", "500.html"])
def test_a_page_of_last_resort_needs_nothing(template: str) -> None:
    page = BeautifulSoup(render_to_string(template), "lxml")
    assert page.select_one("[role=alert] h1").get_text(strip=True)


def test_a_refusal_says_the_rule_in_words_and_escapes_them() -> None:
    said = draw("409.html", error="ห้องนี้มีคนพักอยู่ <script>").select_one("[role=alert]")
    assert "ห้องนี้มีคนพักอยู่ <script>" in said.get_text()
    assert said.script is None


# --- parts -------------------------------------------------------------------------------------------------


def test_long_work_asks_again_only_until_it_is_done() -> None:
    given = {"id": "job", "label": "Import", "done": 3, "whole": 9, "url": "/job", "page_url": "/page"}
    running = draw("components/progress.html", **given)
    assert running.find(id="job")["hx-get"] == "/job"
    assert running.progress["aria-valuenow"] == "3"
    assert running.select_one("noscript a")["href"] == "/page"
    finished = draw("components/progress.html", **given, finished=True)
    assert finished.find(id="job").get("hx-get") is None
    assert finished.find(id="job")["role"] == "status"


def test_paging_keeps_the_question() -> None:
    page = Paginator(range(100), 10).get_page(2)
    links = draw("components/pagination.html", path="/rows?q=ดำ&page=2", page=page).select("a")
    assert [link["rel"] for link in links] == [["prev"], ["next"]]
    assert all("q=" in link["href"] for link in links)


def test_a_figure_says_its_denominator_and_its_direction_in_words_once() -> None:
    given = {"label": "Met", "value": "0%", "url": "/rows", "part": 0, "whole": 0, "change": "down"}
    with translation.override("en"):
        plain = draw("components/tile.html", **given).a
        told = draw("components/tile.html", **given, change_text="9 points lower than in May").a
    assert plain["href"] == "/rows"
    assert "0 of 0" in plain.get_text()
    assert [tile.get_text().count("lower") for tile in (plain, told)] == [1, 1]


def test_a_picture_has_its_table_with_the_same_links() -> None:
    chart = hbars([Point("ครอบครัว", 22), Point("ห้องเช่า", 14)], title="ปิดเคส", hrefs=["/rows?o=1", None])
    page = draw("components/figure.html", chart=chart)
    assert page.select_one("figure > svg")
    assert [row.get_text(" ", strip=True) for row in page.select("tbody tr")] == ["ครอบครัว 22", "ห้องเช่า 14"]
    assert [link["href"] for link in page.select("tbody a")] == ["/rows?o=1"]


def test_a_letter_is_shown_in_a_frame_that_runs_nothing() -> None:
    hostile = '<p title="x">a</p><script>alert(1)</script>"><img src=x onerror=y>'
    given = {"subject": "เรื่อง", "sender": "a@b.c", "to": "d@e.f", "sent_at": "07.30 น.", "text": "a"}
    page = draw("components/letter.html", **given, html=hostile)
    assert page.iframe["srcdoc"] == hostile
    assert "allow-scripts" not in page.iframe["sandbox"]
    assert "allow-same-origin" not in page.iframe["sandbox"]
    assert page.find(["script", "img"]) is None


def test_every_icon_that_is_asked_for_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "img/icons.svg").read_text()))
    asked = re.compile(r'components/icon\.html" with name="([\w-]+)"|\bicon="([\w-]+)"')
    missing = {
        f"{template}: {name}"
        for template, source in templates().items()
        for pair in asked.findall(source)
        if (name := "".join(pair)) not in drawn
    }
    assert not missing


# --- colour and type ---------------------------------------------------------------------------------------

INK_ON_GROUND = [
    *[
        (ink, ground)
        for ink in ("ink", "ink-2", "ink-3", "brand", "danger", "accent", "ok")
        for ground in ("paper", "surface")
    ],
    *[("ink", ground) for ground in ("line-2", "brand-soft", "accent-soft", "danger-soft", "ok-soft")],
    *[(ink, f"{ink}-soft") for ink in ("brand", "accent", "danger", "ok")],
    ("brand-2", "brand-soft"),
    ("ink-2", "line-2"),
    ("ink-3", "q0"),
    ("ink", "q1"),
    ("ink", "q2"),
    ("t3", "q3"),
    ("t5", "q4"),
    ("t5", "q5"),
    ("on-brand", "brand"),
    ("on-brand", "brand-2"),
    ("on-danger", "danger"),
    ("on-danger", "danger-2"),
]


def tokens(*sheets: str) -> dict[str, str]:
    """Custom properties that are colours, later sheets over earlier ones."""
    found: dict[str, str] = {}
    for sheet in sheets:
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", (STATIC / "css" / sheet).read_text()))
    return found


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2, 0 to 1."""
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("sheets", [("tokens.css",), ("tokens.css", "dark.css")], ids=["light", "dark"])
def test_words_can_be_read_on_every_ground(sheets: tuple[str, ...]) -> None:
    colour = tokens(*sheets)
    faint = {
        f"{ink} on {ground}": round(ratio, 2)
        for ink, ground in INK_ON_GROUND
        if (ratio := contrast(colour[ink], colour[ground])) < 4.5
    }
    assert not faint


def test_the_night_has_every_colour_of_the_day() -> None:
    same_in_both = {"marigold", "focus"}
    assert set(tokens("tokens.css")) - set(tokens("dark.css")) == same_in_both


@pytest.mark.parametrize("sheet", sorted((STATIC / "css").glob("*.css")), ids=lambda path: path.name)
def test_thai_is_never_spaced_out_slanted_or_shouted(sheet: Path) -> None:
    text = sheet.read_text()
    assert not re.search(r"letter-spacing|italic|text-transform", text)
    assert len(text.splitlines()) <= 400
