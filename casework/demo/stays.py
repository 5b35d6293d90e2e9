"""The demo's house: a women's, a men's and a family room, and who sleeps there tonight."""

from datetime import timedelta
from typing import Any

from accounts.demo import demo_email
from accounts.models import Centre
from accounts.roles import Role
from casework.models import Bed, Client, Episode, Room, Site, Stay
from common import demo
from common.demo import Demo

_ROOMS = (
    ("ห้องหญิง", Bed.For.WOMEN, 6),
    ("ห้องชาย", Bed.For.MEN, 8),
    ("ห้องครอบครัว", Bed.For.ANYBODY, 4),
)
_FOR = {
    Bed.For.WOMEN: ("female",),
    Bed.For.MEN: ("male",),
    Bed.For.ANYBODY: ("female", "male", "other", "unknown"),
}
_PAST = ((Stay.LeftTo.FAMILY, 26, 19), (Stay.LeftTo.SHARED_ROOM, 41, 30), (Stay.LeftTo.HOSPITAL, 18, 12))


def write(d: Demo) -> None:
    """Beds at the social worker's centre: about half of them taken, one out of use, some people gone again."""
    centre = Centre.objects.get(memberships__user__email=demo_email(Role.SOCIAL_WORKER))
    site = Site.objects.create(centre=centre, name="บ้านพักอุ่นใจ", address="อาคารหลังศูนย์ ชั้น 1")
    for name, kept_for, count in _ROOMS:
        room = Room.objects.create(site=site, name=name)
        for place in range(1, count + 1):
            Bed.objects.create(
                room=room, label=str(place), place=place, kept_for=kept_for, step_free=place <= 2
            )
    broken = Bed.objects.filter(room__site=site).order_by("pk").last()
    if broken is not None:
        broken.closed_on, broken.closed_why = d.today - timedelta(days=3), "ขาเตียงหัก รอช่าง"
        broken.save()
    _people(d, site)


def _people(d: Demo, site: Site) -> None:
    cases = Episode.objects.filter(
        centre=site.centre, closed_on__isnull=True, opened_on__lte=d.today - timedelta(days=45)
    )
    waiting = list(cases.select_related("client").order_by("pk"))
    beds = Bed.objects.filter(room__site=site, closed_on__isnull=True).order_by("pk")
    for number, bed in enumerate(beds):
        episode = _next(waiting, _FOR[Bed.For(bed.kept_for)])
        if episode is None:
            continue
        if number % 2 == 0:
            _stay(d, bed, episode, starts_on=d.today - timedelta(days=2 + 3 * number % 17))
        elif number < 2 * len(_PAST):
            left_to, came, left = _PAST[number // 2]
            ends_on = d.today - timedelta(days=left)
            _stay(d, bed, episode, starts_on=d.today - timedelta(days=came), ends_on=ends_on, left_to=left_to)


def _next(waiting: list[Episode], sexes: tuple[str, ...]) -> Episode | None:
    found = next((one for one in waiting if one.client.sex in sexes and not one.client.restricted), None)
    if found is not None:
        waiting.remove(found)
    return found


def _stay(d: Demo, bed: Bed, episode: Episode, **when: Any) -> None:
    client: Client = episode.client
    Stay.objects.create(
        client=client, person_id=client.person_id, episode=episode, bed=bed, actor_key=d.actor.key, **when
    )


demo.add(demo.Part("casework.stays", write), order=34)
