"""Rows to test with: each function makes one thing that is whole, and takes what the test cares about.

Nothing here goes through an action, so that a test of an action starts from facts and not from other actions.
"""

import itertools
from datetime import date, timedelta
from typing import Any

from accounts.actor import UserActor, actor_for
from accounts.models import Centre, Membership, User
from accounts.roles import COUNTRYWIDE, Role
from casework.models import (
    Client,
    Episode,
    EpisodeEvent,
    FollowUp,
    FollowUpResult,
    Need,
    Note,
    Notice,
    Person,
)
from common import clock

OWN, FOREIGN = "30", "50"
"""Nakhon Ratchasima, where most tests happen, and Chiang Mai, which is none of their business."""

_numbers = itertools.count(1)


def centre(code: str = OWN) -> Centre:
    """A centre that the migrations have put there."""
    return Centre.objects.get(code=code)


def user(role: str = Role.SOCIAL_WORKER, at: str = OWN, **fields: Any) -> User:
    """Somebody who holds `role` today: at the centre `at`, or in the country where the role is countrywide."""
    number = next(_numbers)
    defaults = {"email": f"{role}-{number}@test.example", "name": f"{Role(role).value} {number}"}
    person = User.objects.create_user(**defaults | fields)
    place = None if role in COUNTRYWIDE else centre(at)
    Membership.objects.create(
        user=person, role=role, centre=place, starts_on=clock.today() - timedelta(days=400)
    )
    return person


def actor(role: str = Role.SOCIAL_WORKER, at: str = OWN) -> UserActor:
    """A new person with `role`, as the actions want them."""
    return actor_for(user(role, at))


def client(at: str = OWN, **fields: Any) -> Client:
    """A person served, in the files of the centre `at`; with `person`, a record set aside beside theirs."""
    number = next(_numbers)
    names = {"title": "นาย", "first_name": "สมชาย", "last_name": f"ทดสอบ{number}"}
    person = fields.pop("person", None) or Person.objects.create()
    fields.setdefault("kept", person.clients.filter(kept=None).first())
    return Client.objects.create(
        person=person, centre=centre(at), code=f"T{at}-{number:05}", is_synthetic=True, **names | fields
    )


def episode(of: Client, worker: User | None = None, opened_on: date | None = None, **fields: Any) -> Episode:
    """An open episode with its notice and its first event."""
    day = opened_on or clock.today() - timedelta(days=30)
    defaults = {"state": Episode.State.FOLLOW_THROUGH, "number": of.episodes.count() + 1}
    made = Episode.objects.create(
        client=of, centre=of.centre, worker=worker, opened_on=day, **defaults | fields
    )
    notice(made, noticed_on=day)
    event(made, EpisodeEvent.Kind.OPENED, on=day)
    return made


def notice(of: Episode, **fields: Any) -> Notice:
    """Word of somebody who may need help."""
    defaults = {"channel": Notice.Channel.HOTLINE, "noticed_on": of.opened_on, "actor_key": "system:test"}
    return Notice.objects.create(episode=of, client=of.client, centre=of.centre, **defaults | fields)


def event(of: Episode, kind: str, on: date | None = None, **fields: Any) -> EpisodeEvent:
    """Something that happened in an episode."""
    return EpisodeEvent.objects.create(
        episode=of, client=of.client, centre=of.centre, kind=kind, occurred_on=on or of.opened_on,
        actor_key=fields.pop("actor_key", "system:test"), **fields,
    )  # fmt: skip


def follow_up(of: Episode, due_on: date | None = None, **fields: Any) -> FollowUp:
    """An appointment, due today unless said otherwise, of the episode's worker."""
    defaults = {"worker": of.worker, "purpose": "เยี่ยม"}
    return FollowUp.objects.create(
        episode=of, client=of.client, centre=of.centre, due_on=due_on or clock.today(), **defaults | fields
    )


def result(of: FollowUp, **fields: Any) -> FollowUpResult:
    """What came of a follow-up."""
    defaults = {"result": FollowUpResult.Result.MET, "occurred_on": of.due_on, "actor_key": "system:test"}
    return FollowUpResult.objects.create(follow_up=of, client=of.client, **defaults | fields)


def need(of: Episode, **fields: Any) -> Need:
    """Something the client needs."""
    defaults = {"kind": Need.Kind.FOOD, "stated_on": of.opened_on}
    return Need.objects.create(episode=of, client=of.client, **defaults | fields)


def note(of: Client, **fields: Any) -> Note:
    """A note in the file."""
    defaults = {"text": "บันทึก", "occurred_on": clock.today()}
    return Note.objects.create(client=of, **defaults | fields)
