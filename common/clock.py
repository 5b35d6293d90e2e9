"""The only clock. Instants are UTC; days and months are those of Bangkok."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

BANGKOK = ZoneInfo("Asia/Bangkok")


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return timezone.now()


def local(instant: datetime) -> datetime:
    """`instant` as clocks in Bangkok show it."""
    return instant.astimezone(BANGKOK)


def today() -> date:
    """The calendar day in Bangkok."""
    return local(now()).date()


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """The instant when clocks in Bangkok show `hour`:`minute` on `day`."""
    return datetime.combine(day, time(hour, minute), tzinfo=BANGKOK)
