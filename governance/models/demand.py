"""What people ask for, who is to answer, what was answered, and whether those who asked were told."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from common.ids import time_ordered_uuid
from governance.models.forum import Fact, Forum, ForumFacts, OfVisibleForums, Row
from governance.models.voice import Voice


class OfDemands(ForumFacts[Row]):
    path = "demand__forum__centre"


class Demand(models.Model):
    """Something that was asked for in a forum, drawn from the voices that asked.

    `state` is for today; what happened stands in the events. `due_on` is the promise made to those who asked: it is
    never moved, so that "in time" keeps its meaning.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("demand", "waits for an answer")
        ANSWERED = "answered", pgettext_lazy("demand", "answered, not told back yet")
        TOLD = "told", pgettext_lazy("demand", "told back")
        WITHDRAWN = "withdrawn", pgettext_lazy("demand", "withdrawn")

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="demands")
    text = models.TextField(_("what is asked for"), max_length=2000)
    owner = models.CharField(_("who is to answer"), max_length=200)
    keeper = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("who follows it up")
    )
    made_on = models.DateField(_("made on"))
    due_on = models.DateField(_("answer due by"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    voices = models.ManyToManyField(Voice, related_name="demands")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = OfVisibleForums["Demand"].as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gte=F("made_on")), name="demand_due_after_made")
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(state="open"), name="demand_waiting")]

    def __str__(self) -> str:
        return f"{self.forum_id} {self.due_on}"


class DemandEvent(Fact):
    """A step on the way of a demand."""

    class Kind(models.TextChoices):
        MADE = "made", pgettext_lazy("demand", "made")
        PASSED_ON = "passed_on", pgettext_lazy("demand", "passed on to who is to answer")
        TAKEN_UP = "taken_up", pgettext_lazy("demand", "taken up")
        ANSWERED = "answered", pgettext_lazy("demand", "answered")
        TOLD_BACK = "told_back", pgettext_lazy("demand", "told back")
        WITHDRAWN = "withdrawn", pgettext_lazy("demand", "withdrawn by those who asked")

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    occurred_on = models.DateField(_("date"))
    note = models.CharField(_("note"), max_length=500, default="", blank=True)

    objects = OfDemands["DemandEvent"].as_manager()

    class Meta:
        ordering = ["occurred_on", "pk"]

    def __str__(self) -> str:
        return f"{self.demand_id} {self.kind}"


class Answer(Fact):
    """What the owner answered. Another answer later is a row of its own; a correction names the one it replaces."""

    class Outcome(models.TextChoices):
        GRANTED = "granted", _("will be done")
        PARTLY = "partly", _("will be done in part")
        REFUSED = "refused", _("will not be done")
        LATER = "later", _("no decision yet")

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="answers")
    outcome = models.CharField(_("answer"), max_length=8, choices=Outcome.choices)
    text = models.TextField(_("answer in words that everybody understands"), max_length=2000)
    answered_on = models.DateField(_("answered on"))

    objects = OfDemands["Answer"].as_manager()

    class Meta:
        ordering = ["answered_on", "pk"]

    def __str__(self) -> str:
        return f"{self.demand_id} {self.outcome}"


class Telling(Fact):
    """That those who asked were told what became of it: when, how, and how many were reached."""

    class How(models.TextChoices):
        FORUM = "forum", _("at a forum")
        VISIT = "visit", _("where people stay")
        POSTER = "poster", _("sheet put up and read out")
        LEADERS = "leaders", _("through their own leaders")
        PHONE = "phone", _("by phone or message")

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="tellings")
    told_on = models.DateField(_("told on"))
    how = models.CharField(_("how"), max_length=8, choices=How.choices)
    people = models.PositiveIntegerField(_("how many people were told"))
    note = models.CharField(_("what they said to it"), max_length=500, default="", blank=True)

    objects = OfDemands["Telling"].as_manager()

    class Meta:
        ordering = ["told_on", "pk"]
        constraints = [models.CheckConstraint(condition=Q(people__gte=1), name="telling_reaches_somebody")]
        indexes = [models.Index(fields=["told_on"], name="telling_by_day")]

    def __str__(self) -> str:
        return f"{self.demand_id} {self.told_on}"
