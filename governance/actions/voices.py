"""Writing down what was said, taking a slip of the pen back, and putting a name to a voice or taking it away."""

from datetime import date
from uuid import UUID

from audit import trail
from casework.models import Client
from casework.permissions import can_write
from common import clock
from common.actions import action
from common.actor import Actor
from common.errors import NotVisible
from common.permissions import require
from governance import forum_rules as rules
from governance.models import Attribution, Forum, Voice
from governance.refusals import refuse, refuse_if
from governance.taking import take_forum, take_voice


@action
def capture_voice(*, actor: Actor, forum_id: int, group: str, text: str) -> Voice:
    """Keep one thing that was said, verbatim, without a name.

    Refuses with "forum_cancelled", "forum_not_begun", "voice_empty", "voice_too_long".
    """
    forum = take_forum(actor, forum_id)
    cancelled = forum.state == Forum.State.CANCELLED
    refuse_if(rules.voices_problem(day=forum.day, today=clock.today(), cancelled=cancelled))
    kept = _verbatim(text)
    voice = Voice.objects.create(forum=forum, group=group, text=kept, said_on=forum.day, actor_key=actor.key)
    trail.record(actor, "voice.captured", forum, changes={"group": ["", group]})
    return voice


@action
def correct_voice(*, actor: Actor, voice_uid: UUID, group: str, text: str) -> Voice:
    """Put a line right that was written down wrongly; the earlier line is kept.

    Refuses with "corrected_already", "voice_withdrawn", "voice_empty", "voice_too_long", "nothing_changed".
    """
    voice = take_voice(actor, voice_uid)
    kept = _verbatim(text)
    if (voice.group, voice.text) == (group, kept):
        refuse("nothing_changed")
    row = _replace(actor, voice, group=group, text=kept)
    trail.record(actor, "voice.corrected", voice.forum)
    return row


@action
def take_voice_back(*, actor: Actor, voice_uid: UUID, reason: str) -> Voice:
    """Take back a line that nobody said (typed twice, said elsewhere). Refuses as correct_voice, "reason_missing"."""
    voice = take_voice(actor, voice_uid)
    why = " ".join(reason.split()) or refuse("reason_missing", "reason")
    Attribution.objects.filter(voice=voice).delete()
    row = _replace(actor, voice, is_void=True)
    trail.record(actor, "voice.taken_back", voice.forum, reason=why[:500])
    return row


@action
def attribute_voice(*, actor: Actor, voice_uid: UUID, client_id: int, agreed_on: date) -> Attribution:
    """Put the speaker's name to a voice, because the speaker agreed to it.

    Refuses with "attributed_already", "attribution_elsewhere", "step_future", "step_before_made".
    """
    voice = take_voice(actor, voice_uid)
    client = Client.objects.visible_to(actor).filter(pk=client_id).first()
    if client is None or not can_write(actor, client):
        refuse("attribution_elsewhere", "code")
    if Attribution.objects.filter(voice=voice).exists():
        refuse("attributed_already")
    refuse_if("step_future" if agreed_on > clock.today() else "", "agreed_on")
    row = Attribution.objects.create(voice=voice, client=client, agreed_on=agreed_on, actor_key=actor.key)
    trail.record(actor, "voice.attributed", voice.forum, subject=str(client.uid))
    return row


@action
def withdraw_attribution(*, actor: Actor, voice_uid: UUID) -> Voice:
    """Take the name off a voice again, at once and without asking why: withdrawing is as easy as agreeing."""
    voice = take_voice(actor, voice_uid)
    row = Attribution.objects.select_related("client").filter(voice=voice).first()
    if row is None:
        raise NotVisible
    require(can_write(actor, row.client))
    subject = str(row.client.uid)
    row.delete()
    trail.record(actor, "voice.attribution_withdrawn", voice.forum, subject=subject)
    return voice


def _verbatim(text: str) -> str:
    """What was typed, as it is; only characters that no database keeps are left out."""
    kept = text.replace("\x00", "").strip("\r\n")
    refuse_if(rules.voice_problem(kept), "text")
    return kept


def _replace(actor: Actor, voice: Voice, **changed: object) -> Voice:
    values = {"group": voice.group, "text": voice.text, "said_on": voice.said_on, **changed}
    row = Voice.objects.create(forum=voice.forum, corrects=voice, actor_key=actor.key, **values)
    Attribution.objects.filter(voice=voice).update(voice=row)
    return row
