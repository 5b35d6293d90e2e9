"""Database objects of governance that Django does not declare."""

from common.db import guards


def register() -> None:
    """What is frozen stays as it is, of a report only the time it was sent may change; forums leave facts."""
    for table in ("governance_figure", "governance_figurerow", "governance_reportfile"):
        guards.register(*guards.append_only(table))
    for fact in (
        "holding",
        "attendance",
        "evidence",
        "voice",
        "demand_voices",
        "demandevent",
        "answer",
        "telling",
    ):
        guards.register(*guards.append_only(f"governance_{fact}"))
    guards.register(*guards.append_only("governance_demand", but_columns=["state"]))
    guards.register(*guards.append_only("governance_monthlyreport", but_columns=["sent_at"]))
