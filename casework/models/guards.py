"""Database objects of casework that Django does not declare."""

from common.db import guards
from common.db.search import search_guards

_UNDONE = (
    "EXISTS (SELECT 1 FROM casework_client c JOIN casework_registerimport i ON i.id = c.source_import_id"
    " WHERE c.id = OLD.client_id AND i.state = 'undoing')"
)
"""The row belongs to somebody whom a register brought in that is being undone."""


def register() -> None:
    """Facts are never edited; nobody is away twice at once; search has its indexes."""
    guards.register(*guards.append_only("casework_followupresult"))
    guards.register(*guards.append_only("casework_linkevent"))
    guards.register(*guards.append_only("casework_safetyreview"))
    for table in ("casework_episodeevent", "casework_notice", "casework_note"):
        guards.register(*guards.append_only(table, but_gone_when=_UNDONE))
    for table in (
        "casework_assessment",
        "casework_assessedlevel",
        "casework_consent",
        "casework_consentwithdrawal",
    ):
        guards.register(*guards.append_only(table))
    guards.register(*guards.append_only("casework_instrument", but_columns=["retired_on"]))
    guards.register(*guards.no_overlap("casework_leave", "leave_one_at_a_time", of="away"))
    guards.register(*search_guards("casework_clientsearch"))
