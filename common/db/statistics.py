"""What the engine knows of its tables, on which it chooses how to look.

PostgreSQL gathers it by itself, but only some time after a bulk load; SQLite never does unless it is asked, and then
answers a report's questions eight times faster.
"""

from django.db import connection

from common.db import is_postgresql


def refresh() -> None:
    """Gather statistics anew: after a bulk load, and once a night."""
    with connection.cursor() as cursor:
        if not is_postgresql():
            cursor.execute("PRAGMA analysis_limit = 1000")
        cursor.execute("ANALYZE")
