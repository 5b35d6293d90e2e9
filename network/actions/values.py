"""The unit-value book."""

from datetime import date

from django.utils.translation import gettext as _

from audit import trail
from common.actions import action
from common.actor import Actor
from common.money import to_baht
from common.permissions import require
from network import permissions, rules
from network.models import UnitValue
from network.refusals import refuse
from network.taking import tidy


@action
def set_unit_value(*, actor: Actor, unit: str, satang: int, valid_from: date, source: str) -> UnitValue:
    """Write a line into the book: what one `unit` is worth from a day on.

    What was logged before keeps the value it was given. Refuses with "unit", "value_of_money", "value_missing",
    "too_large", "source_missing", "too_long".
    """
    require(permissions.can_write_book(actor), _("The department keeps the unit-value book."))
    if unit not in rules.KIND_OF:
        refuse("unit", "unit")
    if rules.KIND_OF[unit] == rules.MONEY:
        refuse("value_of_money", "unit")
    if satang <= 0:
        refuse("value_missing", "satang")
    if satang > rules.MOST:
        refuse("too_large", "satang")
    said = tidy(UnitValue, {"source": source})["source"] or refuse("source_missing", "source")
    line = UnitValue.objects.create(
        unit=unit, satang=satang, valid_from=valid_from, source=said, actor_key=actor.key
    )
    changes: dict[str, list[object]] = {"unit": ["", unit], "value": [None, to_baht(satang)]}
    trail.record(actor, "unit_value.set", line, changes=changes | {"valid_from": [None, valid_from]})
    return line
