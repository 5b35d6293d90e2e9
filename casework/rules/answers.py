"""Unknown, refused and not asked are three different answers; what a file still lacks."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

NOT_ASKED, UNKNOWN, REFUSED = "not_asked", "unknown", "refused"
KNOWN = "known"
STANDINGS = (KNOWN, UNKNOWN, REFUSED, NOT_ASKED)
"""How a question may stand, from best to worst: what was never asked can still be asked."""

NO_PAPER = "none"

QUESTIONS = ("identity", "born", "phone", "home", "health", "legal", "papers")
"""What a file should know of somebody, in the order in which one asks. Our default."""

_VALUES = {"born": "born_on", "phone": "phone", "home": "home_province_id", "health": "health_note"}


class Missing(NamedTuple):
    """A question without a value, and how it stands."""

    question: str
    standing: str


def no_answer(value: Any, answer: str) -> str:
    """Why there is no value: a value and "did not say" cannot both be true, so a value leaves NOT_ASKED."""
    return NOT_ASKED if value else (answer or NOT_ASKED)


def papers_problem(papers: Collection[str]) -> str:
    """Code: "papers_contradict" ("none at all" beside one that is there)."""
    return "papers_contradict" if NO_PAPER in papers and len(set(papers)) > 1 else ""


def standings(known: Mapping[str, Any]) -> dict[str, str]:
    """How each of QUESTIONS stands, given a client's fields by name."""
    found = {
        question: KNOWN if known[value] else known[f"{question}_answer"]
        for question, value in _VALUES.items()
    }
    found["identity"] = _coded(known["id_status"])
    found["legal"] = _coded(known["legal_category"])
    found["papers"] = KNOWN if known["papers"] else known["papers_answer"]
    return {question: found[question] for question in QUESTIONS}


def missing(known: Mapping[str, Any]) -> list[Missing]:
    """Questions without an answer, what was never asked first."""
    lacking = [Missing(q, s) for q, s in standings(known).items() if s != KNOWN]
    return sorted(lacking, key=lambda one: STANDINGS.index(one.standing), reverse=True)


def _coded(code: str) -> str:
    """Where the answer is a choice, three of its codes say that there is none."""
    return code if code in {NOT_ASKED, UNKNOWN, REFUSED} else KNOWN
