"""What everybody who opens a file must see first."""

from audit import trail
from casework.models import SafetyFlag
from casework.refusals import refuse
from casework.taking import reason_given, take_client, take_row
from casework.tidying import paragraphs
from common import clock
from common.actions import action
from common.actor import Actor


@action
def raise_safety_flag(*, actor: Actor, client_id: int, kind: str, text: str) -> SafetyFlag:
    """Put a warning on the file: what kind of danger, and what to do. Refuses with "text_missing"."""
    client = take_client(actor, client_id)
    flag = SafetyFlag.objects.create(
        client=client,
        kind=kind,
        text=paragraphs(text) or refuse("text_missing", "text"),
        raised_by_id=actor.user_id,
    )
    trail.record(actor, "safety_flag.raised", flag, subject=str(client.uid), changes={"kind": ["", kind]})
    return flag


@action
def lift_safety_flag(*, actor: Actor, flag_id: int, reason: str) -> SafetyFlag:
    """Take a warning away. Refuses with "flag_lifted", "reason_missing"."""
    flag: SafetyFlag = take_row(actor, SafetyFlag.objects, flag_id)
    if flag.lifted_at is not None:
        refuse("flag_lifted")
    flag.lifted_at, flag.lifted_reason = clock.now(), reason_given(reason)[:300]
    flag.save(update_fields=["lifted_at", "lifted_reason"])
    trail.record(actor, "safety_flag.lifted", flag, subject=str(flag.client.uid), reason=flag.lifted_reason)
    return flag
