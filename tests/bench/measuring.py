"""Rounds, medians and lines of the table."""

import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

Measure = Callable[[], float]


@dataclass(frozen=True)
class Line:
    """One line of the table. `unit` is "ms" or "s"; numbers are medians over the rounds.

    `gain` is peer / product, `cost` product / floor (medians of each round's own ratio); `at_least` and `at_most`
    are their targets. `limit` bounds the product itself, `extra_mb` the memory it took on top.
    """

    name: str
    what: str
    unit: str
    product: float
    peer: float | None = None
    floor: float | None = None
    gain: float | None = None
    cost: float | None = None
    at_least: float | None = None
    at_most: float | None = None
    limit: float | None = None
    extra_mb: float | None = None
    extra_mb_at_most: float | None = None

    @property
    def holds(self) -> bool:
        bounds = (
            (self.at_least, self.gain, 1),
            (self.at_most, self.cost, -1),
            (self.limit, self.product, -1),
            (self.extra_mb_at_most, self.extra_mb, -1),
        )
        return all(
            bound is None or seen is None or (seen - bound) * sign >= 0 for bound, seen, sign in bounds
        )

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def interleaved(rounds: int, **sides: Measure) -> dict[str, list[float]]:
    """Each side's measure in every round, one after the other, so that a busy minute falls on all of them."""
    seen: dict[str, list[float]] = {name: [] for name in sides}
    for number in range(rounds):
        print(f"  round {number + 1}:", end="", file=sys.stderr)
        for name, measure in sides.items():
            seen[name].append(measure())
            print(f" {name} {seen[name][-1]:.4g}", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)
    return seen


def line(
    name: str,
    what: str,
    seen: Mapping[str, Sequence[float]],
    *,
    unit: str = "ms",
    at_least: float | None = None,
    at_most: float | None = None,
    limit: float | None = None,
) -> Line:
    """A line from the sides "product", "peer" and "floor" of interleaved()."""
    product, peer, floor = (list(seen.get(side, ())) for side in ("product", "peer", "floor"))
    return Line(
        name=name,
        what=what,
        unit=unit,
        product=statistics.median(product),
        peer=statistics.median(peer) if peer else None,
        floor=statistics.median(floor) if floor else None,
        gain=_ratio(peer, product),
        cost=_ratio(product, floor),
        at_least=at_least,
        at_most=at_most,
        limit=limit,
    )


def _ratio(above: list[float], below: list[float]) -> float | None:
    return statistics.median(a / b for a, b in zip(above, below, strict=True)) if above and below else None


def each_ms(act: Callable[[Any], Any], things: Sequence[Any]) -> list[float]:
    """Milliseconds that `act` takes on each of `things`."""
    taken: list[float] = []
    for thing in things:
        start = time.perf_counter()
        act(thing)
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def seconds(act: Callable[[], Any]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


# --- the table ---------------------------------------------------------------------------------------------


def table(lines: Sequence[Line]) -> str:
    """The lines as plain text, one under the other."""
    head = [
        "bench",
        "peer",
        "product",
        "floor",
        "faster than peer",
        "times the floor",
        "",
        "what was measured",
    ]
    rows = [head, *(_row(one) for one in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head) - 1)]
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]).rstrip()
        for row in rows
    )


def _row(one: Line) -> list[str]:
    product = _time(one.product, one.unit)
    if one.limit is not None:
        product += f" (≤ {one.limit:g})"
    if one.extra_mb is not None:
        product += f", +{one.extra_mb:.0f} MB (≤ {one.extra_mb_at_most:g})"
    return [
        one.name,
        _time(one.peer, one.unit),
        product,
        _time(one.floor, one.unit),
        _target(one.gain, "≥", one.at_least),
        _target(one.cost, "≤", one.at_most),
        "holds" if one.holds else "MISSED",
        one.what,
    ]


def _time(value: float | None, unit: str) -> str:
    return "" if value is None else f"{value:.3g} {unit}" if value < 1000 else f"{value:,.0f} {unit}"


def _target(seen: float | None, sign: str, target: float | None) -> str:
    if seen is None:
        return ""
    return f"{seen:.3g}×" if target is None else f"{seen:.3g}× ({sign} {target:g})"
