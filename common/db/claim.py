"""Claiming due rows under a lease: SKIP LOCKED on PostgreSQL, the write lock on SQLite."""

import json
import uuid
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import connection, models

from common.db import is_postgresql

Model = TypeVar("Model", bound=models.Model)


def claim(  # noqa: PLR0913 (the parts of one statement)
    model: type[models.Model],
    *,
    where: str,
    params: list[str],
    now: datetime,
    lease: timedelta,
    limit: int,
    columns: Sequence[str] = (),
    count: bool = False,
) -> tuple[str, list[tuple[Any, ...]]]:
    """Lease up to `limit` due rows of `model` and return (lease token, rows in order of being due).

    A row is (due_at, id, *columns).
    `model` has due_at, lease_until and lease_token; with `count` also attempts, which grows by one. `where` is
    a constant SQL condition written by the caller (never by a user) with placeholders filled from `params`.
    Rows under a running lease are passed over. Two claimers at once never get the same row.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    token = uuid.uuid4().hex
    lock = "FOR UPDATE SKIP LOCKED" if is_postgresql() else ""
    counted = ", attempts = attempts + 1" if count else ""
    instant = connection.ops.adapt_datetimefield_value
    # The rows are picked in a materialized step: as a plain subquery PostgreSQL may run it again for each row
    # and so lock more than `limit`.
    sql = f"""
        WITH picked AS MATERIALIZED (
            SELECT id FROM {table}
             WHERE {where} AND due_at <= %s AND (lease_until IS NULL OR lease_until < %s)
             ORDER BY due_at, id LIMIT %s {lock})
        UPDATE {table} SET lease_until = %s, lease_token = %s{counted}
         WHERE id IN (SELECT id FROM picked)
        RETURNING {", ".join(("due_at", "id", *columns))}"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, instant(now), instant(now), limit, instant(now + lease), token])
        rows = cursor.fetchall()
    read = _reader(model)
    return token, sorted((read(due_at), *rest) for due_at, *rest in rows)


def _reader(model: type[models.Model]) -> Callable[[Any], datetime]:
    """How this engine's due_at becomes an aware datetime (SQLite hands out text)."""
    column = model._meta.get_field("due_at").get_col(model._meta.db_table)  # type: ignore[union-attr]
    converters = connection.ops.get_db_converters(column)

    def read(value: Any) -> datetime:
        for convert in converters:
            value = convert(value, column, connection)
        instant: datetime = value
        return instant

    return read


def held(model: type[Model], keys: Collection[int], token: str) -> models.QuerySet[Model]:
    """Those of `keys` that are still under the lease `token`. The keys travel as one parameter, however many."""
    if is_postgresql():
        rows = model._default_manager.extra(where=["id = ANY(%s)"], params=[list(keys)])
    else:
        condition = "id IN (SELECT value FROM json_each(%s))"
        rows = model._default_manager.extra(where=[condition], params=[json.dumps(list(keys))])  # noqa: S610 (constant)
    return rows.filter(lease_token=token)
