"""A report as it may leave the house: the same view with its small cells hidden."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from common.charts import Amount, Masked, Point, Value
from governance.rendering.model import FigureView, ReportView, RestatementView
from governance.rendering.small_cells import BELOW, Cell, hide_count, hide_share, hide_small


def hidden(view: ReportView, below: int = BELOW) -> ReportView:
    """`view` with every count from 1 to `below` - 1 masked, in pictures, tables, trends and restatements too."""
    said = _(
        "Counts from 1 to %(most)s are shown as “<%(below)s”, and some others are hidden, "
        "so that no person can be told from a figure."
    )
    return replace(
        view,
        figures=[_figure(figure, below) for figure in view.figures],
        restatements=[_restatement(one, below) for one in view.restatements],
        footnotes=[*view.footnotes, said % {"most": below - 1, "below": below}],
    )


def _figure(figure: FigureView, below: int) -> FigureView:
    share = figure.kind == "share"
    now = _point(figure.now, below, share=share)
    trend = [_point(point, below, share=share) for point in figure.trend]
    rows = figure.rows
    if figure.kind == "breakdown":
        known = [(label, value) for label, value in rows if isinstance(value, int)]
        safe = hide_small([(label, _weight(value)) for label, value in known], below)
        rows = [
            (label, _kept(value, cell, below))
            for (label, value), (_label, cell) in zip(known, safe.rows, strict=True)
        ]
        now = now._replace(value=_kept(figure.now.value, safe.total, below))
        # The last month of the trend is this month's total, and must not say what the total may not.
        trend = [*trend[:-1], trend[-1]._replace(value=now.value)] if trend else trend
    return replace(
        figure,
        value=None if share else now.value,
        numerator=now.value if share else None,
        denominator=now.denominator,
        rows=rows,
        previous=figure.previous and _point(figure.previous, below, share=share),
        trend=trend,
        provinces=_provinces(figure.provinces, below, share=share),
    )


def _restatement(one: RestatementView, below: int) -> RestatementView:
    share = one.frozen.denominator is not None or one.now.denominator is not None
    return replace(
        one, frozen=_point(one.frozen, below, share=share), now=_point(one.now, below, share=share)
    )


def _point(point: Point, below: int, *, share: bool) -> Point:
    if not isinstance(point.value, int):
        return point
    if not share:
        return point._replace(value=_kept(point.value, hide_count(_weight(point.value), below), below))
    if not isinstance(point.denominator, int):
        return point
    numerator, denominator = hide_share(point.value, point.denominator, below)
    return point._replace(value=_shown(numerator, below), denominator=_shown(denominator, below))


def _provinces(provinces: Mapping[str, Point], below: int, *, share: bool) -> dict[str, Point]:
    """Provinces sum to the country, so what one hides the others must not give away."""
    if not share:
        known = [
            (code, _weight(point.value)) for code, point in provinces.items() if isinstance(point.value, int)
        ]
        safe = dict(hide_small(known, below).rows)
        return {
            code: point._replace(value=_kept(point.value, safe[code], below)) if code in safe else point
            for code, point in provinces.items()
        }
    masked = {code: _point(point, below, share=share) for code, point in provinces.items()}
    withheld = [code for code, point in masked.items() if isinstance(point.value, Masked)]
    if len(withheld) == 1:
        shown = [code for code, point in masked.items() if isinstance(point.value, int) and point.denominator]
        if shown:
            code = min(shown, key=lambda code: (provinces[code].denominator, code))
            mask = _shown(Cell.WITHHELD, below)
            # Numerator and denominator each have a sum over the country: both of the second one go.
            masked[code] = masked[code]._replace(value=mask, denominator=mask)
    return masked


def _weight(value: int) -> int:
    """What says whether `value` is small: itself, or how many things an amount was summed from."""
    return value.rows if isinstance(value, Amount) else value


def _kept(value: Value, cell: int | Cell, below: int) -> Value:
    """`value` where its weight may be shown, else the mask. Of an amount "<5" would be said of baht: it is hidden."""
    if not isinstance(cell, Cell):
        return value
    return _shown(Cell.WITHHELD if isinstance(value, Amount) else cell, below)


def _shown(cell: int | Cell, below: int) -> Value:
    if cell is Cell.SMALL:
        return Masked(f"<{below}")
    if cell is Cell.WITHHELD:
        return Masked(_("hidden"))
    return cell
