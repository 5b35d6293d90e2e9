"""Database objects of the network that Django does not declare."""

from common.db import guards


def register() -> None:
    """What was given is never edited; only where it stands today moves on with its events."""
    guards.register(*guards.append_only("network_contribution", but_columns=["state"]))
    for table in ("network_contributionevent", "network_unitvalue"):
        guards.register(*guards.append_only(table))
