"""Consent to use data: what it covers, and what is needed to ask for it.

Consent is by purpose, recipient, parts of the file and time (PDPA B.E. 2562, s.19); it is taken back as easily as it
was given, and from that day on it covers nothing (s.19 para. 5). Health is sensitive (s.26): who says yes only by
word of mouth does so before a witness. That is our default, as is the longest time a consent lasts.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

ANYBODY = "anybody"
"""Recipient of a consent that names nobody: whoever helps."""

SENSITIVE = frozenset({"health"})


@dataclass(frozen=True, slots=True)
class Given:
    """One consent.

    Attributes:
        recipient: key of a partner or centre ("partner:12", "centre:30"), or ANYBODY.
        parts: parts of the file that may be used.
        ends_on: last day on which it holds, None until it is taken back.
        withdrawn_on: the day it was taken back; it holds no more on that day.
    """

    purpose: str
    recipient: str
    parts: frozenset[str]
    given_on: date
    ends_on: date | None = None
    withdrawn_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it may be relied on that day."""
        if self.withdrawn_on is not None and day >= self.withdrawn_on:
            return False
        return self.given_on <= day and (self.ends_on is None or day <= self.ends_on)


def uncovered(
    consents: Iterable[Given], *, purpose: str, recipient: str, parts: Collection[str], day: date
) -> frozenset[str]:
    """Those of `parts` that no consent lets `recipient` have for `purpose` on `day`."""
    covered: set[str] = set()
    for one in consents:
        if one.purpose == purpose and one.recipient in (recipient, ANYBODY) and one.holds_on(day):
            covered |= one.parts
    return frozenset(parts) - covered


def problem(
    *,
    given: bool,
    how: str,
    parts: Collection[str],
    witness: str,
    guardian: str,
    given_on: date,
    ends_on: date | None,
) -> tuple[str, str] | None:
    """What is wrong with an answer: (code, field), None when nothing is."""
    if given and not parts:
        return "consent_without_parts", "parts"
    if how == "guardian" and not guardian.strip():
        return "guardian_missing", "guardian"
    needs_witness = how == "thumb" or (given and how == "spoken" and SENSITIVE & set(parts))
    if needs_witness and not witness.strip():
        return "witness_missing", "witness"
    if ends_on is not None and ends_on < given_on:
        return "ends_before_given", "ends_on"
    return None
