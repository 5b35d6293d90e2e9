"""Linked records as pages show them: what stands beside a file, and two records field by field."""

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.identity import beside
from casework.models import Client, LinkEvent
from casework.permissions import rights_in
from casework.web import shown
from casework.web.rows import flags_raised
from common import clock
from common.templatetags.thai import be
from common.thai import phone


class Compared(NamedTuple):
    """One line of two records side by side."""

    label: Any
    one: str
    other: str

    @property
    def same(self) -> bool:
        return bool(self.one) and self.one == self.other


def linked_rows(request: HttpRequest, client: Client) -> list[dict[str, Any]]:
    """The other records of the person, the one that is shown first; whom to call where the file is not open to one."""
    if not getattr(client, "is_linked", True):  # casework.web.file.WHOLE has asked already
        return []
    others = list(beside(client).select_related("centre").order_by("-pk"))
    if not others:
        return []
    seen = Client.objects.visible_to(request.actor).filter(pk__in=[other.pk for other in others])
    opened = set(seen.values_list("pk", flat=True))
    rows = [_linked_row(client, other, opens=other.pk in opened) for other in others]
    return sorted(rows, key=lambda row: not row["shown"])


def _linked_row(client: Client, other: Client, *, opens: bool) -> dict[str, Any]:
    return {
        "shown": other.kept_id is None,
        "name": other.main_name if opens else "",
        "code": other.code if opens else "",
        "url": shown.file_url(other) if opens else "",
        "compare_url": reverse("casework:link", args=[client.uid, other.uid]) if opens else "",
        "centre": other.centre.name,
        "phone": phone.format_phone(other.centre.phone),
    }


def compared(request: HttpRequest, one: Client, other: Client) -> list[Compared]:
    """Two records field by field; lines that both leave empty are left out."""
    values = zip(_values(request, one), _values(request, other), strict=True)
    lines = [Compared(label, mine, theirs) for (label, mine), (_label, theirs) in values]
    return [line for line in lines if line.one or line.other]


def _values(request: HttpRequest, client: Client) -> list[tuple[Any, str]]:
    rights, today = rights_in(request.actor, client), clock.today()
    episodes = list(client.episodes.select_related("worker").order_by("-number"))
    last = episodes[0] if episodes else None
    province = client.home_province.name if client.home_province else ""
    flags = flags_raised(client)
    return [
        (_("Name"), " ".join(part for part in (client.title, client.main_name) if part)),
        (_("Nickname"), client.nickname),
        (_("Street name"), client.alias),
        (_("How to recognise them"), client.descriptor),
        (_("Sex"), client.get_sex_display()),
        (_("Age"), shown.age(client, today)),
        (_("ID no."), shown.pin(client, rights)),
        (_("Phone"), shown.phone(client.phone, whole=rights.see_phone, shared=client.phone_shared)),
        (_("Home province"), " · ".join(part for part in (client.district_text, province) if part)),
        (_("Registered"), client.registered_address),
        (_("Found at"), client.found_place),
        (_("Sleeps at"), client.sleeping_place),
        (_("Main cause"), client.get_cause_display()),
        (_("Group under the Act"), shown.legal(client)),
        (_("Papers"), shown.papers(client)),
        (_("Health"), client.health_note if rights.read_notes else ""),
        (_("Remark"), client.remark if rights.read_notes else ""),
        (_("Warnings"), " · ".join(str(flag.get_kind_display()) for flag in flags)),
        (
            _("Who may open it"),
            _("restricted file") if client.restricted else _("the caseworkers of the centre"),
        ),
        (_("Centre"), client.centre.name),
        (_("Case"), str(shown.state_chip(last)[0])),
        (_("Worker"), str(last.worker) if last and last.worker and last.closed_on is None else ""),
        (_("Cases so far"), str(len(episodes))),
        (_("Registered on"), be(clock.local(client.registered_at).date())),
    ]


def standing_link(one: Client, other: Client) -> LinkEvent | None:
    """The link that holds these two together directly, whichever of them is shown."""
    pair = {one.pk, other.pk}
    links = LinkEvent.objects.standing().filter(kept__in=pair, aside__in=pair)
    return links.select_related("kept", "aside").order_by("-pk").first()
