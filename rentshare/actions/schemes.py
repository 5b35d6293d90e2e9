"""Schemes and what they say from a day on."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from audit import trail
from common.actions import action
from common.actor import Actor
from common.errors import NotVisible
from common.permissions import require
from common.thai import names
from rentshare import books, permissions, rules
from rentshare.models import Scheme, SchemeStep, SchemeVersion
from rentshare.refusals import refuse, refuse_if
from rentshare.rules import terms
from rentshare.rules.terms import Step


@dataclass(frozen=True, slots=True)
class NewVersion:
    """What a scheme says from `starts_on` on: shares in basis points (50 % is 5000), money in baht.

    None and "" are what the scheme does not say. `steps` lead from a month of the tenancy to the programme's share.
    """

    starts_on: date
    shares: rules.Shares
    other_funder: str = ""
    surplus_fund: str = ""
    rent_floor: Decimal | str | None = None
    rent_ceiling: Decimal | str | None = None
    note: str = ""
    steps: tuple[Step, ...] = ()
    support_months: int | None = None
    programme_cap: Decimal | str | None = None
    income_ceiling: Decimal | str | None = None
    deposit_rule: str = ""
    deposit: Decimal | str | None = None
    savings: Decimal | str | None = None
    grace_days: int | None = None
    arrears_rule: str = ""
    is_ours: bool = False


@action
def create_scheme(
    *, actor: Actor, code: str, name_th: str, new: NewVersion, name_en: str = ""
) -> SchemeVersion:
    """Found a scheme with its first version, which is returned.

    Refuses with "name_missing", "code_taken" and as add_scheme_version does.
    """
    require(permissions.can_manage_schemes(actor))
    tidy = code.strip().upper() or refuse("name_missing", "code")
    if Scheme.objects.filter(code=tidy).exists():
        refuse("code_taken", "code")
    thai = names.normalise(name_th) or refuse("name_missing", "name_th")
    scheme = Scheme.objects.create(code=tidy, name_th=thai, name_en=names.normalise(name_en))
    trail.record(actor, "scheme.created", scheme, changes={"code": ["", tidy]})
    return _add_version(actor, scheme, new)


@action
def add_scheme_version(*, actor: Actor, scheme_id: int, new: NewVersion) -> SchemeVersion:
    """Say what holds for whoever signs from a day on; a running tenancy keeps what it was signed under.

    Refuses with "share_zero", "share_out_of_range", "shares_below_whole", "other_funder", "surplus_fund",
    "rent_too_low", "floor_above_ceiling", the codes of `terms.steps_problem`, "deposit_whole", "grace_too_long",
    "version_exists", "version_overlaps" (it would begin before the last one), "version_behind" (somebody signed for a
    day after it) and what is wrong with an amount.
    """
    scheme = Scheme.objects.visible_to(actor).select_for_update().filter(pk=scheme_id).first()
    if scheme is None and not permissions.can_manage_schemes(actor):
        raise NotVisible
    scheme = scheme or Scheme.objects.select_for_update().filter(pk=scheme_id).first()
    if scheme is None:
        raise NotVisible
    require(permissions.can_manage_schemes(actor))
    return _add_version(actor, scheme, new)


def _add_version(actor: Actor, scheme: Scheme, new: NewVersion) -> SchemeVersion:
    values = _values(new)
    later = scheme.versions.filter(starts_on__gte=new.starts_on).order_by("starts_on").first()
    if later is not None:
        refuse("version_exists" if later.starts_on == new.starts_on else "version_overlaps", "starts_on")
    if scheme.tenancies.filter(starts_on__gte=new.starts_on).exists():
        refuse("version_behind", "starts_on")
    try:
        with transaction.atomic():
            version = SchemeVersion.objects.create(scheme=scheme, actor_key=actor.key, **values)
    except IntegrityError:
        if scheme.versions.filter(starts_on=new.starts_on).exists():
            refuse("version_exists", "starts_on")
        raise
    SchemeStep.objects.bulk_create(
        SchemeStep(version=version, from_month=step.from_month, programme_share=step.programme)
        for step in new.steps
    )
    said = values | {"steps": ", ".join(f"{step.from_month}: {step.programme / 100:g}" for step in new.steps)}
    trail.record(actor, "scheme.changed", version, changes=trail.changed({}, said))
    return version


def _values(new: NewVersion) -> dict[str, Any]:
    """The columns of a version, every rule kept."""
    funder, fund = names.normalise(new.other_funder), names.normalise(new.surplus_fund)
    shares = terms.percentages_problem(new.shares, other_funder=funder, surplus_fund=fund)
    refuse_if(shares, _SHARE_FIELDS.get(shares, "participant"))
    floor, ceiling = _money(new, "rent_floor"), _money(new, "rent_ceiling")
    refuse_if(rules.bounds_problem(floor, ceiling), "rent_ceiling")
    steps = terms.steps_problem(new.shares, new.steps, new.support_months)
    refuse_if(steps, "support_months" if steps == "support_months" else "steps")
    deposit = _money(new, "deposit")
    if new.deposit_rule not in {"", *SchemeVersion.Deposit.values} or (
        (new.deposit_rule in _WITH_DEPOSIT) != (deposit is not None)
    ):
        refuse("deposit_whole", "deposit")
    if new.grace_days is not None and not 0 <= new.grace_days <= terms.LONGEST_GRACE:
        refuse("grace_too_long", "grace_days")
    return {
        "starts_on": new.starts_on,
        "participant_share": new.shares.participant,
        "programme_share": new.shares.programme,
        "other_share": new.shares.other,
        "other_funder": funder,
        "surplus_fund": fund,
        "rent_floor": floor,
        "rent_ceiling": ceiling,
        "support_months": new.support_months,
        "programme_cap": _money(new, "programme_cap"),
        "income_ceiling": _money(new, "income_ceiling"),
        "deposit_rule": new.deposit_rule,
        "deposit": deposit,
        "savings": _money(new, "savings"),
        "grace_days": new.grace_days,
        "arrears_rule": new.arrears_rule,
        "is_ours": new.is_ours,
        "note": names.normalise(new.note),
    }


_SHARE_FIELDS = {"other_funder": "other_funder", "surplus_fund": "surplus_fund"}
_WITH_DEPOSIT = {SchemeVersion.Deposit.TENANT, SchemeVersion.Deposit.PROGRAMME}


def _money(new: NewVersion, name: str) -> int | None:
    """An amount of a version in satang, None where it says none."""
    amount = getattr(new, name)
    return None if amount is None else books.satang(amount, name)
