"""Who may open which kind of paper. Pure; the rights are those of casework.permissions.FileRights."""

SHOWS_NUMBER = frozenset({"id_copy", "house_book"})
"""Papers on which the whole ID number stands."""


def right_needed(kind: str) -> str:
    """Name of the right without which a paper of `kind` stays shut.

    A paper that shows the ID number is opened by whoever sees the number, every other by whoever reads notes and
    health: one cannot know beforehand what a paper says. Our default.
    """
    return "see_pin" if kind in SHOWS_NUMBER else "read_notes"


def next_problem(*, corrected: bool, removed: bool) -> str:
    """Whether a paper may be corrected or removed. Codes: "document_removed", "corrected_already"."""
    if removed:
        return "document_removed"
    return "corrected_already" if corrected else ""
