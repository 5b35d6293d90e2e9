"""What a row of a register would change in the file of somebody known, field by field."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from casework.importing.register import ParsedRow
from casework.models import Client
from common.thai import idnumber
from common.thai.dates import PartialDate

_LINES = ("title", "first_name", "last_name", "nickname", "alias", "descriptor", "phone", "found_place")
FIELDS = (*_LINES[:6], "sex", "born", "pin", "phone", "home", "found_place", "cause", "remark")
"""What may be taken over, in the order in which it is shown."""

_UNSAID = ("", "unknown", None)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which row and file differ.

    Attributes:
        on_file, in_row: values as Client and ParsedRow have them; `on_file` is "", "unknown" or None where nothing
            is known.
        possible: it can be taken over.
    """

    field: str
    on_file: Any
    in_row: Any
    possible: bool = True

    @property
    def fills(self) -> bool:
        """Nothing is overwritten: it was empty, or the row's remark goes under the one that stands."""
        return self.possible and (self.on_file in _UNSAID or self.field == "remark")


def differences(row: ParsedRow, client: Client, *, with_pin: bool) -> list[Difference]:
    """Everything the row says that the file does not say so. `with_pin`: the actor may see and change the number."""
    born = PartialDate(client.born_on, client.born_precision) if client.born_on else None  # type: ignore[arg-type]
    pairs: dict[str, tuple[Any, Any]] = {name: (getattr(client, name), getattr(row, name)) for name in _LINES}
    pairs |= {
        "sex": (client.sex, row.sex),
        "born": (born, row.birth),
        "home": (client.home_province_id, row.domicile_province),
        "cause": (client.cause, row.cause),
        "remark": (client.remark, "" if row.remark in client.remark else row.remark),
        "pin": (client.pin, row.pin) if with_pin else (None, ""),
    }
    found = []
    for field in FIELDS:
        on_file, in_row = pairs[field]
        if in_row in _UNSAID or in_row == on_file:
            continue
        # A number is filled in; another number is a reason to ask whether it is the same person.
        possible = field != "pin" or (not on_file and idnumber.is_valid(in_row))
        found.append(Difference(field, on_file, in_row, possible))
    return found


def changes(found: Iterable[Difference]) -> dict[str, Any]:
    """`found` as casework.actions.clients.update_client takes changes; the number goes its own way."""
    changed: dict[str, Any] = {}
    for one in found:
        if one.field == "born":
            changed |= {"born_on": one.in_row.value, "born_precision": one.in_row.precision}
        elif one.field == "home":
            changed["home_province_id"] = one.in_row
        elif one.field == "remark":
            changed["remark"] = f"{one.on_file}\n{one.in_row}" if one.on_file else one.in_row
        elif one.field != "pin":
            changed[one.field] = one.in_row
    return changed
