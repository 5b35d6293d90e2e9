"""The demo's forums: the chain from a forum to the half-rent room, and a year of a village that manages itself.

Dates of the forums and what followed are public record; every voice, every answer and its day are made up. What is
not on record (an answer to the petition of 2568) is left open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.actor import actor_for
from accounts.demo import demo_email
from accounts.models import Centre, User
from accounts.roles import Role
from casework.models import Client
from common import demo
from common.actor import Actor
from common.demo import Demo
from common.thai.periods import Month
from governance.actions.demands import (
    Answered,
    NewDemand,
    Told,
    answer_demand,
    make_demand,
    note_step,
    tell_back,
)
from governance.actions.forums import (
    Held,
    Plan,
    hold_forum,
    plan_forum,
    record_attendance,
    write_evidence,
)
from governance.actions.voices import attribute_voice, capture_voice
from governance.models import Answer, Forum, Group, Level, Voice

BANGKOK, KORAT = "10", "30"
G, L, Outcome = Group, Level, Answer.Outcome


@dataclass(frozen=True, slots=True)
class Asked:
    """A demand of a past forum: what, of whom, from which voices (by number), and what came of it after days."""

    text: str
    owner: str
    voices: tuple[int, ...]
    due_after: int = 30
    answered_after: int | None = None
    outcome: str = Outcome.GRANTED
    answer: str = ""
    told_after: int | None = None
    how: str = "forum"
    people: int = 0


@dataclass(frozen=True, slots=True)
class Story:
    """One forum that was held."""

    centre: str
    title: str
    day: date
    place: str
    topic: str
    planned: str
    reached: str
    reason: str
    counts: dict[str, int]
    evidence: tuple[str, str, str, str]
    voices: Sequence[tuple[str, str]]
    demands: Sequence[Asked] = ()


CHAIN = (
    Story(
        centre=BANGKOK,
        title="เวทีรับฟังเสียงคนไร้บ้าน เรื่องห้องเช่าราคาถูก",
        day=date(2021, 12, 23),
        place="กรุงเทพมหานคร",
        topic="คนไร้บ้านหน้าใหม่เพิ่มขึ้น จะมีห้องเช่าที่จ่ายไหวได้อย่างไร",
        planned=L.CONSULT,
        reached=L.INVOLVE,
        reason="คนไร้บ้านร่วมกำหนดโจทย์และนัดประชุมต่อวันที่ 29 ธันวาคม 2564 ด้วยกัน",
        counts={G.HOMELESS: 22, G.OFFICERS: 6, G.NGOS: 8, G.ACADEMICS: 2},
        evidence=(
            "ห้องเช่าราคาถูกสำหรับคนไร้บ้านหน้าใหม่ในเมือง",
            "คนไร้บ้าน เครือข่ายคนไร้บ้าน มูลนิธิพัฒนาที่อยู่อาศัย และกรมพัฒนาสังคมและสวัสดิการ",
            "ตกลงทดลองสมทบค่าเช่าร่วมกัน และนัดสรุปหลังปีใหม่",
            "เกิดโครงการนำร่องที่หัวลำโพง 18 คน 11 ห้อง",
        ),
        voices=(
            (G.HOMELESS, "ตกงานมาสามเดือน ค่าห้องสองพันก็ไม่ไหวแล้ว"),
            (G.HOMELESS, "ถ้าช่วยกันคนละครึ่ง ผมหาส่วนของผมได้"),
            (G.HOMELESS, "อยากอยู่ใกล้ที่ทำงาน ไม่ใช่ชานเมืองที่ไม่มีรถ"),
            (G.HOMELESS, "ขอห้องที่ล็อกประตูได้ แค่นั้นก็นอนหลับแล้ว"),
            (G.NGOS, "ออมไปด้วยกัน จะได้มีเงินประกันห้องของตัวเอง"),
        ),
        demands=(
            Asked(
                "ให้รัฐสมทบค่าเช่าห้องร่วมกับคนไร้บ้าน",
                "กรมพัฒนาสังคมและสวัสดิการ",
                (0, 1),
                due_after=45,
                answered_after=40,
                answer="เริ่มนำร่องห้องเช่าที่หัวลำโพง สมทบกันฝ่ายละร้อยละ 60 ส่วนที่เกินเข้ากองทุน",
                told_after=47,
                people=18,
            ),
        ),
    ),
    Story(
        centre=BANGKOK,
        title="เวทีถอดบทเรียนที่อยู่อาศัยคนละครึ่ง",
        day=date(2022, 5, 23),
        place="กรุงเทพมหานคร",
        topic="สองรุ่นแรกอยู่ได้อย่างไร อะไรต้องปรับ",
        planned=L.INVOLVE,
        reached=L.COLLABORATE,
        reason="ผู้เช่าทั้งสองรุ่นร่วมสรุปบทเรียนและร่วมเสนอสัดส่วนใหม่",
        counts={G.HOMELESS: 16, G.OFFICERS: 7, G.NGOS: 9, G.ACADEMICS: 5, G.BUSINESS: 3},
        evidence=(
            "การเข้าถึงที่อยู่อาศัย สุขภาพ รายได้ และเครือข่ายช่วยเหลือกัน",
            "ผู้เช่าสองรุ่น เจ้าของห้อง มูลนิธิ นักวิชาการ และกรม",
            "เห็นพ้องให้เก็บเงินส่วนของผู้เช่าเป็นรายสัปดาห์ได้",
            "ปรับเป็นสมทบฝ่ายละครึ่ง และขยายเป็น 40 คน 20 ห้องในเดือนตุลาคม 2565",
        ),
        voices=(
            (G.HOMELESS, "จ่ายทีเดียวสิ้นเดือนหนัก ขอจ่ายเป็นอาทิตย์"),
            (G.HOMELESS, "มีห้องแล้วสมัครงานได้ เพราะมีที่อยู่ให้กรอก"),
            (G.BUSINESS, "เจ้าของห้องอยากรู้ว่ามีคนดูแลถ้าผู้เช่าป่วย"),
            (G.ACADEMICS, "คนที่มีงานแล้วออกไปเองหลายคน นั่นคือความสำเร็จ"),
        ),
        demands=(
            Asked(
                "ให้จ่ายส่วนของผู้เช่าเป็นรายสัปดาห์ได้",
                "คณะทำงานโครงการห้องเช่า",
                (0,),
                answered_after=21,
                answer="รับเงินเป็นรายสัปดาห์ตั้งแต่เดือนกรกฎาคม 2565",
                told_after=28,
                how="visit",
                people=16,
            ),
        ),
    ),
    Story(
        centre=BANGKOK,
        title="ข้อเรียกร้องของสมาพันธ์คนไร้บ้านไทย",
        day=date(2025, 3, 19),
        place="กรุงเทพมหานคร",
        topic="ความชัดเจนของโครงการ และรูปแบบที่เข้าถึงได้จริง",
        planned=L.CONSULT,
        reached=L.CONSULT,
        reason="รับฟังและรับข้อเรียกร้องไว้ ยังไม่ได้ตัดสินใจร่วมกัน",
        counts={G.HOMELESS: 35, G.OFFICERS: 4, G.NGOS: 6},
        evidence=(
            "ความชัดเจนของโครงการห้องเช่าคนละครึ่ง",
            "สมาพันธ์คนไร้บ้านไทย สมาชิก 9 จังหวัด",
            "ยื่นข้อเรียกร้องให้มีรูปแบบที่เข้าถึงได้จริง",
            "",
        ),
        voices=(
            (G.HOMELESS, "คนต่างจังหวัดก็ไร้บ้านเหมือนกัน ทำไมมีแต่ในกรุง"),
            (G.HOMELESS, "เอกสารเยอะเกิน คนไม่มีบัตรเข้าไม่ถึงเลย"),
            (G.HOMELESS, "ขอคำตอบเป็นลายลักษณ์อักษร จะได้ไปบอกพี่น้องต่อ"),
        ),
        demands=(
            Asked(
                "ให้โครงการมีความชัดเจนและเข้าถึงได้จริงในทุกจังหวัด",
                "กรมพัฒนาสังคมและสวัสดิการ",
                (0, 1, 2),
                due_after=60,
            ),
        ),
    ),
)

TOPICS = (
    ("น้ำประปาหลังวัด", "องค์การบริหารส่วนตำบลโนนแดง", "ต่อท่อน้ำไปถึงท้ายหมู่บ้าน"),
    ("คนป่วยที่อยู่คนเดียว", "โรงพยาบาลส่งเสริมสุขภาพตำบล", "จัดเวรเยี่ยมคนป่วยสัปดาห์ละครั้ง"),
    ("ทำบัตรประชาชนให้คนไม่มีเอกสาร", "ที่ว่าการอำเภอโนนแดง", "มาทำบัตรให้ถึงหมู่บ้าน"),
    ("ข้าวสารกองกลาง", "วัดโนนแดง", "เปิดโรงทานวันพระและเก็บข้าวไว้กองกลาง"),
    ("งานช่วงหน้าแล้ง", "สำนักงานจัดหางานจังหวัด", "จ้างงานทำความสะอาดคลอง"),
    ("บ้านพักชั่วคราว", "ศูนย์คุ้มครองคนไร้ที่พึ่ง", "ซ่อมบ้านว่างเป็นที่พักชั่วคราว"),
)
SAYINGS = (
    (G.HOMELESS, "ผมนอนศาลามาสองปี เพิ่งมีคนถามชื่อปีนี้เอง"),
    (G.COMMUNITY, "เราดูแลกันเองได้ ขอแค่หน่วยงานหนุน"),
    (G.HOMELESS, "ไม่มีบัตรก็ไม่มีสิทธิ หมอก็ไปหาไม่ได้"),
    (G.VOLUNTEERS, "อสม. กับ อพม. มาประชุมวันเดียวกันได้ไหม จะได้ไม่ซ้ำ"),
    (G.COMMUNITY, "ข้าวบ้านเรามี แต่ไม่มีใครรู้ว่าใครอด"),
    (G.HOMELESS, "อยากทำงาน ไม่ได้อยากขอ"),
    (G.LOCAL_GOVERNMENT, "อบต. มีงบซ่อมบ้านปลายปี ต้องยื่นก่อนเดือนหก"),
    (G.HOMELESS, "ถ้ามีห้องน้ำให้อาบ ผมไปสมัครงานได้"),
    (G.COMMUNITY, "คนแก่อยู่คนเดียวท้ายบ้านสามหลัง ควรมีคนแวะทุกวัน"),
    (G.OFFICERS, "รับไว้ทุกเรื่อง จะกลับมาตอบเวทีหน้า"),
)


def write(d: Demo) -> None:
    """The chain of the half-rent room in Bangkok, and the last twelve months of Non Daeng."""
    centres = {centre.code: centre for centre in Centre.objects.filter(code__in=[BANGKOK, KORAT])}
    worker = User.objects.filter(email=demo_email(Role.SOCIAL_WORKER)).first()
    local: Actor = actor_for(worker) if worker else d.actor
    for story in CHAIN:
        _tell(d.actor, centres[story.centre], story, d.today)
    this = Month.of(d.today)
    for back in range(12, 0, -1):
        _tell(local, centres[KORAT], _village(d, this.plus(-back), back), d.today)
    _name_one(local, centres[KORAT])
    coming = Plan(
        "เวทีโนนแดง เดือนหน้า", d.today + timedelta(days=12), "ศาลาวัดโนนแดง", "แจ้งผลและตั้งเรื่องใหม่", L.COLLABORATE
    )
    plan_forum(actor=local, centre_id=centres[KORAT].pk, plan=coming)
    d.say(f"{Forum.objects.count()} forums, {Voice.objects.count()} voices")


def _village(d: Demo, month: Month, back: int) -> Story:
    """One month of Non Daeng: two topics in turn, most of it answered, the newest still open."""
    chance = d.chance
    topic, owner, asked = TOPICS[back % len(TOPICS)]
    second, second_owner, second_asked = TOPICS[(back + 3) % len(TOPICS)]
    said = chance.sample(SAYINGS, 7)
    late = back % 4 == 0
    open_still = back == 1
    demands = [
        Asked(
            asked,
            owner,
            (0, 1),
            answered_after=None if open_still else (41 if late else 18),
            answer=f"{asked} เริ่มแล้ว ป้าหนูกับผู้ใหญ่บ้านช่วยดู",
            told_after=None if open_still or back == 2 else 43 if late else 28,
            how="leaders" if late else "forum",
            people=chance.randint(9, 26),
        )
    ]
    if back % 2:
        demands.append(
            Asked(
                second_asked,
                second_owner,
                (2, 3),
                due_after=20,
                answered_after=15 if not open_still else None,
                outcome=Outcome.REFUSED if back % 3 == 0 else Outcome.PARTLY,
                answer="ปีนี้ไม่มีงบ เสนอเข้าแผนปีหน้าแล้ว" if back % 3 == 0 else "ทำได้ครึ่งหนึ่งก่อน ที่เหลือรอเดือนหน้า",
                told_after=22 if not open_still else None,
                how="visit",
                people=chance.randint(6, 14),
            )
        )
    complete = back != 3
    return Story(
        centre=KORAT,
        title=f"เวทีโนนแดง {topic}",
        day=month.first + timedelta(days=9),
        place="ศาลาวัดโนนแดง",
        topic=f"{topic} และ{second}",
        planned=L.INVOLVE,
        reached=(L.CONSULT, L.INVOLVE, L.COLLABORATE, L.COLLABORATE, L.EMPOWER)[back % 5],
        reason="พื้นที่นำ หน่วยงานหนุน ชุมชนเป็นผู้จัดวาระและติดตามเอง",
        counts={
            G.HOMELESS: chance.randint(6, 14),
            G.COMMUNITY: chance.randint(12, 30),
            G.VOLUNTEERS: chance.randint(3, 8),
            G.OFFICERS: 2,
            G.LOCAL_GOVERNMENT: chance.randint(1, 3),
        },
        evidence=(
            f"{topic} เป็นเรื่องที่ชุมชนเสนอเอง",
            "คนไร้บ้านในพื้นที่ ชาวบ้าน อพม. อบต. และศูนย์คุ้มครองคนไร้ที่พึ่ง",
            f"ตกลงให้ {owner} รับเรื่อง ชุมชนติดตามเวทีหน้า",
            "ใช้ของในพื้นที่ก่อน จึงขอจากหน่วยงานน้อยลง" if complete else "",
        ),
        voices=said,
        demands=demands,
    )


def _tell(actor: Actor, centre: Centre, story: Story, today: date) -> None:
    plan = Plan(story.title, story.day, story.place, story.topic, story.planned)
    forum = plan_forum(actor=actor, centre_id=centre.pk, plan=plan)
    voices = [
        capture_voice(actor=actor, forum_id=forum.pk, group=group, text=text) for group, text in story.voices
    ]
    record_attendance(actor=actor, forum_id=forum.pk, counts=dict(story.counts))
    parts = ("issue", "who", "result", "improved")
    write_evidence(actor=actor, forum_id=forum.pk, texts=dict(zip(parts, story.evidence, strict=True)))
    hold_forum(actor=actor, forum_id=forum.pk, held=Held(story.day, story.reached, story.reason))
    for asked in story.demands:
        _follow(actor, forum, asked, [voices[number] for number in asked.voices], today)


def _follow(actor: Actor, forum: Forum, asked: Asked, voices: Sequence[Voice], today: date) -> None:
    def after(days: int) -> date:
        return forum.day + timedelta(days=days)

    demand = make_demand(
        actor=actor,
        forum_id=forum.pk,
        new=NewDemand(
            text=asked.text,
            owner=asked.owner,
            made_on=forum.day,
            due_on=after(asked.due_after),
            voices=[voice.uid for voice in voices],
        ),
    )
    if after(2) <= today:
        note_step(actor=actor, demand_id=demand.pk, kind="passed_on", occurred_on=after(2))
    if asked.answered_after is None or after(asked.answered_after) > today:
        return
    answered = Answered(asked.outcome, asked.answer, after(asked.answered_after))
    answer_demand(actor=actor, demand_id=demand.pk, answered=answered)
    if asked.told_after is not None and after(asked.told_after) <= today:
        told = Told(after(asked.told_after), asked.how, asked.people)
        tell_back(actor=actor, demand_id=demand.pk, told=told)


def _name_one(actor: Actor, centre: Centre) -> None:
    """One speaker agreed to stand by the words with their name."""
    speaker = (
        Client.objects.filter(centre=centre, restricted=False).exclude(first_name="").order_by("pk").first()
    )
    voice = Voice.objects.standing().filter(forum__centre=centre, group=G.HOMELESS).order_by("-pk").first()
    if speaker and voice:
        attribute_voice(actor=actor, voice_uid=voice.uid, client_id=speaker.pk, agreed_on=voice.said_on)


demo.add(demo.Part("forums", write), order=80)
