"""What a version of a scheme says, in words: each rule with its source, the scheme itself or our default."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.money import format_baht
from common.thai.periods import Month
from rentshare.models import SchemeVersion, Tenancy
from rentshare.rules import PARTICIPANT, PROGRAMME, terms
from rentshare.web import shown

Deposit = SchemeVersion.Deposit


@dataclass(frozen=True, slots=True)
class TermFact:
    """One rule of a version. `ours`: the scheme does not say it, the default is the system's."""

    label: str
    value: str
    ours: bool = False


def baht(satang: int) -> str:
    return format_baht(satang, "en" if shown.in_english() else "th")


def steps_text(version: SchemeVersion) -> list[str]:
    """The programme's share month by month, from the first month to the end of the support."""
    found, rules_ = [], version.terms
    marks = [1, *(step.from_month for step in rules_.steps)]
    if rules_.support_months:
        marks.append(rules_.support_months + 1)
    for place, first in enumerate(marks):
        last = marks[place + 1] - 1 if place + 1 < len(marks) else 0
        share = shown.percent_text(terms.shares_in(rules_, first).programme)
        if not last:
            said = _("from month %(first)s on: %(share)s")
        elif first == last:
            said = _("month %(first)s: %(share)s")
        else:
            said = _("months %(first)s to %(last)s: %(share)s")
        found.append(said % {"first": first, "last": last, "share": share})
    return found


def _bounds(version: SchemeVersion) -> str:
    low = baht(version.rent_floor) if version.rent_floor else "…"
    high = baht(version.rent_ceiling) if version.rent_ceiling else "…"
    return f"{low} – {high}"


def terms_facts(version: SchemeVersion) -> list[TermFact]:
    """The rules of a version, those it does not say with our default; what has neither is left out."""
    facts = []
    if version.surplus_fund:
        facts.append(TermFact(_("The surplus goes to"), version.surplus_fund))
    if version.rent_floor or version.rent_ceiling:
        facts.append(TermFact(_("Rent of a room"), _bounds(version)))
    if version.terms.steps or version.support_months:
        facts.append(TermFact(_("The programme pays"), " · ".join(steps_text(version))))
    months = version.support_months
    if months:
        said = ngettext("%(n)s month", "%(n)s months", months) % {"n": months}
        facts.append(TermFact(_("Support lasts"), said))
    else:
        facts.append(TermFact(_("Support lasts"), _("as long as the tenancy"), ours=True))
    if version.programme_cap:
        facts.append(TermFact(_("The programme pays at most"), _a_month(version.programme_cap)))
    if version.income_ceiling:
        facts.append(TermFact(_("Highest income"), _a_month(version.income_ceiling)))
    return [*facts, *_further(version)]


def _a_month(satang: int) -> str:
    return _("%(amount)s a month") % {"amount": baht(satang)}


def _further(version: SchemeVersion) -> list[TermFact]:
    """Deposit, savings, and what happens when a share is missed."""
    deposit = str(Deposit(version.deposit_rule or Deposit.NONE).label)
    if version.deposit:
        deposit = f"{baht(version.deposit)}, {deposit}"
    facts = [TermFact(_("Deposit"), deposit, ours=not version.deposit_rule)]
    if version.savings:
        facts.append(TermFact(_("The tenant saves"), _a_month(version.savings)))
    grace = ngettext("%(n)s day", "%(n)s days", version.grace) % {"n": version.grace}
    facts.append(TermFact(_("Days of grace"), grace, ours=version.grace_days is None))
    rule = str(SchemeVersion.Arrears(version.arrears_rule or SchemeVersion.Arrears.TALK).label)
    facts.append(TermFact(_("When a share is missed"), rule, ours=not version.arrears_rule))
    return facts


def steps_ahead(tenancy: Tenancy, today: date) -> list[dict[str, Any]]:
    """Months from the running one on in which what the tenant pays changes; empty where it stays the same."""
    rules_, this = tenancy.version.terms, Month.of(max(today, tenancy.starts_on))
    now = terms.month_number(this, tenancy.starts_on)
    marks = {step.from_month for step in rules_.steps}
    if rules_.support_months:
        marks.add(rules_.support_months + 1)
    found = []
    for number in sorted(mark for mark in marks if mark > now):
        month = this.plus(number - now)
        if tenancy.ends_on and month.first > tenancy.ends_on:
            break
        split = terms.split_month(rules_, tenancy.rent, number, rules_.cap)
        found.append(
            {
                "month": shown.month_label(month),
                "tenant": split.parts.get(PARTICIPANT, 0),
                "programme": split.parts.get(PROGRAMME, 0),
            }
        )
    return found
