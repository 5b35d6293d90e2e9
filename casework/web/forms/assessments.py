"""Assessing, and goals. The fields of an assessment follow from its instrument."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from casework.actions.assessments import NewAssessment
from casework.actions.goals import NewGoal
from casework.models import AssessedLevel, Assessment, Episode, Goal, Instrument
from casework.rules.assessments import Judged
from casework.web.forms import fields
from common.forms.action import ActionForm

NOT_ASSESSED = "none"


class Group(NamedTuple):
    """The fields of one dimension, as the page shows them together."""

    name: str
    level: Any
    reason: Any
    goal: Any
    why_no_goal: Any
    before: AssessedLevel | None
    pursued: bool


class AssessmentForm(ActionForm):
    """How somebody fares: for each dimension a level with its anchor text, and what it rests on.

    `before`: what was seen last time, shown beside each level; `pursued`: dimensions with an open goal.
    """

    assessed_on = fields.day_of_event(_("Day of the assessment"))

    def __init__(
        self,
        *args: Any,
        instrument: Instrument,
        before: Mapping[str, AssessedLevel],
        pursued: set[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.instrument, self.before, self.pursued = instrument, before, pursued
        for dimension in instrument.shown:
            levels = [(str(place), f"{place} · {text}") for place, text in enumerate(dimension.levels, 1)]
            self.fields[f"level_{dimension.key}"] = fields.radio(
                dimension.name, [*levels, (NOT_ASSESSED, _("not assessed this time"))], required=False
            )
            self.fields[f"reason_{dimension.key}"] = fields.long_text(_("What it rests on"), rows=2)
            self.fields[f"goal_{dimension.key}"] = fields.long_text(
                _("What is to be reached"), hint=_("Becomes an open goal."), rows=2
            )
            self.fields[f"why_{dimension.key}"] = fields.long_text(_("Or why nothing is planned"), rows=2)

    @property
    def groups(self) -> list[Group]:
        return [
            Group(
                dimension.name,
                self[f"level_{dimension.key}"],
                self[f"reason_{dimension.key}"],
                self[f"goal_{dimension.key}"],
                self[f"why_{dimension.key}"],
                self.before.get(dimension.key),
                dimension.key in self.pursued,
            )
            for dimension in self.instrument.shown
        ]

    @property
    def new(self) -> NewAssessment:
        """What was filled in, as the action takes it."""
        values = self.cleaned_data

        def judged(key: str) -> Judged:
            level = values[f"level_{key}"]
            return Judged(
                int(level) if level not in ("", NOT_ASSESSED) else None,
                values[f"reason_{key}"],
                values[f"goal_{key}"],
                values[f"why_{key}"],
            )

        return NewAssessment(values["assessed_on"], {key: judged(key) for key in self.instrument.keys})


class CorrectAssessmentForm(AssessmentForm):
    """The same, with what stands there and the reason for the change."""

    reason = fields.text(_("Why it is corrected"), required=True)


def standing_values(row: Assessment) -> dict[str, Any]:
    """What a form about an assessment begins with."""
    values: dict[str, Any] = {"assessed_on": row.assessed_on}
    for key, level in row.by_dimension().items():
        values |= {
            f"level_{key}": str(level.level),
            f"reason_{key}": level.reason,
            f"why_{key}": level.why_no_goal,
        }
    return values


class GoalForm(ActionForm):
    """What somebody wants to reach."""

    words = fields.long_text(_("In their own words"), hint=_("As the person says it."), rows=2)
    text = fields.long_text(_("What is to be reached"), hint=_("If their own words need it."), rows=2)
    why_no_words = fields.long_text(
        _("Why their own words are missing"), hint=_("Only if the person cannot say it themselves."), rows=2
    )
    dimension = fields.choice(_("Side of life"), [], required=False)
    due_on = fields.day_ahead(_("By when"), required=False)
    owner = fields.ColleagueField(_("Who looks after it"), empty=_("Whoever has the case"))

    def __init__(self, *args: Any, episode: Episode, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(dimension.key, dimension.name) for dimension in instrument.shown]
        field: Any = self.fields["dimension"]
        field.choices = [("", _("none of these")), *choices]
        owner: Any = self.fields["owner"]
        owner.at(episode.centre_id)

    @staticmethod
    def standing(goal: Goal) -> dict[str, Any]:
        """What a form about this goal begins with."""
        names = ("words", "text", "why_no_words", "dimension", "due_on")
        return {name: getattr(goal, name) for name in names} | {
            "owner": str(goal.owner.uid) if goal.owner else None
        }

    @property
    def goal(self) -> NewGoal:
        values = self.values
        owner = values.pop("owner")
        return NewGoal(**values, owner_id=owner.pk if owner else None)


class SettleGoalForm(ActionForm):
    """What became of a goal."""

    state = fields.radio(
        _("What became of it?"), [one for one in Goal.State.choices if one[0] != Goal.State.OPEN]
    )
    settled_on = fields.day_of_event()
    note = fields.long_text(_("What happened, in a few words"), rows=2)
