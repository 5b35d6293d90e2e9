"""Checking people in to a bed, and out again with where they went."""

from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from audit import trail
from casework import permissions
from casework.models import Bed, Client, Stay
from casework.refusals import refuse, refuse_if
from casework.rules import stays as rules
from casework.taking import check_day, reason_given, take_client, take_open_episode, take_row
from casework.tidying import paragraphs
from common.actions import action
from common.actor import Actor
from common.permissions import require


@dataclass(frozen=True, slots=True)
class Leaving:
    """When somebody left and where to; `note` is about that."""

    ends_on: date
    left_to: str
    note: str = ""


@action
def check_in(*, actor: Actor, client_id: int, bed_id: int, starts_on: date, note: str = "") -> Stay:
    """Somebody sleeps in that bed from that night on.

    Refuses with "episode_closed", "bed_elsewhere", the codes of rules.stays.bed_problem, what is wrong with the day,
    "bed_given" and "person_has_bed" (both also when another is faster).
    """
    client = take_client(actor, client_id)
    episode = take_open_episode(client)
    bed = _take_bed(actor, bed_id)
    told = paragraphs(note)
    problem = rules.bed_problem(
        kept_for=bed.kept_for, sex=client.sex, closed=bed.closed_on is not None, note=told
    )
    refuse_if(problem, "bed")
    check_day(starts_on, client, episode=episode, field="starts_on")
    stay = Stay(
        client=client,
        person_id=client.person_id,
        episode=episode,
        bed=bed,
        starts_on=starts_on,
        note=told,
        actor_key=actor.key,
    )
    _save(stay)
    trail.record(
        actor,
        "stay.begun",
        stay,
        subject=str(client.uid),
        changes={"bed": ["", bed.where], "starts_on": [None, starts_on]},
        sensitive={"note": ["", told]},
    )
    return stay


@action
def check_out(*, actor: Actor, stay_id: int, leaving: Leaving) -> Stay:
    """Somebody has left. Refuses with "stay_over", "left_to_missing", "stay_backwards" and "future"."""
    stay = _take_stay(actor, stay_id)
    if stay.ends_on is not None:
        refuse("stay_over")
    _end(stay, leaving)
    trail.record(
        actor,
        "stay.ended",
        stay,
        subject=str(stay.client.uid),
        changes={"ends_on": [None, stay.ends_on], "left_to": ["", stay.left_to]},
        sensitive={"left_note": ["", stay.left_note]},
    )
    return stay


@action
def correct_check_out(*, actor: Actor, stay_id: int, leaving: Leaving, reason: str) -> Stay:
    """The end of a stay was entered wrong. What it said before stays in the trail.

    Refuses with "stay_open", "reason_missing", as check_out does, and with "bed_given" and "person_has_bed".
    """
    stay = _take_stay(actor, stay_id)
    if stay.ends_on is None:
        refuse("stay_open")
    why = reason_given(reason)
    before = {"ends_on": stay.ends_on, "left_to": stay.left_to}
    note = stay.left_note
    _end(stay, leaving)
    trail.record(
        actor,
        "stay.corrected",
        stay,
        subject=str(stay.client.uid),
        changes=trail.changed(before, {"ends_on": stay.ends_on, "left_to": stay.left_to}),
        sensitive={"left_note": [note, stay.left_note], "reason": ["", why]},
    )
    return stay


def _take_bed(actor: Actor, bed_id: int) -> Bed:
    beds = Bed.objects.select_for_update(of=("self",)).select_related("room__site")
    bed: Bed | None = beds.filter(pk=bed_id).first()
    if bed is None or not permissions.can_give_bed(actor, bed.room.site.centre_id):
        refuse("bed_elsewhere", "bed")
    return bed


def _take_stay(actor: Actor, stay_id: int) -> Stay:
    stay: Stay = take_row(actor, Stay.objects, stay_id)
    allowed = permissions.can_give_bed(actor, stay.bed.room.site.centre_id)
    require(allowed, _("People are checked in and out by the centre that has the bed."))
    return stay


def _end(stay: Stay, leaving: Leaving) -> None:
    if leaving.left_to not in Stay.LeftTo.values:
        refuse("left_to_missing", "left_to")
    mistaken = leaving.left_to == Stay.LeftTo.MISTAKE
    ends_on = stay.starts_on if mistaken else leaving.ends_on
    check_day(ends_on, stay.client, field="ends_on")
    refuse_if(rules.end_problem(stay.starts_on, ends_on), "ends_on")
    stay.ends_on, stay.left_to, stay.left_note = ends_on, leaving.left_to, paragraphs(leaving.note)
    _save(stay)


def _save(stay: Stay) -> None:
    """Save it, or say which guard it was: somebody has the bed, or the person has another one."""
    try:
        with transaction.atomic():
            if stay.pk:
                stay.save(update_fields=["ends_on", "left_to", "left_note"])
            else:
                stay.save()
    except IntegrityError as error:
        _refuse_clash(stay, stay.client, error)


def _refuse_clash(stay: Stay, client: Client, error: IntegrityError) -> NoReturn:
    own, field = (stay.starts_on, stay.ends_on), "ends_on" if stay.pk else "bed"
    others = Stay.objects.exclude(pk=stay.pk or 0)
    for code, rows in (
        ("person_has_bed", others.filter(person_id=client.person_id)),
        ("bed_given", others.filter(bed_id=stay.bed_id)),
    ):
        if any(rules.share_a_night((row.starts_on, row.ends_on), own) for row in rows):
            refuse(code, field)
    raise error
