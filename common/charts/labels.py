"""How wide a label is and where it may be broken, without a font at hand.

Widths are advances of the committed Thai font in hundredths of an em, with a margin for the wider fonts
that readers have.
"""

import math
import unicodedata
from collections.abc import Sequence

_WIDTHS = {
    **dict.fromkeys("เ", 30),
    **dict.fromkeys("โใไ", 37),
    **dict.fromkeys("งรธวาำ", 48),
    **dict.fromkeys("ฌญฒณ", 80),
    **dict.fromkeys("ilIj.,:;'|!", 24),
    **dict.fromkeys('-()[]/ftr" \u00a0', 32),
    **dict.fromkeys("mwMW@%", 85),
    **dict.fromkeys("0123456789", 54),
}
_ORDINARY = 58
_MARGIN = 1.15


def text_width(text: str, size: float) -> float:
    """Width of `text` at `size`, in the units of `size`; marks above and below take none."""
    return _MARGIN * size / 100 * sum(_WIDTHS.get(sign, _ORDINARY) for sign in text if not _is_mark(sign))


def label_step(labels: Sequence[str], slot: float, size: float) -> int:
    """Every how many labels fit when they stand `slot` apart, each broken at its spaces: 1 when all do."""
    widest = max((text_width(word, size) for label in labels for word in label.split()), default=0)
    return min(max(1, math.ceil(widest / slot)), 4)


def wrap(text: str, size: float, width: float, lines: int = 2) -> tuple[list[str], bool]:
    """`text` in at most `lines` lines of `width`, broken at spaces, and whether something was cut off.

    Thai has no spaces between words and a word must not be torn, so a run that does not fit is cut
    with an ellipsis, never between a consonant and its marks.
    """
    words = text.split()
    out: list[str] = []
    while words and len(out) < lines:
        line = words.pop(0)
        while words and text_width(f"{line} {words[0]}", size) <= width:
            line = f"{line} {words.pop(0)}"
        out.append(line)
    cut = bool(words)
    if cut:
        out[-1] = f"{out[-1]}…"
    for index, line in enumerate(out):
        if text_width(line, size) > width:
            out[index], cut = _cut(line, size, width), True
    return out or [""], cut


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign) in {"Mn", "Me", "Cf"}


def _cut(line: str, size: float, width: float) -> str:
    room = width - text_width("…", size)
    kept, used = "", 0.0
    for sign in line.rstrip("…"):
        step = text_width(sign, size)
        if used + step > room:
            break
        kept, used = kept + sign, used + step
    return f"{kept.rstrip()}…"
