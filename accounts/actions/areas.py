"""Loading districts and sub-districts."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Area
from accounts.reference.areas import AreaRow
from accounts.roles import Role
from audit import trail
from common.actions import action
from common.actor import Actor
from common.permissions import require
from common.thai.names import sort_key


@dataclass(frozen=True)
class Loaded:
    """How many areas of each level the rows held."""

    provinces: int
    districts: int
    subdistricts: int


@action
def load_areas(*, actor: Actor, rows: Sequence[AreaRow]) -> Loaded:
    """Store the districts and sub-districts of `rows`, new or changed; loading them again changes nothing.

    Provinces among the rows are built in already. Areas that are not among them stay: people may still be
    registered there.
    """
    require(actor.is_system or actor.has(Role.ADMINISTRATOR), _("Only an administrator loads areas."))
    before = Area.objects.count()
    Area.objects.bulk_create(
        [
            Area(
                code=row.code,
                level=row.level,
                parent_code=row.code[:-2],
                province_id=row.code[:2],
                name_th=row.name_th,
                name_en=row.name_en,
                sort_key=sort_key(row.name_th),
                postal_code=row.postal_code,
            )
            for row in rows
            if row.level != "province"
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["level", "parent_code", "province", "name_th", "name_en", "sort_key", "postal_code"],
    )
    trail.record(actor, "areas.loaded", Area(), changes={"areas": [before, Area.objects.count()]})
    levels = [row.level for row in rows]
    return Loaded(*(levels.count(level) for level in ("province", "district", "subdistrict")))
