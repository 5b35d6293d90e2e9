"""Forums where people are heard: the plan, that it was held, who came, and the four parts of evidence."""

from typing import Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Centre
from accounts.roles import CASEWORKERS, Role
from common.actor import Actor
from common.ids import time_ordered_uuid

RUNNERS = tuple(sorted(CASEWORKERS))
"""Roles of a centre that hold forums and follow demands up."""

FORUM_READERS = (Role.DEPARTMENT_ANALYST, Role.AUDITOR)
"""Roles that read every forum of the country and write in none."""

Row = TypeVar("Row", bound=models.Model, covariant=True)


class Level(models.TextChoices):
    """The five levels of participation as the public-sector award names them."""

    INFORM = "inform", _("inform")
    CONSULT = "consult", _("consult")
    INVOLVE = "involve", _("involve")
    COLLABORATE = "collaborate", _("collaborate")
    EMPOWER = "empower", _("empower")


class Group(models.TextChoices):
    """Who sits in a forum."""

    HOMELESS = "homeless", _("homeless people")
    COMMUNITY = "community", _("people of the community")
    VOLUNTEERS = "volunteers", pgettext_lazy("group", "volunteers")
    OFFICERS = "officers", _("officers of the department")
    LOCAL_GOVERNMENT = "local_government", _("local government")
    OTHER_AGENCIES = "other_agencies", _("other public agencies")
    NGOS = "ngos", _("foundations and networks")
    ACADEMICS = "academics", _("academics")
    BUSINESS = "business", _("businesses and landlords")
    OTHERS = "others", pgettext_lazy("group", "others")


class OfVisibleForums(models.QuerySet[Row]):
    """Rows of a forum are visible with it; `path` leads to its centre."""

    path = "forum__centre"

    def visible_to(self, actor: Actor) -> Self:
        """All for the department's analysts and auditors, those of the own centre or province for caseworkers.

        Partners, volunteers, nurses, carers and finance officers see none: what is said in a forum is said in trust.
        """
        if actor.is_system or actor.has(*FORUM_READERS):
            return self
        own = Q(**{f"{self.path}_id__in": actor.centres_as(*RUNNERS)})
        return self.filter(own | Q(**{f"{self.path}__province_id__in": actor.provinces_as(*RUNNERS)}))


class ForumFacts(OfVisibleForums[Row]):
    """Rows that are never edited: a correction is a new row whose `corrects` names the one it replaces."""

    def standing(self) -> Self:
        """What holds today: the last row of each chain."""
        return self.filter(corrected_by__isnull=True)


class ForumQuerySet(OfVisibleForums["Forum"]):
    path = "centre"


class Fact(models.Model):
    """What every append-only row of a forum carries."""

    actor_key = models.CharField(max_length=50)
    recorded_at = models.DateTimeField(auto_now_add=True)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")

    class Meta:
        abstract = True


class Forum(models.Model):
    """A meeting where people are heard, from its planning on. What came of it stands in the facts below it.

    `day` is the planned day until the forum was held, then the day it was held on.
    """

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("forum", "planned")
        HELD = "held", pgettext_lazy("forum", "held")
        CANCELLED = "cancelled", pgettext_lazy("forum", "cancelled")

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("name of the forum"), max_length=200)
    day = models.DateField(_("date"))
    place = models.CharField(_("place"), max_length=200)
    topic = models.CharField(_("what it is about"), max_length=1000)
    planned_level = models.CharField(_("planned level"), max_length=12, choices=Level.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ForumQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["centre", "-day"], name="forum_by_centre")]

    def __str__(self) -> str:
        return self.title


class Holding(Fact):
    """That a forum was held, on which day, and what level of participation it reached and why that can be said.

    The level is judged by people, never worked out from how many came.
    """

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="holdings")
    held_on = models.DateField(_("held on"))
    level = models.CharField(_("level that was reached"), max_length=12, choices=Level.choices)
    reason = models.CharField(_("why this level"), max_length=1000)

    objects = ForumFacts["Holding"].as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["forum"], condition=Q(corrects__isnull=True), name="held_once")
        ]
        indexes = [models.Index(fields=["held_on"], name="holding_by_day")]

    def __str__(self) -> str:
        return f"{self.forum_id} {self.held_on}"


class Attendance(Fact):
    """How many of one group came."""

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="attendances")
    group = models.CharField(max_length=20, choices=Group.choices)
    count = models.PositiveIntegerField()

    objects = ForumFacts["Attendance"].as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "group"], condition=Q(corrects__isnull=True), name="attendance_first_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.forum_id} {self.group} {self.count}"


class Evidence(Fact):
    """One of the four parts that evidence of participation consists of; all four or none counts (ITA, item o25)."""

    class Part(models.TextChoices):
        ISSUE = "issue", _("the issue")
        WHO = "who", _("who took part")
        RESULT = "result", _("the result")
        IMPROVED = "improved", _("how the result improved the work")

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="evidence")
    part = models.CharField(max_length=10, choices=Part.choices)
    text = models.TextField(max_length=5000)

    objects = ForumFacts["Evidence"].as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "part"], condition=Q(corrects__isnull=True), name="evidence_first_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.forum_id} {self.part}"
