"""ID and telephone numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.thai import idnumber, phone
from common.thai.digits import to_thai

TWELVE = st.from_regex(r"[0-8][0-9]{11}", fullmatch=True)


@pytest.mark.parametrize(
    "pin", ["3100600445635", "1234545678781", "1112034563562", "1999900000013", "0999989000010"]
)
def test_numbers_with_the_right_check_digit_hold(pin: str) -> None:
    assert idnumber.is_valid(pin)
    assert idnumber.category(pin) == pin[0]


@pytest.mark.parametrize(
    "pin", ["1101700230705", "9999900000013", "123", "", "12345678901234", "๑๒๓๔๕๔๕๖๗๘๗๘๑"]
)
def test_others_do_not(pin: str) -> None:
    assert not idnumber.is_valid(pin)


@given(TWELVE)
def test_exactly_one_check_digit_fits(first12: str) -> None:
    assert [idnumber.is_valid(first12 + str(d)) for d in range(10)].count(True) == 1


@given(TWELVE)
def test_a_number_is_read_in_every_dress(first12: str) -> None:
    pin = first12 + str(idnumber.check_digit(first12))
    assert idnumber.normalise(idnumber.format_pin(pin)) == pin
    assert idnumber.normalise(to_thai(idnumber.format_pin(pin))) == pin
    assert idnumber.normalise(f" {pin[:1]} {pin[1:]}\u200b") == pin
    if pin[:2] != "00":
        assert idnumber.normalise(int(pin)) == pin


def test_only_the_last_three_digits_are_shown() -> None:
    assert idnumber.mask("1234545678781") == "x-xxxx-xxxxx-78-1"
    assert idnumber.mask("") == ""
    assert idnumber.mask("12345") == "xxxxx"
    assert idnumber.format_pin("1234545678781") == "1-2345-45678-78-1"


def test_a_check_digit_needs_twelve_digits() -> None:
    with pytest.raises(ValueError, match="twelve"):
        idnumber.check_digit("123")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("068-662-6738", "0686626738"),
        ("+66872544046", "0872544046"),
        ("+66 (0)87 254 4046", "0872544046"),
        ("66872544046", "0872544046"),
        ("0066872544046", "0872544046"),
        (827359750, "0827359750"),
        ("827359750", "0827359750"),
        ("๐๘๖๘๕๕๑๒๔๑", "0868551241"),
        ("02 123 4567", "021234567"),
        (21234567, "021234567"),
        ("+6621234567", "021234567"),
        ("044-123456 ต่อ 12", "044123456"),
        ("081-234-5678, 02-123-4567", "0812345678"),
        ("081-234-5678 หรือ 089-999-9999", "0812345678"),
        ("1300", "1300"),
        (191, "191"),
        ("+856 20 5512 3456", "+8562055123456"),
    ],
)
def test_phones_are_read_as_people_write_them(written: str | int, number: str) -> None:
    assert phone.normalise(written) == number


@pytest.mark.parametrize(
    "written", ["", "-", "ไม่มี", "12345", "0123456789", "08123456789", "081234567", "99", "+1"]
)
def test_what_rings_nowhere_is_no_phone(written: str) -> None:
    assert phone.normalise(written) is None


@given(st.from_regex(r"0[689][0-9]{8}", fullmatch=True))
def test_a_mobile_comes_back_from_every_form(number: str) -> None:
    assert phone.is_mobile(number)
    for written in (phone.format_phone(number), int(number), "+66" + number[1:], to_thai(number)):
        assert phone.normalise(written) == number


def test_phones_are_shown_in_groups_and_masked() -> None:
    assert phone.format_phone("0812345678") == "081-234-5678"
    assert phone.format_phone("021234567") == "02-123-4567"
    assert phone.format_phone("044123456") == "044-123-456"
    assert phone.mask("0812345678") == "08x-xxx-5678"
    assert phone.mask("044123456") == "04x-xxx-456"
    assert phone.mask("021234567") == "02-xxx-4567"
    assert phone.mask("1300") == "1300"
    assert phone.mask("+8562055123456") == "+xxxxxxxxxx456"
    assert phone.mask("") == ""
    assert not phone.is_mobile("021234567")
