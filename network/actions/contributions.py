"""Writing down what was given, that it came, that somebody else saw it, and what was wrong about it."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from audit import trail
from common import clock
from common.actions import action
from common.actor import Actor
from common.money import to_baht
from common.permissions import require
from network import permissions, rules
from network.giving import Given, check, write
from network.models import Contribution, ContributionEvent, Partner
from network.refusals import refuse, refuse_if
from network.taking import reason_given, take_contribution, take_partner

State = Contribution.State


@dataclass(frozen=True, slots=True)
class Correction:
    """What should have stood there; `given` None says that it never came."""

    given: Given | None
    reason: str


@action
def log_contribution(*, actor: Actor, partner_id: int, given: Given) -> Contribution:
    """Write down what a partner gave, or promised.

    Refuses with what network.giving.check says.
    """
    partner = take_partner(actor, partner_id)
    _may_log(actor, partner, given)
    checked = check(partner, given, today=clock.today())
    row = write(actor, partner, checked, state=State.PLEDGED if given.pledged else State.RECEIVED)
    trail.record(actor, "contribution.logged", row, changes=_said(row))
    return row


@action
def receive_contribution(*, actor: Actor, contribution_id: int, occurred_on: date) -> Contribution:
    """Say that what was promised came. Refuses with "received_already", "future", "before_given"."""
    row = _in_hand(actor, contribution_id)
    require(permissions.can_change(actor, row), _("You may read this but not change it."))
    refuse_if(rules.step_problem(row.state, State.RECEIVED))
    refuse_if(rules.day_problem(occurred_on, today=clock.today()), "occurred_on")
    if occurred_on < row.given_on:
        refuse("before_given", "occurred_on")
    _step(actor, row, State.RECEIVED, occurred_on)
    changes: dict[str, list[object]] = {"state": [State.PLEDGED, State.RECEIVED]}
    trail.record(actor, "contribution.received", row, changes=changes | {"occurred_on": [None, occurred_on]})
    return row


@action
def confirm_contribution(*, actor: Actor, contribution_id: int) -> Contribution:
    """Say that it came, as somebody else than who wrote it down.

    Refuses with "confirmed_already", "not_received", "own_entry".
    """
    row = _in_hand(actor, contribution_id)
    require(
        permissions.can_log_at(actor, row.province_id), _("Staff of the province confirm what was received.")
    )
    refuse_if(rules.step_problem(row.state, State.CONFIRMED))
    refuse_if(rules.confirm_problem(logger=row.logged_by, confirmer=actor.key))
    _step(actor, row, State.CONFIRMED, clock.today())
    trail.record(actor, "contribution.confirmed", row, changes={"state": [State.RECEIVED, State.CONFIRMED]})
    return row


@action
def correct_contribution(*, actor: Actor, contribution_id: int, correction: Correction) -> Contribution:
    """Put another row in the place of one that was wrong; the old one stays and counts no longer.

    The new row has to be confirmed anew. Refuses with "corrected_already", "reason_missing", "nothing_changed"
    and what network.giving.check says.
    """
    old = _in_hand(actor, contribution_id)
    require(permissions.can_change(actor, old), _("You may read this but not change it."))
    why = reason_given(correction.reason)
    partner = take_partner(actor, old.partner_id)
    given = correction.given or replace(Given.of(old), is_void=True)
    _may_log(actor, partner, given)
    checked = check(partner, given, today=clock.today(), replacing=old)
    if correction.given is not None and checked.same_as(old):
        refuse("nothing_changed")
    state = State.PLEDGED if old.state == State.PLEDGED else State.RECEIVED
    row = write(actor, partner, checked, state=state, corrects=old, reason=why)
    before, after = _said(old), _said(row)
    changes = trail.changed(
        {name: pair[1] for name, pair in before.items()}, {name: pair[1] for name, pair in after.items()}
    )
    trail.record(actor, "contribution.corrected", row, changes=changes, reason=why)
    return row


def _may_log(actor: Actor, partner: Partner, given: Given) -> None:
    require(permissions.can_log_for(actor, partner), _("You may not write down what this partner gives."))
    province = given.province or partner.province_id
    if permissions.is_giver(actor) and permissions.own_partner(actor) == partner:
        return
    require(permissions.can_log_at(actor, province), _("Staff write of their own provinces."))


def _in_hand(actor: Actor, contribution_id: int) -> Contribution:
    row = take_contribution(actor, contribution_id)
    if not row.stands:
        refuse("corrected_already")
    return row


def _step(actor: Actor, row: Contribution, to: str, occurred_on: date) -> None:
    """Append the event; the unique key lets only the first of two through."""
    ContributionEvent.objects.create(
        contribution=row, kind=to, occurred_on=occurred_on, actor_key=actor.key, logger=row.logged_by
    )
    row.state = to
    row.save(update_fields=["state"])


def _said(row: Contribution) -> dict[str, list[object]]:
    """What the trail keeps of a row: no names of people."""
    return {
        "partner": [None, row.partner.code],
        "kind": ["", row.kind],
        "quantity": [None, row.amount],
        "unit": ["", row.unit],
        "given_on": [None, row.given_on],
        "value": [None, None if row.value_satang is None else to_baht(row.value_satang)],
        "is_void": [None, row.is_void],
    }
