import pytest
from hypothesis import given
from hypothesis import strategies as st
from pythainlp.util import arabic_digit_to_thai_digit, bahttext, thai_digit_to_arabic_digit

from common.thai.baht import in_words
from common.thai.digits import to_arabic, to_thai


@given(st.text(alphabet=st.sampled_from("0123456789๐๑๒๓๔๕๖๗๘๙กข -/x")))
def test_digits_agree_with_pythainlp(text: str) -> None:
    assert to_thai(text) == arabic_digit_to_thai_digit(text)
    assert to_arabic(text) == thai_digit_to_arabic_digit(text)


@pytest.mark.parametrize(
    ("satang", "words"),
    [
        (0, "ศูนย์บาทถ้วน"),
        (1, "หนึ่งสตางค์"),
        (25, "ยี่สิบห้าสตางค์"),
        (1_00, "หนึ่งบาทถ้วน"),
        (11_11, "สิบเอ็ดบาทสิบเอ็ดสตางค์"),
        (21_00, "ยี่สิบเอ็ดบาทถ้วน"),
        (101_00, "หนึ่งร้อยเอ็ดบาทถ้วน"),
        (1_500_50, "หนึ่งพันห้าร้อยบาทห้าสิบสตางค์"),
        (1_000_000_00, "หนึ่งล้านบาทถ้วน"),
        (1_000_001_00, "หนึ่งล้านเอ็ดบาทถ้วน"),
        (21_000_001_00, "ยี่สิบเอ็ดล้านเอ็ดบาทถ้วน"),
        (1_000_000_000_000_00, "หนึ่งล้านล้านบาทถ้วน"),
        (-100_25, "ลบหนึ่งร้อยบาทยี่สิบห้าสตางค์"),
    ],
)
def test_amounts_in_words(satang: int, words: str) -> None:
    assert in_words(satang) == words


@given(st.integers(min_value=1, max_value=10**12))
def test_whole_baht_agree_with_pythainlp(baht: int) -> None:
    assert in_words(baht * 100) == bahttext(baht)


@given(st.integers(min_value=1, max_value=10**7), st.integers(min_value=1, max_value=99))
def test_satang_follow_the_baht(baht: int, satang: int) -> None:
    together = in_words(baht * 100 + satang)
    assert together == in_words(baht * 100).removesuffix("ถ้วน") + in_words(satang)
