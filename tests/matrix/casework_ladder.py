"""Schedules, leave and back-up."""

from datetime import timedelta
from functools import cached_property
from typing import Any

from casework.models import Leave, ScheduleTemplate
from common import clock
from tests.support import factories as make
from tests.support.matrix import CASEWORKERS, LEADS, Place, Row, allow

READ_ONLY = allow("nurse", "auditor", status=403)
LATER = (clock.today() + timedelta(days=3)).isoformat()
SCHEDULE = {"name": "ถี่หน่อย", "days": "3, 7", "kind": "visit"}


class Team(Place):
    """A centre with a schedule of its own and somebody away. Each is made once, also in a system that keeps them."""

    @cached_property
    def schedule(self) -> ScheduleTemplate:
        made, _ = ScheduleTemplate.objects.get_or_create(
            centre=self.centre, name="ทุกสัปดาห์", defaults={"days": [7, 14]}
        )
        return made

    @cached_property
    def cover(self) -> Any:
        return make.user("social_worker", self.code)

    @cached_property
    def leave(self) -> Leave:
        day = clock.today()
        made, _ = Leave.objects.get_or_create(
            user=self.worker,
            starts_on=day,
            ends_on=day,
            defaults={"cover": self.cover, "away": self.worker.pk},
        )
        return made


def of(name: str) -> Any:
    return lambda place: {"uid": getattr(place, name).uid}


def leave(place: Any) -> dict[str, Any]:
    return {"starts_on": LATER, "ends_on": LATER, "cover": str(place.cover.uid)}


def of_schedule(**more: Any) -> Row:
    own = allow(*LEADS, status=302 if more.get("method") == "post" else 200)
    return Row(
        own=own | allow("social_worker", status=403), others=404, args=of("schedule"), place=Team, **more
    )


def of_team(args: Any, *, hidden: int = 403, **more: Any) -> Row:
    """For leads; a colleague's leave is 404 for who does not lead."""
    own = allow(*LEADS, status=302 if more.get("method") == "post" else 200) | allow(
        "social_worker", status=404
    )
    caseworkers = allow(*CASEWORKERS, status=404)
    return Row(
        own=own, others=hidden, foreign=caseworkers, others_foreign=hidden, args=args, place=Team, **more
    )


MATRIX = {
    "casework:schedule_lay_out": (
        Row(
            own=allow(*CASEWORKERS) | READ_ONLY,
            foreign=allow("auditor", status=403),
            others=404,
            args=lambda place: {"uid": place.episode.client.uid},
        ),
        Row(
            own=allow(*CASEWORKERS, status=302) | READ_ONLY,
            foreign=allow("auditor", status=403),
            others=404,
            args=lambda place: {"uid": place.episode.client.uid},
            method="post",
            data={"day_1": LATER, "kind": "visit"},
        ),
    ),
    "casework:schedules": Row(own=allow(*CASEWORKERS)),
    "casework:schedule_new": (
        Row(own=allow(*LEADS)),
        Row(own=allow(*LEADS, status=302), method="post", data=SCHEDULE),
    ),
    "casework:schedule_change": (of_schedule(), of_schedule(method="post", data=SCHEDULE)),
    "casework:schedule_retire": (of_schedule(), of_schedule(method="post", data={"x": "1"})),
    "casework:leaves": Row(own=allow(*CASEWORKERS)),
    "casework:leave_new": (of_team(of("worker")), of_team(of("worker"), method="post", data=leave)),
    "casework:leave_end": (
        of_team(of("leave"), hidden=404),
        of_team(of("leave"), hidden=404, method="post", data={"x": "1"}),
    ),
    "casework:back_up": (
        of_team(of("worker")),
        of_team(of("worker"), method="post", data=lambda place: {"colleague": str(place.cover.uid)}),
    ),
}
