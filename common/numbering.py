"""Running numbers without gaps: one counter row for each series, taken inside the transaction that uses the number."""

from typing import Any

from django.db.models import F, Model


def next_numbers(counter: type[Model], *, count: int = 1, **series: Any) -> range:
    """The next `count` numbers of a series, as a range.

    `counter` has a field `last` and a unique constraint over the fields that `series` names. Whoever comes second
    waits here until the first has committed or given the numbers back.
    """
    rows = counter._default_manager
    row, _ = rows.get_or_create(**series)
    rows.filter(pk=row.pk).update(last=F("last") + count)
    last: int = rows.values_list("last", flat=True).get(pk=row.pk)
    return range(last - count + 1, last + 1)


def next_number(counter: type[Model], **series: Any) -> int:
    """The next number of a series."""
    return next_numbers(counter, **series)[0]
