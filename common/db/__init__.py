"""What differs between PostgreSQL and SQLite, one function each. Nowhere else may code ask which engine it is on."""

from django.db import connection


def is_postgresql() -> bool:
    """For this package alone."""
    return connection.vendor == "postgresql"
