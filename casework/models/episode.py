"""An episode of help: how it began, what happened in it, what was needed and written down."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Centre, User
from casework.models.client import Client, OfVisibleClients, Row
from common.crypto import EncryptedText
from common.ids import time_ordered_uuid


class Facts(OfVisibleClients[Row]):
    """Rows that are never edited: a correction is a new row whose `corrects` names the one it replaces."""

    def standing(self) -> Self:
        """What holds today: the last row of each chain."""
        return self.filter(corrected_by__isnull=True)


class Events(Facts["EpisodeEvent"]):
    def standing(self) -> Self:
        """The last row of each chain, without what never happened."""
        return super().standing().exclude(kind=EpisodeEvent.Kind.VOID)


class Notices(Facts["Notice"]):
    def standing(self) -> Self:
        """The last row of each chain, without what was entered by mistake."""
        return super().standing().filter(is_void=False)


class Episode(models.Model):
    """One stretch of help for one client, in one clear state."""

    class State(models.TextChoices):
        NOTICE = "notice", _("notice received")
        CONTACT = "contact", _("in contact")
        FACT_FINDING = "fact_finding", _("fact-finding")
        PLAN = "plan", _("planning")
        FOLLOW_THROUGH = "follow_through", _("following the plan")
        CLOSED = "closed", _("closed")

    class Outcome(models.TextChoices):
        OWN_HOME = "own_home", _("own room or home")
        FAMILY = "family", _("back with family or community")
        HOME_PROVINCE = "home_province", _("returned to home province")
        SHELTER = "shelter", _("moved to a home or shelter")
        WORK = "work", _("has work and stands alone")
        DECLINED = "declined", _("declined help")
        LOST = "lost", _("not found again")
        REFERRED = "referred", _("handed to another agency")
        DIED = "died", _("died")
        OTHER = "other", _("other")

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="episodes")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="episodes")
    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="episodes", null=True, blank=True)
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=14, choices=State.choices, default=State.NOTICE)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=14, choices=Outcome.choices, default="", blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = OfVisibleClients["Episode"].as_manager()

    class Meta:
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client"], condition=Q(closed_on__isnull=True), name="episode_open_once"
            ),
            models.UniqueConstraint(fields=["client", "number"], name="episode_number_once"),
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False) & ~Q(outcome="")
                | ~Q(state="closed") & Q(closed_on__isnull=True, outcome=""),
                name="episode_closed_is_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["worker", "client"], condition=Q(closed_on__isnull=True), name="episode_of_worker"
            ),
            models.Index(fields=["centre", "opened_on"], name="episode_by_centre"),
        ]

    def __str__(self) -> str:
        return f"{self.client_id}/{self.number}"


class EpisodeEvent(models.Model):
    """What happened in an episode, append-only. Indicators count these, never the status column.

    A correction is a new row whose `corrects` names the one it replaces; of a chain only the last row counts,
    and a last row of kind VOID says that it never happened.
    """

    class Kind(models.TextChoices):
        OPENED = "opened", _("case opened")
        CONTACTED = "contacted", _("contact made")
        ACCEPTED_HELP = "accepted_help", _("accepts help")
        DECLINED_HELP = "declined_help", _("declines help")
        WITHDREW = "withdrew", _("withdrew acceptance")
        STATE = "state", _("moved on")
        WORKER = "worker", _("worker assigned")
        CLOSED = "closed", _("closed")
        VOID = "void", _("entered by mistake")

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="events")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="events")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    occurred_on = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    actor_key = models.CharField(max_length=50)
    value = models.CharField(max_length=40, default="", blank=True)
    note = EncryptedText(default=b"", blank=True)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")

    objects = Events.as_manager()

    class Meta:
        ordering = ["-occurred_on", "-pk"]
        indexes = [models.Index(fields=["kind", "occurred_on", "centre"], name="event_by_kind")]

    def __str__(self) -> str:
        return f"{self.episode_id} {self.kind} {self.occurred_on}"


class Notice(models.Model):
    """Word of somebody who may need help, append-only (a correction is a new row)."""

    class Channel(models.TextChoices):
        HOTLINE = "hotline_1300", _("1300 hotline")
        SOCIAL_MEDIA = "social_media", _("social media")
        WALK_IN = "walk_in", _("came themselves")
        OUTREACH = "outreach", _("outreach")
        AGENCY = "agency", _("another agency")
        NEWS = "news", _("news")
        OTHER = "other", _("other")

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="notices")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="notices")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="notices")
    channel = models.CharField(_("channel"), max_length=14, choices=Channel.choices)
    noticed_on = models.DateField(_("date of notice"))
    place = models.CharField(_("place"), max_length=200, default="", blank=True)
    reporter = EncryptedText(_("who reported"), default=b"", blank=True)
    reporter_phone = EncryptedText(_("reporter's phone"), default=b"", blank=True)
    details = EncryptedText(_("what was reported"), default=b"", blank=True)
    actor_key = models.CharField(max_length=50)
    recorded_at = models.DateTimeField(auto_now_add=True)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    is_void = models.BooleanField(default=False)

    objects = Notices.as_manager()

    class Meta:
        ordering = ["-noticed_on", "-pk"]
        indexes = [models.Index(fields=["noticed_on", "centre"], name="notice_by_day")]

    def __str__(self) -> str:
        return f"{self.noticed_on} {self.channel}"


class Need(models.Model):
    """Something a client needs, until it is met or dropped."""

    class Kind(models.TextChoices):
        FOOD = "food", _("food and water")
        CLOTHES = "clothes", _("clothes and bedding")
        SHELTER = "shelter", _("a place for the night")
        HOUSING = "housing", _("a room to rent")
        HEALTH = "health", _("health care")
        PAPERS = "papers", _("identity papers")
        WORK = "work", _("work and income")
        FAMILY = "family", _("finding relatives")
        TRAVEL = "travel", _("travel home")
        WELFARE = "welfare", _("welfare benefits")
        SAFETY = "safety", _("safety")
        OTHER = "other", _("other")

    class State(models.TextChoices):
        OPEN = "open", _("still needed")
        MET = "met", _("taken care of")
        DROPPED = "dropped", _("no longer needed")

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="needs")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="needs")
    kind = models.CharField(_("need"), max_length=10, choices=Kind.choices)
    words = models.CharField(_("in their own words"), max_length=300, default="", blank=True)
    urgent = models.BooleanField(_("urgent"), default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    stated_on = models.DateField()
    settled_on = models.DateField(null=True, blank=True)
    settled_note = models.CharField(max_length=300, default="", blank=True)

    objects = OfVisibleClients["Need"].as_manager()

    class Meta:
        ordering = ["state", "-urgent", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", settled_on__isnull=True)
                | ~Q(state="open") & Q(settled_on__isnull=False),
                name="need_settled_has_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.kind}"


class Note(models.Model):
    """A note in the file, append-only; its text is encrypted."""

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="notes")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="notes", null=True)
    text = EncryptedText(_("note"))
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    occurred_on = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")

    objects = Facts["Note"].as_manager()

    class Meta:
        ordering = ["-occurred_on", "-pk"]

    def __str__(self) -> str:
        return str(self.pk)
