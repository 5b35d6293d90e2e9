"""Small cells: figures that leave the house must not point at a person. Pure: no Django, no clock.

The threshold of five and the rules are our default; no official rule was found.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

BELOW = 5


class Cell(Enum):
    """Why a number is not shown: it is small itself, or would give a small one away."""

    SMALL = "small"
    WITHHELD = "withheld"


@dataclass(frozen=True)
class Hidden:
    """A breakdown with its small cells hidden, and what may be shown as its total."""

    rows: tuple[tuple[str, int | Cell], ...]
    total: int | Cell


def hide_count(value: int, below: int = BELOW) -> int | Cell:
    """A count that stands alone: hidden from 1 to `below` - 1. Zero names nobody and is shown."""
    return Cell.SMALL if 0 < value < below else value


def hide_share(numerator: int, denominator: int, below: int = BELOW) -> tuple[int | Cell, int | Cell]:
    """A share: the numerator is withheld where it or its complement is small, both where the whole is small."""
    if 0 < denominator < below:
        return Cell.WITHHELD, Cell.SMALL
    if 0 < numerator < below or 0 < denominator - numerator < below:
        return Cell.WITHHELD, denominator
    return numerator, denominator


def hide_small(rows: Sequence[tuple[str, int]], below: int = BELOW) -> Hidden:
    """A breakdown whose cells sum to its total, with small cells hidden so that none can be computed.

    Cells from 1 to `below` - 1 are hidden. As long as one of them could still be worked out from the total
    and what is shown, the next smallest cell is withheld too; when none is left, the total is.
    Zero is shown.
    """
    values = [value for _label, value in rows]
    cells: dict[int, Cell] = {index: Cell.SMALL for index, value in enumerate(values) if 0 < value < below}
    total: int | Cell = sum(values)
    if cells and sum(values) < below:
        # Everything is small. "<5" on each of four cells and on their total would say that each is one.
        total = Cell.SMALL if len(cells) < below - 1 else Cell.WITHHELD
    else:
        while cells and not _safe(values, cells, below):
            visible = [index for index, value in enumerate(values) if value > 0 and index not in cells]
            if not visible:
                total = Cell.WITHHELD
                break
            cells[min(visible, key=lambda index: (values[index], index))] = Cell.WITHHELD
    return Hidden(
        rows=tuple((label, cells.get(index, value)) for index, (label, value) in enumerate(rows)),
        total=total,
    )


def _safe(values: Sequence[int], cells: dict[int, Cell], below: int) -> bool:
    """Whether each small cell could have at least two values, for a reader who knows the total and these rules."""
    known_sum = sum(values[index] for index in cells)
    shown = [value for index, value in enumerate(values) if value > 0 and index not in cells]
    # Cells are withheld in order of size, so none of them is larger than the smallest one shown.
    most = min(shown, default=known_sum)
    ranges = {
        index: (1, below - 1) if cell is Cell.SMALL else (below, max(below, most))
        for index, cell in cells.items()
    }
    all_low, all_high = (sum(ends) for ends in zip(*ranges.values(), strict=True))
    for index, (low, high) in ranges.items():
        lowest = max(low, known_sum - (all_high - high))
        highest = min(high, known_sum - (all_low - low))
        if cells[index] is Cell.SMALL and lowest >= highest:
            return False
    return True
