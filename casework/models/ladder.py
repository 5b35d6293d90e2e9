"""What carries the follow-up ladder: schedules, who stands in for whom, the rungs climbed."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Centre, Membership, User
from accounts.roles import CASEWORKERS, LEADS
from casework.models.follow_up import FollowUp
from common import clock
from common.actor import Actor
from common.ids import time_ordered_uuid


class ScheduleQuerySet(models.QuerySet["ScheduleTemplate"]):
    def visible_to(self, actor: Actor) -> "ScheduleQuerySet":
        """Schedules of the centres where the actor keeps files."""
        return self if actor.is_system else self.filter(centre_id__in=actor.centres_as(*CASEWORKERS))

    def in_use(self) -> "ScheduleQuerySet":
        return self.filter(retired_at__isnull=True)


class ScheduleTemplate(models.Model):
    """A centre's own rhythm of follow-ups; beside it stands the house's (casework.schedules.HOUSE).

    Attributes:
        days: days after the beginning, rising.
        months: so many monthly appointments after the last of them.
    """

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name of the schedule"), max_length=80)
    days = models.JSONField(default=list)
    months = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=FollowUp.Kind.choices, default=FollowUp.Kind.VISIT)
    purpose = models.CharField(max_length=200, default="", blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    retired_at = models.DateTimeField(null=True)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "name"], condition=Q(retired_at__isnull=True), name="schedule_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class LeaveQuerySet(models.QuerySet["Leave"]):
    def standing(self) -> "LeaveQuerySet":
        return self.filter(cancelled_at__isnull=True)

    def on(self, day: date) -> "LeaveQuerySet":
        """Leave that is taken on `day` (both ends included)."""
        return self.standing().filter(starts_on__lte=day, ends_on__gte=day)

    def visible_to(self, actor: Actor) -> "LeaveQuerySet":
        """One's own, what one covers, and that of the colleagues one leads."""
        if actor.is_system:
            return self
        team = Membership.objects.on(clock.today()).filter(centre_id__in=actor.centres_as(*LEADS))
        own = Q(user_id=actor.user_id) | Q(cover_id=actor.user_id)
        return self.filter(own | Q(user_id__in=team.values("user_id")))


class Leave(models.Model):
    """Days on which somebody is away and a colleague does their follow-ups."""

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="leaves")
    cover = models.ForeignKey(User, on_delete=models.PROTECT, related_name="covers")
    starts_on = models.DateField(_("first day away"))
    ends_on = models.DateField(_("last day away"))
    recorded_at = models.DateTimeField(auto_now_add=True)
    cancelled_at = models.DateTimeField(null=True)
    away = models.BigIntegerField(editable=False)
    """Key of the user while the leave stands, below zero once cancelled: the guard refuses two of one at a time."""

    objects = LeaveQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="leave_ends_after_start"),
            models.CheckConstraint(condition=~Q(cover=F("user")), name="leave_cover_is_another"),
        ]
        indexes = [
            models.Index(
                fields=["ends_on", "starts_on"], condition=Q(cancelled_at__isnull=True), name="leave_days"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.starts_on}–{self.ends_on}"


class BackUp(models.Model):
    """The colleague who hears first when somebody's follow-up is late."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="back_up")
    colleague = models.ForeignKey(User, on_delete=models.CASCADE, related_name="backs_up")
    set_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(colleague=F("user")), name="back_up_is_another")]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.colleague_id}"


class LadderStep(models.Model):
    """A rung that a late follow-up has climbed, each once; `told_on` is the day of the letter that said so."""

    class Rung(models.TextChoices):
        BACK_UP = "back_up", _("back-up colleague")
        SUPERVISOR = "supervisor", _("supervisor")

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="ladder_steps")
    rung = models.CharField(max_length=10, choices=Rung.choices)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    climbed_on = models.DateField()
    told_on = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["follow_up", "rung"], name="ladder_rung_once")]
        indexes = [
            models.Index(fields=["person"], condition=Q(told_on__isnull=True), name="ladder_untold"),
            models.Index(fields=["person", "follow_up"], name="ladder_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.follow_up_id} {self.rung}"
