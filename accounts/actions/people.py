"""Inviting people, what they may do, and closing accounts."""

import secrets
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.invitations import invitation_hash, open_invitation
from accounts.models import ApiToken, Centre, Invitation, Membership, Province, User
from accounts.permissions import can_change_membership_of, can_manage_people, own_key
from accounts.roles import COUNTRYWIDE, Role
from audit import trail
from common import clock, letters
from common.actions import action
from common.actor import Actor
from common.errors import DomainError, NotVisible
from common.permissions import require

INVITATION_DAYS = 7


def _check_place(role: str, centre: Centre | None, province: Province | None) -> None:
    if role in COUNTRYWIDE:
        if centre or province:
            raise DomainError(
                "place_not_wanted",
                _("This role covers the whole country: leave centre and province empty."),
                "centre",
            )
    elif not centre and not province:
        raise DomainError(
            "place_missing", _("Choose the centre (or the province) this person works in."), "centre"
        )


@action
def invite(
    *, actor: Actor, email: str, name: str, role: str, centre: Centre | None, province: Province | None
) -> Invitation:
    """Send an invitation that can be accepted once within INVITATION_DAYS days.

    Raises DomainError `has_account` for an address that signs in already, `place_missing`/`place_not_wanted`.
    """
    require(can_manage_people(actor), _("Only administrators invite people."))
    email = email.strip().lower()
    if User.objects.filter(email=email).exists():
        raise DomainError(
            "has_account", _("This address has an account already: give it a role there."), "email"
        )
    _check_place(role, centre, province)
    key = secrets.token_urlsafe(32)
    Invitation.objects.filter(email=email, accepted_at__isnull=True).delete()
    invitation = Invitation.objects.create(
        email=email,
        name=name,
        role=role,
        centre=centre,
        province=province,
        key_hash=invitation_hash(key),
        invited_by_id=actor.user_id,
        expires_at=clock.now() + timedelta(days=INVITATION_DAYS),
    )
    invitation.link = settings.PUBLIC_URL + reverse("accounts:accept", args=[key])
    letters.write([_invitation_letter(invitation)])
    trail.record(
        actor,
        "person.invited",
        invitation,
        changes={"role": [None, role], "centre": [None, str(centre or "")]},
    )
    return invitation


def _invitation_letter(invitation: Invitation) -> letters.Draft:
    context = {
        "invitation": invitation,
        "link": invitation.link,
        "days": INVITATION_DAYS,
        "role": Role(invitation.role).label,
    }
    with override("th"):
        return letters.Draft(
            recipient_key=f"invitation:{invitation.pk}",
            to=invitation.email,
            kind="invitation",
            period=str(invitation.pk),
            subject=_("You are invited to Ruamban"),
            text=render_to_string("email/invitation.txt", context),
            html=render_to_string("email/invitation.html", context),
        )


@action
def accept_invitation(*, actor: Actor, key: str, name: str, password: str) -> User:
    """Make the account that was invited, with the role it was invited for. Raises DomainError `weak_password`."""
    invitation = open_invitation(key)
    user = User(email=invitation.email, name=name)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise DomainError("weak_password", " ".join(error.messages), "password") from error
    user.set_password(password)
    user.save()
    Membership.objects.create(
        user=user,
        role=invitation.role,
        centre=invitation.centre,
        province=invitation.province,
        starts_on=clock.today(),
    )
    invitation.accepted_at = clock.now()
    invitation.save(update_fields=["accepted_at"])
    trail.record(actor, "invitation.accepted", user, changes={"role": [None, invitation.role]})
    return user


def _person(actor: Actor, user_id: int) -> User:
    require(can_manage_people(actor), _("Only administrators change what people may do."))
    user = User.objects.select_for_update().get(pk=user_id)
    require(
        can_change_membership_of(actor, user), _("Nobody changes their own roles: ask another administrator.")
    )
    return user


@action
def give_role(
    *,
    actor: Actor,
    user_id: int,
    role: str,
    centre: Centre | None,
    province: Province | None,
    starts_on: date,
    ends_on: date | None,
) -> Membership:
    """Give a role from `starts_on` to `ends_on` (both included; open end allowed).

    Raises DomainError `ends_before_start`, `role_held` when an overlapping one stands, and those of the place.
    """
    user = _person(actor, user_id)
    _check_place(role, centre, province)
    if ends_on and ends_on < starts_on:
        raise DomainError("ends_before_start", _("The end is before the start."), "ends_on")
    same = Membership.objects.filter(user=user, role=role, centre=centre, province=province)
    overlapping = same.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
    if ends_on:
        overlapping = overlapping.filter(starts_on__lte=ends_on)
    if overlapping.exists():
        raise DomainError("role_held", _("This person holds that role there already in this time."), "role")
    membership = Membership.objects.create(
        user=user, role=role, centre=centre, province=province, starts_on=starts_on, ends_on=ends_on
    )
    place = centre or province
    trail.record(actor, "role.given", user, changes={"role": [None, role], "place": [None, str(place or "")]})
    return membership


@action
def end_role(*, actor: Actor, membership_id: int, ends_on: date) -> Membership:
    """Let a role end with `ends_on`; a day before its start ends it there. Raises DomainError `ended_already`."""
    membership = Membership.objects.filter(pk=membership_id).first()
    if membership is None:
        raise NotVisible
    user = _person(actor, membership.user_id)
    if membership.ends_on and membership.ends_on <= ends_on:
        raise DomainError("ended_already", _("This role has ended already."))
    membership.ends_on = max(ends_on, membership.starts_on)
    membership.save(update_fields=["ends_on"])
    trail.record(actor, "role.ended", user, changes={"role": [membership.role, None]})
    return membership


@action
def set_active(*, actor: Actor, user_id: int, active: bool) -> User:
    """Close or reopen an account. A closed one cannot sign in, and its sessions and tokens are dead at once."""
    user = _person(actor, user_id)
    user.is_active = active
    user.save(update_fields=["is_active"])
    if not active:
        ApiToken.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=clock.now())
    trail.record(actor, "account.opened" if active else "account.closed", user)
    return user


@action
def update_profile(*, actor: Actor, name: str, phone: str, language: str) -> User:
    """Change the own name, phone and language."""
    user = User.objects.select_for_update().get(pk=own_key(actor))
    before = {"name": user.name, "phone": user.phone, "language": user.language}
    user.name, user.phone, user.language = name, phone, language
    user.save(update_fields=["name", "phone", "language"])
    after = {"name": name, "phone": phone, "language": language}
    trail.record(actor, "profile.changed", user, changes=trail.changed(before, after))
    return user
