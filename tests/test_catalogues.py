"""Everything the interface says, it says in Thai. Extraction is pure Python, as is compiling."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib
import pytest
from babel.messages.extract import extract
from django.conf import settings
from django.core.management import call_command
from django.utils.translation.template import templatize

from common.management.commands.compile_catalogues import compile_one, is_stale
from tests.support.codebase import PROJECT, python_files, short, templates

KEYWORDS: dict[str, tuple[object, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_STRING = r"""u?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
_CALL = re.compile(rf"\b(_|n?p?gettext)\(\s*({_STRING}(?:\s*,\s*{_STRING})*)", re.DOTALL)
_PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]*\}")


class Said(NamedTuple):
    """One thing that is said, and where."""

    context: str | None
    text: str
    place: str


def catalogues() -> dict[str, polib.POFile]:
    """Place -> every Thai catalogue."""
    paths = [path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("th/LC_MESSAGES/*.po")]
    return {short(path): polib.pofile(str(path)) for path in paths}


def said_in_python() -> Iterator[Said]:
    for path in python_files():
        with path.open("rb") as file:
            for line, message, _comments, context in extract("python", file, KEYWORDS):
                text = message[0] if isinstance(message, tuple) else message
                if text:
                    yield Said(context, text, f"{short(path)}:{line}")


def said_in_templates() -> Iterator[Said]:
    for name, source in templates().items():
        code = templatize(source, origin=name)
        for function, arguments in _CALL.findall(code):
            texts = [ast.literal_eval(part) for part in re.findall(_STRING, arguments)]
            if "p" in function:
                yield Said(texts[0], texts[1], f"templates/{name}")
            else:
                yield Said(None, texts[0], f"templates/{name}")


def translated() -> dict[tuple[str | None, str], polib.POEntry]:
    return {
        (entry.msgctxt, entry.msgid): entry
        for catalogue in catalogues().values()
        for entry in catalogue.translated_entries()
    }


def test_templates_and_code_are_read() -> None:
    assert any(said_in_python())
    assert any(said_in_templates())


def test_everything_said_has_a_thai_wording() -> None:
    known = translated()
    missing = [
        f"{said.place}: {said.text!r}"
        for said in (*said_in_python(), *said_in_templates())
        if (said.context, said.text) not in known
    ]
    assert not missing, "\n" + "\n".join(missing)


def test_no_wording_is_a_guess() -> None:
    guesses = [
        f"{name}: {entry.msgid!r}" for name, file in catalogues().items() for entry in file.fuzzy_entries()
    ]
    assert not guesses


def test_one_text_has_one_wording() -> None:
    wordings = defaultdict(dict)
    for name, file in catalogues().items():
        for entry in file.translated_entries():
            key = (entry.msgctxt, entry.msgid)
            wordings[key].setdefault((entry.msgstr, *entry.msgstr_plural.values()), name)
    torn = {key: sorted(places.values()) for key, places in wordings.items() if len(places) > 1}
    assert not torn, "Django merges the catalogues, so one of these would never be seen"


def _placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text))


def test_placeholders_survive_translation() -> None:
    lost = [
        f"{name}: {entry.msgid!r}"
        for name, file in catalogues().items()
        for entry in file.translated_entries()
        for wording in [entry.msgstr, *entry.msgstr_plural.values()]
        if wording
        and not set(_PLACEHOLDER.findall(wording))
        <= set(_PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
    ]
    assert not lost


@pytest.mark.parametrize("name", sorted(catalogues()))
def test_catalogues_are_sound(name: str) -> None:
    file = polib.pofile(str(PROJECT / name), check_for_duplicates=True)
    assert "charset=UTF-8" in file.metadata["Content-Type"]
    assert file.metadata["Language"] == "th"


def test_a_catalogue_is_compiled_when_it_has_changed(tmp_path: Path) -> None:
    source = tmp_path / "django.po"
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "house"\nmsgstr "บ้าน"\n'
    )
    assert is_stale(source)
    compile_one(source)
    assert not is_stale(source)
    compiled = source.with_suffix(".mo")
    assert [entry.msgstr for entry in polib.mofile(str(compiled))] == ["บ้าน"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["django.mo", "django.po"]


def test_compiling_all_leaves_nothing_stale() -> None:
    call_command("compile_catalogues", verbosity=0)
    assert not [path for path in settings.LOCALE_PATHS for path in Path(path).rglob("*.po") if is_stale(path)]
