"""Casework on paper."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.models import Consent, Instrument
from common import pdf

ASSESSMENT = "casework/print/assessment.typ"
CONSENT = "casework/print/consent.typ"
WORDING = 1
"""Version of the words in which consent is asked for; raise it when they change."""


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


def consent_pdf(*, code: str, centre: str) -> bytes:
    """The question about the use of data, to be read out, ticked and signed."""
    return pdf.render(
        CONSENT,
        {
            "lang": "en" if get_language() == "en" else "th",
            "code": code,
            "centre": centre,
            "parts": [str(label) for label in Consent.Part.labels],
            "purposes": [str(label) for label in Consent.Purpose.labels],
            "answers": [_("I agree"), _("I do not agree")],
            "labels": {
                "title": _("May we use what we know about you?"),
                "page_of": _("page {n} of {m}"),
                "wording": _("wording %(version)s") % {"version": WORDING},
                "case": _("Case"),
                "name": _("Name"),
                "sentences": [
                    _("Tick only what you agree to. You may say no to all of it; you get the same help."),
                    _("You may take your yes back at any time, by telling anybody at the centre."),
                ],
                "parts": _("Which parts of the file"),
                "purpose": _("For what purpose"),
                "with": _("With whom"),
                "until": _("Until which day"),
                "signed": _("Signature or thumb print"),
                "day": _("Day"),
                "witness": _("Witness"),
                "asked_by": _("Asked by"),
                "back": _("A copy of this sheet is yours."),
            },
        },
    )
