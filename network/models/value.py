"""What one unit is worth, from a day on."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.actor import Actor
from network.models.units import Unit


class UnitValueQuerySet(models.QuerySet["UnitValue"]):
    def visible_to(self, actor: Actor) -> "UnitValueQuerySet":
        """The book is the same for everybody."""
        return self

    def holding(self, unit: str, day: date) -> "UnitValue | None":
        """The line that holds for `unit` on `day`: the latest day, and of one day the line written last."""
        return self.filter(unit=unit, valid_from__lte=day).order_by("-valid_from", "-pk").first()


class UnitValue(models.Model):
    """A line of the unit-value book, append-only: a newer line of the same day takes the older one's place.

    Attributes:
        satang: what one unit is worth.
        source: where the number comes from, for whoever asks.
    """

    unit = models.CharField(_("unit"), max_length=10, choices=Unit.choices)
    satang = models.BigIntegerField(_("value of one unit"))
    valid_from = models.DateField(_("holds from"))
    source = models.CharField(_("where the number comes from"), max_length=200)
    actor_key = models.CharField(max_length=50)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = UnitValueQuerySet.as_manager()

    class Meta:
        ordering = ["unit", "-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(satang__gt=0), name="unit_value_positive"),
            models.CheckConstraint(condition=~Q(unit="baht"), name="unit_value_not_of_money"),
        ]
        indexes = [models.Index(fields=["unit", "-valid_from", "-id"], name="unit_value_holding")]

    def __str__(self) -> str:
        return f"{self.unit} {self.valid_from}"
