"""What `doctor` asks of the database engine."""

from dataclasses import dataclass

from django.db import DatabaseError, connection, transaction

from common.db import is_postgresql


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something the engine lacks, and how to mend it."""

    said: str
    mend: str


def place() -> str:
    """Where the database is: "host, name", or the file."""
    known = connection.settings_dict
    return f"{known['HOST'] or 'this machine'}, {known['NAME']}"


def version() -> str:
    """Name and version of the engine, and where it is."""
    if is_postgresql():
        number = connection.pg_version  # type: ignore[attr-defined]
        return f"PostgreSQL {number // 10000}.{number % 10000} ({place()})"
    return f"SQLite {_answer('SELECT sqlite_version()')} ({place()})"


def troubles() -> list[Trouble]:
    """What would make the search blind, or lose data, without any error being shown."""
    return _of_postgresql() if is_postgresql() else _of_sqlite()


def _of_postgresql() -> list[Trouble]:
    try:
        trigrams = _answer("SELECT cardinality(show_trgm('สมชาย'))")
    except DatabaseError:
        return [Trouble("the extension pg_trgm is missing", "as its owner: CREATE EXTENSION pg_trgm")]
    if trigrams:
        return []
    mend = "make the database anew with LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8' and restore a dump into it"
    return [Trouble("its locale does not know Thai letters: names cannot be searched", mend)]


def _of_sqlite() -> list[Trouble]:
    found = []
    if _answer("PRAGMA journal_mode") != "wal":
        mend = "put the file on a local disk (no network share) and start again"
        found.append(Trouble("write-ahead log is off: readers and writers block each other", mend))
    if not _answer("PRAGMA recursive_triggers"):
        found.append(
            Trouble(
                "recursive_triggers is off: REPLACE would pass by the guards", "do not change init_command"
            )
        )
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE VIRTUAL TABLE temp.fts_probe USING fts5(word, tokenize='trigram')")
            cursor.execute("DROP TABLE temp.fts_probe")
    except DatabaseError:
        mend = "use a Python whose SQLite is 3.34 or newer with FTS5 (Debian's is)"
        found.append(Trouble("full-text search with trigrams is missing", mend))
    said = _answer("PRAGMA quick_check(1)")
    if said != "ok":
        found.append(Trouble(f"the file is damaged: {said}", "restore the last backup"))
    return found


def _answer(sql: str) -> object:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
        return row[0] if row else None
