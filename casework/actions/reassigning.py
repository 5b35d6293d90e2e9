"""Many cases at once to one colleague."""

from collections.abc import Sequence
from uuid import uuid4

from django.utils.translation import gettext as _

from accounts.models import User
from audit import trail
from casework import events, permissions
from casework.caseload import Moves, open_cases, what_moves
from casework.models import Client, Episode, EpisodeEvent, FollowUp
from casework.refusals import refuse
from casework.taking import worker_at
from common import clock
from common.actions import action
from common.actor import Actor
from common.permissions import require

MOST = 500
"""Cases that are given away at once. Our default."""


@action
def reassign_cases(*, actor: Actor, episode_ids: Sequence[int], worker_id: int, mark: str) -> Moves:
    """Give open cases to a colleague, with the appointments their workers had planned: all of it or nothing.

    Each case keeps an event of its own; the trail has one row for the whole.

    Args:
        mark: casework.caseload.Moves.mark of what somebody was told would move before they pressed.

    Refuses with "cases_none", "cases_too_many", "cases_changed" (something else would move by now, or a case was
    closed or is not seen), "worker_elsewhere".
    """
    cases = _in_hand(actor, episode_ids)
    worker = _worker_at_all(worker_id, {case.centre_id for case in cases})
    moves = what_moves(cases, worker)
    allowed = all(permissions.can_assign(actor, case, worker) for case in cases)
    require(allowed, _("Cases are assigned by the supervisor or the centre head."))
    if moves.mark != mark or not moves.cases:
        refuse("cases_changed")
    Episode.objects.filter(pk__in=[case.pk for case in moves.cases]).update(worker=worker)
    FollowUp.objects.filter(pk__in=moves.follow_ups).update(worker=worker)
    for case in moves.cases:
        events.add(actor, case, EpisodeEvent.Kind.WORKER, clock.today(), value=str(worker.uid))
    trail.record(
        actor,
        "cases.reassigned",
        worker,
        changes={"cases": [0, len(moves.cases)], "follow_ups_moved": [0, len(moves.follow_ups)]},
        batch=str(uuid4()),
    )
    return moves


def _in_hand(actor: Actor, episode_ids: Sequence[int]) -> list[Episode]:
    """The open cases with their files locked, in one order, so that two who give cases away wait for each other."""
    if not episode_ids:
        refuse("cases_none")
    if len(episode_ids) > MOST:
        refuse("cases_too_many", most=MOST)
    of_these = Episode.objects.filter(pk__in=episode_ids).order_by().values("client_id")
    list(Client.objects.filter(pk__in=of_these).select_for_update().order_by("pk").values_list("pk"))
    chosen = open_cases(actor).filter(pk__in=episode_ids).select_related("client", "worker")
    cases = list(chosen.select_for_update(of=("self",)).order_by("pk"))
    if len(cases) != len(set(episode_ids)):
        refuse("cases_changed")
    return cases


def _worker_at_all(worker_id: int, centres: set[int]) -> User:
    """The colleague, who must keep files at each of these centres. Refuses with "worker_elsewhere"."""
    found = [worker_at(worker_id, centre_id) for centre_id in centres]
    return found[0] or refuse("worker_elsewhere", "worker")
