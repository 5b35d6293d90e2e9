"""The demo's people with two records: one pair linked, one pair that waits for somebody to look."""

from datetime import timedelta

from accounts.actor import actor_for
from accounts.demo import demo_email
from accounts.models import User
from accounts.roles import Role
from casework.actions.identity import link_clients
from casework.models import Client, Episode
from casework.registering import NewClient, write_clients
from common import demo
from common.demo import Demo

SINCE, UNTIL = timedelta(days=500), timedelta(days=440)
REASON = "หน้าตาคนเดียวกัน มารดาชื่อเดียวกัน และเจ้าตัวยืนยันว่าเคยมาขอความช่วยเหลือเมื่อปีก่อน"


def write(d: Demo) -> None:
    """An earlier record, badly spelt, of two of the social worker's people; the first is linked."""
    worker = User.objects.get(email=demo_email(Role.SOCIAL_WORKER))
    mine = Client.objects.filter(episodes__worker=worker, episodes__closed_on__isnull=True)
    known = mine.filter(restricted=False, pin_verified=False).exclude(first_name="").exclude(last_name="")
    for place, client in enumerate(known.select_related("centre").order_by("-pk")[:2]):
        earlier = _earlier(d, client)
        (key,) = write_clients(actor=d.actor, centre=client.centre, new=[earlier], synthetic=True)
        if place == 0:
            link_clients(actor=actor_for(worker), kept_id=client.pk, aside_id=key, reason=REASON)


def _earlier(d: Demo, client: Client) -> NewClient:
    """Who the same person was taken for a year before."""
    noticed = d.today - SINCE
    return NewClient(
        title=client.title,
        first_name=client.first_name.replace("์", ""),
        last_name=client.last_name,
        nickname=client.nickname or "หนุ่ย",
        alias="ช่างซ่อมร่ม",
        sex=client.sex,
        found_place=client.found_place,
        channel="walk_in",
        noticed_on=noticed,
        closed=(d.today - UNTIL, Episode.Outcome.LOST),
    )


demo.add(demo.Part("casework.identity", write), order=33)
