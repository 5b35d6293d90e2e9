"""Where governance begins: what waits in forums and demands, and the report of the month."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from common import clock
from common.thai.periods import Month
from governance import forum_reading, reading
from governance.models import Forum, MonthlyReport
from governance.permissions import can_read_reports, can_run_forums
from governance.web.forum_acting import require_reader
from governance.web.reports import report_url

LATEST = 5


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What waits, the latest forums, and the newest report."""
    require_reader(request)
    actor, today = request.actor, clock.today()
    standing = Q(voices__corrected_by__isnull=True, voices__is_void=False)
    forums = (
        Forum.objects.visible_to(actor)
        .select_related("centre__province")
        .annotate(
            voice_count=Count("voices", filter=standing, distinct=True),
            demand_count=Count("demands", distinct=True),
        )
    )
    coming = forums.filter(day__gte=today, state=Forum.State.PLANNED).order_by("day", "pk")
    past = forums.filter(day__lte=today).exclude(state=Forum.State.CANCELLED).order_by("-day", "-pk")
    reports = []
    if can_read_reports(actor):
        newest = MonthlyReport.objects.filter(province__isnull=True).order_by("-month").first()
        if newest is not None:
            month = Month.parse(newest.month)
            reports = [
                (f"{name} · {reading.month_label(month)}", report_url(month, code))
                for code, name in reading.areas_for(actor)[:4]
            ]
    context = {
        "waiting": forum_reading.waiting(actor, today),
        "coming": [forum_reading.line(one, actor) for one in coming[:LATEST]],
        "past": [forum_reading.line(one, actor) for one in past[:LATEST]],
        "reports": reports,
        "may_plan": can_run_forums(actor),
    }
    return render(request, "governance/forums/home.html", context)
