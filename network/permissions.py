"""Who may do what in the network. What may be seen at all is the querysets' `visible_to`."""

from accounts.roles import LEADS, Role
from common.actor import Actor
from network.models import Contribution, Partner, PartnerMember
from network.models.contribution import CONTRIBUTION_READERS, PARTNER_READERS
from network.models.partner import GIVERS, STAFF


def own_partner(actor: Actor) -> Partner | None:
    """The partner that the actor signs in for today."""
    if not actor.has(*GIVERS):
        return None
    place = PartnerMember.objects.of(actor).select_related("partner__province").first()
    return place.partner if place else None


def is_giver(actor: Actor) -> bool:
    """Signs in for a partner."""
    return actor.has(*GIVERS)


def is_staff(actor: Actor) -> bool:
    """Looks after the partners of the own provinces."""
    return actor.has(*STAFF)


def can_list_partners(actor: Actor) -> bool:
    return actor.is_system or actor.has(*PARTNER_READERS)


def can_list_contributions(actor: Actor) -> bool:
    return actor.is_system or actor.has(*CONTRIBUTION_READERS)


def serves(partner: Partner, actor: Actor, *roles: str) -> bool:
    """Whether the partner works in a province where the actor holds one of `roles`."""
    provinces = actor.provinces_as(*roles)
    return partner.province_id in provinces or partner.areas.filter(code__in=provinces).exists()


def can_log_at(actor: Actor, province_code: str) -> bool:
    """Staff write of their own provinces."""
    return actor.is_system or province_code in actor.provinces_as(*STAFF)


def can_log_for(actor: Actor, partner: Partner) -> bool:
    """May write down what this partner gives: its own people, and staff of a province it works in."""
    if actor.is_system or serves(partner, actor, *STAFF):
        return True
    own = own_partner(actor)
    return own is not None and own.pk == partner.pk


def can_change(actor: Actor, contribution: Contribution) -> bool:
    """May say that it came, and correct it."""
    if can_log_at(actor, contribution.province_id):
        return True
    own = own_partner(actor)
    return own is not None and own.pk == contribution.partner_id


def can_confirm_any(actor: Actor) -> bool:
    """Has contributions to confirm."""
    return is_staff(actor)


def can_confirm(actor: Actor, contribution: Contribution) -> bool:
    """Staff of the province, other than who logged it."""
    return can_log_at(actor, contribution.province_id) and actor.key != contribution.logged_by


def can_add_partner(actor: Actor) -> bool:
    return actor.is_system or is_staff(actor)


def can_edit_partner(actor: Actor, partner: Partner) -> bool:
    """Staff of a province it works in."""
    return actor.is_system or serves(partner, actor, *STAFF)


def can_link_members(actor: Actor, partner: Partner) -> bool:
    """Who signs in for a partner: administrators, and the leads of a province it works in."""
    if actor.is_system or actor.has(Role.ADMINISTRATOR):
        return True
    return serves(partner, actor, *LEADS)


def can_read_book(actor: Actor) -> bool:
    """What a unit is worth may be read by whoever reads partners or contributions."""
    return can_list_partners(actor) or can_list_contributions(actor)


def can_write_book(actor: Actor) -> bool:
    """The book holds for the whole country, so the department keeps it."""
    return actor.is_system or actor.has(Role.DEPARTMENT_ANALYST, Role.ADMINISTRATOR)
