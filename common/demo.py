"""The demo: synthetic people and a year of their history, written part by part by the apps that own them.

An app registers its part in the slot "demo" (lowest app first); `manage.py demo` runs them in order.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from common import slots
from common.actor import SystemActor
from common.db import statistics

SEED = 2569


@dataclass
class Demo:
    """What the parts share: the day everything leads up to, chance (always the same), and how many people."""

    today: date
    people: int
    chance: random.Random
    say: Callable[[str], Any]
    actor: SystemActor = field(default_factory=lambda: SystemActor("demo"))


@dataclass(frozen=True)
class Part:
    """One app's share of the demo."""

    key: str
    write: Callable[[Demo], None]


def add(part: Part, *, order: int) -> None:
    """Register a part."""
    slots.add("demo", part, order=order, key=part.key)


def write_all(demo: Demo) -> None:
    """Write every part in order; each finds the database knowing what the parts before it wrote."""
    for part in slots.entries("demo"):
        part.write(demo)
        statistics.refresh()
