"""Rent as a page shows it: parties by name, months in words, a month's split as a picture."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.models import Centre, User
from common.actor import Actor
from common.charts import Chart, Point, Series, bars, hbars
from common.charts.values import Amount
from common.money import format_baht
from common.thai.periods import Month
from rentshare import rules
from rentshare.models import Scheme, SchemeVersion, Tenancy
from rentshare.models.scope import BOOK_READERS, sees_all
from rentshare.rules.terms import Ahead

PARTIES = {
    rules.PARTICIPANT: gettext_lazy("The tenant"),
    rules.PROGRAMME: gettext_lazy("The programme"),
    rules.OTHER: gettext_lazy("Another funder"),
    rules.LANDLORD: gettext_lazy("The landlord"),
    rules.FUND: gettext_lazy("The surplus fund"),
}
SATANG = 100


def in_english() -> bool:
    return get_language() == "en"


def baht(satang: int) -> str:
    """1,250.00 บาท, in the reader's language."""
    return format_baht(satang, "en" if in_english() else "th")


def month_label(month: Month | str) -> str:
    """ตุลาคม 2569, in the reader's language; "" stays empty."""
    if isinstance(month, str):
        if not month:
            return ""
        month = Month.parse(month)
    return month.label("en" if in_english() else "th")


def scheme_name(scheme: Scheme) -> str:
    return scheme.name_en if in_english() and scheme.name_en else scheme.name_th


def percent_text(points: int) -> str:
    """5000 basis points as 50 %."""
    return f"{points / 100:g}\u00a0%"


def amount(satang: int) -> Amount:
    return Amount(satang, unit=_("baht"), scale=SATANG)


def party_label(party: str, version: SchemeVersion | None = None) -> str:
    """A party in words; another funder and the fund by their own name where the version is known."""
    if version is not None and party == rules.OTHER and version.other_funder:
        return version.other_funder
    if version is not None and party == rules.FUND and version.surplus_fund:
        return version.surplus_fund
    return str(PARTIES[party])


def split_picture(
    payers: Mapping[str, int],
    surplus: int,
    version: SchemeVersion | None,
    *,
    title: str,
    others: bool = False,
) -> dict[str, Any]:
    """Who pays and who receives, as a picture with its table. With `others`, of a whole centre: the programme stands
    for everybody who pays beside the tenants."""
    names = {party: party_label(party, version) for party in payers}
    if others:
        names = {rules.PARTICIPANT: _("The tenants"), rules.PROGRAMME: _("The programme and other funders")}
    points = [
        Point(_("%(party)s pays") % {"party": names[party]}, amount(part)) for party, part in payers.items()
    ]
    rent = sum(payers.values()) - surplus
    landlord = _("Landlords") if others else party_label(rules.LANDLORD)
    receivers = [Point(_("%(party)s receives") % {"party": landlord}, amount(rent))]
    if surplus:
        fund = party_label(rules.FUND, version)
        receivers.append(Point(_("%(party)s receives") % {"party": fund}, amount(surplus)))
    chart: Chart = hbars([*points, *receivers], title=title, unit=_("baht"))
    return {"chart": chart, "payers": payers, "rent": rent, "surplus": surplus}


def months_picture(ahead: Sequence[Ahead], version: SchemeVersion) -> dict[str, Any]:
    """Who pays what month by month, as a picture with its table."""
    payers = [party for party in rules.PAYERS if any(one.paid_by(party) for one in ahead)]
    series = [
        Series(party_label(party, version), [amount(one.paid_by(party)) for one in ahead]) for party in payers
    ]
    labels = [month_label(one.month) for one in ahead]
    chart: Chart = bars(labels, series, title=_("Who pays what, month by month"), unit=_("baht"))
    return {"chart": chart}


def shares_text(version: SchemeVersion, shares: rules.Shares | None = None) -> str:
    """ผู้เช่า 50 % · โครงการ 50 %: what the version begins with, or the `shares` of a month under it."""
    now = shares or version.shares
    parts = ((rules.PARTICIPANT, now.participant), (rules.PROGRAMME, now.programme), (rules.OTHER, now.other))
    return " · ".join(
        f"{party_label(party, version)} {percent_text(points)}" for party, points in parts if points
    )


def tenancy_url(tenancy: Tenancy) -> str:
    return reverse("rentshare:tenancy", args=[tenancy.uid])


def place_of(tenancy: Tenancy) -> str:
    """House, room and bed. Needs bed, room and property read along."""
    room = tenancy.bed.room
    return _("%(house)s, room %(room)s, bed %(bed)s") % {
        "house": room.property.name,
        "room": room.number,
        "bed": tenancy.bed.label,
    }


def who(actor_key: str) -> str:
    """The name of the colleague behind a key; the system by name."""
    if actor_key.startswith("user:"):
        user = User.objects.filter(uid=actor_key.removeprefix("user:")).first()
        return str(user) if user else ""
    return _("the system")


def ways(request: Any, name: str, choices: Mapping[str, Any], chosen: str) -> list[dict[str, Any]]:
    """Links that change one thing and keep the rest of the address."""
    found = []
    for key, label in choices.items():
        query = request.GET.copy()
        query[name] = key
        query.pop("page", None)
        found.append({"label": label, "url": f"?{query.urlencode()}", "current": key == chosen, "count": 0})
    return found


def chosen(request: Any, name: str, choices: Mapping[str, Any], default: str) -> str:
    value = request.GET.get(name, "")
    return value if value in choices else default


def book_centres(actor: Actor) -> list[Centre]:
    """Centres whose books the actor may read, by code."""
    found = Centre.objects.order_by("code")
    return list(found if sees_all(actor) else found.filter(pk__in=actor.centres_as(*BOOK_READERS)))
