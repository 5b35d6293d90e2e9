"""Somebody's coming follow-ups as an iCalendar (RFC 5545): codes of cases, never names, places or reasons."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDuration, vText

from accounts.models import User
from casework.covering import done_by
from casework.models import FollowUp
from common import clock
from common.actor import Actor

AHEAD = timedelta(days=184)
"""How far a calendar looks ahead. Our default."""
MOST = 1000
LASTS = timedelta(hours=1)
"""How long an appointment with a time takes in the calendar. Our default."""
REFRESH = timedelta(hours=1)


def coming(actor: Actor) -> list[FollowUp]:
    """What `actor` has to do: late, today and ahead, their own and what they cover for today."""
    planned = FollowUp.objects.visible_to(actor).filter(
        done_by(actor), state=FollowUp.State.PLANNED, due_on__lte=clock.today() + AHEAD
    )
    return list(planned.select_related("client").order_by("due_on", "due_time", "pk")[:MOST])


def calendar_of(user: User, follow_ups: Iterable[FollowUp]) -> bytes:
    """The calendar as a file, in the language of its owner. An appointment without a time takes the whole day."""
    with translation.override(user.language or settings.LANGUAGE_CODE):
        calendar = Calendar()
        calendar.add("prodid", "-//Ruamban//casework//TH")
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        calendar["x-wr-calname"] = vText(_("Follow-ups"))
        calendar["x-wr-timezone"] = vText(str(clock.BANGKOK))
        calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
        calendar["x-published-ttl"] = vDuration(REFRESH)
        for follow_up in follow_ups:
            calendar.add_component(_event(follow_up))
        calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(follow_up: FollowUp) -> Event:
    event = Event()
    event.add("uid", f"{follow_up.uid}@{urlsplit(settings.PUBLIC_URL).hostname}")
    event.add("dtstamp", clock.now().astimezone(UTC))
    event.add("summary", f"{follow_up.get_kind_display()} {follow_up.client.code}")
    event.add("url", settings.PUBLIC_URL + reverse("casework:follow_up_record", args=[follow_up.uid]))
    event.add("class", "PRIVATE")
    if follow_up.due_time is None:
        event.add("dtstart", follow_up.due_on)
        event.add("dtend", follow_up.due_on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    else:
        starts = datetime.combine(follow_up.due_on, follow_up.due_time, tzinfo=clock.BANGKOK)
        event.add("dtstart", starts)
        event.add("dtend", starts + LASTS)
    return event
