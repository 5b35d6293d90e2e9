"""Indicators: named, documented queries that yield the rows they count.

A new one is an `Indicator` handed to `register`, in a module of this package named for the app whose facts it counts.
"""

import pkgutil
from importlib import import_module

from governance.indicators.registry import (
    SECTIONS,
    Indicator,
    Opened,
    Section,
    Unit,
    Window,
    all_indicators,
    get,
    register,
)

for _module in sorted(found.name for found in pkgutil.iter_modules(__path__)):
    import_module(f"{__name__}.{_module}")

__all__ = [
    "SECTIONS",
    "Indicator",
    "Opened",
    "Section",
    "Unit",
    "Window",
    "all_indicators",
    "get",
    "register",
]
