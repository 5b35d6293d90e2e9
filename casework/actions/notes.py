"""Notes in the file: written once, corrected by a new one that points at the old."""

from datetime import date

from audit import trail
from casework.models import Note
from casework.refusals import refuse
from casework.taking import check_day, take_client, take_row
from casework.tidying import paragraphs
from common.actions import action
from common.actor import Actor


@action
def add_note(*, actor: Actor, client_id: int, text: str, occurred_on: date) -> Note:
    """Write a note about what was seen or said on a day; it stands with the open episode, if there is one.

    Refuses with "text_missing", "future", "before_birth".
    """
    client = take_client(actor, client_id)
    check_day(occurred_on, client)
    note = Note.objects.create(
        client=client,
        episode=client.episodes.filter(closed_on__isnull=True).first(),
        text=paragraphs(text) or refuse("text_missing", "text"),
        author_id=actor.user_id,
        occurred_on=occurred_on,
    )
    trail.record(actor, "note.added", note, subject=str(client.uid))
    return note


@action
def correct_note(*, actor: Actor, note_id: int, text: str, occurred_on: date) -> Note:
    """Replace a note of one's own by a new one; the old stays readable.

    Refuses with "not_yours", "corrected_already", "text_missing", "future", "before_birth".
    """
    old: Note = take_row(actor, Note.objects, note_id)
    if old.author_id != actor.user_id:
        refuse("not_yours")
    if Note.objects.filter(corrects=old).exists():
        refuse("corrected_already")
    check_day(occurred_on, old.client)
    note = Note.objects.create(
        client=old.client,
        episode=old.episode,
        text=paragraphs(text) or refuse("text_missing", "text"),
        author_id=actor.user_id,
        occurred_on=occurred_on,
        corrects=old,
    )
    trail.record(
        actor, "note.corrected", note, subject=str(old.client.uid), changes={"corrects": ["", str(old.uid)]}
    )
    return note
