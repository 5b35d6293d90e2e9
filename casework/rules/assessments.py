"""What an assessment must say, and what changed between two of them.

Levels run from 1 (worst) to 4 (best). That a poor level obliges somebody to act is our default: an assessment after
which nothing follows only costs the person an hour of questions.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

WORST, BEST = 1, 4
POOR = 1
"""Levels up to this one oblige a goal, or the reason why there is none."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One dimension as somebody sees it on a day.

    Attributes:
        level: 1 to 4; None when it was not assessed this time.
        reason: what the level rests on.
        goal: what is to be reached, in plain words ("" without).
        why_no_goal: why nothing is planned although the level is poor ("" without).
    """

    level: int | None
    reason: str = ""
    goal: str = ""
    why_no_goal: str = ""


def problem(
    dimensions: Sequence[str], judged: Mapping[str, Judged], *, pursued: Collection[str]
) -> tuple[str, str] | None:
    """What is wrong with an assessment: (code, field), None when nothing is.

    `pursued`: dimensions in which a goal is open already.
    """
    assessed = [name for name in dimensions if judged.get(name) and judged[name].level is not None]
    if not assessed:
        return "nothing_assessed", ""
    for name in assessed:
        one = judged[name]
        if one.level not in range(WORST, BEST + 1):
            return "level_unknown", f"level_{name}"
        if not one.reason.strip():
            return "level_reason_missing", f"reason_{name}"
        follows = name in pursued or one.goal.strip() or one.why_no_goal.strip()
        if is_poor(one.level) and not follows:
            return "poor_without_goal", f"goal_{name}"
    return None


def is_poor(level: int | None) -> bool:
    """Whether the level obliges somebody to act."""
    return level is not None and level <= POOR


@dataclass(frozen=True, slots=True)
class Change:
    """From one assessment to another: the dimensions that rose, fell, and stayed as they were."""

    better: tuple[str, ...]
    worse: tuple[str, ...]
    same: tuple[str, ...]


def change(earlier: Mapping[str, int | None], later: Mapping[str, int | None]) -> Change:
    """What changed in the dimensions that both have assessed, in the order of `later`."""
    steps: dict[str, int] = {}
    for name, now in later.items():
        before = earlier.get(name)
        if before is not None and now is not None:
            steps[name] = now - before
    return Change(
        better=tuple(name for name, step in steps.items() if step > 0),
        worse=tuple(name for name, step in steps.items() if step < 0),
        same=tuple(name for name, step in steps.items() if step == 0),
    )
