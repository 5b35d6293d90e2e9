"""Partners: who they are, and who signs in for them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Membership, User
from audit import trail
from common import clock
from common.actions import action
from common.actor import Actor
from common.errors import NotVisible
from common.permissions import require
from common.thai import names, phone
from network import permissions
from network.models import Partner, PartnerMember
from network.models.partner import GIVERS
from network.refusals import refuse
from network.taking import take_partner, tidy

_CODE = re.compile(r"[A-Z0-9](?:[A-Z0-9-]{0,28}[A-Z0-9])?")
_LINES = ("code", "name", "place", "contact")


@dataclass(frozen=True, slots=True)
class NewPartner:
    """A partner as somebody describes it. `areas`: codes of further provinces it serves."""

    code: str
    name: str
    kind: str
    province: str
    areas: Sequence[str] = ()
    place: str = ""
    contact: str = ""
    phone: str = ""
    active_from: date | None = None
    active_to: date | None = None


@action
def add_partner(*, actor: Actor, new: NewPartner) -> Partner:
    """Take somebody into the network.

    Refuses with "name_missing", "code_unreadable", "code_taken", "phone_unreadable", "ends_before_start", "too_long".
    """
    require(permissions.can_add_partner(actor), _("Staff of a centre look after the partners."))
    require(permissions.can_log_at(actor, new.province), _("Staff write of their own provinces."))
    partner = Partner()
    _fill(partner, new)
    _save(partner, new.areas)
    trail.record(actor, "partner.added", partner, changes=trail.changed({}, _said(partner)))
    return partner


@action
def change_partner(*, actor: Actor, partner_id: int, new: NewPartner) -> Partner:
    """Describe a partner anew. Refuses as `add_partner` does."""
    partner = take_partner(actor, partner_id)
    require(permissions.can_edit_partner(actor, partner), _("You may read this but not change it."))
    before = _said(partner)
    if new.province != partner.province_id:
        require(permissions.can_log_at(actor, new.province), _("Staff write of their own provinces."))
    _fill(partner, new)
    _save(partner, new.areas)
    trail.record(actor, "partner.changed", partner, changes=trail.changed(before, _said(partner)))
    return partner


@action
def link_member(*, actor: Actor, partner_id: int, email: str) -> PartnerMember:
    """Let somebody with the role of partner or volunteer sign in for the partner, from today on.

    Refuses with "member_unknown", "member_role", "member_elsewhere".
    """
    partner = take_partner(actor, partner_id)
    _may_link(actor, partner)
    user = User.objects.select_for_update().filter(email=email.strip().lower(), is_active=True).first()
    if user is None:
        refuse("member_unknown", "email")
    today = clock.today()
    if not Membership.objects.filter(user=user, role__in=GIVERS).on(today).exists():
        refuse("member_role", "email")
    if PartnerMember.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), user=user).exists():
        refuse("member_elsewhere", "email")
    member = PartnerMember.objects.create(user=user, partner=partner, starts_on=today)
    trail.record(actor, "partner.member_linked", partner, changes={"member": [None, user.key]})
    return member


@action
def end_member(*, actor: Actor, partner_id: int, member_id: int) -> PartnerMember:
    """From now on somebody does not sign in for the partner any more. Refuses with "member_ended"."""
    partner = take_partner(actor, partner_id)
    _may_link(actor, partner)
    member = partner.members.select_for_update().select_related("user").filter(pk=member_id).first()
    if member is None:
        raise NotVisible
    if member.ends_on is not None:
        refuse("member_ended")
    # Yesterday is the last day, or the look at the partner's contributions would stay open until midnight.
    yesterday = date.fromordinal(clock.today().toordinal() - 1)
    if member.starts_on > yesterday:
        member.delete()
    else:
        member.ends_on = yesterday
        member.save(update_fields=["ends_on"])
    trail.record(actor, "partner.member_ended", partner, changes={"member": [member.user.key, None]})
    return member


def _may_link(actor: Actor, partner: Partner) -> None:
    require(
        permissions.can_link_members(actor, partner),
        _("Leads of the province and administrators say who signs in for a partner."),
    )


def _fill(partner: Partner, new: NewPartner) -> None:
    lines = tidy(Partner, {name: getattr(new, name) for name in _LINES})
    partner.code = lines["code"].upper()
    if not _CODE.fullmatch(partner.code):
        refuse("code_unreadable", "code")
    partner.name = lines["name"] or refuse("name_missing", "name")
    partner.kind, partner.province_id = new.kind, new.province
    partner.place, partner.contact = lines["place"], lines["contact"]
    partner.phone = ""
    if new.phone.strip():
        partner.phone = phone.normalise(new.phone) or refuse("phone_unreadable", "phone")
    partner.active_from = new.active_from or clock.today()
    partner.active_to = new.active_to
    if partner.active_to and partner.active_to < partner.active_from:
        refuse("ends_before_start", "active_to")
    partner.search_text = names.search_text(f"{partner.name} {partner.code}", titled=False)[:250]
    partner.sort_key = names.sort_key(partner.name)[:200]


def _save(partner: Partner, areas: Sequence[str]) -> None:
    try:
        with transaction.atomic():
            partner.save()
    except IntegrityError:
        refuse("code_taken", "code")
    wanted: set[Any] = set(areas) - {partner.province_id}
    partner.areas.set(wanted)


def _said(partner: Partner) -> dict[str, object]:
    """What the trail keeps of a partner: no names of people, no phone."""
    return {
        "code": partner.code,
        "kind": partner.kind,
        "province": partner.province_id,
        "also_in": ", ".join(sorted(partner.areas.values_list("pk", flat=True))),
        "active_from": partner.active_from,
        "active_to": partner.active_to,
    }
