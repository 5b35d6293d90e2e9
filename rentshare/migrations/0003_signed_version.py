"""Each tenancy names the version it was signed under: the one that held on its first day."""

from typing import Any

from django.db import migrations

from common.db import guards

TABLE = "rentshare_tenancy"


def fill(apps: Any, schema_editor: Any) -> None:
    """The guard that keeps tenancies from being edited is taken away; it comes back after the migrations."""
    with schema_editor.connection.cursor() as cursor:
        for guard in guards.registered():
            if guard.table == TABLE and guard.kind == "trigger":
                cursor.execute(guards.drop_statement(guard))
    tenancies = apps.get_model("rentshare", "Tenancy").objects
    for version in apps.get_model("rentshare", "SchemeVersion").objects.order_by("scheme", "starts_on"):
        signed = tenancies.filter(scheme=version.scheme_id)
        signed.filter(starts_on__gte=version.starts_on).update(version=version)
        signed.filter(version=None).update(version=version)


class Migration(migrations.Migration):
    dependencies = [("rentshare", "0002_scheme_terms")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
