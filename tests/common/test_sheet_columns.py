"""Columns by their headings: found again in any order, guessed where nothing is known."""

from hypothesis import given
from hypothesis import strategies as st

from common.sheets.columns import (
    choice_of,
    column_keys,
    fingerprint,
    letter_of,
    likely_headings,
    mapping_of,
)

HEADINGS = st.lists(st.sampled_from(["ชื่อ", "ชื่อ ", "โทร.", "โทร", "วันที่", "Note", "…"]), min_size=1, max_size=8)


@given(HEADINGS, st.randoms())
def test_the_order_of_columns_does_not_matter(headings: list[str], random: object) -> None:
    turned = list(headings)
    random.shuffle(turned)  # type: ignore[attr-defined]
    assert fingerprint(turned) == fingerprint(headings)
    assert sorted(column_keys(turned)) == sorted(column_keys(headings))


@given(st.lists(st.sampled_from(["ชื่อ", "ชื่อ", "", "โทร"]), max_size=8))
def test_every_column_has_a_key_of_its_own(headings: list[str]) -> None:
    keys = column_keys(headings)
    assert len(keys) == len(set(keys)) == len(headings)


@given(st.lists(st.sampled_from(["ชื่อ", "สกุล", "", "โทร"]), max_size=8), st.data())
def test_a_choice_read_back_is_the_same_mapping(headings: list[str], data: st.DataObject) -> None:
    keys = column_keys(headings)
    choice = {key: data.draw(st.sampled_from(["", "name", "phone", "remark"])) for key in keys}
    mapping = mapping_of(headings, choice)
    assert mapping_of(headings, choice_of(headings, mapping)) == mapping


def test_other_headings_are_another_sheet() -> None:
    assert fingerprint(["ชื่อ", "โทร"]) != fingerprint(["ชื่อ", "โทร", "โทร"])
    assert fingerprint(["ชื่อ", "", "โทร"]) == fingerprint(["โทร", "ชื่อ"]), "what has no heading does not count"


def test_columns_are_called_as_a_spreadsheet_calls_them() -> None:
    assert [letter_of(index) for index in (0, 1, 25, 26, 51, 52, 701, 702)] == [
        *("A", "B", "Z", "AA", "AZ", "BA", "ZZ", "AAA"),
    ]


def test_the_row_of_headings_is_guessed_under_titles_and_above_data() -> None:
    title, empty, data = ["สมุด", "", ""], ["", "", ""], ["สมชาย", "3/11/2569", "0819990001"]
    headings = ["เรียกว่า", "มาเมื่อ", "ติดต่อ"]
    assert likely_headings([title, empty, headings, data], [0, 0, 0, 0]) == 2
    assert likely_headings([title, headings, data], [0, 2, 0]) == 1
    assert likely_headings([data, data], [0, 0]) is None
    assert likely_headings([title, empty], [0, 0]) is None
    assert likely_headings([headings], [0]) is None
    assert likely_headings([], []) is None
