"""Rows of a register as the preview shows them: what was read, who it may be, what is wrong, what can be decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from audit.trail import noted_read
from casework.importing import words
from casework.importing.reading import decode
from casework.importing.register import ParsedRow
from casework.likeness import findable
from casework.models import Client, RegisterRow
from casework.searching.finding import card_of
from casework.web import shown
from common.actor import Actor
from common.templatetags.thai import be
from common.thai import idnumber
from common.thai import phone as phones
from common.thai.dates import be_year

Kind, Decision = RegisterRow.Kind, RegisterRow.Decision


class Button(NamedTuple):
    """One way to decide. None is loud where either may be right."""

    decision: str
    label: Any
    loud: bool


WAYS = {
    Kind.NEW: (Button(Decision.LEAVE_OUT, gettext_lazy("Leave out"), loud=False),),
    Kind.LIKELY_SAME: (
        Button(Decision.SAME, gettext_lazy("The same person"), loud=False),
        Button(Decision.CREATE, gettext_lazy("Somebody else: register"), loud=False),
        Button(Decision.LATER, gettext_lazy("Decide later"), loud=False),
    ),
    Kind.ERROR: (Button(Decision.UNVERIFIED, gettext_lazy("Keep the number unverified"), loud=True),),
}
UNDO = Button(Decision.UNDECIDED, gettext_lazy("Decide anew"), loud=False)
SAID = {
    Decision.CREATE: (gettext_lazy("somebody else: will be registered"), "ok"),
    Decision.UNVERIFIED: (gettext_lazy("will be registered, number unverified"), "ok"),
    Decision.SAME: (gettext_lazy("the same person: stays out"), ""),
    Decision.LATER: (gettext_lazy("later: stays out for now"), ""),
    Decision.LEAVE_OUT: (gettext_lazy("stays out"), ""),
}


@dataclass(frozen=True, slots=True)
class Side:
    """One of two people who may be the same.

    Attributes:
        url: of the file, where the actor may open it.
        call: the centre to call, where the actor may not, and its phone.
    """

    title: Any
    name: str = ""
    nick: str = ""
    url: str = ""
    call: tuple[str, str] | None = None
    facts: tuple[shown.Fact, ...] = ()


class Line(NamedTuple):
    """The same thing of both, side by side."""

    label: Any
    read: str
    other: str

    @property
    def same(self) -> bool:
        return bool(self.read) and self.read == self.other


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as the page shows it.

    Attributes:
        other: who it may be; None when nobody.
        lines: what is known of both.
        why: what speaks for one person, in words.
        wrong: (sentence, what to do about it, what stood in the cell) for each error.
        said: (text, tone) of what was decided or done; None while nothing was.
        refused: why the last decision was refused.
        comparable: it may be somebody whose file the actor writes in, so that the file may be completed.
    """

    row: int
    kind: str
    read: Side
    other: Side | None
    lines: list[Line]
    why: str
    wrong: list[tuple[str, str, str]]
    said: tuple[Any, str] | None
    buttons: list[Button]
    refused: str = ""
    comparable: bool = False


def shown_rows(rows: Sequence[RegisterRow], actor: Actor, *, refused: str = "") -> list[ShownRow]:
    """`rows` of one register for `actor`; whom they are compared with is noted in the trail."""
    clients = _clients(rows, actor)
    earlier = _earlier(rows)
    return [_shown(row, clients, earlier, refused) for row in rows]


def _shown(
    row: RegisterRow,
    clients: Mapping[int, tuple[Client, bool]],
    earlier: Mapping[int, ParsedRow],
    refused: str,
) -> ShownRow:
    other, same_number = None, False
    if row.match_client_id:
        client, may_open = clients.get(row.match_client_id, (None, False))
        other = _record(client, may_open=may_open)
        same_number = client is not None and client.pin_verified and "pin" in row.match_reasons
    elif row.match_row is not None and row.match_row in earlier:
        other = _read(earlier[row.match_row])
    parsed = decode(row.payload, row=row.row)
    read = _read(parsed)
    return ShownRow(
        row=row.row,
        kind=row.kind,
        read=read,
        other=other,
        lines=_lines(read, other) if other else [],
        why=words.reasons(row.match_reasons),
        wrong=[(*_wrong(row, *error), (parsed.typed or {}).get(error[0], "")) for error in row.errors],
        said=_said(row),
        buttons=_buttons(row, same_number=same_number),
        refused=refused,
        comparable=bool(other and other.url) and row.decision == Decision.UNDECIDED and not row.written_at,
    )


def _lines(read: Side, other: Side) -> list[Line]:
    """Days of notice and appointment tell people apart only where both are known."""
    mine, theirs = dict(read.facts), dict(other.facts)
    days = {_("Notice"), _("Appointment")}
    lines = [Line(label, mine.get(label, ""), theirs.get(label, "")) for label in mine | theirs]
    return [line for line in lines if line.label not in days or (line.read and line.other)]


def _clients(rows: Sequence[RegisterRow], actor: Actor) -> dict[int, tuple[Client, bool]]:
    """Those the actor may find, and whether their files may be opened."""
    keys = {row.match_client_id for row in rows if row.match_client_id}
    if not keys:
        return {}
    ready = Client.objects.select_related("centre__province", "home_province").defer("health_note", "remark")
    found = list(ready.filter(findable(actor), pk__in=keys).order_by("pk"))
    opened = set(Client.objects.visible_to(actor).filter(pk__in=keys).order_by().values_list("pk", flat=True))
    noted_read(actor, "card", subjects=[str(client.uid) for client in found])
    return {client.pk: (client, client.pk in opened) for client in found}


def _earlier(rows: Sequence[RegisterRow]) -> dict[int, ParsedRow]:
    """The rows of the same file that these point at."""
    numbers = {row.match_row for row in rows if row.match_row}
    if not numbers:
        return {}
    found = RegisterRow.objects.filter(register_id=rows[0].register_id, row__in=numbers).order_by("row")
    return {row.row: decode(row.payload, row=row.row) for row in found}


def _read(parsed: ParsedRow) -> Side:
    name = " ".join(part for part in (parsed.title, parsed.first_name, parsed.last_name) if part)
    called = parsed.nickname or parsed.alias
    facts = (
        shown.Fact(_("Born"), be(parsed.birth)),
        shown.Fact(_("ID number"), idnumber.mask(parsed.pin)),
        shown.Fact(_("Phone"), phones.mask(parsed.phone)),
        shown.Fact(_("Home province"), parsed.domicile_text),
        shown.Fact(_("Found at"), parsed.found_place),
        shown.Fact(_("Notice"), be(parsed.noticed_on)),
        shown.Fact(_("Appointment"), be(parsed.appointment_on)),
    )
    return Side(
        title=_("Row %(row)s of the file") % {"row": parsed.row},
        name=name if parsed.first_name else called or parsed.descriptor or name,
        nick=called if parsed.first_name else "",
        facts=tuple(fact for fact in facts if fact.value),
    )


def _record(client: Client | None, *, may_open: bool) -> Side:
    if client is None:
        return Side(
            title=_("Somebody whose file is not for you. Ask who brought the register, or the centre's head.")
        )
    return _file(client) if may_open else _card(client)


def _file(client: Client) -> Side:
    """Sensitive values only as far as they help to tell people apart."""
    province = client.home_province.name if client.home_province else ""
    facts = (
        shown.Fact(_("Born"), shown.partial(client.born_on, client.born_precision)),
        shown.Fact(_("ID number"), idnumber.mask(client.pin)),
        shown.Fact(_("Phone"), phones.mask(client.phone)),
        shown.Fact(_("Home province"), province),
        shown.Fact(_("Found at"), client.found_place),
        shown.Fact(_("Centre"), client.centre.name),
    )
    return Side(
        title=_("On file as %(code)s") % {"code": client.code},
        name=client.main_name,
        nick=client.other_name,
        url=shown.file_url(client),
        facts=tuple(fact for fact in facts if fact.value),
    )


def _card(client: Client) -> Side:
    card = card_of(client, can_open=False)
    facts = (
        shown.Fact(_("Born"), str(be_year(client.born_on)) if client.born_on else ""),
        shown.Fact(_("Province"), card.province),
    )
    return Side(
        title=_("On file elsewhere"),
        name=card.name,
        nick=card.nickname if card.nickname != card.name else "",
        call=(card.centre, card.centre_phone),
        facts=tuple(fact for fact in facts if fact.value),
    )


def _wrong(row: RegisterRow, field: str, code: str) -> tuple[str, str]:
    advice = str(words.ADVICE[code])
    if row.ask_centre:
        number = phones.format_phone(row.ask_centre.phone)
        where = " ".join(part for part in (row.ask_centre.name, number) if part)
        advice = _("Call %(centre)s before you go on.") % {"centre": where}
    return f"{words.FIELDS[field]}: {words.ROW[code]}", advice


def _said(row: RegisterRow) -> tuple[Any, str] | None:
    if row.written_at:
        return (_("file completed") if row.decision == Decision.SAME else _("registered")), "ok"
    if row.takes:
        n = len(row.takes.split(","))
        said = ngettext(
            "the same person: %(n)s detail goes into the file",
            "the same person: %(n)s details go into the file",
            n,
        )
        return said % {"n": n}, "ok"
    return SAID.get(Decision(row.decision))


def _buttons(row: RegisterRow, *, same_number: bool) -> list[Button]:
    if row.written_at:
        return []
    if row.decision != Decision.UNDECIDED:
        return [UNDO]
    # Whose file may be completed, "the same person" leads to the comparison and decides there.
    return [
        way
        for way in WAYS[Kind(row.kind)]
        if not (way.decision == Decision.UNVERIFIED and not row.keepable)
        and not (way.decision == Decision.CREATE and same_number)
    ]
