from datetime import UTC, date, datetime

import pytest
import time_machine
from django import forms
from django.template import Context, Template
from django.utils.translation import override

from common.forms.dates import BEDateField, PartialDateField
from common.thai.dates import PartialDate
from common.thai.periods import Month


class BirthForm(forms.Form):
    born = PartialDateField(required=False)


class VisitForm(forms.Form):
    on = BEDateField()


@pytest.fixture(autouse=True)
def _sunday() -> object:
    with time_machine.travel(datetime(2026, 11, 22, 3, 0, tzinfo=UTC), tick=False):
        yield


def _errors(form: forms.Form, field: str) -> list[str]:
    return [error.code for error in form.errors.as_data().get(field, [])]


def test_buddhist_era_goes_in_and_gregorian_comes_out() -> None:
    form = VisitForm({"on": "29/2/2567"})
    assert form.is_valid()
    assert form.cleaned_data["on"] == date(2024, 2, 29)
    assert VisitForm({"on": "2024-02-29"}).is_valid()


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ("17/1/2526", PartialDate(date(1983, 1, 17))),
        ("ม.ค. 2526", PartialDate(date(1983, 1, 1), "month")),
        ("๒๕๒๖", PartialDate(date(1983, 1, 1), "year")),
        ("ไม่ทราบ", None),
        ("", None),
    ],
)
def test_a_birth_may_be_known_in_part(typed: str, born: PartialDate | None) -> None:
    form = BirthForm({"born": typed})
    assert form.is_valid()
    assert form.cleaned_data["born"] == born


@pytest.mark.parametrize(
    ("typed", "code"),
    [("17/1/26", "two_digit"), ("31/2/2526", "invalid"), ("23/11/2569", "future"), ("<b>", "invalid")],
)
def test_a_wrong_birth_is_refused_and_shown_again_as_typed(typed: str, code: str) -> None:
    form = BirthForm({"born": typed})
    assert _errors(form, "born") == [code]
    assert form["born"].value() == typed
    assert "<b>" not in str(form["born"])


def test_a_visit_needs_its_day_and_may_lie_ahead() -> None:
    assert _errors(VisitForm({"on": "ม.ค. 2570"}), "on") == ["incomplete"]
    assert _errors(VisitForm({"on": "ไม่ทราบ"}), "on") == ["required"]
    assert VisitForm({"on": "1/12/2569"}).is_valid()


def test_stored_dates_are_shown_in_the_form_as_people_type_them() -> None:
    assert 'value="22/11/2569"' in str(VisitForm(initial={"on": date(2026, 11, 22)})["on"])
    for partial, shown in (
        (PartialDate(date(1983, 1, 1), "year"), "2526"),
        (PartialDate(date(1983, 1, 1), "month"), "01/2526"),
    ):
        form = BirthForm({"born": shown}, initial={"born": partial})
        assert f'value="{shown}"' in str(BirthForm(initial={"born": partial})["born"])
        assert not form.has_changed()


def test_messages_are_thai_for_thai_readers() -> None:
    with override("th"):
        assert BirthForm({"born": "17/1/26"}).errors["born"] == ["ปีต้องมี 4 หลัก เช่น 2526"]
    with override("en"):
        assert BirthForm({"born": "17/1/26"}).errors["born"] == ["The year needs 4 digits, for example 2526."]


@pytest.mark.parametrize(
    ("template", "thai", "english"),
    [
        ("{{ day|be }}", "22 พ.ย. 2569", "22 Nov 2569"),
        ("{{ day|be_long }}", "22 พฤศจิกายน 2569", "22 November 2569 BE"),
        ("{{ day|be_full }}", "วันอาทิตย์ที่ 22 พฤศจิกายน 2569", "Sunday 22 November 2569 BE"),
        ("{{ day|be_month }}", "พฤศจิกายน 2569", "November 2569 BE"),
        ("{{ month|be_month }}", "พฤศจิกายน 2569", "November 2569 BE"),
        ("{{ born|be }}", "พ.ศ. 2526", "2526 BE"),
        ('{% be_date day style="short" precision="month" %}', "พ.ย. 2569", "Nov 2569"),
        ("{{ instant|be }} {{ instant|clock }}", "23 พ.ย. 2569 00.30 น.", "23 Nov 2569 00:30"),
        ("{{ satang|baht }}", "1,250.00 บาท", "1,250.00 baht"),
        ("{{ satang|baht_words }}", "หนึ่งพันสองร้อยห้าสิบบาทถ้วน", "หนึ่งพันสองร้อยห้าสิบบาทถ้วน"),
        ("{{ 2569|thai_digits }}", "๒๕๖๙", "๒๕๖๙"),
        (
            "{{ mobile|phone }} {{ mobile|phone_masked }}",
            "081-234-5678 08x-xxx-5678",
            "081-234-5678 08x-xxx-5678",
        ),
        ("{{ pin|pin_masked }}", "x-xxxx-xxxxx-78-1", "x-xxxx-xxxxx-78-1"),
        ("[{{ none|be }}{{ none|baht }}{{ none|phone }}{{ none|pin_masked }}{{ none|clock }}]", "[]", "[]"),
    ],
)
def test_templates_write_as_the_reader_reads(template: str, thai: str, english: str) -> None:
    context = {
        "day": date(2026, 11, 22),
        "month": Month(2026, 11),
        "born": PartialDate(date(1983, 1, 1), "year"),
        "instant": datetime(2026, 11, 22, 17, 30, tzinfo=UTC),
        "satang": 125_000,
        "mobile": "0812345678",
        "pin": "1234545678781",
        "none": None,
    }
    for lang, written in (("th", thai), ("en", english)):
        with override(lang):
            assert Template("{% load thai %}" + template).render(Context(context)) == written
