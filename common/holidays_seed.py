"""The published Thai holidays, as a first filling of the holiday table that administrators then edit.

The cabinet adds bridge days each year and days of the lunar calendar move, so years that are not announced
yet are marked provisional.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import holidays

# Days on which state offices are closed: the public ones, and those of the government alone (Ploughing Day).
_CATEGORIES = ("public", "government")
NAME_LENGTH = 120


class SeedHoliday(NamedTuple):
    """A day off; `provisional` until its year is announced."""

    day: date
    name_th: str
    name_en: str
    provisional: bool


def thai_holidays(years: Iterable[int], *, announced_until: int) -> list[SeedHoliday]:
    """Holidays of the Gregorian `years` in order, those after the year `announced_until` provisional.

    Names are at most 120 characters: where several feasts fall on one day, the first ones that fit.
    """
    wanted = sorted(set(years))
    if not wanted:
        return []
    thai, english = (
        holidays.country_holidays("TH", years=wanted, language=language, categories=_CATEGORIES)
        for language in ("th", "en_US")
    )
    # Only the years asked for: a substitute for 31 December falls into the next one.
    return [
        SeedHoliday(day, _fitted(name), _fitted(english.get(day, "")), provisional=day.year > announced_until)
        for day, name in sorted(thai.items())
        if day.year in wanted
    ]


def _fitted(names: str) -> str:
    kept = names
    while len(kept) > NAME_LENGTH and "; " in kept:
        kept = kept.rpartition("; ")[0]
    return kept[:NAME_LENGTH]
