"""What everybody who opens a file must see first."""

from datetime import date

from audit import trail
from casework.models import SafetyFlag, SafetyReview
from casework.refusals import refuse, refuse_if
from casework.rules.safety import review_day, review_problem
from casework.taking import reason_given, take_client, take_row
from casework.tidying import paragraphs
from common import clock
from common.actions import action
from common.actor import Actor


@action
def raise_safety_flag(
    *, actor: Actor, client_id: int, kind: str, text: str, review_on: date | None = None
) -> SafetyFlag:
    """Put a warning on the file: what kind of danger, and what to do.

    Args:
        review_on: by when somebody looks again; by default as rules.safety has it for the kind.

    Refuses with "text_missing", "review_past", "review_too_far".
    """
    client = take_client(actor, client_id)
    today = clock.today()
    day = review_on or review_day(kind, today=today)
    refuse_if(review_problem(day, today=today), "review_on")
    flag = SafetyFlag.objects.create(
        client=client,
        kind=kind,
        text=paragraphs(text) or refuse("text_missing", "text"),
        raised_by_id=actor.user_id,
        review_on=day,
    )
    trail.record(
        actor,
        "safety_flag.raised",
        flag,
        subject=str(client.uid),
        changes={"kind": ["", kind], "review_on": [None, day]},
    )
    return flag


@action
def review_safety_flag(*, actor: Actor, flag_id: int, text: str, review_on: date) -> SafetyFlag:
    """The warning still holds, in these words and until that day.

    Refuses with "flag_lifted", "text_missing", "review_past", "review_too_far".
    """
    flag = _take_standing(actor, flag_id)
    refuse_if(review_problem(review_on, today=clock.today()), "review_on")
    words = paragraphs(text) or refuse("text_missing", "text")
    before = {"text": flag.text, "review_on": flag.review_on}
    flag.text, flag.review_on = words, review_on
    flag.save(update_fields=["text", "review_on"])
    SafetyReview.objects.create(
        flag=flag, client=flag.client, text=words, review_on=review_on, reviewed_by_id=actor.user_id
    )
    trail.record(
        actor,
        "safety_flag.reviewed",
        flag,
        subject=str(flag.client.uid),
        changes={"review_on": [before["review_on"], review_on]},
        sensitive=trail.changed({"text": before["text"]}, {"text": words}),
    )
    return flag


@action
def lift_safety_flag(*, actor: Actor, flag_id: int, reason: str) -> SafetyFlag:
    """Take a warning away. Refuses with "flag_lifted", "reason_missing"."""
    flag = _take_standing(actor, flag_id)
    flag.lifted_at, flag.lifted_reason = clock.now(), reason_given(reason)[:300]
    flag.save(update_fields=["lifted_at", "lifted_reason"])
    trail.record(actor, "safety_flag.lifted", flag, subject=str(flag.client.uid), reason=flag.lifted_reason)
    return flag


def _take_standing(actor: Actor, flag_id: int) -> SafetyFlag:
    flag: SafetyFlag = take_row(actor, SafetyFlag.objects, flag_id)
    return flag if flag.lifted_at is None else refuse("flag_lifted")
