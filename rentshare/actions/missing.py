"""A share that was missed is an early warning: a talk is planned about it, and a payment plan can be agreed."""

from datetime import date
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _

from audit import trail
from casework.actions.follow_ups import plan_follow_up
from casework.appointing import NewFollowUp, next_working_day
from casework.models import Episode, FollowUp
from common import clock
from common.actions import action
from common.actor import Actor
from common.money import format_baht
from common.permissions import require
from common.thai import names
from rentshare import books, permissions
from rentshare.missing import missed_by
from rentshare.models import Instalment, MissedShare, PaymentPlan, Tenancy
from rentshare.reading import owed_by
from rentshare.refusals import refuse, refuse_if
from rentshare.rules.missing import Missed, instalments, plan_problem
from rentshare.taking import take_tenancy

REPLACED = "replaced"
"""Why a plan ended that another took the place of."""


@action
def notice_missed(*, actor: Actor, tenancy_id: int) -> list[MissedShare]:
    """Write down what a tenancy missed and nobody has noticed yet, and have somebody talk about it; once for all time.

    The talk is a follow-up in the open case of the person, on the next working day with the worker in charge; while
    one about this tenancy is still to come, it serves for the new one too. Without an open case there is none, and
    the centre is told on its day; once a case is open the talk is planned.
    """
    tenancy, today = take_tenancy(actor, tenancy_id), clock.today()
    require(permissions.can_keep_books(actor, tenancy.centre_id))
    known = list(MissedShare.objects.filter(tenancy=tenancy))
    seen = {(one.rent_month, one.instalment_id) for one in known}
    missed = missed_by([tenancy], today)[tenancy.pk]
    fresh = [one for one in missed if (one.of.month, one.of.instalment) not in seen]
    alone = [one.pk for one in known if one.follow_up_id is None]
    if not missed or not (fresh or alone):
        return []
    talk = _talk(actor, tenancy, missed, today)
    if talk is not None:
        MissedShare.objects.filter(pk__in=alone).update(follow_up=talk)
    if not fresh:
        return []
    rows = [
        MissedShare.objects.create(
            tenancy=tenancy,
            rent_month=one.of.month,
            instalment_id=one.of.instalment,
            due_on=one.of.due_on,
            short=one.short,
            noticed_on=today,
            follow_up=talk,
        )
        for one in fresh
    ]
    trail.record(
        actor,
        "rent.missed",
        tenancy,
        subject=str(tenancy.client.uid),
        changes={"missed": [None, len(fresh)]},
    )
    return rows


def _talk(actor: Actor, tenancy: Tenancy, missed: list[Missed], today: date) -> FollowUp | None:
    """The follow-up about what was missed: the one still to come, else a new one; None without an open case."""
    waiting = FollowUp.objects.filter(
        missed_shares__tenancy=tenancy, state=FollowUp.State.PLANNED, episode__closed_on__isnull=True
    ).first()
    if waiting is not None:
        return waiting
    # Of linked records, the case may be open in another one than the tenancy was signed for.
    episode = Episode.objects.filter(client__person=tenancy.person_id, closed_on__isnull=True).first()
    if episode is None:
        return None
    with translation.override("th"):
        purpose = _("Rent not paid yet (%(amount)s): ask how they are and what would help") % {
            "amount": format_baht(sum(one.short for one in missed))
        }
    new = NewFollowUp(due_on=next_working_day(today), kind=FollowUp.Kind.VISIT, purpose=purpose)
    return plan_follow_up(actor=actor, client_id=episode.client_id, new=new)


@action
def agree_plan(
    *, actor: Actor, tenancy_id: int, each: Decimal | str, first_on: date, note: str = ""
) -> PaymentPlan:
    """Agree to pay all that is owed now in monthly parts of `each` baht from `first_on` on; the last is what is left.

    A plan that holds ends with it. Refuses with "nothing_owed", "plan_past", "plan_late", "plan_long" and what is
    wrong with the amount.
    """
    tenancy, today = take_tenancy(actor, tenancy_id), clock.today()
    require(permissions.can_agree_plan(actor, tenancy.centre_id))
    part, total = books.satang(each, "each"), owed_by([tenancy])[tenancy.pk].balance
    problem = plan_problem(total, part, first_on, today=today)
    refuse_if(problem, {"nothing_owed": None, "plan_long": "each"}.get(problem, "first_on"))
    before = _holding(tenancy)
    if before is not None:
        _end(before, today, REPLACED)
    plan = PaymentPlan.objects.create(
        tenancy=tenancy,
        total=total,
        agreed_on=today,
        note=names.normalise(note),
        actor_key=actor.key,
        recorded_at=clock.now(),
    )
    parts = instalments(total, part, first_on)
    Instalment.objects.bulk_create(Instalment(plan=plan, due_on=day, amount=amount) for day, amount in parts)
    trail.record(
        actor,
        "rent.plan_agreed",
        plan,
        subject=str(tenancy.client.uid),
        changes={"total": [None, total], "instalments": [None, len(parts)], "first_on": [None, first_on]},
    )
    return plan


@action
def end_plan(*, actor: Actor, tenancy_id: int, reason: str) -> PaymentPlan:
    """Say that the plan of a tenancy does not hold any more. What is owed is then owed by its months again.

    Refuses with "no_plan" and "reason_missing".
    """
    tenancy = take_tenancy(actor, tenancy_id)
    require(permissions.can_agree_plan(actor, tenancy.centre_id))
    plan = _holding(tenancy) or refuse("no_plan")
    why = names.normalise(reason) or refuse("reason_missing", "reason")
    _end(plan, clock.today(), why[:300])
    trail.record(
        actor,
        "rent.plan_ended",
        plan,
        subject=str(tenancy.client.uid),
        changes={"ended_on": [None, plan.ended_on]},
        reason=why[:500],
    )
    return plan


def _holding(tenancy: Tenancy) -> PaymentPlan | None:
    return PaymentPlan.objects.filter(tenancy=tenancy, ended_on__isnull=True).first()


def _end(plan: PaymentPlan, today: date, why: str) -> None:
    plan.ended_on, plan.end_reason = today, why
    plan.save(update_fields=["ended_on", "end_reason"])
