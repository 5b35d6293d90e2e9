"""Words of the wrong language on a page: what a Thai reader or an English one stumbles over."""

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import polib
from playwright.sync_api import Page

from common.management.commands.compile_catalogues import sources

# Everything that is read or read out: text, also that of folded parts and for screen readers, and attributes.
_ALL_TEXT = """() => {
    const found = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        if (!parent.closest("script, style, template, [data-foreign], code")) found.push(walker.currentNode.data);
    }
    for (const name of ["aria-label", "placeholder", "title", "alt", "data-label"])
        for (const element of document.querySelectorAll(`[${name}]`))
            if (!element.lang || element.lang === document.documentElement.lang) found.push(element.getAttribute(name));
    return found;
}"""
_NOT_WORDS = re.compile(
    r"[\w.+-]+@[\w.-]+|https?://\S+|/api/\S+|[^\s/]+\.(?:pdf|xlsx|csv|txt|py)\b|[0-9a-f]{8}-[0-9a-f-]{27}"
    r"|\b[A-Z]+(?:-[A-Z0-9]+)+\b"  # codes of partners and schemes
)
_LATIN = re.compile(r"[A-Za-z][A-Za-z'’-]+")
_THAI = re.compile(r"[\u0e01-\u0e3a\u0e40-\u0e5b]+")
DATA = (
    *(
        "accounts_",
        "casework_",
        "network_",
        "rentshare_",
        "common_holiday",
        "governance_hold",
        "governance_forum",
    ),
    *(
        "governance_voice",
        "governance_demand",
        "governance_answer",
        "governance_attendance",
        "governance_evidence",
    ),
    *("governance_holding", "governance_telling"),
)
"""How tables begin in which people write."""

ON_THAI_PAGES = {
    "EN",
    "English",
    "PDF",
    "XLSX",
    "xlsx",
    "CSV",
    "Excel",
    "Google",
    "Outlook",
    "iPhone",
    "URL",
    "Word",
    "JPG",
    "KB",
    "MB",
    "UTF-8",
    "TIS-620",
    "API",
    "REST",
    "Enter",
}
ON_ENGLISH_PAGES = {"ไทย", "ร่วมบ้าน", "ภาษาไทย"}
"""The switch to the other language, and the name of the system."""


def latin_words(page: Page) -> list[str]:
    """Latin words on a Thai page that are no abbreviation everybody knows."""
    words = {word for text in page.evaluate(_ALL_TEXT) for word in _LATIN.findall(_NOT_WORDS.sub(" ", text))}
    return sorted(words - ON_THAI_PAGES)


def thai_words(page: Page, data: str) -> list[str]:
    """Thai words on an English page that stand nowhere in `data`, so that they must be the page's own."""
    words = {word for text in page.evaluate(_ALL_TEXT) for word in _THAI.findall(text)}
    return sorted(word for word in words - ON_ENGLISH_PAGES if word not in data)


def data_of(database: Path, sealed: Iterable[str]) -> str:
    """Every Thai text that people have put into the database, with those that are `sealed` there.

    Of letters, which bring words of pages, only the subjects. Thai that the catalogues' English holds on purpose
    (how a date may be written) counts too.
    """
    with closing(sqlite3.connect(f"file:{quote(str(database))}?mode=ro", uri=True)) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        ours = [name for name in tables if name.startswith(DATA)]
        rows = [row for table in ours for row in connection.execute(f'SELECT * FROM "{table}"')]
        rows += connection.execute(
            "SELECT subject FROM common_letter UNION SELECT subject FROM common_outboxmail"
        )
    texts = {value for row in rows for value in row if isinstance(value, str)}
    english = {entry.msgid for path in sources() for entry in polib.pofile(str(path))}
    return "\n".join(filter(_THAI.search, texts.union(sealed, english)))
