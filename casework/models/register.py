"""A register being imported: the file's rows wait here until a person has looked at them."""

import functools
import operator

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Centre, User
from common.actor import Actor
from common.crypto import EncryptedText
from common.ids import time_ordered_uuid


class RegisterImportQuerySet(models.QuerySet["RegisterImport"]):
    def visible_to(self, actor: Actor) -> "RegisterImportQuerySet":
        """Imports of the own centres."""
        return self if actor.is_system else self.filter(centre_id__in=actor.centre_ids)

    def waiting_for(self, actor: Actor) -> "RegisterImportQuerySet":
        """Those the actor brought that somebody must look at: columns to be named, rows to be decided about."""
        waiting = {RegisterImport.State.COLUMNS, RegisterImport.State.PREVIEW}
        return self.visible_to(actor).filter(started_by_id=actor.user_id, state__in=waiting)


class RegisterImport(models.Model):
    """One file given by one person for one centre.

    Attributes:
        stored_as: where the file lies, sealed, until people are registered from it; "" afterwards.
        ask_columns: whoever brought it wants to name the columns, known or not.
        outline: the columns and what stands first in them, as casework.importing.outline keeps it.
    """

    class State(models.TextChoices):
        READING = "reading", _("being read")
        COLUMNS = "columns", _("columns to be named")
        PREVIEW = "preview", _("to be looked at")
        WRITING = "writing", _("being written")
        DONE = "done", _("written")
        UNDOING = "undoing", _("being undone")
        FAILED = "failed", _("could not be read")
        SWEPT = "swept", _("rows removed")

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    undone_at = models.DateTimeField(null=True)
    file_name = models.CharField(max_length=200)
    stored_as = models.CharField(max_length=200, default="")
    state = models.CharField(max_length=8, choices=State.choices, default=State.READING)
    ask_columns = models.BooleanField(default=False)
    outline = EncryptedText(default=b"")
    rows_read = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)
    error_code = models.CharField(max_length=30, default="")
    started_at = models.DateTimeField(auto_now_add=True)
    examined_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = RegisterImportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.uid}"

    @property
    def in_hand(self) -> bool:
        """Its rows may be decided about and written."""
        return self.state in {self.State.PREVIEW, self.State.DONE}

    @property
    def columns_open(self) -> bool:
        """Its columns may be named (anew): the file is there and nobody is registered from it."""
        return bool(self.stored_as and self.outline) and self.state in {
            self.State.COLUMNS,
            self.State.PREVIEW,
        }


class RegisterColumns(models.Model):
    """What the columns of a centre's own register stand for, as somebody there chose it.

    Attributes:
        fingerprint: of the set of headings: common.sheets.columns.fingerprint.
        choice: common.sheets.columns.Choice.
    """

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64)
    choice = models.JSONField()
    chosen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "fingerprint"], name="register_columns_once"),
        ]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.fingerprint[:8]}"


class RegisterRowQuerySet(models.QuerySet["RegisterRow"]):
    def to_write(self) -> "RegisterRowQuerySet":
        """Rows that would become records now."""
        wanted = (Q(kind=kind, decision__in=decisions) for kind, decisions in WRITTEN_WHEN.items())
        return self.filter(functools.reduce(operator.or_, wanted), written_at__isnull=True)

    def to_fill(self) -> "RegisterRowQuerySet":
        """Rows that would complete the file of somebody known now."""
        same = self.filter(decision=RegisterRow.Decision.SAME, match_client__isnull=False)
        return same.filter(written_at__isnull=True).exclude(takes="")

    def registered(self) -> "RegisterRowQuerySet":
        """Rows that became records."""
        return self.filter(written_at__isnull=False).exclude(decision=RegisterRow.Decision.SAME)

    def undecided(self) -> "RegisterRowQuerySet":
        """Rows that stay out until somebody decides about them."""
        waiting = self.filter(decision=RegisterRow.Decision.UNDECIDED, written_at__isnull=True)
        return waiting.exclude(kind=RegisterRow.Kind.NEW)


class RegisterRow(models.Model):
    """One data row: what was read (encrypted), what it seems to be, and what a person decided.

    Attributes:
        payload: the row as casework.importing.reading keeps it.
        errors: [field, code] pairs.
        match_row, match_client: who it may be: an earlier row of the file, or a record.
        takes: fields that somebody known takes over from the row, with commas between them; `seen_version` is
            how their record stood when that was decided.
        client: the record the row became or went into; `before` is what stood there, as
            casework.actions.register_filling keeps it.
        ask_centre: where somebody keeps a file with this very ID number that the importer may not find.
    """

    class Kind(models.TextChoices):
        NEW = "new", _("new")
        LIKELY_SAME = "likely_same", _("likely the same person")
        ERROR = "error", _("error")

    class Decision(models.TextChoices):
        UNDECIDED = "", _("not decided")
        CREATE = "create", _("another person: register")
        SAME = "same", _("the same person: leave out")
        LATER = "later", _("later")
        UNVERIFIED = "unverified", _("register with the number unverified")
        LEAVE_OUT = "leave_out", _("leave out")

    register = models.ForeignKey(RegisterImport, on_delete=models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    payload = EncryptedText(default=b"")
    errors = models.JSONField(default=list)
    match_row = models.PositiveIntegerField(null=True)
    match_client = models.ForeignKey("Client", on_delete=models.SET_NULL, null=True, related_name="+")
    match_score = models.FloatField(default=0)
    match_reasons = models.JSONField(default=list)
    ask_centre = models.ForeignKey(Centre, on_delete=models.PROTECT, null=True, related_name="+")
    decision = models.CharField(
        max_length=12, choices=Decision.choices, default=Decision.UNDECIDED, blank=True
    )
    takes = models.CharField(max_length=200, default="", blank=True)
    seen_version = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField(null=True)
    client = models.ForeignKey("Client", on_delete=models.SET_NULL, null=True, related_name="+")
    before = EncryptedText(default=b"")

    objects = RegisterRowQuerySet.as_manager()

    class Meta:
        ordering = ["row"]
        constraints = [models.UniqueConstraint(fields=["register", "row"], name="register_row_once")]
        indexes = [
            models.Index(fields=["register", "kind", "row"], name="register_row_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.register_id}/{self.row}"

    @property
    def keepable(self) -> bool:
        """Nothing is wrong but the check digit: a person may keep the number as unverified."""
        return self.errors == [["pin", "pin_checksum"]]


_Kind, _Decision = RegisterRow.Kind, RegisterRow.Decision

WRITTEN_WHEN = {
    _Kind.NEW: {_Decision.UNDECIDED, _Decision.CREATE},
    _Kind.LIKELY_SAME: {_Decision.CREATE},
    _Kind.ERROR: {_Decision.UNVERIFIED},
}
"""Decisions under which a row of that kind becomes a record."""

DECISIONS = {
    _Kind.NEW: (_Decision.UNDECIDED, _Decision.LEAVE_OUT),
    _Kind.LIKELY_SAME: (_Decision.UNDECIDED, _Decision.CREATE, _Decision.SAME, _Decision.LATER),
    _Kind.ERROR: (_Decision.UNDECIDED, _Decision.UNVERIFIED, _Decision.LEAVE_OUT),
}
"""Decisions a person may take about a row of that kind; UNVERIFIED only where the row is `keepable`."""
