"""What is planned with somebody: versions of the plan of an episode, and the tasks of its goals."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.roles import LEADS
from casework.models.assessment import Goal
from casework.models.client import Client, OfVisibleClients
from casework.models.episode import Episode
from common.actor import Actor
from common.crypto import EncryptedText
from common.ids import time_ordered_uuid


class Plans(OfVisibleClients["Plan"]):
    def to_decide(self, actor: Actor) -> Self:
        """Handed in by others of the actor's team, and not decided yet."""
        waiting = self.filter(state=Plan.State.SUBMITTED, episode__centre_id__in=actor.centres_as(*LEADS))
        own = Q(author_id=actor.user_id) | Q(submitted_by_id=actor.user_id)
        return waiting.filter(episode__closed_on__isnull=True).exclude(own)

    def returned_to(self, actor: Actor) -> Self:
        """Returned to the actor, and no newer version begun."""
        newer = Plan.objects.filter(episode=OuterRef("episode"), number__gt=OuterRef("number"))
        own = Q(author_id=actor.user_id) | Q(submitted_by_id=actor.user_id)
        found = self.filter(own, state=Plan.State.RETURNED, episode__closed_on__isnull=True)
        return found.exclude(Exists(newer))


class Plan(models.Model):
    """A version of the plan of an episode. It gathers the episode's goals; what was decided about never changes.

    Attributes:
        note: what else was agreed with the person.
        review_on: when it is looked at again, together with the person.
        replaced_on: the day on which a newer version was approved.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("plan", "being written")
        SUBMITTED = "submitted", pgettext_lazy("plan", "waits for approval")
        APPROVED = "approved", pgettext_lazy("plan", "approved")
        RETURNED = "returned", pgettext_lazy("plan", "returned")

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="plans")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    note = EncryptedText(_("what else was agreed"), default=b"", blank=True)
    review_on = models.DateField(_("looked at again on"), null=True, blank=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    begun_on = models.DateField()
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    submitted_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    return_reason = EncryptedText(_("why it is returned"), default=b"", blank=True)
    replaced_on = models.DateField(null=True)

    objects = Plans.as_manager()

    class Meta:
        ordering = ["-number", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["episode", "number"], name="plan_number_once"),
            models.UniqueConstraint(
                fields=["episode"], condition=Q(state__in=("draft", "submitted")), name="plan_open_once"
            ),
            models.UniqueConstraint(
                fields=["episode"],
                condition=Q(state="approved", replaced_on__isnull=True),
                name="plan_in_force_once",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("author")),
                name="plan_not_decided_by_author",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("submitted_by")),
                name="plan_not_decided_by_submitter",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("approved", "returned"))
                & Q(decided_by__isnull=False, decided_at__isnull=False)
                | Q(state__in=("draft", "submitted")) & Q(decided_by__isnull=True, decided_at__isnull=True),
                name="plan_decided_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", submitted_at__isnull=True)
                | ~Q(state="draft") & Q(submitted_at__isnull=False),
                name="plan_submitted_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(return_reason=b""), name="plan_returned_has_reason"
            ),
        ]
        indexes = [models.Index(fields=["episode"], condition=Q(state="submitted"), name="plan_waiting")]

    def __str__(self) -> str:
        return f"{self.episode_id}/{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.DRAFT, self.State.SUBMITTED)


class PlanEvent(models.Model):
    """A step of a plan; append-only. Handing in keeps what the plan said then, and that is what is decided about.

    Attributes:
        content: of a submission, its goals and tasks as casework.planning writes them, encrypted.
    """

    class Kind(models.TextChoices):
        BEGUN = "begun", pgettext_lazy("plan", "begun")
        SUBMITTED = "submitted", pgettext_lazy("plan", "handed in")
        TAKEN_BACK = "taken_back", pgettext_lazy("plan", "taken back")
        APPROVED = "approved", pgettext_lazy("plan", "approved")
        RETURNED = "returned", pgettext_lazy("plan", "returned")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    note = EncryptedText(default=b"", blank=True)
    content = EncryptedText(default=b"", blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.kind}"


class GoalTasks(OfVisibleClients["GoalTask"]):
    def open(self) -> Self:
        return self.filter(state=GoalTask.State.OPEN)

    def due_of(self, actor: Actor, day: date) -> Self:
        """What the actor should have done by `day`, in cases that are open."""
        mine = self.open().filter(owner_id=actor.user_id, due_on__lte=day)
        return mine.filter(goal__episode__closed_on__isnull=True)


class GoalTask(models.Model):
    """Something to be done for a goal: by whom, by when, and what came of it.

    Attributes:
        who: the sort of owner; `owner` is the colleague, `partner` somebody else in words.
        result: what came of it, or why it was dropped.
    """

    class Who(models.TextChoices):
        STAFF = "staff", pgettext_lazy("owner", "a colleague")
        PERSON = "person", pgettext_lazy("owner", "the person themselves")
        PARTNER = "partner", pgettext_lazy("owner", "somebody else")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("task", "to do")
        DONE = "done", pgettext_lazy("task", "done")
        DROPPED = "dropped", pgettext_lazy("task", "dropped")

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="tasks")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="tasks")
    what = EncryptedText(_("what is done"))
    who = models.CharField(max_length=7, choices=Who.choices)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    partner = EncryptedText(_("who else"), default=b"", blank=True)
    due_on = models.DateField(_("by when"))
    state = models.CharField(max_length=7, choices=State.choices, default=State.OPEN)
    settled_on = models.DateField(null=True, blank=True)
    result = EncryptedText(_("what came of it"), default=b"", blank=True)

    objects = GoalTasks.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(who="staff", owner__isnull=False, partner=b"")
                | Q(who="person", owner__isnull=True, partner=b"")
                | Q(who="partner", owner__isnull=True) & ~Q(partner=b""),
                name="goal_task_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(state="open", settled_on__isnull=True)
                | ~Q(state="open") & Q(settled_on__isnull=False),
                name="goal_task_settled_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(result=b""), name="goal_task_dropped_has_reason"
            ),
        ]
        indexes = [models.Index(fields=["owner", "due_on"], condition=Q(state="open"), name="goal_task_due")]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.pk}"

    @property
    def owner_name(self) -> str:
        if self.who == self.Who.STAFF:
            return str(self.owner)
        return self.partner or str(self.get_who_display())
