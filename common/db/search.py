"""Search over stored, normalised text: b-trees and a trigram index (FTS5 on SQLite).

A search table has the columns of casework.ClientSearch. What to look for is said with `Prefix`, `AnyOf` and
`Contains`; where to look, with a `Scope`, so that no row outside of it is ever read out.
What a person typed travels in parameters only.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection, models

from common.db import is_postgresql
from common.db.guards import Guard

FULL = "first_n || last_n"  # first name and surname as one word
TYPED = {"full": FULL, "last": "last_n", "nick": "nick_n", "alias": "alias_n"}
HEARD = {name: name for name in ("full_k", "first_k", "last_k", "nick_k", "alias_k")}
COLUMNS = {**TYPED, **HEARD}
TRIGRAM = 3
_ABOVE_ALL = "\U0010ffff"

Condition = tuple[str, list[Any]]


class Look(Protocol):
    """One way of looking: a condition, and the order in which an index gives what meets it."""

    def condition(self, table: str) -> Condition: ...
    @property
    def order(self) -> str: ...


@dataclass(frozen=True)
class Prefix:
    """`column` (a key of COLUMNS) begins with `text`; what is nearest to it comes first."""

    column: str
    text: str

    def condition(self, table: str) -> Condition:
        begins, values = _begins(f"({COLUMNS[self.column]})", self.text)
        return f"{begins} AND {_filled(self.column)}", values

    @property
    def order(self) -> str:
        return f"ORDER BY ({COLUMNS[self.column]})" + (" USING ~<~" if is_postgresql() else "")


@dataclass(frozen=True)
class AnyOf:
    """Each column (a key of COLUMNS) is one of its values, which are words without spaces."""

    values: dict[str, Sequence[str]]
    order = ""

    def condition(self, table: str) -> Condition:
        parts = [f"{_among(f'({COLUMNS[column]})')} AND {_filled(column)}" for column in self.values]
        return " AND ".join(parts), [_as_list(values) for values in self.values.values()]


@dataclass(frozen=True)
class Contains:
    """Every word stands somewhere in the text. One has at least TRIGRAM characters."""

    words: Sequence[str]
    order = ""

    def condition(self, table: str) -> Condition:
        long = [word for word in self.words if len(word) >= TRIGRAM]
        parts = [_indexed(long, table), *(_like(word) for word in self.words if word not in long)]
        return " AND ".join(sql for sql, _ in parts), [value for _, values in parts for value in values]


@dataclass(frozen=True)
class Among:
    """It is one of these rows: which of them lie in the scope?"""

    keys: Sequence[int]
    order = ""

    def condition(self, table: str) -> Condition:
        return f"client_id IN ({', '.join(['%s'] * len(self.keys))})", list(self.keys)


@dataclass(frozen=True)
class Scope:
    """Where to look: rows of a search table, compiled once for all steps of a search."""

    sql: str
    params: tuple[Any, ...]
    table: str
    few: bool

    @classmethod
    def of(cls, rows: models.QuerySet[Any, Any], *, few: bool = False) -> "Scope":
        """`rows` is made with values_list() of what find() shall give, all columns among it.

        `few`: they are a handful and better read one by one than looked up in each index.
        """
        sql, params = rows.query.sql_with_params()
        return cls(sql, params, rows.model._meta.db_table, few)

    def statements(self, looks: Sequence[Look], limit: int) -> Iterator[Condition]:
        conditions = [look.condition(self.table) for look in looks]
        if self.few and looks:
            anything = " OR ".join(f"({sql})" for sql, _ in conditions)
            values = [value for _, values in conditions for value in values]
            yield f"SELECT * FROM ({self.sql}) s WHERE {anything} LIMIT %s", [*self.params, *values, limit]
            return
        for look, (condition, values) in zip(looks, conditions, strict=True):
            rows = f"SELECT * FROM ({self.sql}) s WHERE {condition}"
            # Without an order the planner may bet on meeting enough rows soon and read the whole table.
            fenced = not look.order and is_postgresql()
            sql = f"WITH m AS MATERIALIZED ({rows}) SELECT * FROM m" if fenced else f"{rows} {look.order}"
            yield f"{sql} LIMIT %s", [*self.params, *values, limit]


def find(scopes: Sequence[Scope], looks: Sequence[Look], *, limit: int) -> list[tuple[Any, ...]]:
    """Rows that `looks` find within `scopes`, at most `limit` of each look in each scope, in one statement.

    A row may come more than once.
    """
    statements = [statement for scope in scopes for statement in scope.statements(looks, limit)]
    if not statements:
        return []
    sql = " UNION ALL ".join(f"SELECT * FROM ({sql}) f" for sql, _ in statements)
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for _, values in statements for value in values])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


class Begins(models.Lookup):
    """`field__begins="…"` for fields of a search table: a prefix that the b-tree serves on both engines."""

    lookup_name = "begins"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        expression, params = self.process_lhs(compiler, connection)
        condition, values = _begins(expression, str(self.rhs))
        # The expression stands twice in the condition.
        return condition, [*params, values[0], *params, values[1]]


models.CharField.register_lookup(Begins)


def _begins(expression: str, text: str) -> Condition:
    """Between `text` and what comes after all that begins with it, compared byte by byte whatever the collation."""
    least, less = ("~>=~", "~<~") if is_postgresql() else (">=", "<")
    return f"{expression} {least} %s AND {expression} {less} %s", [text, text + _ABOVE_ALL]


def _filled(column: str) -> str:
    """The condition of the column's partial index; most people have no nickname on record."""
    return f"({COLUMNS[column]}) <> ''"


def _among(expression: str) -> str:
    """Is one of a list. The list comes from a subquery, or the planner would weigh each of hundreds of values."""
    if is_postgresql():
        return f"{expression} = ANY ((SELECT string_to_array(%s, ' '))::text[])"
    return f"{expression} IN (SELECT value FROM json_each(%s))"


def _as_list(values: Sequence[str]) -> str:
    """As one parameter, since drivers are slow with long lists. Values have no spaces."""
    return " ".join(values) if is_postgresql() else json.dumps(list(values))


def _indexed(words: Sequence[str], table: str) -> Condition:
    """The condition that the trigram index answers."""
    if is_postgresql():
        parts = [_like(word) for word in words]
        return " AND ".join(sql for sql, _ in parts), [value for _, values in parts for value in values]
    phrases = " ".join('"' + word.replace('"', '""') + '"' for word in words)
    return f"client_id IN (SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH %s)", [phrases]


def _like(word: str) -> Condition:
    literally = word.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return "text LIKE %s ESCAPE '!'", [f"%{literally}%"]


# --- indexes -----------------------------------------------------------------------------------------------


def search_guards(table: str) -> list[Guard]:
    """Indexes of a search table with the columns of casework.ClientSearch."""
    guards = [_trigram_index(table), _fts_table(table), *_fts_triggers(table)]
    for column in TYPED:
        # One or two characters match a tenth of the country: within a centre they need an index of its own.
        guards.append(_tree(table, f"{column}_c", "centre_id, {key}", column))
        guards.append(_tree(table, column, "{key}", column))
    for column in HEARD:
        guards.append(_tree(table, column, "{key}, centre_id", column))
    return guards


def _tree(table: str, name: str, columns: str, column: str) -> Guard:
    """`columns` with {key} where the indexed expression stands; text_pattern_ops compares byte by byte."""
    on_postgresql, on_sqlite = (
        f"CREATE INDEX {table}_{name} ON {table} ({columns.format(key=key)}) WHERE {_filled(column)}"
        for key in (f"({COLUMNS[column]}) text_pattern_ops", f"({COLUMNS[column]})")
    )
    return Guard(
        name=f"{table}_{name}", table=table, kind="index", postgresql=(on_postgresql,), sqlite=(on_sqlite,)
    )


def _trigram_index(table: str) -> Guard:
    """With the centre in it, because a common word matches thousands of people elsewhere."""
    return Guard(
        name=f"{table}_text_trgm",
        table=table,
        kind="index",
        postgresql=(
            "CREATE EXTENSION IF NOT EXISTS pg_trgm",
            "CREATE EXTENSION IF NOT EXISTS btree_gin",
            f"CREATE INDEX {table}_text_trgm ON {table} USING gin (centre_id, text gin_trgm_ops)",
        ),
    )


def _fts_table(table: str) -> Guard:
    return Guard(
        name=f"{table}_fts",
        table=table,
        kind="table",
        sqlite=(
            f"CREATE VIRTUAL TABLE {table}_fts USING fts5(text, content='{table}', content_rowid='client_id', "
            "tokenize='trigram', columnsize=0)",
            f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')",
        ),
    )


def _fts_triggers(table: str) -> list[Guard]:
    """Keep the FTS table in step with the text column."""
    add = f"INSERT INTO {table}_fts(rowid, text) VALUES (new.client_id, new.text);"
    take = f"INSERT INTO {table}_fts({table}_fts, rowid, text) VALUES ('delete', old.client_id, old.text);"
    parts = {
        "ai": f"AFTER INSERT ON {table} BEGIN {add} END",
        "ad": f"AFTER DELETE ON {table} BEGIN {take} END",
        "au": f"AFTER UPDATE OF text ON {table} BEGIN {take} {add} END",
    }
    return [
        Guard(
            name=f"{table}_fts_{key}",
            table=table,
            kind="trigger",
            sqlite=(f"CREATE TRIGGER {table}_fts_{key} {body}",),
        )
        for key, body in parts.items()
    ]
