"""Registering somebody: the notice, the person, what they need now, their safety, their answer."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Centre
from audit import trail
from casework import permissions, rules, signals
from casework.actions.episodes import record_contact, record_help_answer
from casework.actions.needs import NewNeed, state_need
from casework.actions.related import NewRelated, add_related_person
from casework.actions.safety import raise_safety_flag
from casework.likeness import holder_of_pin, likely_same
from casework.models import Client, Episode
from casework.refusals import refuse, refuse_if
from casework.registering import NewClient, write_clients
from casework.rules.household import is_child
from casework.searchable import refresh
from casework.taking import worker_at
from casework.tidying import ANSWERED, LINES, PARAGRAPHS, paragraphs, recognisable, tidy
from common import clock
from common.actions import action
from common.actor import Actor
from common.permissions import require
from common.thai import idnumber, names

TIDIED = (*LINES, *PARAGRAPHS, *ANSWERED, "phone", "born_on", "home_province", "papers")


@dataclass(frozen=True, slots=True)
class Intake:
    """What a first conversation brings, besides the person and the notice in `client`.

    Attributes:
        flag: (kind, text) of a safety warning, None without.
        contacted_on: day on which somebody of the house met the person, None if nobody has.
        help_answer: "accepted_help" or "declined_help", "" when not asked yet; given on `contacted_on`.
        keep_unverified: keep an ID number whose check digit is wrong.
        another_because: why this is somebody else although others look likely.
    """

    client: NewClient
    needs: list[NewNeed] = field(default_factory=list)
    flag: tuple[str, str] | None = None
    household: list[NewRelated] = field(default_factory=list)
    contacted_on: date | None = None
    help_answer: str = ""
    keep_unverified: bool = False
    another_because: str = ""


@action
def register_client(*, actor: Actor, centre_id: int, intake: Intake) -> Client:
    """Make a record and its first episode. A child's file is restricted once the first meeting stands in it.

    Refuses with "name_missing", "too_long", "phone_unreadable", "birth_future", "birth_too_early",
    "birth_after_notice", "future", "pin_length", "pin_checksum", "pin_known" (somebody findable has this very
    number; if that one is not verified, a reason lets one go on), "likely_same" (somebody findable is likely the
    same, and no reason says otherwise), "worker_elsewhere", and as needs and safety flags do.
    """
    require(
        permissions.can_register_at(actor, centre_id), _("People are registered at a centre of your own.")
    )
    new = _tidied(intake)
    _check_days(new, intake)
    _check_number(actor, new, intake)
    likely = [] if intake.another_because.strip() else likely_same(actor, new, from_score=rules.SAME_FROM)
    if likely:
        refuse("likely_same", "another_because")
    child = is_child(new.born_on, new.born_precision, today=clock.today())
    if child and new.worker_id is None:
        new.worker_id = actor.user_id  # somebody must be able to open it
    worker_at(new.worker_id, centre_id)
    centre = Centre.objects.get(pk=centre_id)
    (key,) = write_clients(actor=actor, centre=centre, new=[new])
    client = Client.objects.get(pk=key)
    episode = client.episodes.get()
    trail.record(
        actor,
        "client.registered",
        client,
        subject=str(client.uid),
        changes={"code": ["", client.code], "channel": ["", new.channel], "id_status": ["", new.id_status]},
        reason=intake.another_because.strip()[:500],
    )
    signals.episode_opened.send(Episode, actor=actor, episode=episode)
    _write_first_meeting(actor, client, intake)
    if child:
        _restrict_child(actor, client)
    return client


def _restrict_child(actor: Actor, client: Client) -> None:
    client.restricted = True
    client.save(update_fields=["restricted"])
    refresh(client)
    changes: dict[str, list[Any]] = {"restricted": [False, True], "because": ["", "child"]}
    trail.record(actor, "client.restricted", client, subject=str(client.uid), changes=changes)


def _tidied(intake: Intake) -> NewClient:
    """The person and the notice as they are stored; the caller's dataclass stays as it was typed."""
    typed = asdict(intake.client)
    values: dict[str, Any] = typed | tidy({name: typed[name] for name in TIDIED}, today=clock.today())
    recognisable(values)
    values["pin"] = idnumber.normalise(values["pin"])
    values["id_status"] = rules.paper_status(values["id_status"], values["pin"])
    values["reporter"] = names.normalise(values["reporter"])
    values["details"] = paragraphs(values["details"])
    values["pin_verified"] = False  # whoever has seen the card verifies the number as an act of its own
    ours = {"appointments": intake.client.appointments, "events": [], "closed": None, "restricted": False}
    return NewClient(**values | ours)


def _check_days(new: NewClient, intake: Intake) -> None:
    noticed = new.noticed_on or clock.today()
    refuse_if(rules.day_problem(noticed, today=clock.today()), "noticed_on")
    for appointment in new.appointments:
        refuse_if(rules.appointment_problem(appointment.due_on, today=clock.today()), "appointment_on")
    if new.born_on is not None and new.born_on > noticed:
        refuse("birth_after_notice", "born")
    if intake.contacted_on is not None:
        problem = rules.day_problem(intake.contacted_on, today=clock.today(), opened_on=noticed)
        refuse_if(problem, "contacted_on")
    elif intake.help_answer:
        refuse("answer_needs_contact", "contacted_on")


def _check_number(actor: Actor, new: NewClient, intake: Intake) -> None:
    if not intake.keep_unverified:
        refuse_if(rules.pin_problem(new.pin), "pin")
    holder = holder_of_pin(actor, new.pin)
    if holder is not None and (holder.pin_verified or not intake.another_because.strip()):
        refuse("pin_known", "pin", centre=holder.centre.name)


def _write_first_meeting(actor: Actor, client: Client, intake: Intake) -> None:
    if intake.contacted_on is not None:
        record_contact(actor=actor, client_id=client.pk, occurred_on=intake.contacted_on)
    if intake.contacted_on is not None and intake.help_answer:
        record_help_answer(
            actor=actor, client_id=client.pk, answer=intake.help_answer, occurred_on=intake.contacted_on
        )
    for need in intake.needs:
        state_need(actor=actor, client_id=client.pk, need=need)
    if intake.flag is not None:
        kind, text = intake.flag
        raise_safety_flag(actor=actor, client_id=client.pk, kind=kind, text=text)
    for related in intake.household:
        add_related_person(actor=actor, client_id=client.pk, related=related)
