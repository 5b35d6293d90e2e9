"""What happens in an episode of help."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from casework import rules
from casework.actions.closing import CORRECTABLE, Closing
from casework.actions.needs import NewNeed
from casework.models import Episode, EpisodeEvent, Need
from casework.web.forms import fields
from common.errors import DomainError
from common.forms.action import ActionForm

NEVER = "never"


class ContactForm(ActionForm):
    """Somebody has met the person."""

    occurred_on = fields.day_of_event(_("Day on which we met the person"))
    note = fields.long_text(_("What was said and seen"), rows=3)


class AnswerForm(ActionForm):
    """Their answer to the offer of help."""

    answer = fields.radio(_("Their answer"), ())
    occurred_on = fields.day_of_event()
    note = fields.long_text(_("In their own words"), rows=3)

    def __init__(self, *args: Any, answers: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(EpisodeEvent.Kind.choices)
        possible = [a for a in rules.HELP_ANSWERS if not rules.help_problem(a, answers)]
        self.fields["answer"].choices = [(answer, labels[answer]) for answer in possible]


class StateForm(ActionForm):
    """Where the case goes, from where it was on the screen."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    to = fields.radio(_("The case goes to"), ())
    occurred_on = fields.day_of_event()
    note = fields.long_text(_("Note"), rows=3)

    def __init__(self, *args: Any, at: str, states: list[str], **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": at}, **kwargs)
        self.at, labels = at, dict(Episode.State.choices)
        chosen = str(self.data.get("to", ""))  # it was to be had when the form was opened
        possible = states if chosen in states or chosen not in labels else [*states, chosen]
        self.fields["to"].choices = [(state, labels[state]) for state in possible]

    def refuse(self, error: DomainError) -> None:
        """Once somebody was told that the case has moved, the next press is meant."""
        super().refuse(error)
        renewed: Any = self.data.copy()
        renewed["seen"] = self.at
        self.data = renewed


class WorkerForm(ActionForm):
    """Who takes the case."""

    worker = fields.ColleagueField(_("Who takes the case"), empty=_("Nobody for now"))

    def __init__(self, *args: Any, centre_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].at(centre_id)


class CloseForm(ActionForm):
    """How it ended, and what became of everything still open."""

    outcome = fields.radio(_("How it ended"), Episode.Outcome.choices)
    closed_on = fields.day_of_event(_("Day of closing"))
    note = fields.long_text(_("What was reached, and what they say themselves"))

    def __init__(self, *args: Any, needs: list[Need], appointments: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs = needs
        choices = [(Need.State.MET, _("taken care of")), (Need.State.DROPPED, _("no longer needed"))]
        for need in needs:
            label = _("Need: %(need)s") % {"need": need.get_kind_display()}
            self.fields[f"need_{need.uid}"] = fields.radio(label, choices, hint=need.words)
        if appointments:
            label = _("Cancel the appointments that are still open (%(count)s)") % {"count": appointments}
            self.fields["cancel_follow_ups"] = fields.tick(label)

    @property
    def closing(self) -> Closing:
        """Cleaned values as close_episode takes them."""
        data = self.cleaned_data
        settled: dict[UUID, str] = {need.uid: data[f"need_{need.uid}"] for need in self.needs}
        return Closing(
            closed_on=data["closed_on"],
            outcome=data["outcome"],
            note=data["note"],
            needs=settled,
            cancel_follow_ups=data.get("cancel_follow_ups", False),
        )


class CorrectEventForm(ActionForm):
    """What it should have said, or that it never happened."""

    kind = fields.radio(_("What happened"), ())
    occurred_on = fields.day_of_event()
    reason = fields.long_text(_("Why it is corrected"), required=True, rows=3)

    def __init__(self, *args: Any, event: EpisodeEvent, **kwargs: Any) -> None:
        super().__init__(*args, initial={"kind": event.kind, "occurred_on": event.occurred_on}, **kwargs)
        contact = event.kind == EpisodeEvent.Kind.CONTACTED
        labels = dict(EpisodeEvent.Kind.choices)
        kinds = [event.kind] if contact else [k for k in CORRECTABLE if k != EpisodeEvent.Kind.CONTACTED]
        self.fields["kind"].choices = [
            *((kind, labels[kind]) for kind in kinds),
            (NEVER, _("it never happened: entered by mistake")),
        ]

    def clean(self) -> dict[str, Any]:
        """An entry that never happened needs no day."""
        data = super().clean() or self.cleaned_data
        if data.get("kind") == NEVER:
            self.errors.pop("occurred_on", None)
            data["occurred_on"] = None
        return data

    @property
    def correction(self) -> dict[str, Any]:
        """Cleaned values as correct_event takes them."""
        data = self.cleaned_data
        kind = "" if data["kind"] == NEVER else data["kind"]
        return {"kind": kind, "occurred_on": data["occurred_on"], "reason": data["reason"]}


class NeedForm(ActionForm):
    """A need, in their own words."""

    kind = fields.choice(_("What is needed"), Need.Kind.choices)
    words = fields.text(_("In their own words"), longest=300)
    urgent = fields.tick(_("Urgent: cannot wait until tomorrow"))

    @property
    def need(self) -> NewNeed:
        """Cleaned values as state_need takes them."""
        return NewNeed(**self.values)


class SettleForm(ActionForm):
    """What became of a need."""

    state = fields.radio(
        _("What became of it"),
        [(Need.State.MET, _("taken care of")), (Need.State.DROPPED, _("no longer needed"))],
    )
    settled_on = fields.day_of_event()
    note = fields.text(_("How"), longest=300)
