"""Taking a file in hand before something is written: seen by the actor, locked, and allowed."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from casework import permissions, rules
from casework.models import Client, Episode
from casework.refusals import refuse, refuse_if
from common import clock
from common.actor import Actor
from common.errors import NotVisible
from common.permissions import require


def take_client(actor: Actor, client_id: int) -> Client:
    """The client, locked. Raises NotVisible, or Forbidden when the actor may read but not write."""
    client = Client.objects.visible_to(actor).select_for_update().filter(pk=client_id).first()
    if client is None:
        raise NotVisible
    require(permissions.can_write(actor, client), _("You may read this file but not write in it."))
    return client


def take_open_episode(client: Client) -> Episode:
    """The open episode of a client in hand. Refuses with "episode_closed"."""
    episode = client.episodes.select_for_update().filter(closed_on__isnull=True).first()
    return episode or refuse("episode_closed")


def take_row(actor: Actor, rows: Any, key: int) -> Any:
    """A row of a client's file with its client in hand; `rows` is the model's manager. Raises as take_client."""
    found = rows.filter(pk=key).values_list("client_id", flat=True).first()
    if found is None:
        raise NotVisible
    client = take_client(actor, found)
    row = rows.select_for_update().get(pk=key)
    row.client = client
    return row


def check_day(
    day: date, client: Client, *, episode: Episode | None = None, field: str = "occurred_on"
) -> None:
    """Refuse a day on which nothing can have happened yet, or any more."""
    opened_on = episode.opened_on if episode else None
    refuse_if(rules.day_problem(day, today=clock.today(), born_on=client.born_on, opened_on=opened_on), field)


def worker_at(worker_id: int | None, centre_id: int) -> User | None:
    """The colleague of that key, who must keep files at the centre. Refuses with "worker_elsewhere"."""
    if worker_id is None:
        return None
    worker = User.objects.filter(pk=worker_id).first()
    if worker is None or not permissions.works_at(worker, centre_id):
        refuse("worker_elsewhere", "worker")
    return worker


def reason_given(reason: str, field: str = "reason") -> str:
    """`reason` without white space around it. Refuses with "reason_missing"."""
    return reason.strip() or refuse("reason_missing", field)
