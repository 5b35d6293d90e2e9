"""Guards: the registry and the database agree, and facts are never edited."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from audit.models import WriteEntry
from common import clock
from common.db import guards
from common.db.guards import Guard
from common.models import Holiday

pytestmark = pytest.mark.django_db
TABLE = "common_holiday"


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> dict[str, Guard]:
    """A registry of our own, over the holiday table."""
    empty: dict[str, Guard] = {}
    monkeypatch.setattr(guards, "_registry", empty)
    return empty


def entry() -> WriteEntry:
    return WriteEntry.objects.create(
        at=clock.now(), actor_key="user:1", actor_label="a", verb="v", object_kind="k", object_key="1"
    )


def refused(sql: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError:
        return True
    return False


def drop(guard: Guard) -> None:
    with connection.cursor() as cursor:
        cursor.execute(guards.drop_statement(guard))


def test_every_guard_is_in_the_database() -> None:
    assert guards.registered()
    assert guards.missing() == []


def test_facts_can_be_added_and_neither_changed_nor_deleted() -> None:
    made = entry()
    assert refused(f"UPDATE audit_writeentry SET verb = 'other' WHERE id = {made.pk}")
    assert refused(f"DELETE FROM audit_writeentry WHERE id = {made.pk}")
    assert refused("DELETE FROM audit_writeentry")
    with pytest.raises(DatabaseError), transaction.atomic():
        WriteEntry.objects.update(verb="other")
    made.refresh_from_db()
    assert made.verb == "v"


def test_no_way_round_the_guard_replaces_a_fact() -> None:
    made = entry()
    columns = ", ".join(column.column for column in WriteEntry._meta.concrete_fields if column.column != "id")
    replace = (
        f"REPLACE INTO audit_writeentry (id, {columns}) SELECT {made.pk}, {columns} FROM audit_writeentry"
    )
    truncate = "TRUNCATE audit_writeentry"
    assert refused(replace)
    assert refused(truncate)
    assert WriteEntry.objects.count() == 1


def test_columns_that_are_exempt_may_change_alone(registry: dict[str, Guard]) -> None:
    guards.register(*guards.append_only(TABLE, but_columns=["provisional", "name_en"]))
    guards.install()
    holiday = Holiday.objects.latest("pk")
    Holiday.objects.filter(pk=holiday.pk).update(provisional=not holiday.provisional, name_en="Else")
    assert refused(f"UPDATE {TABLE} SET name_th = 'x' WHERE id = {holiday.pk}")
    assert refused(f"UPDATE {TABLE} SET name_en = 'x', name_th = 'x' WHERE id = {holiday.pk}")
    assert refused(f"DELETE FROM {TABLE} WHERE id = {holiday.pk}")


def test_a_guard_that_is_gone_is_missed_and_put_back() -> None:
    guard = next(g for g in guards.registered() if g.name == "audit_writeentry_append_only")
    drop(guard)
    assert guards.missing() == [guard]
    assert guards.install() == [guard]
    assert guards.missing() == []
    entry()
    assert refused("DELETE FROM audit_writeentry")


def test_a_guard_waits_for_its_table(registry: dict[str, Guard]) -> None:
    guards.register(*guards.append_only("not_migrated_yet"))
    assert guards.missing() == []
    assert guards.install() == []


def test_after_a_migration_the_guards_are_as_this_version_wants_them(registry: dict[str, Guard]) -> None:
    guards.register(*guards.append_only(TABLE, but_columns=["name_en"]))
    guards.install()
    registry.clear()
    guards.register(*guards.append_only(TABLE, but_columns=["provisional"]))

    guards.before_migrate()
    guards.after_migrate()

    Holiday.objects.update(provisional=True)
    assert refused(f"UPDATE {TABLE} SET name_en = 'x'")


def test_a_migration_leaves_every_guard_in_place() -> None:
    call_command("migrate", verbosity=0)
    assert guards.missing() == []
    entry()
    assert refused("DELETE FROM audit_writeentry")


def test_the_fingerprint_tells_registries_apart(registry: dict[str, Guard]) -> None:
    guards.register(*guards.append_only(TABLE))
    one = guards.fingerprint()
    guards.register(*guards.append_only(TABLE, but_columns=["name_en"]))
    assert guards.fingerprint() != one
