"""Trying again what failed: letters, and work that was given up."""

from django.utils.translation import gettext_lazy as _

from common import due, letters
from common.actions import action
from common.actor import Actor
from common.errors import DomainError
from common.models import DueWork, Letter
from common.permissions import can_keep_house, require
from common.signals import written

_NOT_YOURS = _("Only administrators look after letters and background work.")


@action
def resend_letter(*, actor: Actor, letter_id: int) -> Letter:
    """Put a failed letter back in line, unchanged. Raises DomainError "not_failed", "no_address"."""
    require(can_keep_house(actor), _NOT_YOURS)
    letter = Letter.objects.get(pk=letter_id)
    if not letter.to:
        raise DomainError("no_address", _("This letter has no e-mail address it could go to."))
    if not letters.resend(letter):
        raise DomainError("not_failed", _("This letter has not failed, or somebody sends it again already."))
    written.send(Letter, actor=actor, verb="letter.resent", obj=letter, changes={})
    return letter


@action
def resend_failed_letters(*, actor: Actor) -> int:
    """Put every failed letter that has an address back in line; returns how many."""
    require(can_keep_house(actor), _NOT_YOURS)
    failed = Letter.objects.filter(state=Letter.State.FAILED).exclude(to="")
    return sum(bool(resend_letter(actor=actor, letter_id=pk)) for pk in failed.values_list("pk", flat=True))


@action
def retry_work(*, actor: Actor, work_id: int) -> DueWork:
    """Put work that was given up back in line. Raises DomainError "not_given_up"."""
    require(can_keep_house(actor), _NOT_YOURS)
    work = DueWork.objects.get(pk=work_id)
    if not due.retry(work):
        raise DomainError("not_given_up", _("This work is not given up, or somebody tried again already."))
    written.send(DueWork, actor=actor, verb="due_work.retried", obj=work, changes={})
    return work
