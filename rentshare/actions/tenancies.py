"""Who moves into which bed, and out again."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn

from django.db import IntegrityError, transaction
from django.db.models import Q

from audit import trail
from casework.models import Client, Episode, EpisodeEvent
from casework.taking import take_client
from common import clock, due
from common.actions import action
from common.actor import Actor
from common.errors import NotVisible
from common.ids import time_ordered_uuid
from common.permissions import require
from common.thai import names
from common.thai.periods import Month
from rentshare import books, charging, permissions, rules
from rentshare.models import Account, Bed, Lease, Scheme, SchemeVersion, Tenancy
from rentshare.refusals import refuse, refuse_if
from rentshare.taking import hold_rent, take, take_tenancy
from rentshare.timing import RUN, charge_at


@dataclass(frozen=True, slots=True)
class NewTenancy:
    """A bed for somebody. `rent` is their part of the room's monthly rent in baht; None: the whole room's."""

    lease_id: int
    bed_id: int
    scheme_id: int
    starts_on: date
    ends_on: date | None = None
    rent: Decimal | str | None = None
    cohort: str = ""


@action
def sign_tenancy(*, actor: Actor, client_id: int, new: NewTenancy) -> Tenancy:
    """Let one bed of a leased room to a client. Rent follows with the run of each month.

    Refuses with "died_client", "bed_elsewhere", "ends_before_start", "before_lease", "after_lease",
    "scheme_not_begun", "rent_below_floor", "rent_above_ceiling", "rent_above_lease", "period_closed" (the month it
    begins in), "bed_taken" and "person_has_bed" (both also when another is faster). With an end given, it needs no
    reason: it is the agreed one.
    """
    lease = take(actor, Lease, new.lease_id)
    require(permissions.can_sign_tenancy(actor, lease.centre_id))
    hold_rent(lease.centre_id)
    client = take_client(actor, client_id)
    _refuse_dead(client)
    bed = Bed.objects.filter(pk=new.bed_id, room_id=lease.room_id).first() or refuse("bed_elsewhere", "bed")
    stay = rules.stay_problem(new.starts_on, new.ends_on, lease_from=lease.starts_on, lease_to=lease.ends_on)
    refuse_if(stay, "ends_on" if stay in {"ends_before_start", "after_lease"} else "starts_on")
    scheme = Scheme.objects.filter(pk=new.scheme_id).first() or refuse("scheme_not_begun", "scheme")
    versions = SchemeVersion.objects.filter(scheme=scheme)
    version = rules.version_on(versions, new.starts_on) or refuse("scheme_not_begun", "scheme")
    rent = _rent(lease, version, new)
    books.period_of(lease.centre_id, Month.of(new.starts_on), "starts_on")
    uid = time_ordered_uuid()
    account = books.account(lease.centre_id, Account.Kind.TENANT, str(uid))
    try:
        with transaction.atomic():
            tenancy = Tenancy.objects.create(
                uid=uid,
                centre_id=lease.centre_id,
                client=client,
                person_id=client.person_id,
                lease=lease,
                bed=bed,
                scheme=scheme,
                version=version,
                account=account,
                rent=rent,
                cohort=names.normalise(new.cohort),
                starts_on=new.starts_on,
                ends_on=new.ends_on,
                end_reason=Tenancy.Reason.AGREED if new.ends_on else "",
                actor_key=actor.key,
            )
    except IntegrityError as error:
        _refuse_clash(client.person_id, bed, new, error)
    trail.record(
        actor,
        "tenancy.signed",
        tenancy,
        subject=str(client.uid),
        changes={"starts_on": [None, new.starts_on], "rent": [None, rent]},
    )
    _plan_charging(tenancy)
    return tenancy


@action
def end_tenancy(*, actor: Actor, tenancy_id: int, ends_on: date, reason: str) -> Tenancy:
    """Say on which day somebody lived in the bed last, and why they left.

    Rent that was charged for days after it is reversed, and the last month charged anew by its days; both are
    posted today, so that closed months stay as they are. Refuses with "tenancy_ended", "ends_before_start",
    "reason_missing", "after_lease" and "person_has_bed", "bed_taken" (a later end).
    """
    centre_id = (
        Tenancy.objects.visible_to(actor).filter(pk=tenancy_id).values_list("centre_id", flat=True).first()
    )
    if centre_id is None:
        raise NotVisible
    hold_rent(centre_id)
    tenancy = take_tenancy(actor, tenancy_id)
    require(permissions.can_sign_tenancy(actor, centre_id))
    take_client(actor, tenancy.client_id)
    if tenancy.end_reason and tenancy.end_reason != Tenancy.Reason.AGREED:
        refuse("tenancy_ended")
    if reason not in set(Tenancy.Reason.values) - {Tenancy.Reason.AGREED}:
        refuse("reason_missing", "reason")
    lease = tenancy.lease
    refuse_if(
        rules.stay_problem(tenancy.starts_on, ends_on, lease_from=lease.starts_on, lease_to=lease.ends_on),
        "ends_on",
    )
    before: dict[str, Any] = {"ends_on": tenancy.ends_on, "end_reason": tenancy.end_reason}
    tenancy.ends_on, tenancy.end_reason = ends_on, reason
    try:
        with transaction.atomic():
            tenancy.save(update_fields=["ends_on", "end_reason"])
    except IntegrityError as error:
        stays = NewTenancy(lease.pk, tenancy.bed_id, tenancy.scheme_id, tenancy.starts_on, ends_on)
        _refuse_clash(tenancy.person_id, tenancy.bed, stays, error, but=tenancy.pk)
    _charge_anew(actor, tenancy, min(ends_on, before["ends_on"] or ends_on))
    trail.record(
        actor,
        "tenancy.ended",
        tenancy,
        subject=str(tenancy.client.uid),
        changes=trail.changed(before, {"ends_on": ends_on, "end_reason": reason}),
    )
    return tenancy


def _rent(lease: Lease, version: SchemeVersion, new: NewTenancy) -> int:
    """The tenant's part of the rent in satang, within what the scheme and the lease allow."""
    refuse_if(rules.rent_problem(lease.monthly_rent, version.rent_floor, version.rent_ceiling), "lease")
    rent = lease.monthly_rent if new.rent is None else books.satang(new.rent, "rent")
    refuse_if(rules.rent_problem(rent, None, None), "rent")
    stays = [(t.starts_on, t.ends_on, t.rent) for t in lease.tenancies.all()]
    own = (new.starts_on, new.ends_on, rent)
    together = [stay for stay in stays if rules.overlaps(stay[0], stay[1], own[0], own[1])]
    clipped = [(max(begun, own[0]), ended, amount) for begun, ended, amount in together]
    if rules.highest_together([*clipped, own]) > lease.monthly_rent:
        refuse("rent_above_lease", "rent")
    return rent


def _refuse_dead(client: Client) -> None:
    closings = EpisodeEvent.objects.standing().filter(client=client, kind=EpisodeEvent.Kind.CLOSED)
    if closings.filter(value=Episode.Outcome.DIED).exists():
        refuse("died_client")


def _refuse_clash(
    person_id: int, bed: Bed, new: NewTenancy, error: IntegrityError, *, but: int | None = None
) -> NoReturn:
    """Say which of the two guards it was: the bed is taken, or the person has one."""
    others = Tenancy.objects.exclude(pk=but or 0)
    for code, field, rows in (
        ("bed_taken", "bed", others.filter(bed=bed)),
        ("person_has_bed", "starts_on", others.filter(person_id=person_id)),
    ):
        if any(rules.overlaps(t.starts_on, t.ends_on, new.starts_on, new.ends_on) for t in rows):
            refuse(code, field)
    raise error


def _plan_charging(tenancy: Tenancy) -> None:
    """Have months that were run before the tenancy was signed charged as well, once it has begun."""
    until = max(clock.today(), tenancy.starts_on)
    months = rules.months_of(tenancy.starts_on, min(until, tenancy.ends_on or until))
    entries = [
        (tenancy.centre.code, f"{month}/{tenancy.pk}", charge_at(month, tenancy.starts_on))
        for month in months
    ]
    due.plan(RUN, entries)
    due.wake(RUN)


def _charge_anew(actor: Actor, tenancy: Tenancy, since: date) -> None:
    """Put right what was charged for the months from `since` on: reverse what is not what the days come to now,
    and charge those days anew. All of it is posted today."""
    today, standing = clock.today(), charging.standing_rent(tenancy, Q(rent_month__gte=str(Month.of(since))))
    for text in sorted({posting.rent_month for posting in standing}):
        month, rows = Month.parse(text), [posting for posting in standing if posting.rent_month == text]
        charged = sum(posting.amount for posting in rows if posting.party == rules.LANDLORD)
        if charged == rules.rent_of_month(tenancy.rent, month, tenancy.starts_on, tenancy.ends_on):
            continue
        books.reverse(actor, tenancy.centre_id, rows, today, "")
        period = books.period_of(tenancy.centre_id, Month.of(today))
        revision = max(posting.revision for posting in rows) + 1
        charging.Charger(actor, period, month).charge(
            [charging.chargeable(tenancy)], revision=revision, on=today
        )
