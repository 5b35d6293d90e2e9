"""My day: late before today before later."""

from collections import Counter
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from casework import permissions
from casework.covering import done_by
from casework.models import Episode, FollowUp
from casework.places import waiting
from casework.web import rows, shown
from casework.web.goal_tasks import due_rows
from common import clock, slots
from common.actor import Actor
from common.charts import Chart, Series, bars
from common.context import counted as counted_with_menu
from common.permissions import require
from common.templatetags.thai import be
from common.thai.periods import FiscalYear

State = FollowUp.State
MOST = 40  # rows shown of one day; the list of appointments has the rest
AHEAD = 7
TASKS = "tasks"  # what waits under this key stands here with all its words


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """The appointments of the person who asks."""
    actor = request.actor
    require(permissions.can_do_casework(actor), _("My day is for caseworkers."))
    day = clock.today()
    mine = FollowUp.objects.visible_to(actor).filter(done_by(actor))
    due = mine.filter(state=State.PLANNED, due_on__lte=day).select_related("client", "worker")
    shown_rows = rows.follow_up_rows(
        list(due.order_by("due_on", "due_time", "pk")[:MOST]), day, back="today", mine=actor.user_id
    )
    counts = _counts(mine, day)
    counted = waiting(actor, partial(counted_with_menu, request))
    task_count = next((n for entry, n in counted if entry.key == TASKS), 0)
    return render(
        request,
        "casework/today.html",
        {
            "day": day,
            "fiscal_year": FiscalYear.of(day).label(get_language() or "th"),
            "late": [row for row in shown_rows if row["late"]],
            "due": [row for row in shown_rows if row["today"]],
            "late_count": sum(n for (on, state), n in counts.items() if state == State.PLANNED and on < day),
            "due_count": counts[(day, State.PLANNED)],
            "done_count": counts[(day, State.DONE)],
            "all_today": counts[(day, State.PLANNED)] + counts[(day, State.DONE)],
            "week": _week(counts, day),
            "tasks": due_rows(actor, day, MOST) if task_count else [],
            "newest": _newest(actor, day),
            "waiting": [(entry, n) for entry, n in counted if entry.key != TASKS],
            "task_count": task_count,
            "lines": [line for lines in slots.entries("today.lines") for line in lines(actor)],
        },
    )


def _counts(mine: Any, day: date) -> Counter[tuple[date, str]]:
    """Appointments by day and state: all that are late, and those of today and the days ahead."""
    planned = Q(state=State.PLANNED, due_on__lt=day + timedelta(days=AHEAD))
    done = Q(state=State.DONE, due_on=day)
    found = mine.filter(planned | done).order_by().values_list("due_on", "state").annotate(n=Count("pk"))
    return Counter({(on, state): n for on, state, n in found})


def _week(counts: Counter[tuple[date, str]], day: date) -> Chart:
    days = [day + timedelta(days=ahead) for ahead in range(AHEAD)]
    return bars(
        [date_format(one, "D") for one in days],
        [Series(_("Appointments"), [counts[(one, State.PLANNED)] for one in days])],
        title=_("Appointments of the next 7 days"),
        unit=_("appointments"),
        along=_("Day"),
        width=300,
    )


def _newest(actor: Actor, day: date) -> list[dict[str, Any]]:
    """Cases of the last fortnight that nobody has met yet."""
    since = day - timedelta(days=14)
    found = Episode.objects.visible_to(actor).filter(
        worker_id=actor.user_id, state=Episode.State.NOTICE, closed_on__isnull=True, opened_on__gte=since
    )
    return [
        {
            "name": episode.client.main_name,
            "nick": episode.client.other_name,
            "url": shown.file_url(episode.client),
            "when": be(episode.opened_on),
            "detail": episode.client.found_place,
        }
        for episode in found.select_related("client").order_by("-opened_on", "-pk")[:5]
    ]
