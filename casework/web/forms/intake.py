"""The intake: one column, everything but a name of some kind may be left for later."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Centre
from accounts.roles import CASEWORKERS
from casework.actions.intake import Intake
from casework.actions.needs import NewNeed
from casework.actions.notices import NewNotice
from casework.actions.related import NewRelated
from casework.models import Client, Need, Notice, RelatedPerson, SafetyFlag
from casework.registering import NewAppointment, NewClient
from casework.web.forms import fields
from casework.web.forms.person import PersonFields
from common.actor import Actor
from common.errors import DomainError
from common.forms.action import ActionForm

FORM_ID = "intake"
NOT_ASKED = "not_asked"
ANSWERS = (
    (NOT_ASKED, _("not asked yet")),
    ("accepted_help", _("accepts help")),
    ("declined_help", _("declines help")),
)


class NoticeFields(forms.Form):
    """How word of somebody came."""

    channel = fields.choice(_("How word came"), Notice.Channel.choices)
    noticed_on = fields.day_of_event(_("Date of notice"))
    reporter = fields.text(_("Who reported"))
    reporter_phone = fields.text(_("Their phone"), longest=40, inputmode="tel")
    details = fields.long_text(_("What was reported"), rows=3)


class IntakeForm(PersonFields, NoticeFields, ActionForm):
    """Notice, person, needs, safety, answer, who takes the case and when they meet next."""

    centre = forms.ModelChoiceField(
        Centre.objects.none(), label=_("Centre"), to_field_name="code", empty_label=None
    )
    draft = forms.UUIDField(required=False, widget=forms.HiddenInput)
    draft_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    id_status = fields.choice(_("Identity paper"), Client.IdStatus.choices, required=False)
    pin = fields.text(
        _("ID number"), hint=_("If they know it. Nobody must have one."), longest=40, inputmode="numeric"
    )
    keep_unverified = fields.tick(_("Keep the number as not verified"))
    needs = forms.MultipleChoiceField(
        label=_("What is needed now"),
        choices=Need.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    urgent = fields.tick(_("Urgent: cannot wait until tomorrow"))
    words = fields.text(_("In their own words"), longest=300)
    flag_kind = fields.choice(
        _("A danger that everybody must know of"), SafetyFlag.Kind.choices, required=False
    )
    flag_text = fields.long_text(_("What to do about it"), rows=2)
    with_name = fields.text(
        _("Who is with them, or answers for them"),
        hint=_("Of a child: who has the care. The file is restricted."),
    )
    with_relation = fields.choice(_("Relation"), RelatedPerson.Relation.choices, required=False)
    with_guardianship = fields.choice(
        _("Answers for the person as"), RelatedPerson.Guardianship.choices, required=False
    )
    with_phone = fields.text(_("Phone of that person"), longest=40, inputmode="tel")
    with_lives = fields.tick(_("lives with the client"))
    contacted_on = fields.day_of_event(_("Day on which we met the person"))
    help_answer = fields.radio(_("Do they accept help?"), ANSWERS, required=False)
    worker = fields.ColleagueField(_("Who takes the case"), empty=_("Not assigned yet"))
    appointment_on = fields.day_ahead(_("First appointment"), required=False)
    appointment_for = fields.text(_("What for"))
    another_because = fields.long_text(
        _("Why this is another person"), hint=_("For example: another age, met both of them."), rows=2
    )

    field_order = (
        *("first_name", "last_name", "nickname", "descriptor", "found_place", "sex", "born", "born_answer"),
        *("phone", "phone_answer", "phone_shared", "pin", "keep_unverified", "id_status", "papers"),
        *("papers_answer", "legal_category", "sleeping_place", "home_province", "home_answer", "cause"),
        *(
            "health_note",
            "health_answer",
            "centre",
            "channel",
            "noticed_on",
            "reporter",
            "reporter_phone",
            "details",
            "needs",
        ),
        *("urgent", "words", "flag_kind", "flag_text", "with_name", "with_relation"),
        *("with_guardianship", "with_phone", "with_lives", "contacted_on", "help_answer", "worker"),
        *("appointment_on", "appointment_for", "another_because"),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        centres = Centre.objects.filter(pk__in=actor.centres_as(*CASEWORKERS))
        self.fields["centre"].queryset = centres
        self.fields["worker"].at(*actor.centres_as(*CASEWORKERS))
        self.fields["contacted_on"].required = False
        self.fields["contacted_on"].initial = None
        self.fields["help_answer"].initial = NOT_ASKED
        self.fields["id_status"].initial = Client.IdStatus.NOT_ASKED
        self.fields["another_because"].widget.attrs["form"] = FORM_ID
        if len(actor.centres_as(*CASEWORKERS)) == 1:
            only = self.fields["centre"]
            only.widget, only.initial = forms.HiddenInput(), centres[0].code

    def refuse(self, error: DomainError) -> None:
        """A draft that ended elsewhere lets go of what was typed: pressing the button again registers it."""
        super().refuse(error)
        if error.code == "draft_gone":
            self.data = {**dict(self.data.lists()), "draft": [str(uuid4())], "draft_version": [""]}

    @property
    def intake(self) -> Intake:
        """Cleaned values as register_client takes them."""
        data = self.cleaned_data
        words = [data["words"]]
        return Intake(
            client=self._new_client(),
            needs=[NewNeed(kind, words.pop() if words else "", data["urgent"]) for kind in data["needs"]],
            flag=(data["flag_kind"], data["flag_text"]) if data["flag_kind"] else None,
            household=self._household(),
            contacted_on=data["contacted_on"],
            help_answer=data["help_answer"].replace(NOT_ASKED, ""),
            keep_unverified=data["keep_unverified"],
            another_because=data["another_because"],
        )

    def _household(self) -> list[NewRelated]:
        data = self.cleaned_data
        if not data["with_name"]:
            return []
        one = NewRelated(
            relation=data["with_relation"] or RelatedPerson.Relation.OTHER,
            name=data["with_name"],
            phone=data["with_phone"],
            lives_with=data["with_lives"],
            guardianship=data["with_guardianship"],
        )
        return [one]

    def _new_client(self) -> NewClient:
        data = self.cleaned_data
        appointment = NewAppointment(data["appointment_on"], purpose=data["appointment_for"])
        return NewClient(
            **self.known(),
            id_status=data["id_status"] or Client.IdStatus.NOT_ASKED,
            pin=data["pin"],
            home_province=data["home_province"].pk if data["home_province"] else None,
            channel=data["channel"],
            noticed_on=data["noticed_on"],
            reporter=data["reporter"],
            reporter_phone=data["reporter_phone"],
            details=data["details"],
            worker_id=data["worker"].pk if data["worker"] else None,
            appointments=[appointment] if data["appointment_on"] else [],
        )


class WordForm(NoticeFields, ActionForm):
    """How word of somebody came, who already has a file."""

    place = fields.text(_("Where they were found"))

    @property
    def notice(self) -> NewNotice:
        """Cleaned values as open_episode and correct_notice take them."""
        names = ("noticed_on", "channel", "place", "reporter", "reporter_phone", "details")
        return NewNotice(**{name: self.cleaned_data[name] for name in names})


class ReturnForm(WordForm):
    """A new episode for somebody whose earlier ones are closed."""

    worker = fields.ColleagueField(_("Who takes the case"), empty=_("Not assigned yet"))

    field_order = ("channel", "noticed_on", "place", "reporter", "reporter_phone", "details", "worker")

    def __init__(self, *args: Any, centre_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].at(centre_id)


class CorrectNoticeForm(WordForm):
    """What should have been noted when word came."""

    reason = fields.long_text(_("Why it is corrected"), required=True, rows=2)

    field_order = ("channel", "noticed_on", "place", "reporter", "reporter_phone", "details", "reason")
