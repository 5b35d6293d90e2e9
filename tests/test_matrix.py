"""Every address answers every role as the tables in tests/matrix/ say."""

import pytest

from tests.support.matrix import Doors, Row, addresses, rows

CASES = [(name, row) for name, several in sorted(rows().items()) for row in several]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "row"), CASES, ids=[f"{name} {row.method}" for name, row in CASES])
def test_doors(name: str, row: Row) -> None:
    wrong = Doors(name, row).try_all()
    assert not wrong, "\n" + "\n".join(wrong)


def test_every_address_is_in_the_matrix() -> None:
    missing = sorted(addresses() - set(rows()))
    assert missing == [], "add these to a table in tests/matrix/"


def test_the_matrix_lists_nothing_that_is_gone() -> None:
    assert sorted(set(rows()) - addresses()) == []
