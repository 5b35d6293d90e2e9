"""The documents stay true: what they link to is there, and the words of a guide are the words on the screen."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polib
import pytest

from accounts.roles import Role
from common.management.commands.compile_catalogues import sources
from tests.support.codebase import PROJECT, committed_files, short

GUIDE = PROJECT / "docs" / "guide"
PICTURES = PROJECT / "docs" / "screenshots"
LARGEST_PICTURE = 150 * 1024
LINES = range(20, 61)
"""Of a guide, without empty ones."""
STEPS = {f"The {step}." for step in ("letter", "report", "rows", "file", "trail")}
"""Bold words of docs/one-figure.md that are no label."""
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]+\}")


def documents() -> list[Path]:
    """Every page of prose in the repository."""
    return [path for path in committed_files() if path.suffix == ".md"]


def guides(language: str) -> dict[str, Path]:
    """Role -> its guide."""
    return {path.stem: path for path in sorted((GUIDE / language).glob("*.md"))}


def name_of(role: str) -> str:
    """How a role's guide is called: social-worker, analyst."""
    return role.removeprefix("department_").replace("_", "-")


def links(path: Path) -> Iterator[str]:
    """Addresses of links and pictures that lead into the repository."""
    for address in _LINK.findall(path.read_text()):
        if "://" not in address and not address.startswith(("#", "mailto:")):
            yield address.partition("#")[0]


def labels(path: Path) -> set[str]:
    """The words a guide sets in bold: those that stand on a button, in the menu, over a field."""
    return {" ".join(words.split()) for words in _BOLD.findall(path.read_text())}


@cache
def screen_words() -> tuple[tuple[str, str], ...]:
    """(English, Thai) of everything the interface says; of plurals each form."""
    pairs = []
    for source in sources():
        for entry in polib.pofile(str(source)):
            thai = [entry.msgstr, *entry.msgstr_plural.values()]
            english = [entry.msgid, entry.msgid_plural]
            pairs += [(e, t) for e in english if e for t in thai if t]
    return tuple(pairs)


@cache
def _shape(said: str) -> re.Pattern[str]:
    """`said` with anything in place of its placeholders."""
    return re.compile("(.+)".join(map(re.escape, _PLACEHOLDER.split(said))))


def pairs_of(label: str, language: str) -> set[tuple[str, str]]:
    """Entries of the catalogues that look so on the screen."""
    place = 1 if language == "th" else 0
    exact = {pair for pair in screen_words() if pair[place] == label}
    return exact or {
        pair
        for pair in screen_words()
        if _PLACEHOLDER.search(pair[place])
        and len(_PLACEHOLDER.sub("", pair[place]).strip()) > 3
        and _shape(pair[place]).fullmatch(label)
    }


@pytest.mark.parametrize("path", documents(), ids=short)
def test_links_lead_somewhere(path: Path) -> None:
    gone = [address for address in links(path) if not (path.parent / address).exists()]
    assert not gone


def test_every_picture_is_shown_and_light() -> None:
    shown = {(path.parent / address).resolve() for path in documents() for address in links(path)}
    pictures = set(PICTURES.rglob("*.png"))
    assert not sorted(short(path) for path in pictures - shown)
    assert not [short(path) for path in pictures if path.stat().st_size > LARGEST_PICTURE]


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_role_has_a_short_guide(language: str) -> None:
    assert set(guides(language)) == {name_of(role) for role in Role}
    lengths = {
        short(path): sum(map(bool, path.read_text().splitlines())) for path in guides(language).values()
    }
    assert not {name: length for name, length in lengths.items() if length not in LINES}


@pytest.mark.parametrize("role", [name_of(role) for role in Role])
def test_a_guide_says_what_the_screen_says(role: str) -> None:
    thai, english = (labels(guides(language)[role]) for language in ("th", "en"))
    assert thai
    assert english
    unknown = [
        label
        for language, said in (("th", thai), ("en", english))
        for label in sorted(said)
        if not pairs_of(label, language)
    ]
    assert not unknown, "not on any screen"


@pytest.mark.parametrize("role", [name_of(role) for role in Role])
def test_both_languages_of_a_guide_name_the_same(role: str) -> None:
    thai, english = (labels(guides(language)[role]) for language in ("th", "en"))
    named = {
        language: [(label, pairs_of(label, language)) for label in said]
        for language, said in (("th", thai), ("en", english))
    }
    in_thai = {pair for _label, pairs in named["th"] for pair in pairs}
    in_english = {pair for _label, pairs in named["en"] for pair in pairs}
    assert not sorted(label for label, pairs in named["en"] if not pairs & in_thai), "missing in Thai"
    assert not sorted(label for label, pairs in named["th"] if not pairs & in_english), "missing in English"


@pytest.mark.parametrize("name", ["guide/README.md", "one-figure.md"])
def test_bold_words_of_other_pages_are_on_the_screen(name: str) -> None:
    said = labels(PROJECT / "docs" / name) - STEPS
    assert not sorted(label for label in said if not (pairs_of(label, "th") or pairs_of(label, "en")))
