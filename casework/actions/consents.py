"""Asking people before data about them are used, and taking an answer back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from audit import trail
from casework.models import Consent, ConsentWithdrawal, Referral, ReferralEvent
from casework.papers import WORDING
from casework.refusals import refuse
from casework.rules import consents as rules
from casework.taking import check_day, take_client, take_row
from casework.tidying import paragraphs
from common import clock
from common.actions import action
from common.actor import Actor
from common.thai import names


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about the use of data, and the answer.

    `partner_id` and `centre_id` name who may have the data; neither means whoever helps.
    """

    purpose: str
    answer: str
    how: str
    given_on: date
    parts: Collection[str] = ()
    partner_id: int | None = None
    centre_id: int | None = None
    ends_on: date | None = None
    witness: str = ""
    guardian: str = ""


@action
def record_consent(*, actor: Actor, client_id: int, asked: Asked) -> Consent:
    """Write down what somebody answered; a refusal is an answer too and is kept.

    Refuses with "consent_without_parts", "witness_missing", "guardian_missing", "ends_before_given",
    "one_recipient" and what is wrong with the day.
    """
    client = take_client(actor, client_id)
    check_day(asked.given_on, client, field="given_on")
    given = asked.answer == Consent.Answer.GIVEN
    parts = sorted(set(asked.parts) & set(Consent.Part.values)) if given else []
    if asked.partner_id and asked.centre_id:
        refuse("one_recipient", "partner")
    wrong = rules.problem(
        given=given,
        how=asked.how,
        parts=parts,
        witness=asked.witness,
        guardian=asked.guardian,
        given_on=asked.given_on,
        ends_on=asked.ends_on,
    )
    if wrong:
        refuse(*wrong)
    row = Consent.objects.create(
        client=client,
        purpose=Consent.Purpose(asked.purpose),
        answer=Consent.Answer(asked.answer),
        partner_id=asked.partner_id,
        centre_id=asked.centre_id,
        parts=",".join(parts),
        given_on=asked.given_on,
        ends_on=asked.ends_on if given else None,
        how=Consent.How(asked.how),
        witness=names.normalise(asked.witness),
        guardian=names.normalise(asked.guardian),
        wording=WORDING,
        asked_by_id=actor.user_id,
    )
    trail.record(
        actor,
        "consent.recorded",
        row,
        subject=str(client.uid),
        changes={
            "purpose": ["", row.purpose],
            "answer": ["", row.answer],
            "given_on": [None, row.given_on],
            "ends_on": [None, row.ends_on],
        },
        sensitive={"witness": ["", row.witness], "guardian": ["", row.guardian]},
    )
    return row


@action
def withdraw_consent(*, actor: Actor, consent_id: int, note: str = "") -> ConsentWithdrawal:
    """The consent is taken back, from today on; nobody is asked why. Refuses with "consent_not_held".

    Who received something that only this consent let go reads it no more, and must be told.
    """
    consent: Consent = take_row(actor, Consent.objects, consent_id)
    taken_back = ConsentWithdrawal.objects.filter(consent=consent).exists()
    if consent.answer != Consent.Answer.GIVEN or taken_back:
        refuse("consent_not_held")
    row = ConsentWithdrawal.objects.create(
        consent=consent, withdrawn_on=clock.today(), note=paragraphs(note), recorded_by_id=actor.user_id
    )
    for referral in Referral.objects.relying_on(consent):
        ReferralEvent.objects.create(
            referral=referral, kind=ReferralEvent.Kind.WITHDRAWN, by_id=actor.user_id
        )
    trail.record(
        actor,
        "consent.withdrawn",
        consent,
        subject=str(consent.client.uid),
        changes={"purpose": [consent.purpose, ""]},
        sensitive={"note": ["", row.note]},
    )
    return row
