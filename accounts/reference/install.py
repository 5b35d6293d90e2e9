"""Put the built-in provinces and centres into the database."""

from django.db import transaction

from accounts.models import Centre, Province
from accounts.reference.centres import CENTRES
from accounts.reference.provinces import PROVINCES
from common.thai.names import sort_key


@transaction.atomic
def install_reference() -> None:
    """Bring provinces, provincial centres and homes to what the code says; running it again changes nothing.

    What people entered themselves (a centre's phone, centres of their own) stays.
    """
    Province.objects.bulk_create(
        [
            Province(
                code=seed.code,
                name_th=seed.name_th,
                name_en=seed.name_en,
                region=seed.region,
                sort_key=sort_key(seed.name_th),
            )
            for seed in PROVINCES
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name_th", "name_en", "region", "sort_key"],
    )
    Centre.objects.bulk_create(
        [
            Centre(
                code=seed.code,
                kind=seed.kind,
                province_id=seed.province_code,
                name_th=seed.name_th,
                name_en=seed.name_en,
            )
            for seed in CENTRES
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["kind", "province", "name_th", "name_en"],
    )
