"""Database objects of the rent rooms that Django does not declare."""

from common.db import guards
from common.db.guards import Guard

POSTING, PERIOD = "rentshare_posting", "rentshare_period"

_CLOSED = f"""SELECT 1 FROM {PERIOD} p WHERE p.id = {{row}}.period_id AND (p.closed_at IS NOT NULL
    OR EXISTS (SELECT 1 FROM {PERIOD} later
                WHERE later.centre_id = p.centre_id AND later.month > p.month AND later.closed_at IS NOT NULL))"""
_OTHER_MONTH = f"SELECT 1 FROM {PERIOD} p WHERE p.id = {{row}}.period_id AND {{month}} <> p.month"
_NO_MIRROR = f"""SELECT 1 FROM {POSTING} o WHERE o.id = {{row}}.reverses_id AND (o.amount <> {{row}}.amount
    OR o.debit_id <> {{row}}.credit_id OR o.credit_id <> {{row}}.debit_id OR o.reverses_id IS NOT NULL)"""

_CHECKS = (
    ("posting_in_closed_period", _CLOSED, "closed period"),
    ("posting_in_other_month", _OTHER_MONTH, "posted in another month than its day"),
    ("posting_reverses_as_it_was", _NO_MIRROR, "a reversal mirrors what it reverses"),
)


def _sqlite_checks() -> list[Guard]:
    return [
        Guard(
            name=name,
            table=POSTING,
            kind="trigger",
            sqlite=(
                f"CREATE TRIGGER {name} BEFORE INSERT ON {POSTING} WHEN EXISTS ("
                f"{check.format(row='NEW', month=_SQLITE_MONTH)}) BEGIN SELECT RAISE(ABORT, '{words}'); END",
            ),
        )
        for name, check, words in _CHECKS
    ]


_SQLITE_MONTH = "strftime('%Y-%m', NEW.posted_on)"


def _postgresql_checks() -> Guard:
    """One look at all rows of a statement. FOR SHARE makes whoever closes a month wait, and the other way round."""
    checks = "\n".join(
        f"IF EXISTS (SELECT 1 FROM fresh f WHERE EXISTS ({check.format(row='f', month=_POSTGRESQL_MONTH)})) THEN"
        f" RAISE EXCEPTION '{words}' USING ERRCODE = 'restrict_violation', CONSTRAINT = '{name}'; END IF;"
        for name, check, words in _CHECKS
    )
    name = "posting_checks"
    return Guard(
        name=name,
        table=POSTING,
        kind="trigger",
        postgresql=(
            f"""CREATE OR REPLACE FUNCTION {name}_f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                PERFORM 1 FROM {PERIOD} WHERE id IN (SELECT DISTINCT period_id FROM fresh) ORDER BY id FOR SHARE;
                {checks} RETURN NULL; END $$""",
            f"DROP TRIGGER IF EXISTS {name} ON {POSTING}",
            f"CREATE TRIGGER {name} AFTER INSERT ON {POSTING} REFERENCING NEW TABLE AS fresh "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {name}_f()",
        ),
    )


_POSTGRESQL_MONTH = "to_char(f.posted_on, 'YYYY-MM')"


def _stays_closed() -> Guard:
    name = "rent_period_stays_closed"
    return Guard(
        name=name,
        table=PERIOD,
        kind="trigger",
        postgresql=(
            f"""CREATE OR REPLACE FUNCTION {name}_f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                RAISE EXCEPTION 'a closed period stays closed' USING ERRCODE = 'restrict_violation'; END $$""",
            f"DROP TRIGGER IF EXISTS {name} ON {PERIOD}",
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {PERIOD} FOR EACH ROW WHEN (OLD.closed_at IS NOT NULL) "
            f"EXECUTE FUNCTION {name}_f()",
        ),
        sqlite=(
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {PERIOD} WHEN OLD.closed_at IS NOT NULL "
            "BEGIN SELECT RAISE(ABORT, 'a closed period stays closed'); END",
        ),
    )


def register() -> None:
    """Money is never edited; a bed, a person and a room are taken once at a time; a closed month stays as it is."""
    for table in (
        POSTING,
        "rentshare_receipt",
        "rentshare_schemeversion",
        "rentshare_schemestep",
        "rentshare_instalment",
    ):
        guards.register(*guards.append_only(table))
    guards.register(
        *guards.append_only(PERIOD, but_columns=["closed_at", "closed_by"]),
        *guards.append_only("rentshare_lease", but_columns=["ends_on"]),
        *guards.append_only("rentshare_tenancy", but_columns=["ends_on", "end_reason", "person_id"]),
        *guards.append_only("rentshare_account"),
        *guards.append_only(
            "rentshare_bankaccount", but_columns=["confirmed_by", "confirmed_at", "ended_at"]
        ),
        *guards.append_only(
            "rentshare_payoutbatch", but_columns=["state", "approved_by", "approved_at", "reason"]
        ),
        *guards.append_only(
            "rentshare_payoutrow", but_columns=["state", "posting_id", "reason", "settled_by"]
        ),
        *guards.append_only("rentshare_missedshare", but_columns=["follow_up_id"]),
        *guards.append_only("rentshare_paymentplan", but_columns=["ended_on", "end_reason"]),
    )
    guards.register(
        *guards.no_overlap("rentshare_lease", "lease_of_a_room_once", of="room_id"),
        *guards.no_overlap("rentshare_tenancy", "bed_let_once", of="bed_id"),
        *guards.no_overlap("rentshare_tenancy", "person_in_one_bed", of="person_id"),
    )
    guards.register(*_sqlite_checks(), _postgresql_checks(), _stays_closed())
