"""Appointments to see how somebody is, and what came of them."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Centre, User
from casework.models.client import Client, OfVisibleClients
from casework.models.episode import Episode, Facts
from common.crypto import EncryptedText
from common.ids import time_ordered_uuid


class FollowUp(models.Model):
    """An appointment with a client, until a result is recorded or it is cancelled."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        DONE = "done", _("result recorded")
        CANCELLED = "cancelled", _("cancelled")

    class Kind(models.TextChoices):
        VISIT = "visit", _("visit")
        PHONE = "phone", _("phone call")
        OUTREACH = "outreach", _("outreach")
        OFFICE = "office", _("meeting at the centre")
        ACCOMPANY = "accompany", _("going along")
        SEARCH = "search", _("going out to look for them")

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="follow_ups")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="follow_ups")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="follow_ups", null=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.VISIT)
    purpose = models.CharField(_("what for"), max_length=200, default="", blank=True)
    place = models.CharField(_("place"), max_length=200, default="", blank=True)
    due_on = models.DateField(_("date"))
    due_time = models.TimeField(_("time"), null=True, blank=True)
    missed_on = models.DateField(null=True, editable=False)
    """The day that had passed when the appointment was moved or dropped; figures go by it, so that moving what is
    late does not make it punctual."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    raised_by = models.OneToOneField(
        "FollowUpResult", on_delete=models.PROTECT, null=True, editable=False, related_name="raised"
    )
    """The result that called for this appointment by itself: somebody not found twice running is looked for once."""
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = OfVisibleClients["FollowUp"].as_manager()

    class Meta:
        ordering = ["due_on", "due_time", "pk"]
        indexes = [
            models.Index(fields=["worker", "due_on"], condition=Q(state="planned"), name="follow_up_due"),
            models.Index(fields=["due_on", "centre"], name="follow_up_by_day"),
            models.Index(fields=["missed_on"], condition=Q(missed_on__isnull=False), name="follow_up_missed"),
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.due_on}"

    def note_missed(self, today: date) -> None:
        """Keep the day that has passed, before the appointment is moved or dropped on `today`. Does not save."""
        if self.missed_on is None and self.due_on < today:
            self.missed_on = self.due_on


class FollowUpResult(models.Model):
    """What came of a follow-up, append-only; a correction names the row it replaces."""

    class Result(models.TextChoices):
        MET = "met", _("met")
        MET_BY_PHONE = "met_by_phone", _("talked by phone")
        NOT_FOUND = "not_found", _("not found")
        MOVED = "moved", _("moved away")
        REFUSED = "refused", _("did not want to talk")
        HOSPITAL = "hospital", _("in hospital")
        PRISON = "prison", _("in prison")
        DIED = "died", _("died")

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="results")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(_("result"), max_length=14, choices=Result.choices)
    occurred_on = models.DateField(_("date"))
    note = EncryptedText(_("what was said and seen"), default=b"", blank=True)
    actor_key = models.CharField(max_length=50)
    recorded_at = models.DateTimeField(auto_now_add=True)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")

    objects = Facts["FollowUpResult"].as_manager()

    class Meta:
        ordering = ["-occurred_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["follow_up"], condition=Q(corrects__isnull=True), name="follow_up_first_result_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.follow_up_id} {self.result}"
