"""Which columns of a register may stand for what. Pure."""

from collections import Counter
from collections.abc import Sequence

MANY = frozenset({"", "+", "aside", "number"})
"""Fields that several columns may have: not read, with the column before, into the remark, running numbers."""

NAMES = frozenset({"first_name", "full_name", "nickname", "alias", "descriptor"})
"""Any of them says who somebody is."""


def columns_problem(fields: Sequence[str]) -> tuple[str, int | None]:
    """What is wrong with a choice of one field per column: (code, column it belongs to), ("", None) when nothing is.

    Codes: "column_twice"; "column_both_names" (the whole name in one column and the first name in another);
    "column_name_missing"; "column_notice_missing".
    """
    seen: Counter[str] = Counter()
    for column, field in enumerate(fields):
        seen[field] += 1
        if seen[field] > 1 and field not in MANY:
            return "column_twice", column
    if seen["full_name"] and seen["first_name"]:
        return "column_both_names", fields.index("first_name")
    if not any(seen[name] for name in NAMES):
        return "column_name_missing", None
    return ("", None) if seen["noticed_on"] else ("column_notice_missing", None)
