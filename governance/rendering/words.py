"""A figure in words: its reading, what it was counted from, and how it moved."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.charts import Amount, Point, Value, count_text, percent, percent_text
from governance.rendering.model import FigureView


class Change(NamedTuple):
    """How a figure moved since the month before; `direction` is "up", "down", "same" or "unknown"."""

    direction: str
    text: str


def reading(point: Point) -> str:
    """`86 %` of a share, `1,250` of a count, `1,250.50 baht` of an amount."""
    if point.denominator is not None:
        return percent_text(point.value, point.denominator)
    return counted(point.value)


def counted(value: Value) -> str:
    """A count, or an amount with its unit."""
    return f"{count_text(value)}\u00a0{value.unit}" if isinstance(value, Amount) else count_text(value)


def detail(figure: FigureView) -> str:
    """What stands under the reading: `124 of 144`, the largest category of a breakdown, or nothing."""
    if figure.kind == "share":
        if not figure.denominator:
            return _("nothing to count this month")
        return _("%(counted)s of %(all)s") % {
            "counted": count_text(figure.numerator),
            "all": count_text(figure.denominator),
        }
    known = [(value, label) for label, value in figure.rows if isinstance(value, int) and value > 0]
    if figure.kind == "breakdown" and known:
        most, label = max(known, key=lambda pair: pair[0])
        return _("most: %(label)s %(count)s") % {"label": label, "count": counted(most)}
    return ""


def change(figure: FigureView) -> Change:
    """The move since the month before, in points for a share; no direction where one of the two is unknown."""
    before, now = figure.previous, figure.now
    if before is None:
        return Change("unknown", _("no earlier month to compare with"))
    share = figure.kind == "share"
    old = percent(before.value, before.denominator) if share else before.value
    new = percent(now.value, now.denominator) if share else now.value
    if not isinstance(old, int) or not isinstance(new, int):
        return Change("unknown", _("cannot be compared with %(month)s") % {"month": before.label})
    if old == new:
        return Change("same", _("same as %(month)s") % {"month": before.label})
    by = abs(new - old)
    said = counted(now.value.like(by)) if isinstance(now.value, Amount) else count_text(by)
    words = {
        (True, False): _("up %(by)s from %(month)s"),
        (False, False): _("down %(by)s from %(month)s"),
        (True, True): ngettext("up %(by)s point from %(month)s", "up %(by)s points from %(month)s", by),
        (False, True): ngettext("down %(by)s point from %(month)s", "down %(by)s points from %(month)s", by),
    }[new > old, share]
    return Change("up" if new > old else "down", words % {"by": said, "month": before.label})
