"""What every picture is made of: shapes, texts, a name in words, and the table that says the same."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from common.charts.labels import label_step, text_width, wrap

# Colours for paper; on screen the classes recolour them, in both themes.
FILLS = {
    "s1": "#0b5d5b",
    "s2": "#eba32b",
    "s3": "#7aa9a1",
    "s4": "#8a6d9b",
    "s5": "#66757a",
    "late": "#a3271f",
    "track": "#ece8df",
    "q0": "#f1eee7",
    "q1": "#e1efec",
    "q2": "#b5d6d0",
    "q3": "#78b0a9",
    "q4": "#2f807c",
    "q5": "#08494a",
}
INK, INK_2, PAPER = "#1c2a2d", "#4a5a5f", "#ffffff"
TEXT_FILLS = {"v": INK, "": INK_2, "t0": "#5f6e73", "t1": INK, "t2": INK, "t3": INK, "t4": PAPER, "t5": PAPER}
STROKES = {"gr": "#ddd8ce", "ln": "#0b5d5b", "limit": INK}
FONT = "Laksaman, Leelawadee UI, Thonburi, Noto Sans Thai, sans-serif"


@dataclass(frozen=True)
class Table:
    """The picture in figures. The first cell of a row is its heading; `hrefs` links row by row."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    hrefs: tuple[str | None, ...] = ()

    @property
    def linked_rows(self) -> list[tuple[str | None, tuple[str, ...]]]:
        """Each row with its address, for a template to walk through."""
        return list(zip_longest(self.hrefs, self.rows))


@dataclass(frozen=True)
class Text:
    """A label: baseline at (x, y); `full` is the whole text when `text` had to be cut."""

    x: float
    y: float
    text: str
    size: float = 12
    anchor: str = "start"
    kind: str = ""
    bold: bool = False
    full: str = ""

    @property
    def svg(self) -> str:
        weight = ' font-weight="700"' if self.bold else ""
        kind = f' class="{self.kind}"' if self.kind else ""
        hover = f"<title>{escape(self.full)}</title>" if self.full else ""
        return (
            f'<text x="{_n(self.x)}" y="{_n(self.y)}" font-size="{_n(self.size)}" text-anchor="{self.anchor}"'
            f' fill="{TEXT_FILLS[self.kind]}"{weight}{kind}>{hover}{escape(self.text)}</text>'
        )


@dataclass(frozen=True)
class Chart:
    """A picture as safe SVG, its title, what it says in words (`alt`), and its table.

    `empty` means there was nothing to draw; the picture then says so.
    """

    svg: SafeString
    table: Table
    title: str
    alt: str
    empty: bool
    width: float
    height: float
    shapes: str = field(repr=False)
    texts: tuple[Text, ...] = field(repr=False)

    def for_print(self) -> dict[str, Any]:
        """The picture for a printed page: shapes as SVG, labels apart, so that the page sets the Thai text."""
        return {
            "width": self.width,
            "height": self.height,
            "alt": self.alt,
            "svg": f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(self.width)}" height="{_n(self.height)}"'
            f' viewBox="0 0 {_n(self.width)} {_n(self.height)}">{self.shapes}</svg>',
            "texts": [
                {
                    "x": text.x,
                    "y": text.y,
                    "text": text.text,
                    "size": text.size,
                    "anchor": text.anchor,
                    "fill": TEXT_FILLS[text.kind],
                    "bold": text.bold,
                }
                for text in self.texts
            ],
        }


class Canvas:
    """Collects shapes and texts in user units, y downwards."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._markup: list[str] = []
        self._shapes: list[str] = []
        self._texts: list[Text] = []
        self._linked = False

    def rect(self, x: float, y: float, width: float, height: float, kind: str, radius: float = 0) -> None:
        """A filled rectangle; nothing is drawn without an area."""
        if width <= 0 or height <= 0:
            return
        corner = f' rx="{_n(radius)}"' if radius else ""
        self._shape(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"{corner}'
            f' fill="{FILLS[kind]}" class="{kind}"/>'
        )

    def rule(self, x1: float, y1: float, x2: float, y2: float, kind: str = "gr", width: float = 1) -> None:
        """A straight line."""
        self._shape(
            f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"'
            f' stroke="{STROKES[kind]}" stroke-width="{_n(width)}" class="{kind}"/>'
        )

    def curve(self, points: list[tuple[float, float]], width: float = 2.5) -> None:
        """A line through `points`."""
        path = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        self._shape(
            f'<polyline points="{path}" fill="none" stroke="{STROKES["ln"]}" stroke-width="{_n(width)}"'
            ' stroke-linejoin="round" stroke-linecap="round" class="ln"/>'
        )

    def dot(self, x: float, y: float, radius: float = 4) -> None:
        """A point of a line."""
        self._shape(
            f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{FILLS["s1"]}" stroke="{PAPER}"'
            ' stroke-width="1.5" class="dot"/>'
        )

    def text(self, x: float, y: float, text: str, **look: Any) -> None:
        """A label; `look` is what else a `Text` takes."""
        label = Text(x, y, text, **look)
        self._texts.append(label)
        self._markup.append(label.svg)

    def axis(self, labels: Sequence[str], x: float, slot: float, y: float) -> None:
        """Labels under a picture, `slot` apart from the first at `x`; some are left out where they do not fit.

        The last one always stands: it is the month the picture is about.
        """
        every = label_step(labels, slot, 12)
        room = max(slot * every, 24)
        # All labels break alike, else a narrow month would stand on one line among neighbours on two.
        narrow = any(text_width(label, 12) > room - 4 for label in labels)
        for index, label in enumerate(labels):
            if (len(labels) - 1 - index) % every:
                continue
            words = label.split(maxsplit=1) if narrow else [label]
            laid = [wrap(word, 12, room, lines=1) for word in words]
            lines, cut = [line[0][0] for line in laid], any(line[1] for line in laid)
            half = max(14, *(text_width(line, 12) / 2 for line in lines))
            middle = min(max(x + slot * index, half), self.width - half)
            for row, line in enumerate(lines):
                self.text(middle, y + 15 * row, line, anchor="middle", full=label if cut else "")

    @contextmanager
    def group(self, hover: str, href: str | None = None) -> Iterator[None]:
        """What is drawn inside shows `hover` under the pointer, and is a link when `href` is given."""
        if href:
            self._linked = True
            self._markup.append(f'<a href="{escape(href)}" aria-label="{escape(hover)}">')
        self._markup.append(f"<g><title>{escape(hover)}</title>")
        yield
        self._markup.append("</g></a>" if href else "</g>")

    def chart(self, *, title: str, alt: str, table: Table, kind: str = "", empty: bool = False) -> Chart:
        """Finish the picture."""
        # An image hides what is in it from assistive technology; a picture with links is a group of them.
        role = "group" if self._linked else "img"
        classes = f"chart {kind}".strip()
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(self.width)} {_n(self.height)}"'
            f' width="{_n(self.width)}" height="{_n(self.height)}" class="{classes}" role="{role}"'
            f' aria-label="{escape(alt)}" font-family="{FONT}"><title>{escape(title)}</title>'
            f"{''.join(self._markup)}</svg>"
        )
        return Chart(
            svg=mark_safe(svg),  # noqa: S308 (every text in it went through escape)
            table=table,
            title=title,
            alt=alt,
            empty=empty,
            width=self.width,
            height=self.height,
            shapes="".join(self._shapes),
            texts=tuple(self._texts),
        )

    def _shape(self, markup: str) -> None:
        self._shapes.append(markup)
        self._markup.append(markup)


def nothing(width: float, height: float, *, title: str, table: Table, kind: str = "") -> Chart:
    """The picture of no data: it says so, and draws no zero."""
    canvas = Canvas(width, height)
    canvas.rect(0, 0, width, height, "q0", radius=6)
    said = _("No data")
    canvas.text(width / 2, height / 2 + 4, said, anchor="middle", kind="t0")
    return canvas.chart(title=title, alt=f"{title}: {said}", table=table, kind=kind, empty=True)


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
