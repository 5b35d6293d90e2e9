"""Sites, beds and stays to test with."""

from typing import Any

from casework.models import Bed, Client, Room, Site, Stay
from common import clock
from tests.support import factories as make


def bed(at: str = make.OWN, label: str = "1", **fields: Any) -> Bed:
    """A bed of a centre's house; the house and its room are made once, the bed once for each label."""
    site, _ = Site.objects.get_or_create(centre=make.centre(at), name="บ้านพักทดสอบ")
    room, _ = Room.objects.get_or_create(site=site, name="ห้องรวม")
    made, _ = Bed.objects.get_or_create(room=room, label=label, defaults={"place": 1} | fields)
    return made


def stay(of: Client, in_bed: Bed, **fields: Any) -> Stay:
    """Somebody in a bed since today, in their open case."""
    defaults = {"starts_on": clock.today(), "actor_key": "system:test"}
    episode = fields.pop("episode", None) or of.episodes.get()
    return Stay.objects.create(
        client=of, person_id=of.person_id, episode=episode, bed=in_bed, **defaults | fields
    )
