"""Leave and its cover, and who backs up whom."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from accounts.models import User
from audit import trail
from casework import covering, permissions
from casework.models import BackUp, Leave
from casework.refusals import refuse, refuse_if
from casework.rules import ladder
from common import clock
from common.actions import action
from common.actor import Actor
from common.errors import NotVisible
from common.permissions import require

DAY = timedelta(days=1)


@action
def enter_leave(*, actor: Actor, user_id: int, cover_id: int, starts_on: date, ends_on: date) -> Leave:
    """Somebody is away, and `cover_id` does their follow-ups from the first day to the last.

    Refuses with "leave_backwards", "leave_over", "leave_too_long", "leave_own_cover", "cover_elsewhere",
    "leave_overlaps".
    """
    user = _take_user(actor, user_id)
    refuse_if(ladder.leave_problem(starts_on, ends_on, today=clock.today()), "ends_on")
    cover = _colleague(user, cover_id, "cover")
    standing = Leave.objects.standing().filter(user=user, starts_on__lte=ends_on, ends_on__gte=starts_on)
    if standing.exists():
        refuse("leave_overlaps", "starts_on")
    leave = Leave.objects.create(user=user, cover=cover, starts_on=starts_on, ends_on=ends_on, away=user.pk)
    trail.record(
        actor,
        "leave.entered",
        leave,
        changes={"user": [None, user.key], "cover": [None, cover.key], "days": [None, [starts_on, ends_on]]},
    )
    return leave


@action
def end_leave(*, actor: Actor, leave_id: int) -> Leave:
    """Somebody is back: the leave ends yesterday, or never was if it begins today or later.

    Refuses with "leave_cancelled".
    """
    leave = Leave.objects.visible_to(actor).select_for_update().filter(pk=leave_id).first()
    if leave is None:
        raise NotVisible
    _take_user(actor, leave.user_id)
    today = clock.today()
    if leave.cancelled_at is not None or leave.ends_on < today:
        refuse("leave_cancelled")
    before = leave.ends_on
    if leave.starts_on < today:
        leave.ends_on = today - DAY
    else:
        leave.cancelled_at, leave.away = clock.now(), -leave.pk
    leave.save()
    changes = {"ends_on": [before, None if leave.cancelled_at else leave.ends_on]}
    trail.record(actor, "leave.ended", leave, changes=changes)
    return leave


@action
def set_back_up(*, actor: Actor, user_id: int, colleague_id: int | None) -> BackUp | None:
    """Who hears first when a follow-up of `user_id` is late; None for nobody. Refuses with "cover_elsewhere"."""
    user = _take_user(actor, user_id)
    before = BackUp.objects.filter(user=user).select_related("colleague").first()
    row = None
    if colleague_id is None:
        BackUp.objects.filter(user=user).delete()
    else:
        colleague = _colleague(user, colleague_id, "colleague")
        row, _made = BackUp.objects.update_or_create(user=user, defaults={"colleague": colleague})
    changes = {"back_up": [before.colleague.key if before else None, row.colleague.key if row else None]}
    trail.record(actor, "back_up.set", user, changes=changes)
    return row


def _take_user(actor: Actor, user_id: int) -> User:
    """The colleague, locked so that two leaves entered at once wait for each other."""
    user = User.objects.select_for_update().filter(pk=user_id, is_active=True).first()
    if user is None:
        raise NotVisible
    allowed = permissions.can_plan_leave_of(actor, user)
    require(allowed, _("Leave and back-up are entered for oneself, or by the supervisor or head."))
    return user


def _colleague(user: User, colleague_id: int, field: str) -> User:
    if colleague_id == user.pk:
        refuse("leave_own_cover", field)
    found = covering.colleagues(user, clock.today()).filter(pk=colleague_id).first()
    return found or refuse("cover_elsewhere", field)
