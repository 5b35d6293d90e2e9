"""The one place where contributions come into being, one by one or by a sheet: checked, valued, written."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Self

from common.actor import Actor
from network import rules
from network.models import Contribution, ContributionEvent, Partner, UnitValue
from network.refusals import refuse, refuse_if
from network.taking import tidy

Basis, State = Contribution.Basis, Contribution.State


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody says was given.

    Attributes:
        quantity: whole hundredths of the unit.
        province: two-digit code; "" for the partner's own.
        pledged: promised, not there yet.
        stated_satang: what the giver says it is worth.
    """

    what: str
    quantity: int
    unit: str
    given_on: date
    people: int = 1
    area: str = ""
    province: str = ""
    giver: str = ""
    remark: str = ""
    stated_satang: int | None = None
    pledged: bool = False
    is_void: bool = False

    @classmethod
    def of(cls, row: Contribution) -> Self:
        """What stands in a row."""
        return cls(
            what=row.what,
            quantity=row.quantity,
            unit=row.unit,
            given_on=row.given_on,
            people=row.people,
            area=row.area,
            province=row.province_id,
            giver=row.giver,
            remark=row.remark,
            stated_satang=row.stated_satang,
            pledged=row.state == State.PLEDGED,
            is_void=row.is_void,
        )

    def same_as(self, row: Contribution) -> bool:
        """Whether it says what the row says already."""
        return replace(Given.of(row), pledged=self.pledged) == self

    def as_payload(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {**asdict(self), "given_on": self.given_on.isoformat()}

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        """What `as_payload` was given."""
        return cls(**{**payload, "given_on": date.fromisoformat(payload["given_on"])})

    @property
    def fingerprint(self) -> str:
        """Of all that a sheet's row says."""
        return rules.fingerprint(
            self.given_on, self.what, self.quantity, self.unit, self.people, self.stated_satang, self.area,
            self.giver, self.remark,
        )  # fmt: skip


def check(partner: Partner, given: Given, *, today: date, replacing: Contribution | None = None) -> Given:
    """`given` as `check_alone` leaves it, after a look at what else its giver gave that day.

    Refuses with what check_alone says and "day_over_24".
    """
    given = check_alone(partner, given, today=today)
    if not given.is_void:
        refuse_if(together_problem(partner, given, replacing=replacing), "quantity")
    return given


def check_alone(partner: Partner, given: Given, *, today: date) -> Given:
    """`given` tidied, its province filled in.

    Refuses with "what_missing", "too_long", "unit", "quantity", "negative", "too_large", "people", "day_over_24",
    "future", "too_early", "partner_inactive", "province_elsewhere".
    """
    texts = {"what": given.what, "area": given.area, "giver": given.giver, "remark": given.remark}
    tidied = tidy(Contribution, texts)
    given = replace(
        given,
        what=tidied["what"],
        area=tidied["area"],
        giver=tidied["giver"],
        remark=tidied["remark"],
        province=given.province or partner.province_id,
    )
    if not given.what:
        refuse("what_missing", "what")
    if given.unit not in rules.KIND_OF:
        refuse("unit", "unit")
    refuse_if(rules.quantity_problem(given.quantity), "quantity")
    refuse_if(rules.people_problem(given.people), "people")
    refuse_if(rules.hours_problem(given.unit, given.quantity, given.people), "quantity")
    refuse_if(rules.day_problem(given.given_on, today=today), "given_on")
    active = rules.active_problem(
        given.given_on, active_from=partner.active_from, active_to=partner.active_to
    )
    refuse_if(active, "given_on")
    if given.province not in provinces_of(partner):
        refuse("province_elsewhere", "province")
    return given


def provinces_of(partner: Partner) -> list[str]:
    """Codes of the provinces a partner works in, its own first."""
    return [partner.province_id, *partner.areas.exclude(pk=partner.province_id).values_list("pk", flat=True)]


def together_problem(partner: Partner, given: Given, *, replacing: Contribution | None = None) -> str:
    """Whether a named giver's hours fit into the day with those written down before.

    Nobody can say whose the hours without a name are. Code: "day_over_24".
    """
    if given.unit != "hour" or not given.giver:
        return ""
    before = partner.contributions.standing().filter(unit="hour", given_on=given.given_on, giver=given.giver)
    if replacing is not None:
        before = before.exclude(pk=replacing.pk)
    rows = list(before.values_list("quantity", "people"))
    return rules.day_together_problem([*rows, (given.quantity, given.people)])


def valued(given: Given) -> tuple[int | None, str, UnitValue | None]:
    """Satang, where they come from, and the line of the book. Refuses with "too_large"."""
    if rules.KIND_OF[given.unit] == rules.MONEY:
        return given.quantity, Basis.MONEY, None
    line = UnitValue.objects.holding(given.unit, given.given_on)
    if line is None:
        return None, Basis.NONE, None
    satang = rules.value_of(given.quantity, line.satang)
    if satang > rules.LARGEST_VALUE:
        refuse("too_large", "quantity")
    return satang, Basis.BOOK, line


def write(
    actor: Actor,
    partner: Partner,
    given: Given,
    *,
    state: str,
    corrects: Contribution | None = None,
    reason: str = "",
) -> Contribution:
    """The row and its first event. `given` has been checked, the partner is locked."""
    row = _row(actor, partner, given, state)
    row.corrects, row.reason = corrects, reason
    row.save()
    if not given.is_void:
        received = None
        if corrects is not None and given.given_on == corrects.given_on:
            received = corrects.events.filter(kind=State.RECEIVED).first()
        _event(row, received.occurred_on if received else given.given_on).save()
    return row


def write_many(actor: Actor, partner: Partner, given: Sequence[Given]) -> list[Contribution]:
    """Rows that were received, with their events, in few statements. All have been checked, the partner is locked."""
    rows = Contribution.objects.bulk_create([_row(actor, partner, one, State.RECEIVED) for one in given])
    ContributionEvent.objects.bulk_create([_event(row, row.given_on) for row in rows])
    return rows


def _row(actor: Actor, partner: Partner, given: Given, state: str) -> Contribution:
    satang, basis, line = valued(given)
    return Contribution(
        partner=partner,
        province_id=given.province,
        area=given.area,
        kind=rules.KIND_OF[given.unit],
        what=given.what,
        quantity=given.quantity,
        unit=given.unit,
        people=given.people,
        giver=given.giver,
        remark=given.remark,
        given_on=given.given_on,
        value_satang=satang,
        basis=basis,
        unit_value=line,
        stated_satang=given.stated_satang,
        state=state,
        is_void=given.is_void,
        logged_by=actor.key,
        fingerprint=given.fingerprint,
    )


def _event(row: Contribution, occurred_on: date) -> ContributionEvent:
    return ContributionEvent(
        contribution=row,
        kind=row.state,
        occurred_on=occurred_on,
        actor_key=row.logged_by,
        logger=row.logged_by,
    )
