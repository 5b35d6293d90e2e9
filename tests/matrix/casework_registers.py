"""Registers: the list, bringing one, looking at it, deciding, having it written."""

from functools import cached_property
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from casework.importing.outline import Outline
from casework.importing.outline import encode as encode_outline
from casework.importing.reading import encode
from casework.importing.register import ParsedRow
from casework.models import RegisterImport, RegisterRow
from common import clock
from common.sheets.columns import Column
from tests.support import factories as make
from tests.support.matrix import CASEWORKERS, Place, Row, allow


class Strange(Place):
    """A centre with a register whose columns nobody has named yet."""

    @cached_property
    def register(self) -> RegisterImport:
        columns = (Column(0, "ใคร", "ใคร", ("บุญมา",)), Column(1, "วันไหน", "วันไหน", ("1/1/2569",)))
        return RegisterImport.objects.create(
            centre=self.centre,
            started_by=self.worker,
            file_name="strange.csv",
            stored_as="imports/strange",
            state="columns",
            outline=encode_outline(Outline("f" * 64, columns, {})),
        )


class Known(Place):
    """A centre with a register in which somebody on file stands again."""

    @cached_property
    def register(self) -> RegisterImport:
        register = RegisterImport.objects.create(
            centre=self.centre, started_by=self.worker, file_name="known.xlsx", state="preview", rows_total=1
        )
        parsed = ParsedRow(1, first_name="สมชาย", phone="0811111111", noticed_on=clock.today())
        RegisterRow.objects.create(
            register=register, row=1, kind="likely_same", payload=encode(parsed), match_client=self.client
        )
        return register


class Written(Place):
    """A centre with a register that was written."""

    @cached_property
    def register(self) -> RegisterImport:
        register = RegisterImport.objects.create(
            centre=self.centre,
            started_by=self.worker,
            confirmed_by=self.worker,
            file_name="written.xlsx",
            state="done",
            finished_at=clock.now(),
            rows_total=1,
        )
        parsed = ParsedRow(1, first_name="สมชาย", noticed_on=clock.today())
        RegisterRow.objects.create(
            register=register, row=1, kind="new", payload=encode(parsed), written_at=clock.now()
        )
        return register


class Desk(Place):
    """A centre with a register that was read: one new row."""

    @cached_property
    def register(self) -> RegisterImport:
        register = RegisterImport.objects.create(
            centre=self.centre,
            started_by=self.worker,
            file_name="register.xlsx",
            state="preview",
            rows_total=1,
        )
        parsed = ParsedRow(1, first_name="สมชาย", noticed_on=clock.today())
        RegisterRow.objects.create(register=register, row=1, kind="new", payload=encode(parsed))
        return register


def uid(place: Any) -> dict[str, Any]:
    return {"uid": place.register.uid}


def row(place: Any) -> dict[str, Any]:
    return {"uid": place.register.uid, "row": 1}


def upload(place: Any) -> dict[str, Any]:
    return {"centre": make.OWN, "file": SimpleUploadedFile("r.csv", b"x")}


# Roles of the whole country work at no centre, so nothing of one is theirs to see.
NOT_THEIRS = allow("department_analyst", "auditor", "administrator", status=404)

MATRIX = {
    "casework:imports": Row(own=allow(*CASEWORKERS)),
    "casework:import_new": (
        Row(own=allow(*CASEWORKERS)),
        Row(own=allow(*CASEWORKERS, status=302), method="post", data=upload),
    ),
    "casework:import": Row(own=allow(*CASEWORKERS) | NOT_THEIRS, args=uid, place=Desk),
    "casework:import_columns": (
        Row(own=allow(*CASEWORKERS) | NOT_THEIRS, args=uid, place=Strange),
        Row(
            own=allow(*CASEWORKERS, status=302) | NOT_THEIRS,
            args=uid,
            place=Strange,
            method="post",
            data={"column_0": "full_name", "column_1": "noticed_on"},
        ),
    ),
    "casework:import_row": Row(
        own=allow(*CASEWORKERS, status=302) | NOT_THEIRS,
        args=row,
        place=Desk,
        method="post",
        data={"decision": "leave_out"},
    ),
    "casework:import_same": (
        Row(own=allow(*CASEWORKERS) | NOT_THEIRS, args=row, place=Known),
        Row(
            own=allow(*CASEWORKERS, status=302) | NOT_THEIRS,
            args=row,
            place=Known,
            method="post",
            data={"takes": ["phone"], "version": "1"},
        ),
    ),
    # The worker of the place had it written; another worker of the centre may not undo it.
    "casework:import_undo": (
        Row(own=allow("supervisor", "centre_head") | NOT_THEIRS, args=uid, place=Written),
        Row(
            own=allow("supervisor", "centre_head", status=302) | NOT_THEIRS,
            args=uid,
            place=Written,
            method="post",
            data={"expected": "1"},
        ),
    ),
    "casework:import_confirm": (
        Row(own=allow(*CASEWORKERS) | NOT_THEIRS, args=uid, place=Desk),
        Row(
            own=allow(*CASEWORKERS, status=302) | NOT_THEIRS,
            args=uid,
            place=Desk,
            method="post",
            data={"expected": "1"},
        ),
    ),
}
