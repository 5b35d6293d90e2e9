"""Notes, and the people around somebody."""

from django.utils.translation import gettext_lazy as _

from casework.actions.related import NewRelated
from casework.models import Client, RelatedPerson
from casework.web.forms import fields
from common.forms.action import ActionForm


class NoteForm(ActionForm):
    """A note about what was seen or said."""

    text = fields.long_text(_("Case note"), required=True, rows=6)
    occurred_on = fields.day_of_event()


class RelatedForm(ActionForm):
    """Somebody around a client."""

    relation = fields.choice(_("Relation"), RelatedPerson.Relation.choices)
    name = fields.text(_("Name"), required=True)
    born = fields.birth()
    guardianship = fields.choice(
        _("Answers for the person as"),
        RelatedPerson.Guardianship.choices,
        hint=_("Only if they decide for the person: a child, or somebody who cannot decide alone."),
        required=False,
    )
    phone = fields.text(_("Phone"), longest=40, inputmode="tel")
    address = fields.text(_("Address"), longest=300)
    may_contact = fields.tick(_("The client agrees that we contact them"))
    lives_with = fields.tick(_("lives with the client"))
    other = fields.text(
        _("Code of their own file"), hint=_("If they are served too, for example 30-2570-00417.")
    )
    note = fields.text(_("Note"), longest=300)

    def related(self, other: Client | None) -> NewRelated:
        """Cleaned values as add_related_person takes them; `other` is the file that the code names."""
        values = self.values
        values.pop("other")
        born = values.pop("born")
        return NewRelated(
            **values,
            born_on=born.value if born else None,
            born_precision=born.precision if born else Client.Precision.DAY,
            other=other.uid if other else None,
        )


class EndRelatedForm(ActionForm):
    """Since when somebody is no longer around."""

    ended_on = fields.day_of_event(_("Since which day"))
