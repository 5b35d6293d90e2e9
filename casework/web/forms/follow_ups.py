"""Appointments and what came of them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.actions.follow_ups import NewFollowUp, Outcome
from casework.models import FollowUp, FollowUpResult
from casework.web.forms import fields
from common.forms.action import ActionForm


class PlanForm(ActionForm):
    """An appointment to come."""

    kind = fields.radio(_("Kind"), FollowUp.Kind.choices)
    due_on = fields.day_ahead(_("Day"))
    due_time = fields.time_of_day(_("Time"))
    purpose = fields.text(_("What for"))
    place = fields.text(_("Place"))
    worker = fields.ColleagueField(_("Who goes"), empty=_("Whoever has the case"))

    def __init__(self, *args: Any, centre_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].initial = FollowUp.Kind.VISIT
        self.fields["worker"].at(centre_id)

    @property
    def new(self) -> NewFollowUp:
        """Cleaned values as plan_follow_up takes them."""
        values = self.values
        worker = values.pop("worker")
        return NewFollowUp(**values, worker_id=worker.pk if worker else None)


class RecordForm(ActionForm):
    """What came of an appointment, and the next one along with it."""

    result = fields.radio(_("What came of it"), FollowUpResult.Result.choices)
    occurred_on = fields.day_of_event()
    note = fields.long_text(_("What was said and seen"), rows=3)
    next_due_on = fields.day_ahead(_("Next appointment"), required=False)
    next_due_time = fields.time_of_day(_("Time"))
    next_kind = fields.choice(_("Kind"), FollowUp.Kind.choices, required=False)
    next_purpose = fields.text(_("What for"))

    @property
    def outcome(self) -> Outcome:
        """Cleaned values as record_follow_up takes them."""
        data = self.cleaned_data
        return Outcome(data["result"], data["occurred_on"], data["note"])

    @property
    def next_one(self) -> NewFollowUp | None:
        """The next appointment, None when no day was given."""
        data = self.cleaned_data
        if data["next_due_on"] is None:
            return None
        return NewFollowUp(
            due_on=data["next_due_on"],
            due_time=data["next_due_time"],
            kind=data["next_kind"] or FollowUp.Kind.VISIT,
            purpose=data["next_purpose"],
        )


class CorrectResultForm(ActionForm):
    """What the result should have been."""

    result = fields.radio(_("What came of it"), FollowUpResult.Result.choices)
    occurred_on = fields.day_of_event()
    note = fields.long_text(_("What was said and seen"), rows=3)
    reason = fields.long_text(_("Why it is corrected"), required=True, rows=2)

    @property
    def outcome(self) -> Outcome:
        """Cleaned values as correct_follow_up_result takes them."""
        data = self.cleaned_data
        return Outcome(data["result"], data["occurred_on"], data["note"])


class MoveForm(ActionForm):
    """Another day, and why."""

    due_on = fields.day_ahead(_("New day"))
    due_time = fields.time_of_day(_("Time"))
    reason = fields.long_text(_("Why"), required=True, rows=2)
