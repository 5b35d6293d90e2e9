"""Throwing a whole database away."""

from pathlib import Path

from django.db import connection

from common.db import is_postgresql


def drop_everything() -> None:
    """Remove every table with all that hangs on it; the next migration starts from nothing."""
    if is_postgresql():
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        connection.close()
        return
    connection.close()
    for suffix in ("", "-wal", "-shm"):
        Path(f"{connection.settings_dict['NAME']}{suffix}").unlink(missing_ok=True)
