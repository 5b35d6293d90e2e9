"""The demo's partners: Wat Non Daeng and a dozen others, and a year of what they gave. All of it is made up."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from accounts.actor import actor_for
from accounts.demo import demo_email
from accounts.models import User
from accounts.roles import Role
from common import demo
from common.demo import SEED, Demo
from common.thai import names
from network.giving import Given, check_alone, valued
from network.models import Contribution, ContributionEvent, Partner, PartnerMember, UnitValue
from network.rules import KIND_OF

State = Contribution.State
NON_DAENG = "WAT-NONDAENG"
VOLUNTEERS = "OSM-NONDAENG"
YEAR = 365
SOURCE = "ค่าตั้งต้นของระบบ ยังไม่ใช่ประกาศของกรม"
BOOK = {
    "hour": 5000,
    "kg": 3000,
    "set": 15000,
    "box": 4500,
    "piece": 5000,
    "bag": 8000,
    "pack": 6000,
    "bottle": 1000,
    "litre": 4000,
    "day": 50000,
    "night": 15000,
    "person": 6000,
    "time": 20000,
}
"""Satang for one unit. Our default, so that the demo has figures; the department keeps the real book."""


class Offer(NamedTuple):
    """Something a partner of a kind gives: what, unit, from and to (whole units), how many people."""

    what: str
    unit: str
    least: int
    most: int
    people: int = 1


OFFERS = {
    "temple": (
        Offer("อาหารกล่องโรงทานวันพระ", "box", 40, 160),
        Offer("ข้าวสาร", "kg", 10, 50),
        Offer("ที่พักชั่วคราวในศาลา", "night", 2, 14),
        Offer("ปัจจัยช่วยค่ารถกลับบ้าน", "baht", 500, 4000),
        Offer("ห้องประชุมในวัด", "day", 1, 2),
    ),
    "volunteers": (
        Offer("ลงพื้นที่เยี่ยมตอนเย็น", "hour", 6, 18, 4),
        Offer("พาไปทำบัตรประชาชน", "hour", 3, 8, 2),
        Offer("ตัดผมให้ฟรี", "person", 8, 25),
    ),
    "business": (
        Offer("ข้าวสาร", "kg", 20, 60),
        Offer("เสื้อผ้ามือสอง", "set", 10, 45),
        Offer("น้ำดื่ม", "bottle", 48, 240),
        Offer("เงินสด", "baht", 1000, 5000),
    ),
    "community": (
        Offer("ช่วยครัวกลาง", "hour", 8, 20, 5),
        Offer("ผักสวนครัว", "kg", 5, 30),
        Offer("ซ่อมหลังคาห้องพัก", "time", 1, 3),
    ),
    "ngo": (
        Offer("ชุดของใช้จำเป็น", "set", 10, 40),
        Offer("อบรมอาชีพ", "person", 5, 20),
        Offer("เงินสมทบค่าห้อง", "baht", 2000, 12000),
    ),
    "local_government": (
        Offer("รถรับส่งไปโรงพยาบาล", "time", 1, 6),
        Offer("ศาลาประชาคม", "day", 1, 3),
    ),
    "person": (
        Offer("กับข้าวถุง", "bag", 10, 40),
        Offer("สอนทำขนม", "hour", 2, 5),
    ),
}
PARTNERS = (
    (NON_DAENG, "วัดโนนแดง", "temple", "30", "ต.โนนแดง อ.โนนแดง"),
    (VOLUNTEERS, "กลุ่ม อพม. โนนแดง", "volunteers", "30", "ต.โนนแดง อ.โนนแดง"),
    ("KLUM-PANU", "กลุ่มแม่บ้านโนนแดง", "community", "30", "ต.โนนแดง อ.โนนแดง"),
    ("RAN-PADAENG", "ร้านป้าแดง", "business", "30", "ต.โนนตาเถร อ.โนนแดง"),
    ("OBT-NONDAENG", "องค์การบริหารส่วนตำบลโนนแดง", "local_government", "30", "อ.โนนแดง"),
    ("SUNG-AYU", "ชมรมผู้สูงอายุโนนแดง", "community", "30", "ต.โนนตาเถร อ.โนนแดง"),
    ("MUN-KORAT", "มูลนิธิบ้านอุ่นโคราช", "ngo", "30", "อ.เมืองนครราชสีมา"),
    ("RAN-YAMO", "ตลาดย่าโม", "business", "30", "อ.เมืองนครราชสีมา"),
    ("LUNG-CHAI", "ลุงชัย ช่างซ่อม", "person", "30", "อ.พิมาย"),
    ("MUN-PRANAKORN", "มูลนิธิเพื่อนข้างทาง พระนคร", "ngo", "10", "เขตพระนคร"),
    ("WAT-SAMSEN", "วัดสามเสนใต้", "temple", "10", "เขตดุสิต"),
    ("ASA-HUALAMPHONG", "อาสาหัวลำโพง", "volunteers", "10", "เขตปทุมวัน"),
    ("MUN-CHIANGMAI", "มูลนิธิลานนาร่วมใจ", "ngo", "50", "อ.เมืองเชียงใหม่"),
)


def write(d: Demo) -> None:
    """Partners with a year of giving, most of it confirmed; the last weeks wait for somebody."""
    # A chance of its own, so that the parts after this one stay as they are.
    d = replace(d, chance=random.Random(SEED))  # noqa: S311 (made-up people)
    since = d.today - timedelta(days=3 * YEAR)
    for unit, satang in BOOK.items():
        UnitValue.objects.create(
            unit=unit, satang=satang, valid_from=since, source=SOURCE, actor_key=d.actor.key
        )
    made = [_partner(since, *described) for described in PARTNERS]
    _members(d, made)
    rows = [row for partner in made for row in _year(d, partner)]
    _steps(d, rows)
    d.say(f"{len(made)} partners, {len(rows)} contributions")


def _partner(since: date, code: str, name: str, kind: str, province: str, place: str) -> Partner:
    return Partner.objects.create(
        code=code,
        name=name,
        kind=kind,
        province_id=province,
        place=place,
        active_from=since,
        search_text=names.search_text(f"{name} {code}", titled=False),
        sort_key=names.sort_key(name),
        is_synthetic=True,
    )


def _members(d: Demo, partners: Sequence[Partner]) -> None:
    by_code = {partner.code: partner for partner in partners}
    for role, code in ((Role.PARTNER, NON_DAENG), (Role.VOLUNTEER, VOLUNTEERS)):
        user = User.objects.get(email=demo_email(role))
        since = d.today - timedelta(days=YEAR)
        PartnerMember.objects.create(user=user, partner=by_code[code], starts_on=since)


def _year(d: Demo, partner: Partner) -> list[Contribution]:
    """About two contributions a month, at Wat Non Daeng five."""
    logger = _logger(d, partner)
    every = 6 if partner.code == NON_DAENG else 15
    offers, rows = OFFERS[partner.kind], []
    day = d.today - timedelta(days=YEAR)
    while (day := day + timedelta(days=d.chance.randint(every // 2, every + every // 2))) <= d.today:
        offer = d.chance.choice(offers)
        given = Given(
            what=offer.what,
            quantity=100 * d.chance.randint(offer.least, offer.most),
            unit=offer.unit,
            given_on=day,
            people=offer.people,
            area=partner.place,
        )
        rows.append(_row(partner, check_alone(partner, given, today=d.today), logger))
    rows[-1].state = State.PLEDGED if partner.kind == "business" else rows[-1].state
    return Contribution.objects.bulk_create(rows)


def _logger(d: Demo, partner: Partner) -> str:
    own = partner.members.select_related("user").first()
    return actor_for(own.user).key if own else d.actor.key


def _row(partner: Partner, given: Given, logger: str) -> Contribution:
    satang, basis, line = valued(given)
    return Contribution(
        partner=partner,
        province_id=given.province,
        area=given.area,
        kind=KIND_OF[given.unit],
        what=given.what,
        quantity=given.quantity,
        unit=given.unit,
        people=given.people,
        given_on=given.given_on,
        value_satang=satang,
        basis=basis,
        unit_value=line,
        state=State.RECEIVED,
        logged_by=logger,
        fingerprint=given.fingerprint,
    )


def _steps(d: Demo, rows: Sequence[Contribution]) -> None:
    """Received on the day; confirmed some days later by the centre, but for the last three weeks and some others."""
    worker = User.objects.get(email=demo_email(Role.SOCIAL_WORKER)).key
    steps, seen = [], []
    for row in rows:
        steps.append(_step(row, row.state, row.given_on, row.logged_by))
        confirmed_on = row.given_on + timedelta(days=d.chance.randint(1, 9))
        if (
            row.state == State.RECEIVED
            and row.given_on < d.today - timedelta(days=21)
            and d.chance.random() < 0.9
        ):
            steps.append(_step(row, State.CONFIRMED, confirmed_on, worker))
            seen.append(row.pk)
    ContributionEvent.objects.bulk_create(steps)
    Contribution.objects.filter(pk__in=seen).update(state=State.CONFIRMED)


def _step(row: Contribution, kind: str, day: date, by: str) -> ContributionEvent:
    return ContributionEvent(contribution=row, kind=kind, occurred_on=day, actor_key=by, logger=row.logged_by)


demo.add(demo.Part("network", write), order=20)
