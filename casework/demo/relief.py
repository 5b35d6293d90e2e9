"""The demo's relief grants: one to approve, one to pay, one paid, one refused."""

from datetime import date, timedelta

from accounts.demo import demo_email
from accounts.models import User
from accounts.roles import Role
from casework.models import Episode, ReliefGrant, ReliefNumber, ReliefPayment
from common import demo
from common.demo import Demo
from common.numbering import next_number
from common.thai.periods import FiscalYear

GRANTS = (
    ("applied", 1_500_00, "ค่ารถและอาหารสำหรับกลับบ้านที่จังหวัดเดิม"),
    ("approved", 2_000_00, "ค่าเช่าห้องเดือนแรกและของใช้จำเป็น"),
    ("paid", 3_000_00, "ค่าอุปกรณ์ขายน้ำ เพื่อเริ่มมีรายได้ของตนเอง"),
    ("refused", 2_500_00, "ค่าโทรศัพท์เครื่องใหม่"),
)


def write(d: Demo) -> None:
    """Four grants of the social worker's people."""
    worker, lead, payer = (
        User.objects.get(email=demo_email(role))
        for role in (Role.SOCIAL_WORKER, Role.SUPERVISOR, Role.FINANCE_OFFICER)
    )
    cases = Episode.objects.filter(worker=worker, closed_on__isnull=True).select_related("client", "centre")
    for (state, amount, purpose), episode in zip(GRANTS, cases.order_by("pk"), strict=False):
        day = max(episode.opened_on, d.today - timedelta(days=4))
        decided = state != "applied"
        grant = ReliefGrant.objects.create(
            client=episode.client,
            episode=episode,
            centre=episode.centre,
            amount=amount,
            purpose=purpose,
            phoned_on=day,
            why_not="ยังไม่มีบ้าน พบและพูดคุยในที่ที่นอนอยู่",
            state=state,
            applied_on=day,
            applied_by=worker,
            decided_on=d.today if decided else None,
            decided_by=lead if decided else None,
            decision_note="ใช้เบอร์ของศูนย์ได้ ยังไม่จำเป็นเร่งด่วน" if state == "refused" else "",
        )
        if state == "paid":
            _pay(grant, payer, d.today)


def _pay(grant: ReliefGrant, payer: User, day: date) -> None:
    year = FiscalYear.of(day).be
    ReliefPayment.objects.create(
        grant=grant,
        centre=grant.centre,
        fiscal_year=year,
        number=next_number(ReliefNumber, centre_id=grant.centre_id, fiscal_year=year),
        amount=grant.amount,
        paid_on=day,
        paid_by=payer,
        how=ReliefPayment.How.CASH,
        signed=ReliefPayment.Signed.SIGNATURE,
    )


demo.add(demo.Part("casework.relief", write), order=37)
