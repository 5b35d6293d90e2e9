"""Keys for programs."""

from django.utils.translation import gettext as _

from accounts.models import ApiToken, User
from accounts.permissions import can_manage_people
from accounts.tokens import CALENDAR, CALENDAR_DAYS, READ, WRITE, calendar_keys, new_token
from audit import trail
from common import clock
from common.actions import action
from common.actor import Actor
from common.errors import DomainError, NotVisible
from common.permissions import require

LONGEST_DAYS = 366


@action
def issue_token(
    *, actor: Actor, user_id: int, name: str, days: int, scopes: list[str]
) -> tuple[ApiToken, str]:
    """A new token and its text, which is shown this once. Raises DomainError `days`, `scopes`."""
    require(
        can_manage_people(actor) or actor.user_id == user_id, _("A token can be issued for oneself only.")
    )
    if not 1 <= days <= LONGEST_DAYS:
        raise DomainError("days", _("A token lasts from 1 to 366 days."), "days")
    if not scopes or not set(scopes) <= {READ, WRITE}:
        raise DomainError("scopes", _("Choose read, write or both."), "scopes")
    user = User.objects.get(pk=user_id)
    token, raw = new_token(user, name=name, days=days, scopes=sorted(scopes))
    trail.record(
        actor, "token.issued", user, changes={"days": [None, days], "scopes": [None, sorted(scopes)]}
    )
    return token, raw


@action
def issue_calendar_key(*, actor: Actor, user_id: int) -> tuple[ApiToken, str]:
    """A new key to one's own calendar and its text, which is shown this once. The one before opens nothing any more."""
    require(actor.user_id == user_id, _("A token can be issued for oneself only."))
    user = User.objects.select_for_update().get(pk=user_id)
    calendar_keys(user_id).update(revoked_at=clock.now())
    token, raw = new_token(user, name=str(_("My calendar")), days=CALENDAR_DAYS, scopes=[CALENDAR])
    trail.record(actor, "token.issued", user, changes={"scopes": [None, [CALENDAR]]})
    return token, raw


@action
def end_calendar_key(*, actor: Actor, user_id: int) -> None:
    """The key to one's own calendar opens nothing any more; without one nothing happens."""
    require(actor.user_id == user_id, _("A token can be issued for oneself only."))
    user = User.objects.select_for_update().get(pk=user_id)
    if calendar_keys(user_id).update(revoked_at=clock.now()):
        trail.record(actor, "token.revoked", user, changes={"scopes": [[CALENDAR], None]})


@action
def revoke_token(*, actor: Actor, token_id: int) -> ApiToken:
    """End one of the own tokens (administrators: anybody's) now."""
    token = ApiToken.objects.select_related("user").filter(pk=token_id, revoked_at__isnull=True).first()
    if token is None or not (can_manage_people(actor) or token.user_id == actor.user_id):
        raise NotVisible
    token.revoked_at = clock.now()
    token.save(update_fields=["revoked_at"])
    trail.record(actor, "token.revoked", token.user, changes={"token": [token.name, None]})
    return token
