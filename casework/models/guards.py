"""Database objects of casework that Django does not declare."""

from common.db import guards
from common.db.search import search_guards

_UNDONE = (
    "EXISTS (SELECT 1 FROM casework_client c JOIN casework_registerimport i ON i.id = c.source_import_id"
    " WHERE c.id = OLD.client_id AND i.state = 'undoing')"
)
"""The row belongs to somebody whom a register brought in that is being undone."""


def register() -> None:
    """Facts are never edited; nobody is away twice at once or lies in two beds; search has its indexes."""
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
        "casework_sharedpart",
        "casework_referralevent",
        "casework_planevent",
        "casework_reliefterms",
        "casework_reliefpayment",
        "casework_reliefreversal",
    ):
        guards.register(*guards.append_only(table))
    guards.register(*guards.append_only("casework_instrument", but_columns=["retired_on"]))
    guards.register(*guards.no_overlap("casework_leave", "leave_one_at_a_time", of="away"))
    guards.register(
        *guards.append_only("casework_stay", but_columns=["ends_on", "left_to", "left_note", "person_id"]),
        *guards.no_overlap("casework_stay", "stay_one_in_a_bed", of="bed_id", by_nights=True),
        *guards.no_overlap("casework_stay", "stay_in_one_bed", of="person_id", by_nights=True),
    )
    guards.register(*search_guards("casework_clientsearch"))
