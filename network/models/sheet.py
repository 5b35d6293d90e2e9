"""A partner's sheet of contributions between being read and being written; its rows wait until somebody has looked."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from common.actor import Actor
from common.ids import time_ordered_uuid
from network.models.contribution import Contribution
from network.models.partner import Partner


class ContributionSheetQuerySet(models.QuerySet["ContributionSheet"]):
    def visible_to(self, actor: Actor) -> Self:
        """Sheets of partners that the actor writes for."""
        if actor.is_system:
            return self
        return self.filter(partner__in=Partner.objects.cared_for_by(actor).order_by().values("pk"))


class ContributionSheet(models.Model):
    """One file given by one person for one partner."""

    class State(models.TextChoices):
        PREVIEW = "preview", _("to be looked at")
        WRITTEN = "written", pgettext_lazy("sheet", "written")
        DROPPED = "dropped", pgettext_lazy("sheet", "dropped")
        SWEPT = "swept", _("rows removed")

    uid = models.UUIDField(default=time_ordered_uuid, unique=True, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="sheets")
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.PREVIEW)
    started_at = models.DateTimeField(auto_now_add=True)

    objects = ContributionSheetQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.uid}"


class ContributionSheetRow(models.Model):
    """One data row as it was read; what is there already is asked anew each time somebody looks.

    Attributes:
        payload: what was given, as network.giving.Given keeps it; {} where it cannot be read.
        errors: [field, code] pairs.
        typed: what stands in the row of the file, so that somebody finds it there.
        contribution: what became of it.
    """

    sheet = models.ForeignKey(ContributionSheet, on_delete=models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField()
    payload = models.JSONField(default=dict)
    errors = models.JSONField(default=list)
    typed = models.CharField(max_length=300, default="")
    contribution = models.ForeignKey(
        Contribution, on_delete=models.PROTECT, null=True, related_name="sheet_rows"
    )

    class Meta:
        ordering = ["row"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "row"], name="contribution_sheet_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}/{self.row}"
