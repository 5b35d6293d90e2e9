"""The calendar of days without office hours."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from common.actions import action
from common.actor import Actor
from common.errors import DomainError
from common.models import Holiday
from common.permissions import can_keep_house, require
from common.signals import written

_NOT_YOURS = _("Only administrators change the calendar.")


@action
def add_holiday(*, actor: Actor, day: date, name_th: str, name_en: str = "") -> Holiday:
    """Close the offices on `day`. Raises DomainError "day_taken"."""
    require(can_keep_house(actor), _NOT_YOURS)
    try:
        with transaction.atomic():
            holiday = Holiday.objects.create(day=day, name_th=name_th, name_en=name_en)
    except IntegrityError:
        raise DomainError("day_taken", _("This day is in the calendar already."), "day") from None
    changes = {"day": [None, day], "name_th": [None, name_th], "name_en": [None, name_en]}
    written.send(Holiday, actor=actor, verb="holiday.added", obj=holiday, changes=changes)
    return holiday


@action
def rename_holiday(*, actor: Actor, holiday_id: int, name_th: str, name_en: str = "") -> Holiday:
    """Change how a day is called; somebody who has looked at it knows it, so it is no longer provisional."""
    require(can_keep_house(actor), _NOT_YOURS)
    holiday = _locked(holiday_id)
    changes: dict[str, list[object]] = {
        "name_th": [holiday.name_th, name_th],
        "name_en": [holiday.name_en, name_en],
        "provisional": [holiday.provisional, False],
    }
    holiday.name_th, holiday.name_en, holiday.provisional = name_th, name_en, False
    holiday.save()
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    written.send(Holiday, actor=actor, verb="holiday.renamed", obj=holiday, changes=changes)
    return holiday


@action
def remove_holiday(*, actor: Actor, holiday_id: int) -> None:
    """Make the day a working day again (unless it is a Saturday or a Sunday)."""
    require(can_keep_house(actor), _NOT_YOURS)
    holiday = _locked(holiday_id)
    changes = {"day": [holiday.day, None], "name_th": [holiday.name_th, None]}
    written.send(Holiday, actor=actor, verb="holiday.removed", obj=holiday, changes=changes)
    holiday.delete()


def _locked(holiday_id: int) -> Holiday:
    found = Holiday.objects.select_for_update().filter(pk=holiday_id).first()
    if found is None:
        raise DomainError("gone", _("Somebody else took this day out of the calendar."))
    return found
