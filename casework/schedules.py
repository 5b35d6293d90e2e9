"""Rhythms of follow-ups: the house's own, and those of a centre."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.models import FollowUp, ScheduleTemplate

HOUSE_KEY = "house"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A schedule as it is laid out, whoever keeps it.

    Attributes:
        key: "house", or the uid of a centre's template.
        is_ours: our default, from no law and no order.
    """

    key: str
    name: Any
    days: list[int] = field(default_factory=list)
    months: int = 0
    kind: str = FollowUp.Kind.VISIT
    purpose: str = ""

    @property
    def is_ours(self) -> bool:
        return self.key == HOUSE_KEY


HOUSE = Rhythm(HOUSE_KEY, _("7, 14 and 30 days, then monthly (our default)"), [7, 14, 30], 5)
"""No rule of the department says how often; half a year of it is our default."""


def of(template: ScheduleTemplate) -> Rhythm:
    return Rhythm(
        str(template.uid),
        template.name,
        list(template.days),
        template.months,
        template.kind,
        template.purpose,
    )


def at(centre_id: int) -> list[Rhythm]:
    """The schedules one may lay out at a centre: its own by name, then the house's."""
    own = ScheduleTemplate.objects.in_use().filter(centre_id=centre_id).order_by("name", "pk")
    return [*(of(template) for template in own), HOUSE]
