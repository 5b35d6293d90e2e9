"""Relief grants: applied for by one, decided by another, cancelled before anything is paid."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit import trail
from casework import identity, permissions
from casework.granting import satang_given, take_grant
from casework.models import Client, ReliefGrant, ReliefTerms
from casework.refusals import refuse
from casework.rules import relief as rules
from casework.taking import check_day, reason_given, take_client, take_open_episode
from casework.tidying import paragraphs
from common import clock
from common.actions import action
from common.actor import Actor
from common.money import format_baht
from common.permissions import require

State = ReliefGrant.State


@dataclass(frozen=True, slots=True)
class NewGrant:
    """How much for what, and how the need was looked into."""

    amount: Decimal | str
    purpose: str
    applied_on: date
    phoned_on: date | None = None
    visited_on: date | None = None
    why_not: str = ""


@action
def apply_for_grant(*, actor: Actor, client_id: int, new: NewGrant) -> ReliefGrant:
    """Apply for money for somebody whose case is open.

    Refuses with "episode_closed", "future", "before_opening", "purpose_missing", "relief_not_assessed",
    "relief_visit_first", "relief_after_application", "relief_no_terms", "relief_over_ceiling", "relief_times" and
    the codes of an amount that cannot be read.
    """
    identity.hold(client_id)
    client = take_client(actor, client_id)
    episode = take_open_episode(client)
    check_day(new.applied_on, client, episode=episode, field="applied_on")
    purpose = paragraphs(new.purpose) or refuse("purpose_missing", "purpose")
    why_not = paragraphs(new.why_not)
    if problem := rules.assessment_problem(
        phoned_on=new.phoned_on, visited_on=new.visited_on, why_not=why_not, applied_on=new.applied_on
    ):
        refuse(*problem)
    satang = satang_given(new.amount, "amount")
    terms = _terms(new.applied_on)
    if rules.over_ceiling(satang, terms.ceiling):
        refuse("relief_over_ceiling", "amount", most=format_baht(terms.ceiling))
    _check_times(client, terms, ReliefGrant.objects.counting(), new.applied_on)
    row = ReliefGrant.objects.create(
        client=client,
        episode=episode,
        centre=client.centre,
        amount=satang,
        purpose=purpose,
        phoned_on=new.phoned_on,
        visited_on=new.visited_on,
        why_not="" if new.phoned_on and new.visited_on else why_not,
        applied_on=new.applied_on,
        applied_by_id=actor.user_id,
    )
    trail.record(
        actor,
        "relief.applied",
        row,
        subject=str(client.uid),
        changes={"amount": [None, satang], "applied_on": [None, row.applied_on]},
        sensitive={"purpose": ["", purpose], "why_not": ["", row.why_not]},
    )
    return row


@action
def decide_grant(*, actor: Actor, grant_id: int, approve: bool, note: str = "") -> ReliefGrant:
    """A lead of the centre who did not apply for it says yes, or no with a reason.

    Refuses with "relief_decided", "reason_missing" and, for a yes, "relief_times": since it was applied for, records
    may have been linked.
    """
    row = take_grant(actor, grant_id)
    require(permissions.can_decide_grant(actor, row), _("Another lead of the centre decides about a grant."))
    if row.state != State.APPLIED:
        refuse("relief_decided")
    if approve:
        settled = ReliefGrant.objects.filter(state__in=(State.APPROVED, State.PAID))
        _check_times(row.client, _terms(row.applied_on), settled, row.applied_on, field=None)
    words = paragraphs(note) if approve else reason_given(paragraphs(note), "note")
    row.decided_on, row.decided_by_id = clock.today(), actor.user_id
    return _moved(actor, row, State.APPROVED if approve else State.REFUSED, words)


@action
def cancel_grant(*, actor: Actor, grant_id: int, reason: str) -> ReliefGrant:
    """Nothing is paid after all. Refuses with "relief_over", "reason_missing"."""
    row = take_grant(actor, grant_id)
    require(
        permissions.can_cancel_grant(actor, row), _("A grant is cancelled by the caseworkers of the file.")
    )
    if row.state not in (State.APPLIED, State.APPROVED):
        refuse("relief_over")
    return _moved(actor, row, State.CANCELLED, reason_given(paragraphs(reason)))


def _terms(day: date) -> ReliefTerms:
    return ReliefTerms.objects.holding(day) or refuse("relief_no_terms", "applied_on")


def _check_times(
    client: Client,
    terms: ReliefTerms,
    grants: QuerySet[ReliefGrant],
    day: date,
    field: str | None = "applied_on",
) -> None:
    """Refuse with "relief_times" once the person, whose records are in hand, was helped as often as may be."""
    theirs = grants.filter(client__person_id=client.person_id)
    rows = theirs.order_by().values_list("applied_on", "centre_id")
    found = rules.counted((rules.Standing(on, centre == client.centre_id) for on, centre in rows), day)
    if found.all < terms.times:
        return
    other = ngettext("%(n)s of them at another centre", "%(n)s of them at other centres", found.elsewhere)
    said = f" ({other % {'n': found.elsewhere}})" if found.elsewhere else ""
    refuse("relief_times", field, n=found.all, elsewhere=said, most=terms.times)


def _moved(actor: Actor, row: ReliefGrant, state: str, note: str) -> ReliefGrant:
    before, row.state, row.decision_note = row.state, state, note
    row.save(update_fields=["state", "decision_note", "decided_on", "decided_by"])
    trail.record(
        actor,
        f"relief.{state}",
        row,
        subject=str(row.client.uid),
        changes={"state": [before, state]},
        sensitive={"note": ["", note]},
    )
    return row
