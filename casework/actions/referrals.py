"""Referrals: sent with what may be shared, answered, done or called back."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from audit import trail
from casework import permissions, referring, sharing
from casework.models import Client, Consent, Referral, ReferralEvent, SharedPart
from casework.refusals import refuse
from casework.rules import consents as rules
from casework.taking import reason_given, take_client, take_open_episode, take_row
from casework.tidying import paragraphs
from common import clock, holidays
from common.actions import action
from common.actor import Actor
from common.errors import NotVisible
from common.permissions import require
from common.workdays import add_workdays

State, Kind, Basis = Referral.State, ReferralEvent.Kind, Referral.Basis


@dataclass(frozen=True, slots=True)
class NewReferral:
    """What is asked of whom, which parts of the file go along, and what lets them go."""

    ask: str
    parts: Collection[str]
    basis: str
    basis_reason: str = ""
    partner_id: int | None = None
    centre_id: int | None = None


@action
def send_referral(*, actor: Actor, client_id: int, new: NewReferral) -> Referral:
    """Hand the chosen parts of a file to a partner or another centre; the recipient gets a letter with the code alone.

    Refuses with "episode_closed", "recipient_missing", "own_centre", "ask_missing", "parts_missing",
    "basis_reason_missing" and, on the ground of consent, "not_covered": no consent that holds today lets this
    recipient have one of the parts.
    """
    client = take_client(actor, client_id)
    episode = take_open_episode(client)
    _check(client, new)
    parts = [part for part in sharing.PARTS if part in new.parts]
    relied_on = _consents_for(client, new, parts) if new.basis == Basis.CONSENT else {}
    today = clock.today()
    off = holidays.between(today, today + timedelta(days=60))
    row = Referral.objects.create(
        client=client,
        episode=episode,
        from_centre=client.centre,
        partner_id=new.partner_id,
        centre_id=new.centre_id,
        ask=paragraphs(new.ask),
        basis=Basis(new.basis),
        basis_reason="" if new.basis == Basis.CONSENT else paragraphs(new.basis_reason),
        content=json.dumps([[part, sharing.lines(client, part)] for part in parts], ensure_ascii=False),
        sent_on=today,
        sent_by_id=actor.user_id,
        answer_due_on=add_workdays(today, settings.REFERRAL_ANSWER_DAYS, off),
    )
    SharedPart.objects.bulk_create(
        SharedPart(referral=row, part=part, basis=row.basis, consent=relied_on.get(part)) for part in parts
    )
    _step(actor, row, Kind.SENT)
    trail.record(
        actor,
        "referral.sent",
        row,
        subject=str(client.uid),
        changes={"basis": ["", row.basis], "parts": ["", ", ".join(parts)]},
        sensitive={"ask": ["", row.ask], "basis_reason": ["", row.basis_reason]},
    )
    referring.tell(row)
    return row


@action
def answer_referral(*, actor: Actor, referral_id: int, accept: bool, note: str = "") -> Referral:
    """The recipient takes it on, or declines with a reason. Refuses with "referral_answered", "reason_missing"."""
    row = _received(actor, referral_id)
    if row.state != State.SENT:
        refuse("referral_answered")
    words = paragraphs(note) if accept else reason_given(note, "note")
    return _moved(actor, row, State.ACCEPTED if accept else State.DECLINED, words)


@action
def finish_referral(*, actor: Actor, referral_id: int, note: str = "") -> Referral:
    """The recipient has done what was asked. Refuses with "referral_not_accepted"."""
    row = _received(actor, referral_id)
    if row.state != State.ACCEPTED:
        refuse("referral_not_accepted")
    return _moved(actor, row, State.DONE, paragraphs(note))


@action
def revoke_referral(*, actor: Actor, referral_id: int, reason: str) -> Referral:
    """The sender calls it back; the recipient reads nothing of it any more. Refuses with "referral_over"."""
    row: Referral = take_row(actor, Referral.objects, referral_id)
    if not row.is_open:
        refuse("referral_over")
    return _moved(actor, row, State.REVOKED, reason_given(reason))


@action
def review_referral(*, actor: Actor, referral_id: int, note: str = "") -> Referral:
    """A lead has looked at what went without consent; never their own. Refuses with "referral_reviewed"."""
    row: Referral = take_row(actor, Referral.objects, referral_id)
    require(permissions.can_review_referral(actor, row))
    if row.reviewed_on is not None or row.basis == Basis.CONSENT:
        refuse("referral_reviewed")
    row.reviewed_on, row.reviewed_by_id = clock.today(), actor.user_id
    row.save(update_fields=["reviewed_on", "reviewed_by"])
    _step(actor, row, Kind.REVIEWED, paragraphs(note))
    trail.record(
        actor,
        "referral.reviewed",
        row,
        subject=str(row.client.uid),
        changes={"reviewed_on": [None, row.reviewed_on]},
    )
    return row


def _check(client: Client, new: NewReferral) -> None:
    if bool(new.partner_id) == bool(new.centre_id):
        refuse("recipient_missing", "partner")
    if new.centre_id == client.centre_id:
        refuse("own_centre", "centre")
    if not new.ask.strip():
        refuse("ask_missing", "ask")
    if not set(new.parts) & set(sharing.PARTS):
        refuse("parts_missing", "parts")
    if new.basis != Basis.CONSENT and not new.basis_reason.strip():
        refuse("basis_reason_missing", "basis_reason")


def _consents_for(client: Client, new: NewReferral, parts: Collection[str]) -> dict[str, Consent]:
    """Part → a consent that lets the recipient have it today. Refuses with "not_covered", naming what is missing."""
    recipient = f"partner:{new.partner_id}" if new.partner_id else f"centre:{new.centre_id}"
    today = clock.today()
    found: dict[str, Consent] = {}
    for consent in client.consents.holding(today).select_for_update(of=("self",)):
        for part in parts:
            wanted = {"purpose": Consent.Purpose.HELP, "recipient": recipient, "parts": [part], "day": today}
            if not rules.uncovered([consent.as_given()], **wanted):  # type: ignore[arg-type]
                found.setdefault(part, consent)
    labels = dict(Consent.Part.choices)
    missing = [str(labels[part]) for part in parts if part not in found]
    if missing:
        refuse("not_covered", "parts", parts=", ".join(missing))
    return found


def _received(actor: Actor, referral_id: int) -> Referral:
    row = Referral.objects.received_by(actor).select_for_update(of=("self",)).filter(pk=referral_id).first()
    if row is None:
        raise NotVisible
    return row


def _moved(actor: Actor, row: Referral, state: str, note: str) -> Referral:
    before, row.state = row.state, state
    row.save(update_fields=["state"])
    _step(actor, row, state, note)
    trail.record(
        actor,
        f"referral.{state}",
        row,
        subject=str(row.client.uid),
        changes={"state": [before, state]},
        sensitive={"note": ["", note]},
    )
    return row


def _step(actor: Actor, row: Referral, kind: str, note: str = "") -> None:
    ReferralEvent.objects.create(referral=row, kind=kind, by_id=actor.user_id, note=note)
