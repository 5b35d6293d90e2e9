"""Forms of forums, voices and demands: shape only. Rules belong to the actions behind them."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Centre
from casework.web.forms import fields
from common import clock
from common.forms.action import ActionForm
from governance import forum_rules as rules
from governance.actions.demands import STEPS, Answered, Told
from governance.actions.forums import Held, Plan
from governance.models import Answer, DemandEvent, Evidence, Group, Level, Telling, Voice


class PlanForm(ActionForm):
    """What is planned of a forum."""

    centre = forms.ModelChoiceField(Centre.objects.none(), label=_("Centre"), empty_label=None)
    title = fields.text(_("Name of the forum"), required=True)
    day = fields.day_ahead(_("Date"))
    place = fields.text(_("Place"), required=True)
    topic = forms.CharField(
        label=_("What it is about"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    planned_level = fields.radio(
        _("Which level of participation is planned?"),
        Level.choices,
        hint=_(
            "Inform tells; consult listens; involve works together; collaborate decides together; "
            "empower hands the decision over."
        ),
    )

    def __init__(self, *args: Any, centres: QuerySet[Centre] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if centres is None:
            del self.fields["centre"]
        else:
            self.fields["centre"].queryset = centres

    @property
    def plan(self) -> Plan:
        values = self.values
        return Plan(**{name: values[name] for name in ("title", "day", "place", "topic", "planned_level")})


class HeldForm(ActionForm):
    """That a forum was held, and the level it reached."""

    held_on = fields.day_ahead(_("Held on"))
    level = fields.radio(_("Which level was reached?"), Level.choices)
    reason = forms.CharField(
        label=_("Why can that be said?"),
        help_text=_("What people decided or changed, not how many came."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def held(self) -> Held:
        return Held(**self.values)


class AttendanceForm(ActionForm):
    """How many of each group came."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in Group.choices:
            # A number below zero is the rule's to refuse: it says what to do.
            self.fields[code] = forms.IntegerField(
                label=label, required=False, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
            )


class EvidenceForm(ActionForm):
    """The four parts of evidence."""

    HINTS = {
        "issue": _("What was the forum about, and why?"),
        "who": _("Who sat at the table, and how were they invited?"),
        "result": _("What was found out, agreed or decided?"),
        "improved": _("What is done differently since?"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in Evidence.Part.choices:
            self.fields[code] = forms.CharField(
                label=label,
                help_text=self.HINTS[code],
                required=False,
                widget=forms.Textarea(attrs={"rows": 4}),
            )


class VoiceForm(ActionForm):
    """One line of what is said; Enter keeps it and opens the next."""

    group = fields.choice(_("Who speaks"), Group.choices)
    text = forms.CharField(
        label=_("In their own words"),
        strip=False,
        required=False,  # the rule refuses an empty line in words of its own
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True, "lang": "th"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].initial = Group.HOMELESS


class CorrectVoiceForm(ActionForm):
    """What the line should have been."""

    group = fields.choice(_("Who speaks"), Group.choices)
    text = forms.CharField(
        label=_("In their own words"), strip=False, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class ReasonForm(ActionForm):
    reason = forms.CharField(
        label=_("Why?"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class AttributeForm(ActionForm):
    """Whose voice it is, where the speaker agreed."""

    code = fields.text(_("Code of the person's file"), required=True)
    agreed_on = fields.day_of_event(_("Agreed on"))


class VoicesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.text)


class DemandForm(ActionForm):
    """A demand, the voices it is drawn from, and who is to answer by when."""

    voices = VoicesField(
        Voice.objects.none(),
        label=_("Voices it is drawn from"),
        to_field_name="uid",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    text = forms.CharField(
        label=_("What is asked for"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    owner = fields.text(
        _("Who is to answer"), hint=_("A person or an organisation, as people call it."), required=True
    )
    keeper = fields.ColleagueField(_("Who of us follows it up"))
    made_on = fields.day_of_event(_("Made on"))
    due_on = fields.day_ahead(_("Answer due by"))

    def __init__(self, *args: Any, voices: QuerySet[Voice], centre_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["voices"].queryset = voices
        self.fields["keeper"].at(centre_id)
        self.fields["due_on"].initial = lambda: clock.today() + rules.ANSWER_WITHIN


class AnswerForm(ActionForm):
    """What was answered."""

    outcome = fields.radio(_("Answer"), Answer.Outcome.choices)
    text = forms.CharField(
        label=_("In words that everybody understands"),
        help_text=_("This is what people are told."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    answered_on = fields.day_of_event(_("Answered on"))

    @property
    def answered(self) -> Answered:
        return Answered(**self.values)


class TellForm(ActionForm):
    """That people were told back."""

    told_on = fields.day_of_event(_("Told on"))
    how = fields.radio(_("How"), Telling.How.choices)
    people = forms.IntegerField(
        label=_("How many people were told"), widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )
    note = fields.text(_("What they said to it"), longest=500)

    @property
    def told(self) -> Told:
        return Told(**self.values)


class StepForm(ActionForm):
    """A step on the way."""

    kind = fields.radio(_("What happened"), [(kind, DemandEvent.Kind(kind).label) for kind in STEPS])
    occurred_on = fields.day_of_event()
    note = fields.text(_("Note"), longest=500)
