"""What somebody needs, in their own words, until it is met or dropped."""

from dataclasses import dataclass
from datetime import date

from audit import trail
from casework.models import Need
from casework.refusals import refuse
from casework.taking import check_day, take_client, take_open_episode, take_row
from common import clock
from common.actions import action
from common.actor import Actor
from common.thai import names


@dataclass(frozen=True, slots=True)
class NewNeed:
    kind: str
    words: str = ""
    urgent: bool = False


@action
def state_need(*, actor: Actor, client_id: int, need: NewNeed) -> Need:
    """Write down a need in the open episode. Refuses with "episode_closed", "need_same" (one open of its kind)."""
    client = take_client(actor, client_id)
    episode = take_open_episode(client)
    if episode.needs.filter(kind=need.kind, state=Need.State.OPEN).exists() and need.kind != Need.Kind.OTHER:
        refuse("need_same", "kind")
    row = Need.objects.create(
        client=client,
        episode=episode,
        kind=need.kind,
        words=names.normalise(need.words),
        urgent=need.urgent,
        stated_on=max(clock.today(), episode.opened_on),
    )
    trail.record(
        actor,
        "need.stated",
        row,
        subject=str(client.uid),
        changes={"kind": ["", need.kind], "urgent": [None, need.urgent]},
    )
    return row


@action
def settle_need(*, actor: Actor, need_id: int, state: str, settled_on: date, note: str = "") -> Need:
    """The need was met, or is none any longer.

    Args:
        state: "met" or "dropped".

    Refuses with "need_settled", "future", "before_birth", "before_opening".
    """
    need: Need = take_row(actor, Need.objects, need_id)
    if need.state != Need.State.OPEN or state not in (Need.State.MET, Need.State.DROPPED):
        refuse("need_settled")
    check_day(settled_on, need.client, episode=need.episode, field="settled_on")
    need.state, need.settled_on, need.settled_note = state, settled_on, names.normalise(note)
    need.save(update_fields=["state", "settled_on", "settled_note"])
    trail.record(
        actor, "need.settled", need, subject=str(need.client.uid), changes={"state": [Need.State.OPEN, state]}
    )
    return need
