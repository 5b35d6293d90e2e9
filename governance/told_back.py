"""The sheet that tells people what became of what they asked for. It holds no voice and no name."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common import clock, pdf
from governance.models import Answer, Demand, Forum, Telling
from governance.saying import day

TEMPLATE = "governance/print/told_back.typ"


def render(forum: Forum) -> bytes:
    """The sheet as PDF in the active language: large type, one demand after another, with the answer as given."""
    return pdf.render(TEMPLATE, _page(forum), made_at=clock.now())


def _page(forum: Forum) -> dict[str, Any]:
    demands = list(
        forum.demands.exclude(state=Demand.State.WITHDRAWN)
        .prefetch_related("answers", "tellings")
        .order_by("pk")
    )
    return {
        "lang": (get_language() or "th")[:2],
        "title": _("What became of what you asked for"),
        "forum": forum.title,
        "when": _("Forum of %(day)s at %(place)s") % {"day": day(forum.day, "long"), "place": forum.place},
        "made": _("As of %(day)s") % {"day": day(clock.today(), "long")},
        "demands": [_demand(demand) for demand in demands],
        "nothing": _("No demand has been made from this forum yet."),
        "centre": forum.centre.name,
        "call": _("Questions, or something else to say? Come to us or call %(phone)s.")
        % {"phone": forum.centre.phone or "1300"},
        "labels": {
            "asked": _("You asked"),
            "whom": _("Asked of"),
            "answer": _("The answer"),
            "page_of": _("Page {n} of {m}"),
            "product": _("Ruamban"),
        },
    }


def _demand(demand: Demand) -> dict[str, Any]:
    answers = Answer.objects.standing().filter(demand=demand).order_by("answered_on", "pk")
    told = Telling.objects.standing().filter(demand=demand).order_by("told_on").first()
    return {
        "text": demand.text,
        "owner": demand.owner,
        "answers": [
            {
                "outcome": str(answer.get_outcome_display()),
                "text": answer.text,
                "when": day(answer.answered_on, "long"),
            }
            for answer in answers
        ],
        "waiting": _("No answer yet. It was promised by %(day)s.") % {"day": day(demand.due_on, "long")},
        "told": _("First told on %(day)s") % {"day": day(told.told_on, "long")} if told else "",
    }
