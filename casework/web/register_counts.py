"""How many rows of a register are what, and what the next press writes."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from casework.models import RegisterImport, RegisterRow
from casework.models.register import WRITTEN_WHEN

Kind, Decision = RegisterRow.Kind, RegisterRow.Decision


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of a register are what."""

    new: int
    likely_same: int
    error: int
    undecided: int
    registered: int
    to_write: int
    others: int
    unverified: int
    filled: int
    to_fill: int

    @property
    def left_out(self) -> int:
        done = self.registered + self.filled + self.to_write + self.to_fill
        return self.new + self.likely_same + self.error - done

    @property
    def expected(self) -> int:
        """How many rows are written by the next press."""
        return self.to_write + self.to_fill


def count_rows(register: RegisterImport) -> Counts:
    """In two queries, however many rows there are."""
    groups = register.rows.order_by().values_list("kind", "decision")
    rows = list(groups.annotate(all=Count("pk"), written=Count("written_at")))
    by_kind: Counter[str] = Counter()
    waiting: Counter[tuple[str, str]] = Counter()
    for kind, decision, everything, written in rows:
        by_kind[kind] += everything
        waiting[kind, decision] = everything - written
    return Counts(
        new=by_kind[Kind.NEW],
        likely_same=by_kind[Kind.LIKELY_SAME],
        error=by_kind[Kind.ERROR],
        undecided=waiting[Kind.LIKELY_SAME, Decision.UNDECIDED],
        registered=sum(written for _kind, decision, _all, written in rows if decision != Decision.SAME),
        to_write=sum(n for (kind, decision), n in waiting.items() if decision in WRITTEN_WHEN[Kind(kind)]),
        others=waiting[Kind.LIKELY_SAME, Decision.CREATE],
        unverified=waiting[Kind.ERROR, Decision.UNVERIFIED],
        filled=sum(written for _kind, decision, _all, written in rows if decision == Decision.SAME),
        to_fill=register.rows.to_fill().count(),
    )


def what_happens(counts: Counts) -> list[tuple[Any, int]]:
    """Each number that stands behind the one in the question."""
    new = counts.to_write - counts.others - counts.unverified
    lines = [
        (_("New people"), new),
        (_("Decided to be somebody else"), counts.others),
        (_("With a number that is not verified"), counts.unverified),
        (_("Files of people known that are completed"), counts.to_fill),
        (_("Stay out of the files"), counts.left_out),
        (_("Registered earlier"), counts.registered),
    ]
    return [(label, number) for label, number in lines if number]
