"""Plans, and the tasks of their goals."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.actions.goal_tasks import TaskWords
from casework.actions.plans import PlanWords
from casework.models import GoalTask, Plan
from casework.web.forms import fields
from common.forms.action import ActionForm


class PlanForm(ActionForm):
    """What a plan says beyond its goals."""

    review_on = fields.day_ahead(_("When do we look at it again together?"), required=False)
    note = fields.long_text(
        _("What else was agreed with the person"), hint=_("It stands on the person's copy."), rows=3
    )

    @property
    def words(self) -> PlanWords:
        return PlanWords(**self.values)


class _DecideForm(ActionForm):
    """`seen` says which handing in was read."""

    seen = forms.DateTimeField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        handed_in = plan.submitted_at.isoformat() if plan.submitted_at else ""
        super().__init__(*args, initial={"seen": handed_in}, **kwargs)


class ApproveForm(_DecideForm):
    """Approving says nothing more."""


class ReturnForm(_DecideForm):
    """Returning says what is to be mended."""

    reason = fields.long_text(_("What is to be mended"), required=True, rows=3)


class TaskForm(ActionForm):
    """What is done, by whom, by when."""

    what = fields.long_text(_("What is done"), rows=2, required=True)
    who = fields.radio(_("Who does it"), GoalTask.Who.choices)
    owner = fields.ColleagueField(_("Which colleague"), empty=_("Choose…"))
    partner = fields.text(
        _("Who else, in words"), hint=_("For example: the sister, the temple, the hospital.")
    )
    due_on = fields.day_ahead(_("By when"))

    def __init__(self, *args: Any, centre_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.at(centre_id)

    @staticmethod
    def standing(task: GoalTask) -> dict[str, Any]:
        """What a form about this task begins with."""
        names = ("what", "who", "partner", "due_on")
        return {name: getattr(task, name) for name in names} | {
            "owner": str(task.owner.uid) if task.owner else None
        }

    @property
    def task(self) -> TaskWords:
        values = self.values
        owner = values.pop("owner")
        return TaskWords(**values, owner_id=owner.pk if owner else None)


class TaskDoneForm(ActionForm):
    """A task is done."""

    settled_on = fields.day_of_event()
    result = fields.long_text(_("What came of it, in a few words"), rows=2)
