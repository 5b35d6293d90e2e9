"""Clients as a page shows them: names first, sensitive values only for those who may see them."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework import rules
from casework.models import Client, Episode, EpisodeEvent, Legal, Paper, SafetyFlag
from casework.permissions import FileRights
from common.models import Holiday
from common.templatetags.thai import be
from common.thai import idnumber
from common.thai import phone as phones
from common.thai.dates import PartialDate
from common.workdays import workdays_between

Chip = tuple[Any, str]
STATE_TONES = {Episode.State.NOTICE: "warn", Episode.State.CLOSED: ""}


class Fact(NamedTuple):
    """One line of a list of facts."""

    label: Any
    value: Any


def file_url(client: Client) -> str:
    return reverse("casework:client", args=[client.uid])


def state_chip(episode: Episode | None) -> Chip:
    """Where the case is; of somebody without an open one, that it is closed."""
    if episode is None or episode.closed_on is not None:
        return (_("no open case"), "")
    return (episode.get_state_display(), STATE_TONES.get(Episode.State(episode.state), "brand"))


def help_chip(answer: str) -> Chip:
    """The answer to the offer of help that stands."""
    return (
        dict(EpisodeEvent.Kind.choices)[answer],
        "ok" if answer == EpisodeEvent.Kind.ACCEPTED_HELP else "warn",
    )


def flag_chips(flags: Iterable[SafetyFlag]) -> list[Chip]:
    return [(flag.get_kind_display(), "bad") for flag in flags]


def partial(day: date | None, precision: str) -> str:
    """ "17 ม.ค. 2526", as far as it is known; "" for None."""
    return be(PartialDate(day, precision)) if day else ""  # type: ignore[arg-type]


def age(client: Client, today: date) -> str:
    """ "43 ปี (เกิด พ.ศ. 2526)", the birthday as far as it is known."""
    if client.born_on is None:
        return ""
    years = rules.age(client.born_on, on=today)
    text = ngettext("%(years)s year old", "%(years)s years old", years) % {"years": years}
    return _("%(age)s (born %(day)s)") % {"age": text, "day": partial(client.born_on, client.born_precision)}


def phone(number: str, *, whole: bool, shared: bool = False) -> str:
    """The number, or its last digits; "" without one."""
    text = phones.format_phone(number) if whole else phones.mask(number)
    return _("%(phone)s (borrowed)") % {"phone": text} if text and shared else text


def pin(client: Client, rights: FileRights) -> str:
    """The ID number, or its last digits, and whether it is verified; the kind of paper without one."""
    if not client.pin:
        return client.get_id_status_display()
    text = idnumber.format_pin(client.pin) if rights.see_pin else idnumber.mask(client.pin)
    verified = _("verified") if client.pin_verified else _("not verified")
    return f"{text} · {verified}"


def papers(client: Client) -> str:
    """What they have with them, "" when that is not known."""
    labels = dict(Paper.choices)
    return " · ".join(str(labels[paper]) for paper in client.papers if paper in labels)


def legal(client: Client) -> str:
    """The group of the Act; "" while it was not asked."""
    return client.get_legal_category_display() if client.legal_category != Legal.NOT_ASKED else ""


def person_facts(client: Client, rights: FileRights, today: date) -> list[Fact]:
    """What one wants to know at a glance; lines without a value are left out."""
    province = client.home_province.name if client.home_province else ""
    lines = [
        Fact(_("Age"), age(client, today)),
        Fact(_("Sex"), client.get_sex_display() if client.sex != Client.Sex.UNKNOWN else ""),
        Fact(_("Street name"), client.alias if client.nickname else ""),
        Fact(_("To recognise"), client.descriptor if client.first_name or client.nickname else ""),
        Fact(_("Found at"), client.found_place),
        Fact(_("Sleeps at"), client.sleeping_place),
        Fact(_("Home province"), " · ".join(part for part in (client.district_text, province) if part)),
        Fact(_("Registered"), client.registered_address),
        Fact(_("Phone"), phone(client.phone, whole=rights.see_phone, shared=client.phone_shared)),
        Fact(_("ID no."), pin(client, rights)),
        Fact(_("Papers"), papers(client)),
        Fact(_("Group under the Act"), legal(client)),
        Fact(_("Main cause"), client.get_cause_display() if client.cause != Client.Cause.UNKNOWN else ""),
        Fact(_("Health"), client.health_note if rights.read_notes else ""),
        Fact(_("Remark"), client.remark if rights.read_notes else ""),
    ]
    return [line for line in lines if line.value]


def holidays_between(first: date, last: date) -> set[date]:
    """Days off between two days, both included."""
    return set(Holiday.objects.filter(day__range=(first, last)).values_list("day", flat=True))


def lateness(due_on: date, today: date, holidays: set[date]) -> str:
    """ "ช้า 2 วันทำการ"; for what only a weekend lies behind, since when."""
    days = workdays_between(due_on, today, holidays)
    if days < 1:
        return _("since %(day)s") % {"day": be(due_on)}
    return ngettext("%(days)s working day late", "%(days)s working days late", days) % {"days": days}


def day_off(day: date) -> str:
    """Why `day` is no working day: the name of the holiday or of the weekday; "" when it is one."""
    holiday = Holiday.objects.filter(day=day).first()
    if holiday is not None:
        return holiday.name_th
    return date_format(day, "l") if day.weekday() > 4 else ""
