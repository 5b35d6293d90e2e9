"""Writing many rows at once: COPY on PostgreSQL, executemany on SQLite."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connection, models, transaction

from common.db import is_postgresql

SQLITE_CHUNK = 5000


def reserve_keys(model: type[models.Model], count: int) -> list[int]:
    """`count` primary keys of `model` that nobody else will get. Call it inside the transaction that uses them."""
    if count <= 0:
        return []
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if is_postgresql():
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [connection.ops.quote_name(table), count],
            )
            return [row[0] for row in cursor.fetchall()]
        # The write lock is ours (transactions begin IMMEDIATE); AUTOINCREMENT keeps the highest key ever used.
        cursor.execute("SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
        first = cursor.fetchone()[0] + 1
    return list(range(first, first + count))


def insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert `rows` (values in the order of `fields`, names as the model knows them, `_id` for foreign keys).

    Values are Python values as the model takes them; defaults of fields left out must stand in the database,
    so give every column. Constraints hold as for any insert. All rows go in or none, transaction or not.
    """
    found = [_field(model, name) for name in fields]
    columns = ", ".join(connection.ops.quote_name(str(f.column)) for f in found)
    table = connection.ops.quote_name(model._meta.db_table)
    prepared = _prepared(found, rows)
    if is_postgresql():
        # The driver's own errors become Django's here, as they do for every other statement.
        copying = f"COPY {table} ({columns}) FROM STDIN"
        with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(copying) as copy:
            for row in prepared:
                copy.write_row(row)
        return
    marks = ", ".join(["%s"] * len(found))
    with transaction.atomic(), connection.cursor() as cursor:
        while chunk := list(islice(prepared, SQLITE_CHUNK)):
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", chunk)


def _field(model: type[models.Model], name: str) -> models.Field:
    for field in model._meta.concrete_fields:
        if name in {field.name, field.attname}:
            return field
    raise LookupError(f"{model.__name__} has no field {name}")


def _prepared(fields: list[models.Field], rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """Rows as the driver wants them; only columns that need it are converted, since there are many rows."""
    converters: list[tuple[int, Callable[[Any], Any]]] = []
    for position, field in enumerate(fields):
        if not is_postgresql():
            converters.append((position, _for_sqlite(field)))
        elif isinstance(field, (models.JSONField, models.BinaryField)):
            converters.append((position, _postgresql_converter(field)))
    if not converters:
        yield from rows
        return
    for row in rows:
        changed = list(row)
        for position, convert in converters:
            changed[position] = convert(changed[position])
        yield changed


def _for_sqlite(field: models.Field) -> Callable[[Any], Any]:
    return lambda value: field.get_db_prep_save(value, connection)


def _postgresql_converter(field: models.Field) -> Callable[[Any], Any]:
    if isinstance(field, models.JSONField):
        return lambda value: field.get_db_prep_save(value, connection)
    return lambda value: bytes(field.get_prep_value(value))
