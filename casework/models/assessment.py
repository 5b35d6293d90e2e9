"""How somebody fares, seen on a day through an instrument; and what is to be reached."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.models.client import Client, OfVisibleClients
from casework.models.episode import Episode, Facts
from casework.rules.assessments import BEST, WORST
from common.crypto import EncryptedText
from common.ids import time_ordered_uuid


@dataclass(frozen=True, slots=True)
class Dimension:
    """One side of a life, with what each level means, the worst first; words in the reader's language."""

    key: str
    name: str
    levels: tuple[str, ...]


class InstrumentQuerySet(models.QuerySet["Instrument"]):
    def current(self) -> "Instrument":
        """The newest version that is in use."""
        return self.filter(retired_on__isnull=True).order_by("code", "-version")[0]


class Instrument(models.Model):
    """A version of a way to assess. What is in use never changes, so that old assessments keep their meaning.

    Attributes:
        dimensions: list of {"key", "th", "en", "levels": four of {"th", "en"}}, see casework.instruments.
        retired_on: no new assessment from then on.
    """

    code = models.CharField(max_length=30)
    version = models.PositiveSmallIntegerField()
    name_th = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    dimensions = models.JSONField()
    retired_on = models.DateField(null=True)

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        ordering = ["code", "-version"]
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="instrument_version_once")]

    def __str__(self) -> str:
        return f"{self.code}/{self.version}"

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_th

    @property
    def shown(self) -> list[Dimension]:
        """Its dimensions in the reader's language."""
        language = "en" if get_language() == "en" else "th"

        def one(data: Mapping[str, Any]) -> Dimension:
            return Dimension(data["key"], data[language], tuple(level[language] for level in data["levels"]))

        return [one(data) for data in self.dimensions]

    @property
    def keys(self) -> list[str]:
        return [data["key"] for data in self.dimensions]


class Assessment(models.Model):
    """How somebody fares on a day. Append-only: a correction is a new row whose `corrects` names the old one."""

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="assessments")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="assessments")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    assessed_on = models.DateField(_("day of the assessment"))
    assessed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")

    objects = Facts["Assessment"].as_manager()

    class Meta:
        ordering = ["-assessed_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.client_id} {self.assessed_on}"

    def by_dimension(self) -> dict[str, "AssessedLevel"]:
        """Key of each assessed dimension → its level."""
        return {row.dimension: row for row in self.levels.all()}


class AssessedLevel(models.Model):
    """The level of one dimension and what it rests on. A dimension that was not assessed has no row."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="levels")
    dimension = models.CharField(max_length=30)
    level = models.PositiveSmallIntegerField()
    reason = EncryptedText(_("what it rests on"), default=b"")
    why_no_goal = EncryptedText(_("why nothing is planned"), default=b"", blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "dimension"], name="assessed_level_once"),
            models.CheckConstraint(
                condition=Q(level__gte=WORST, level__lte=BEST), name="assessed_level_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dimension} {self.level}"


class Goals(OfVisibleClients["Goal"]):
    def open(self) -> Self:
        return self.filter(state=Goal.State.OPEN)


class Goal(models.Model):
    """What somebody wants to reach, in their own words first, until it is reached or let go.

    Attributes:
        words: the person's own.
        text: what is to be reached, as the worker puts it; one of the two is enough.
        why_no_words: why the person's own are missing ("does not speak"); a plan asks for one of the two.
        dimension: key of a dimension of the instrument, "" for none of them.
        rose_from: the level that obliged it, if one did.
    """

    class State(models.TextChoices):
        OPEN = "open", _("on the way")
        REACHED = "reached", _("reached")
        PARTLY = "partly", _("reached in part")
        LET_GO = "let_go", _("let go")

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="goals")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="goals")
    dimension = models.CharField(_("side of life"), max_length=30, default="", blank=True)
    words = EncryptedText(_("in their own words"), default=b"", blank=True)
    text = EncryptedText(_("what is to be reached"), default=b"", blank=True)
    why_no_words = EncryptedText(_("why their own words are missing"), default=b"", blank=True)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    rose_from = models.ForeignKey(AssessedLevel, on_delete=models.PROTECT, related_name="goals", null=True)
    set_on = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    settled_on = models.DateField(null=True, blank=True)
    settled_note = EncryptedText(_("what became of it"), default=b"", blank=True)

    objects = Goals.as_manager()

    class Meta:
        ordering = ["-state", F("due_on").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", settled_on__isnull=True)
                | ~Q(state="open") & Q(settled_on__isnull=False),
                name="goal_settled_has_day",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("set_on")), name="goal_due_after_set"
            ),
        ]
        indexes = [models.Index(fields=["episode"], condition=Q(state="open"), name="goal_open")]

    def __str__(self) -> str:
        return f"{self.client_id} {self.dimension} {self.pk}"

    @property
    def headline(self) -> str:
        return self.words or self.text
