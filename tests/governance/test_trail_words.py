"""What the trail keeps as codes is read in words, in the reader's language."""

import ast
import re

import pytest
from django.apps import apps
from django.db.models import Model
from django.utils import translation

from common.actor import SystemActor
from governance import trail_words as words
from tests.support import codebase

RECORDED = [
    ("casework.client", "channel", ["", "walk_in"]),
    ("casework.client", "home_province_id", ["30", "10"]),
    ("casework.client", "id_status", ["", "lost_card"]),
    ("casework.client", "pin_verified", [False, True]),
    ("casework.client", "restricted", [False, True]),
    ("casework.client", "version", [1, 2]),
    ("casework.episode", "closed_on", [None, "2026-11-22"]),
    ("casework.episode", "follow_ups_moved", [0, 3]),
    ("casework.episode", "noticed_on", ["2026-11-20", "2026-11-21"]),
    ("casework.episode", "outcome", ["", "family"]),
    ("casework.episode", "state", ["notice", "contact"]),
    ("casework.followup", "due_on", [None, "2026-11-22"]),
    ("casework.followup", "kind", ["", "phone"]),
    ("casework.followup", "occurred_on", [None, "2026-11-22"]),
    ("casework.followup", "result", ["", "met_by_phone"]),
    ("casework.need", "urgent", [None, True]),
    ("casework.registerimport", "row 7", ["undecided", ""]),
    ("casework.registerimport", "rows", [0, 12]),
    ("casework.relatedperson", "relation", ["", "child"]),
    ("accounts.user", "role", [None, "auditor"]),
    ("network.contribution", "kind", ["", "goods"]),
    ("network.contribution", "is_void", [False, True]),
    ("network.contribution", "quantity", [None, "3"]),
    ("network.contribution", "state", ["pledged", "received"]),
    ("network.contribution", "value", [None, "150.00"]),
    ("network.partner", "also_in", ["", "50"]),
    ("network.partner", "kind", ["", "temple"]),
    ("network.unitvalue", "unit", ["", "kg"]),
    ("casework.goaltask", "due_on", [None, "2026-11-22"]),
    ("casework.goaltask", "what", ["", "พาไปดูห้อง"]),
    ("casework.goaltask", "owner", ["", "ผู้ใหญ่บ้าน"]),
    ("casework.goaltask", "result", ["", "ได้ห้องแล้ว"]),
    ("casework.goal", "why_no_words", ["", "พูดไม่ได้"]),
    ("casework.goal", "words", ["", "อยากมีห้อง"]),
    ("casework.goal", "text", ["", "หาห้อง"]),
    ("casework.plan", "number", [None, 1]),
    ("casework.plan", "review_on", [None, "2026-11-22"]),
    ("casework.plan", "note", ["", "ตกลงกันแล้ว"]),
    ("casework.plan", "state", ["draft", "submitted"]),
    ("casework.plan", "reason", ["", "ยังไม่ครบ"]),
    ("casework.reliefgrant", "purpose", ["", "ค่านม"]),
    ("casework.reliefgrant", "why_not", ["", "ไม่มีโทรศัพท์"]),
    ("casework.reliefgrant", "note", ["", "เห็นชอบ"]),
    ("casework.reliefgrant", "reason", ["", "จ่ายผิดคน"]),
    ("casework.reliefgrant", "state", ["applied", "approved"]),
    ("casework.reliefterms", "times", [None, 3]),
    ("casework.reliefterms", "valid_from", [None, "2026-10-01"]),
    ("rentshare.landlord", "account", [None, "006 …7890"]),
    ("rentshare.landlord", "paid_on", [None, "2026-11-22"]),
    ("rentshare.paymentplan", "instalments", [None, 3]),
    ("rentshare.paymentplan", "first_on", [None, "2026-11-22"]),
    ("rentshare.paymentplan", "ended_on", [None, "2026-11-22"]),
    ("rentshare.payoutbatch", "rows", [None, 3]),
    ("rentshare.payoutbatch", "state", ["frozen", "approved"]),
    ("rentshare.tenancy", "missed", [None, 2]),
    ("rentshare.period", "month", ["", None]),
    ("rentshare.posting", "amount", [1200_50, 0]),
    ("rentshare.receipt", "amount", [None, 1200_50]),
    ("rentshare.receipt", "received_on", [None, "2026-11-22"]),
    ("rentshare.rentrun", "tenancies", [0, 12]),
    ("rentshare.rentrun", "postings", [0, 36]),
    ("rentshare.room", "beds", [0, 2]),
    ("rentshare.tenancy", "rent", [None, 2500_00]),
    ("rentshare.tenancy", "starts_on", [None, "2026-11-22"]),
    ("governance.hold", "month", [None, ""]),
    ("governance.subscription", "monthly_report", [None, False]),
]


@pytest.mark.parametrize(("kind", "name", "values"), RECORDED, ids=lambda value: str(value))
def test_a_recorded_change_reads_thai_to_a_thai_reader(kind: str, name: str, values: list[object]) -> None:
    with translation.override("th"):
        said, _before, after = words.change(kind, name, values)
    assert not re.search("[A-Za-z_]", said)
    assert not re.search("[A-Za-z_]", after)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("rentshare.receipt", "amount"),
        ("rentshare.payoutbatch", "total"),
        ("rentshare.paymentplan", "total"),
        ("casework.reliefgrant", "amount"),
        ("casework.reliefterms", "amount"),
    ],
)
def test_money_is_written_as_money(kind: str, name: str) -> None:
    with translation.override("th"):
        said = words.change(kind, name, [None, 1200_50])
    assert said[1:] == ("–", "1,200.50 บาท")


def test_everything_that_is_recorded_has_words() -> None:
    """Each verb that the code writes into the trail, in Thai; a verb made from a state is covered by its states."""
    verbs = set()
    for path in codebase.python_files():
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("trail.record"):
                verbs |= {one.value for one in call.args[1:2] if isinstance(one, ast.Constant)}
    assert len(verbs) > 100
    with translation.override("th"):
        assert not {verb for verb in verbs if re.search("[A-Za-z_]", words.verb(verb))}


@pytest.mark.parametrize(
    "model", [*apps.get_app_config("rentshare").get_models()], ids=lambda model: model.__name__
)
def test_a_record_of_the_rent_rooms_has_a_thai_name(model: type[Model]) -> None:
    label = model._meta.label_lower
    if label in words.KINDS:
        with translation.override("th"):
            assert not re.search("[A-Za-z]", words.kind(label))


def test_a_day_is_written_as_people_write_it() -> None:
    with translation.override("th"):
        said = words.change("casework.followup", "occurred_on", [None, "2026-11-22"])
    assert said == ("วันที่", "–", "22 พ.ย. 2569")


def test_a_result_stands_under_its_follow_up_and_keeps_its_words() -> None:
    with translation.override("en"):
        assert words.change("casework.followup", "result", ["", "met_by_phone"]) == (
            "result",
            "–",
            "talked by phone",
        )


@pytest.mark.parametrize("what", ["client", "card", "list", "id_number", "trail", "figure:open_episodes"])
def test_every_way_of_looking_has_words(what: str) -> None:
    with translation.override("th"):
        assert not re.search("[A-Za-z_]", words.read(what))


def test_what_the_system_did_by_itself_is_the_systems_and_a_colleague_keeps_the_name() -> None:
    task = SystemActor("governance.letters")
    with translation.override("th"):
        assert words.actor(task.key, task.label) == "ระบบ"
        assert words.actor("user:1", "สุดา ใจงาม") == "สุดา ใจงาม"
