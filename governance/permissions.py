"""Who may do what with reports and with the trail."""

from accounts.roles import LEADS, Role
from casework.models import Client
from common.actor import Actor
from common.errors import Forbidden
from governance.models import COUNTRY, FORUM_READERS, READERS, RUNNERS, Demand, Forum


def person(actor: Actor) -> int:
    """Primary key of the person who acts. Raises Forbidden for the system: some acts are a person's own."""
    if actor.user_id is None:
        raise Forbidden
    return actor.user_id


def can_read_reports(actor: Actor) -> bool:
    """Staff of centres and the department; partners, volunteers and carers read none at this depth."""
    return actor.is_system or actor.sees_country or actor.has(*READERS)


def can_read_area(actor: Actor, area: str) -> bool:
    """The country for every reader; a province for its own staff and for countrywide roles."""
    if not can_read_reports(actor):
        return False
    return area == COUNTRY or actor.is_system or actor.sees_country or area in actor.province_codes


def can_freeze(actor: Actor) -> bool:
    """The schedule, analysts and administrators, should the schedule have missed a month."""
    return actor.is_system or actor.has(Role.DEPARTMENT_ANALYST, Role.ADMINISTRATOR)


def can_hold(actor: Actor, province: str) -> bool:
    """The head of the provincial centre holds and releases the letters of the province."""
    return province in actor.provinces_as(Role.CENTRE_HEAD)


def can_send(actor: Actor, area: str) -> bool:
    """Analysts send any report, centre heads that of their province."""
    return actor.is_system or actor.has(Role.DEPARTMENT_ANALYST) or can_hold(actor, area)


def can_see_recipients(actor: Actor) -> bool:
    """Names of colleagues who get a letter: for those who answer for it."""
    return actor.is_system or actor.sees_country or actor.has(*LEADS)


def can_subscribe(actor: Actor) -> bool:
    """Whoever reads reports may have them by letter."""
    return can_read_reports(actor)


def can_read_trail(actor: Actor) -> bool:
    """Supervisors and centre heads (of their centres) and auditors (of all)."""
    return actor.has(Role.AUDITOR, *LEADS)


def can_open_sealed(actor: Actor, client: Client) -> bool:
    """Sensitive values in the trail: the leads of the centre that keeps the file, nobody else."""
    return client.centre_id in actor.centres_as(*LEADS)


def can_read_forums(actor: Actor) -> bool:
    """Caseworkers of centres, analysts and auditors; what is said in a forum is said in trust."""
    return actor.is_system or actor.has(*RUNNERS, *FORUM_READERS)


def can_run_forums(actor: Actor) -> bool:
    """Holds forums somewhere."""
    return bool(actor.centres_as(*RUNNERS))


def can_run_at(actor: Actor, centre_id: int) -> bool:
    """Holds the forums of this centre."""
    return actor.is_system or centre_id in actor.centres_as(*RUNNERS)


def can_write_forum(actor: Actor, forum: Forum) -> bool:
    return can_run_at(actor, forum.centre_id)


def can_write_demand(actor: Actor, demand: Demand) -> bool:
    return can_run_at(actor, demand.forum.centre_id)
