"""Casework on paper."""

from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework import planning
from casework.models import Consent, Instrument, Plan
from casework.rules.plans import PlannedGoal
from common import pdf
from common.templatetags.thai import be_long
from common.thai.phone import format_phone

ASSESSMENT = "casework/print/assessment.typ"
CONSENT = "casework/print/consent.typ"
PLAN = "casework/print/plan.typ"
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


def plan_pdf(plan: Plan) -> bytes:
    """The person's copy of their plan, in Thai whoever prints it: what they want, what is done, whom to call.

    Of an approved plan it says what was approved; any other one is marked as not approved yet.
    """
    with translation.override("th"):
        approved = plan.state == Plan.State.APPROVED
        said = planning.handed_in(plan) if approved else planning.lines(planning.goals_of(plan.episode))
        worker, centre = plan.episode.worker, plan.episode.centre
        phones = [worker.phone if worker else "", centre.phone]
        return pdf.render(
            PLAN,
            {
                "lang": "th",
                "name": plan.client.display_name,
                "centre": str(centre),
                "goals": [_goal_on_paper(goal) for goal in said],
                "note": plan.note,
                "review_on": be_long(plan.review_on) if plan.review_on else "",
                "call": [str(worker or ""), *dict.fromkeys(format_phone(one) for one in phones if one)],
                "foot": _("plan %(number)s · %(code)s") % {"number": plan.number, "code": plan.client.code},
                "banner": "" if approved else _("Being talked over: not approved yet"),
                "labels": {
                    "title": _("My plan"),
                    "page_of": _("page {n} of {m}"),
                    "want": _("What I want"),
                    "do": _("What we do"),
                    "who": _("Who"),
                    "when": _("By when"),
                    "agreed": _("What else we agreed"),
                    "review": _("We look at it again on"),
                    "call": _("Whom to call"),
                    "any_time": _("At any hour, free of charge: 1300"),
                    "mine": _("This sheet is yours. Anything in it can be changed: tell us."),
                },
            },
        )


def _goal_on_paper(goal: PlannedGoal) -> dict[str, object]:
    return {
        "words": goal.words or goal.text,
        "own": bool(goal.words),
        "text": goal.text if goal.words else "",
        "tasks": [
            {"what": task.what, "who": task.owner or _("I"), "when": be_long(task.due_on)}
            for task in goal.tasks
        ],
    }
