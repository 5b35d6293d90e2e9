"""Guards: database objects that Django does not declare, in one registry, for both engines.

Append-only triggers, overlap checks and search indexes stand here. SQLite rebuilds a table for most schema
changes and silently loses its triggers, so triggers are dropped before a migration and put back after it.
`missing()` compares the registry with the database; `doctor` and a test call it.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from common.db import is_postgresql


@dataclass(frozen=True)
class Guard:
    """One object of the database.

    Attributes:
        name: its name there, unique.
        table: the table it watches; the guard waits until that table exists.
        kind: "trigger", "index", "constraint", "function" or "table" (a search table of SQLite).
        postgresql, sqlite: statements that create it; empty where the engine needs none.
    """

    name: str
    table: str
    kind: str
    postgresql: tuple[str, ...] = ()
    sqlite: tuple[str, ...] = ()

    @property
    def statements(self) -> tuple[str, ...]:
        return self.postgresql if is_postgresql() else self.sqlite


_registry: dict[str, Guard] = {}


def register(*guards: Guard) -> None:
    """Add guards to the registry (call it from AppConfig.ready)."""
    for guard in guards:
        _registry[guard.name] = guard


def registered() -> list[Guard]:
    """All guards that this engine needs, in the order they were registered."""
    return [guard for guard in _registry.values() if guard.statements]


def append_only(table: str, *, but_columns: Iterable[str] = (), but_gone_when: str = "") -> list[Guard]:
    """Guards that refuse UPDATE and DELETE on `table`; `but_columns` may still be updated.

    Args:
        but_gone_when: condition on OLD under which a row may be deleted after all, as when what brought it in by
            mistake is undone before anything was built on it.
    """
    columns = sorted(but_columns)
    name = f"{table}_append_only"
    exempt = f"'{{{','.join(columns)}}}'::text[]"
    unchanged_pg = f"TG_OP = 'UPDATE' AND (to_jsonb(NEW) - {exempt}) = (to_jsonb(OLD) - {exempt})"
    body = f"IF {unchanged_pg} THEN RETURN NEW; END IF;" if columns else ""
    if but_gone_when:
        # Nested: where there is no OLD (TRUNCATE), the condition must not be looked at.
        body += f" IF TG_OP = 'DELETE' THEN IF {but_gone_when} THEN RETURN OLD; END IF; END IF;"
    still = f"WHEN NOT ({but_gone_when}) " if but_gone_when else ""
    of_table = f"{name}_update"
    guards = [
        Guard(
            name=name,
            table=table,
            kind="trigger",
            postgresql=(
                f"""CREATE OR REPLACE FUNCTION {name}_f() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN {body} RAISE EXCEPTION 'append only: {table}' USING ERRCODE = 'restrict_violation'; END $$""",
                f"DROP TRIGGER IF EXISTS {name} ON {table}",
                f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}_f()",
            ),
            sqlite=(
                f"CREATE TRIGGER {name} BEFORE DELETE ON {table} {still}"
                f"BEGIN SELECT RAISE(ABORT, 'append only: {table}'); END",
            ),
        ),
        Guard(
            name=of_table,
            table=table,
            kind="trigger",
            sqlite=(_sqlite_update_guard(of_table, table, columns),),
        ),
    ]
    if not columns:
        guards.append(
            Guard(
                name=f"{name}_truncate",
                table=table,
                kind="trigger",
                postgresql=(
                    f"DROP TRIGGER IF EXISTS {name}_truncate ON {table}",
                    f"CREATE TRIGGER {name}_truncate BEFORE TRUNCATE ON {table} "
                    f"FOR EACH STATEMENT EXECUTE FUNCTION {name}_f()",
                ),
            )
        )
    return guards


def no_overlap(
    table: str,
    name: str,
    *,
    of: str,
    starts: str = "starts_on",
    ends: str = "ends_on",
    by_nights: bool = False,
) -> list[Guard]:
    """Guards that refuse two rows of `table` with the same `of` (an integer column) that share a day.

    Both days are included; an empty `ends` is without end. Raises IntegrityError naming `name`.

    Args:
        by_nights: they may share the day on which one ends and the other begins, as in a bed; a row that ends on the
            day it began has no night and is in nobody's way.
    """
    last, new_last = f"COALESCE(t.{ends}, '9999-12-31')", f"COALESCE(NEW.{ends}, '9999-12-31')"
    less, bounds = ("<", "[)") if by_nights else ("<=", "[]")
    clash = (
        f"SELECT 1 FROM {table} t WHERE t.{of} = NEW.{of} AND t.id IS NOT NEW.id"
        f" AND t.{starts} {less} {new_last} AND NEW.{starts} {less} {last}"
        f" AND t.{starts} {less} {last} AND NEW.{starts} {less} {new_last}"
    )
    refuse = f"WHEN EXISTS ({clash}) BEGIN SELECT RAISE(ABORT, 'overlap: {name}'); END"
    exclude = (
        f"ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist "
        f"(int8range({of}, {of}, '[]') WITH &&, daterange({starts}, {ends}, '{bounds}') WITH &&)"
    )
    columns = f"{of}, {starts}, {ends}"
    return [
        Guard(name=name, table=table, kind="constraint", postgresql=(exclude,)),
        Guard(
            name=f"{name}_insert",
            table=table,
            kind="trigger",
            sqlite=(f"CREATE TRIGGER {name}_insert BEFORE INSERT ON {table} {refuse}",),
        ),
        Guard(
            name=f"{name}_update",
            table=table,
            kind="trigger",
            sqlite=(f"CREATE TRIGGER {name}_update BEFORE UPDATE OF {columns} ON {table} {refuse}",),
        ),
    ]


def _sqlite_update_guard(name: str, table: str, but_columns: list[str]) -> str:
    """SQLite names the columns an UPDATE may not touch; all of them when none is exempt."""
    return (
        f"-- but: {','.join(but_columns)}\n"
        f"CREATE TRIGGER {name} BEFORE UPDATE {{of_columns}} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'append only: {table}'); END"
    )


def _resolve(statement: str, table: str) -> str:
    if "{of_columns}" not in statement:
        return statement
    exempt = set(statement.splitlines()[0].removeprefix("-- but: ").split(","))
    if exempt == {""}:
        return statement.replace("{of_columns}", "")
    with connection.cursor() as cursor:
        columns = [c.name for c in connection.introspection.get_table_description(cursor, table)]
    kept = ", ".join(column for column in columns if column not in exempt)
    return statement.replace("{of_columns}", f"OF {kept}")


def present() -> set[str]:
    """Names of triggers (those switched off do not count), indexes, constraints and search tables there are."""
    if is_postgresql():
        sql = (
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D' "
            "UNION SELECT indexname FROM pg_indexes UNION SELECT conname FROM pg_constraint "
            "UNION SELECT proname FROM pg_proc"
        )
    else:
        sql = "SELECT name FROM sqlite_master"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {row[0] for row in cursor.fetchall()}


def missing() -> list[Guard]:
    """Guards whose table is there but which are not."""
    there, tables = present(), set(connection.introspection.table_names())
    return [guard for guard in registered() if guard.table in tables and guard.name not in there]


def install() -> list[Guard]:
    """Create what is missing and return it."""
    created = missing()
    with transaction.atomic(), connection.cursor() as cursor:
        for guard in created:
            _create(cursor, guard)
    return created


def _create(cursor: Any, guard: Guard) -> None:
    if guard.kind == "trigger":  # one that is switched off, or as an earlier version wanted it
        cursor.execute(drop_statement(guard))
    for statement in guard.statements:
        cursor.execute(_resolve(statement, guard.table))


def drop_statement(guard: Guard) -> str:
    """Takes a trigger away, if it is there."""
    on_table = f" ON {guard.table}" if is_postgresql() else ""
    return f"DROP TRIGGER IF EXISTS {guard.name}{on_table}"


def _renew_triggers() -> None:
    """Put PostgreSQL's triggers in again as the registry has them now; their bodies may have changed."""
    tables = set(connection.introspection.table_names())
    with transaction.atomic(), connection.cursor() as cursor:
        for guard in registered():
            if guard.kind == "trigger" and guard.table in tables:
                _create(cursor, guard)


def before_migrate(**_: Any) -> None:
    """Take SQLite's triggers away, so that rebuilding a table neither fires nor loses them."""
    if is_postgresql():
        return
    with connection.cursor() as cursor:
        for guard in registered():
            if guard.kind == "trigger":
                cursor.execute(drop_statement(guard))


def after_migrate(*, app_config: Any = None, **_: Any) -> None:
    """Put the guards back once the last app has migrated."""
    from django.apps import apps  # noqa: PLC0415 (the app registry is ready only now)

    if app_config is None or app_config == [a for a in apps.get_app_configs() if a.models_module][-1]:
        install()
        if is_postgresql():
            _renew_triggers()


def fingerprint() -> str:
    """A short hash of what the registry asks for, shown by `doctor`."""
    text = "\n".join(f"{g.name}:{g.statements}" for g in registered())
    return hashlib.sha256(text.encode()).hexdigest()[:12]
