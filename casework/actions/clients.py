"""Changing what is known of a person: the record, the ID number, who may open the file."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from audit import trail
from casework import permissions, rules
from casework.identity import beside, hold, settle
from casework.models import Client
from casework.refusals import refuse, refuse_if
from casework.searchable import refresh, sort_key
from casework.taking import reason_given, take_client
from casework.tidying import recognisable, tidy
from casework.versions import saved_since
from common import clock
from common.actions import action
from common.actor import Actor
from common.crypto import lookup_hash
from common.errors import StaleRecord
from common.permissions import require
from common.thai import idnumber, phone

OPEN_FIELDS = (
    "sex",
    "cause",
    "id_status",
    "born_precision",
    "phone_shared",
    "home_province_id",
    "district_code",
    "legal_category",
    "papers",
    "born_answer",
    "phone_answer",
    "home_answer",
    "health_answer",
    "papers_answer",
)
"""Fields whose values say nothing about who somebody is; the trail keeps these readable and seals the others."""

SEALED_FIELDS = (
    *("title", "first_name", "last_name", "nickname", "alias", "descriptor", "born_on", "phone"),
    *("district_text", "registered_address", "found_place", "sleeping_place", "health_note", "remark"),
)
EDITABLE_FIELDS = (*SEALED_FIELDS, *OPEN_FIELDS)


@action
def update_client(*, actor: Actor, client_id: int, version: int, changes: Mapping[str, Any]) -> Client:
    """Change fields of EDITABLE_FIELDS.

    Args:
        version: what `client.version` was when the actor read the record.
        changes: field → new value.

    Raises:
        StaleRecord: somebody saved in between; its message names who and what.
        DomainError: "name_missing", "too_long", "phone_unreadable", "birth_future", "birth_too_early",
            "papers_contradict".
    """
    client = take_client(actor, client_id)
    if client.version != version:
        raise _stale(client, version)
    unknown = set(changes) - set(EDITABLE_FIELDS)
    if unknown:
        raise ValueError(f"not editable: {', '.join(sorted(unknown))}")
    before = {name: getattr(client, name) for name in EDITABLE_FIELDS}
    after = tidy(before | dict(changes), today=clock.today())
    recognisable(after)
    after["id_status"] = rules.paper_status(after["id_status"], client.pin)
    differing = trail.changed(before, after)
    if not differing:
        return client
    for name in differing:
        setattr(client, name, after[name])
    _save(client, *differing)
    trail.record(
        actor,
        "client.updated",
        client,
        subject=str(client.uid),
        changes=_with_version(client, {name: v for name, v in differing.items() if name in OPEN_FIELDS}),
        sensitive={name: value for name, value in differing.items() if name in SEALED_FIELDS},
    )
    return client


@action
def set_pin(
    *,
    actor: Actor,
    client_id: int,
    pin: str,
    id_status: str,
    verified: bool = False,
    keep_unverified: bool = False,
    version: int | None = None,
) -> Client:
    """Enter, change, verify or take away ("") the ID number, with the paper that goes with it.

    Args:
        pin: as typed; kept as digits.
        verified: somebody has compared it with the card or the registry.
        keep_unverified: keep a number whose check digit is wrong, as not verified.
        version: what `client.version` was when the actor read the record, where they did; StaleRecord as above.

    Refuses with "pin_length", "pin_checksum", "pin_missing" (verified but empty), "pin_taken" (verified for
    somebody else: the centre to call is named, never the person), "pin_other_linked" (a linked record has another
    number that is verified).
    """
    client = take_client(actor, client_id)
    require(
        permissions.can_see_pin(actor, client),
        _("Only the centre that keeps the file changes the ID number."),
    )
    if version is not None and client.version != version:
        raise _stale(client, version)
    digits = idnumber.normalise(pin)
    if verified and not digits:
        refuse("pin_missing", "pin")
    problem = rules.pin_problem(digits)
    if verified or not keep_unverified:
        refuse_if(problem, "pin")
    before = {"pin": client.pin, "pin_verified": client.pin_verified, "id_status": client.id_status}
    if (
        verified
        and beside(client).filter(pin_verified=True).exclude(pin_hash=lookup_hash(digits, "pin")).exists()
    ):
        refuse("pin_other_linked", "pin")
    client.pin, client.pin_hash = digits, lookup_hash(digits, "pin")
    client.pin_verified = verified
    client.id_status = rules.paper_status(id_status, digits)
    try:
        with transaction.atomic():
            _save(client, "pin", "pin_hash", "pin_verified", "id_status")
    except IntegrityError:
        _refuse_taken(client)
    trail.record(
        actor,
        "client.id_number_verified" if verified else "client.id_number_set",
        client,
        subject=str(client.uid),
        changes=_with_version(
            client,
            trail.changed(before, {"pin_verified": client.pin_verified, "id_status": client.id_status}),
        ),
        sensitive=trail.changed({"pin": before["pin"]}, {"pin": digits}),
    )
    return client


@action
def restrict_client(*, actor: Actor, client_id: int, reason: str) -> Client:
    """From now on only the centre's leads and the worker in charge open the file, and nobody finds a card."""
    return _set_restricted(actor, client_id, reason, to=True)


@action
def unrestrict_client(*, actor: Actor, client_id: int, reason: str) -> Client:
    """The file is open again to the centre's caseworkers and nurses."""
    return _set_restricted(actor, client_id, reason, to=False)


def _set_restricted(actor: Actor, client_id: int, reason: str, *, to: bool) -> Client:
    records = hold(client_id)
    take_client(actor, client_id)
    client = next(record for record in records if record.pk == client_id)
    require(permissions.can_restrict(actor, client), _("Only the leads of the centre restrict a file."))
    if not to and client.restricted_by_link:
        refuse("restricted_by_link")
    if to == (client.restricted and not client.restricted_by_link):
        refuse("restricted_already" if to else "not_restricted")
    why = reason_given(reason)
    client.restricted, client.restricted_by_link = to, False
    _save(client, "restricted", "restricted_by_link")
    settle(records)
    verb = "client.restricted" if to else "client.unrestricted"
    changes = _with_version(client, {"restricted": [not to, to]})
    trail.record(actor, verb, client, subject=str(client.uid), changes=changes, reason=why[:500])
    return client


def _save(client: Client, *fields: str) -> None:
    """Save with the next version; the search row and the sort key keep in step."""
    client.version += 1
    client.sort_key = sort_key(client)
    client.save(update_fields=[*fields, "version", "sort_key"])
    refresh(client)


def _with_version(client: Client, changes: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """`changes` and the step of the version, by which `_stale` finds who saved since."""
    return changes | {"version": [client.version - 1, client.version]}


def _refuse_taken(client: Client) -> None:
    holder = Client.objects.select_related("centre").get(pin_hash=client.pin_hash, pin_verified=True)
    number = holder.centre.phone
    refuse(
        "pin_taken",
        "pin",
        centre=holder.centre.name,
        phone=f" ({phone.format_phone(number)})" if number else "",
    )


def _stale(client: Client, version: int) -> StaleRecord:
    """Says who saved since `version`."""
    since = saved_since(client, version)
    people = ", ".join(dict.fromkeys(entry.actor_label for entry in since)) or _("somebody")
    return StaleRecord(
        "stale",
        _(
            "%(people)s saved this record while you were writing. Nothing of yours is lost: compare with what "
            "stands now, then save again."
        )
        % {"people": people},
    )
