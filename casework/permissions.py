"""Who may do what with a client's file. What may be seen at all is `Client.objects.visible_to`."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from accounts.models import Membership, User
from accounts.roles import CASEWORKERS, LEADS, Role
from casework.models import (
    Client,
    ClientDocument,
    Episode,
    Plan,
    Referral,
    RegisterImport,
    ReliefGrant,
    SavedList,
)
from casework.models.client import FILE_READERS
from casework.rules.documents import right_needed
from casework.rules.plans import decides
from common import clock
from common.actor import Actor
from network.models.partner import GIVERS

HEALTH_READERS = (*CASEWORKERS, Role.NURSE)
"""Roles that read what is written about somebody: notes, remarks, health."""

HISTORY_READERS = (*LEADS, Role.AUDITOR)
"""Roles that see who opened a file."""


def can_open_file(actor: Actor, client: Client) -> bool:
    return Client.objects.visible_to(actor).filter(pk=client.pk).exists()


def can_search(actor: Actor) -> bool:
    """Has a search box: whoever may open any file."""
    return actor.has(*FILE_READERS, Role.AUDITOR)


def can_do_casework(actor: Actor) -> bool:
    """Has a caseload, may register people and find them anywhere as cards."""
    return actor.has(*CASEWORKERS)


def can_have_referrals(actor: Actor) -> bool:
    """Sends or receives referrals: caseworkers, and who signs in for a partner."""
    return actor.has(*CASEWORKERS, *GIVERS)


def can_lead(actor: Actor) -> bool:
    """Answers for a team: sees the team board, assigns, restricts."""
    return actor.has(*LEADS)


def can_register_at(actor: Actor, centre_id: int) -> bool:
    return actor.is_system or centre_id in actor.centres_as(*CASEWORKERS)


def can_see_beds(actor: Actor) -> bool:
    """Has a bed board: whoever opens files of a centre; who lies where is shown with the file alone."""
    return actor.has(*FILE_READERS)


def can_give_bed(actor: Actor, centre_id: int) -> bool:
    """Caseworkers let people into the beds of their own centre, and out."""
    return actor.is_system or centre_id in actor.centres_as(*CASEWORKERS)


def can_keep_beds(actor: Actor, centre_id: int) -> bool:
    """Leads set up the rooms and beds of their own centre."""
    return actor.is_system or centre_id in actor.centres_as(*LEADS)


def can_remove_list(actor: Actor, kept: SavedList) -> bool:
    """Whoever keeps the list; of a team's also its leads."""
    return kept.owner_id == actor.user_id or kept.centre_id in actor.centres_as(*LEADS)


def can_undo_register(actor: Actor, register: RegisterImport) -> bool:
    """Whoever had it written, and the leads of the centre."""
    if actor.is_system or register.centre_id in actor.centres_as(*LEADS):
        return True
    return register.confirmed_by_id == actor.user_id and can_register_at(actor, register.centre_id)


def can_write(actor: Actor, client: Client) -> bool:
    """May change the file: who reaches it as a caseworker, whatever else they see as auditor or nurse."""
    return actor.is_system or _reaches(actor, client, CASEWORKERS)


def _reaches(actor: Actor, client: Client, roles: Iterable[str]) -> bool:
    if client.centre_id in actor.centres_as(*roles) and not client.restricted:
        return True
    return Client.objects.in_reach_of(actor, *roles).filter(pk=client.pk).exists()


def can_restrict(actor: Actor, client: Client) -> bool:
    """Leads of the centre that keeps the file."""
    return actor.is_system or client.centre_id in actor.centres_as(*LEADS)


def can_see_pin(actor: Actor, client: Client) -> bool:
    """Caseworkers of the centre see the whole ID number; everybody else its last digits."""
    return actor.is_system or client.centre_id in actor.centres_as(*CASEWORKERS)


def can_see_phone(actor: Actor, client: Client) -> bool:
    """Who may write may ring; nurses and auditors see the last digits."""
    return can_write(actor, client)


def can_read_notes(actor: Actor, client: Client) -> bool:
    """Notes, remarks, health and what was said in a follow-up: its caseworkers and nurses, not auditors."""
    return actor.is_system or _reaches(actor, client, HEALTH_READERS)


def can_open_document(actor: Actor, document: ClientDocument) -> bool:
    """May look at a paper's content: for those on which the ID number stands, who sees the number."""
    needed = can_see_pin if right_needed(document.kind) == "see_pin" else can_read_notes
    return needed(actor, document.client)


def can_see_history(actor: Actor, client: Client) -> bool:
    """Who opened the file: auditors, and leads of the centre that keeps it."""
    return actor.has(Role.AUDITOR) or client.centre_id in actor.centres_as(*LEADS)


def keepers(*centre_ids: int) -> QuerySet[User]:
    """Who keeps files at these centres today, by name."""
    held = Membership.objects.on(clock.today()).filter(centre_id__in=centre_ids, role__in=CASEWORKERS)
    return User.objects.filter(is_active=True, pk__in=held.values("user_id")).order_by("name", "pk")


def works_at(user: User, centre_id: int) -> bool:
    """Whether `user` keeps files at that centre today."""
    return keepers(centre_id).filter(pk=user.pk).exists()


def can_keep_schedules(actor: Actor, centre_id: int) -> bool:
    """Leads keep the schedules of their own centre."""
    return actor.is_system or centre_id in actor.centres_as(*LEADS)


def can_plan_leave_of(actor: Actor, user: User) -> bool:
    """Caseworkers enter their own leave and back-up, leads those of their team."""
    if actor.is_system or (user.pk == actor.user_id and actor.has(*CASEWORKERS)):
        return True
    return keepers(*actor.centres_as(*LEADS)).filter(pk=user.pk).exists()


def can_assign(actor: Actor, episode: Episode, worker: User | None) -> bool:
    """Leads of the centre assign anybody; a caseworker may take a case that nobody has."""
    if actor.is_system:
        return True
    if episode.centre_id in actor.centres_as(*LEADS):
        return True
    takes_it = worker is not None and worker.pk == actor.user_id and episode.worker_id is None
    return takes_it and episode.centre_id in actor.centres_as(*CASEWORKERS)


def can_answer_referral(actor: Actor, referral: Referral) -> bool:
    """Whoever it was sent to: the partner's people, caseworkers of the receiving centre."""
    return Referral.objects.received_by(actor).filter(pk=referral.pk).exists()


def can_review_referral(actor: Actor, referral: Referral) -> bool:
    """Leads of the sending centre, never their own."""
    leads = referral.from_centre_id in actor.centres_as(*LEADS)
    return actor.is_system or (leads and referral.sent_by_id != actor.user_id)


def can_decide_plan(actor: Actor, plan: Plan) -> bool:
    """Leads of the centre that has the case, never about a plan that they wrote or handed in."""
    apart = decides(actor.user_id, author_id=plan.author_id, submitter_id=plan.submitted_by_id)
    return apart and plan.episode.centre_id in actor.centres_as(*LEADS)


def can_list_grants(actor: Actor) -> bool:
    """Relief grants are for caseworkers, who pays them, and auditors."""
    return actor.has(*CASEWORKERS, Role.FINANCE_OFFICER, Role.AUDITOR)


def can_see_grants(actor: Actor, client: Client) -> bool:
    """Reads in the file what it was given in money: its caseworkers and auditors, not its nurses."""
    return actor.is_system or actor.has(Role.AUDITOR) or _reaches(actor, client, CASEWORKERS)


def can_decide_grant(actor: Actor, grant: ReliefGrant) -> bool:
    """Leads of the grant's centre, never their own application."""
    leads = grant.centre_id in actor.centres_as(*LEADS)
    return actor.is_system or (leads and grant.applied_by_id != actor.user_id)


def can_cancel_grant(actor: Actor, grant: ReliefGrant) -> bool:
    """Whoever writes in the file."""
    return can_write(actor, grant.client)


def can_pay_grant(actor: Actor, grant: ReliefGrant) -> bool:
    """Finance officers of the grant's centre pay, and take a wrong payment back."""
    return actor.is_system or grant.centre_id in actor.centres_as(Role.FINANCE_OFFICER)


def can_set_relief_terms(actor: Actor) -> bool:
    """The terms hold for the whole country, so the department keeps them."""
    return actor.is_system or actor.has(Role.DEPARTMENT_ANALYST, Role.ADMINISTRATOR)


def can_read_relief_terms(actor: Actor) -> bool:
    """Whoever works with grants, and whoever keeps the terms."""
    return can_list_grants(actor) or can_set_relief_terms(actor)


@dataclass(frozen=True, slots=True)
class FileRights:
    """What an actor may do and see in one file; asked once per page."""

    write: bool
    restrict: bool
    see_pin: bool
    see_phone: bool
    read_notes: bool
    see_history: bool

    def may_open(self, document: ClientDocument) -> bool:
        """can_open_document without asking the database again."""
        return bool(getattr(self, right_needed(document.kind)))

    def on_paper(self) -> "FileRights":
        """The same where a sheet may lie about: the ID number is masked for everybody."""
        return replace(self, see_pin=False)


def rights_in(actor: Actor, client: Client) -> FileRights:
    """The answers of the predicates above for one file."""
    write = can_write(actor, client)
    return FileRights(
        write=write,
        restrict=write and can_restrict(actor, client),
        see_pin=can_see_pin(actor, client),
        see_phone=write,
        read_notes=write or can_read_notes(actor, client),
        see_history=can_see_history(actor, client),
    )
