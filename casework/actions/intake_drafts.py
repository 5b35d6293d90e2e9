"""Drafts of an intake: saved while one types, taken up on another device, gone when the person is registered.

Only that a draft was begun and how it ended stands in the trail: what is typed is not a record yet, and a line for
every pause in typing would bury the lines that matter.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.permissions import own_key
from audit import trail
from casework import permissions
from casework.models import IntakeDraft
from casework.refusals import refuse
from common import clock
from common.actions import action
from common.actor import Actor
from common.errors import NotVisible, StaleRecord
from common.permissions import require
from common.templatetags.thai import clock as time_text

LONGEST = 60_000
"""Letters of a draft: every field of the form at its longest fits, a book does not."""


@action
def save_draft(*, actor: Actor, uid: UUID, content: str, version: int = 0, over: bool = False) -> IntakeDraft:
    """Keep what stands in the form; `settings.INTAKE_DRAFT_DAYS` from now on it expires.

    Args:
        uid: the form's own; the first saving makes the draft.
        content: the form as it would be sent.
        version: of the draft as the device knows it, 0 before the first saving.
        over: save although another device saved in between.

    Raises:
        StaleRecord: another device saved in between.
        DomainError: "draft_empty", "draft_too_long", "draft_gone" (registered, discarded or expired).
    """
    require(permissions.can_do_casework(actor), _("People are registered by caseworkers."))
    if not content:
        refuse("draft_empty")
    if len(content) > LONGEST:
        refuse("draft_too_long")
    now = clock.now()
    kept = now + timedelta(days=settings.INTAKE_DRAFT_DAYS)
    draft, begun = IntakeDraft.objects.select_for_update().get_or_create(
        uid=uid,
        defaults={
            "owner_id": own_key(actor),
            "content": content,
            "begun_at": now,
            "saved_at": now,
            "expires_at": kept,
        },
    )
    if begun:
        trail.record(actor, "intake_draft.begun", draft)
        return draft
    _own(actor, draft)
    if draft.ended_at is not None or draft.expires_at <= now:
        refuse("draft_gone")
    if draft.version != version and not over and draft.content != content:
        raise _saved_elsewhere(draft)
    draft.content, draft.saved_at, draft.expires_at = content, now, kept
    draft.version += 1
    draft.save(update_fields=["content", "saved_at", "expires_at", "version"])
    return draft


@action
def discard_draft(*, actor: Actor, uid: UUID) -> None:
    """Throw a draft away: what stood in it cannot be read any more. Raises NotVisible."""
    draft = IntakeDraft.objects.visible_to(actor).select_for_update().filter(uid=uid).first()
    if draft is None:
        raise NotVisible
    _end(draft)
    trail.record(actor, "intake_draft.discarded", draft)


@action
def finish_draft(*, actor: Actor, uid: UUID) -> None:
    """The person is registered: the draft ends, or what may still arrive of it is refused.

    Refuses with "draft_gone" when it ended before: perhaps the other device registered the same person.
    """
    now = clock.now()
    draft, _made = IntakeDraft.objects.select_for_update().get_or_create(
        uid=uid,
        defaults={"owner_id": own_key(actor), "begun_at": now, "saved_at": now, "expires_at": now},
    )
    _own(actor, draft)
    if draft.ended_at is not None:
        refuse("draft_gone")
    _end(draft)
    trail.record(actor, "intake_draft.registered", draft)


@action
def expire_drafts(*, actor: Actor, now: datetime) -> int:
    """Remove drafts whose time is over. Returns how many held something."""
    require(actor.is_system)
    over = list(IntakeDraft.objects.select_for_update().filter(expires_at__lte=now).order_by("pk"))
    held = [draft for draft in over if draft.ended_at is None]
    for draft in held:
        trail.record(actor, "intake_draft.expired", draft)
    IntakeDraft.objects.filter(pk__in=[draft.pk for draft in over]).delete()
    return len(held)


def _own(actor: Actor, draft: IntakeDraft) -> None:
    if draft.owner_id != actor.user_id:
        raise NotVisible


def _end(draft: IntakeDraft) -> None:
    """The row stays until it expires, empty, so that a saving under way does not bring it back."""
    draft.content, draft.ended_at = "", clock.now()
    draft.expires_at = max(draft.expires_at, clock.now() + timedelta(days=1))
    draft.save(update_fields=["content", "ended_at", "expires_at"])


def _saved_elsewhere(draft: IntakeDraft) -> StaleRecord:
    return StaleRecord(
        "stale",
        _("This draft was saved on another device at %(time)s. What you see here is not saved yet.")
        % {"time": time_text(draft.saved_at)},
    )
