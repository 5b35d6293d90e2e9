"""Casework on paper."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.models import Instrument
from common import pdf

ASSESSMENT = "casework/print/assessment.typ"


def assessment_form_pdf(instrument: Instrument, *, code: str) -> bytes:
    """The blank form of an instrument; `code` is the case's, the only thing on it that points to somebody."""
    return pdf.render(
        ASSESSMENT,
        {
            "lang": "en" if get_language() == "en" else "th",
            "title": instrument.name,
            "code": code,
            "version": f"{instrument.code} {instrument.version}",
            "dimensions": [
                {"name": dimension.name, "levels": list(dimension.levels)} for dimension in instrument.shown
            ],
            "labels": {
                "page_of": _("page {n} of {m}"),
                "case": _("Case"),
                "day": _("Day"),
                "who": _("Assessed by"),
                "lead": _("Tick one level for each side of life, and write what it rests on."),
                "reason": _("What it rests on"),
                "goal": _("At level 1: what is to be reached, or why nothing is planned"),
                "words": _("What the person wants, in their own words"),
                "ours": _("The levels and their words are this system's own; no published scale exists."),
            },
        },
    )
