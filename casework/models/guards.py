"""Database objects of casework that Django does not declare."""

from common.db import guards
from common.db.search import search_guards


def register() -> None:
    """Facts are never edited; nobody is away twice at once; search has its indexes."""
    for table in ("casework_episodeevent", "casework_followupresult", "casework_notice", "casework_note"):
        guards.register(*guards.append_only(table))
    guards.register(*guards.no_overlap("casework_leave", "leave_one_at_a_time", of="away"))
    guards.register(*search_guards("casework_clientsearch"))
