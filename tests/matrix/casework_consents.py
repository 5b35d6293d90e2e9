"""Consents: whoever may open the file sees them, caseworkers ask and take back."""

from functools import cached_property
from typing import Any

from casework.models import Consent
from common import clock
from tests.support.consents import consent
from tests.support.matrix import CASEWORKERS, Place, Row, allow, everyone

READERS = allow(*CASEWORKERS, "nurse", "auditor")
READ_ONLY = allow("nurse", "auditor", status=403)
MAY_NOT = allow("auditor", status=403)
TODAY = clock.today().isoformat()


class Asked(Place):
    """A file with a consent that holds."""

    @cached_property
    def consent(self) -> Consent:
        return consent(self.client)


def file(place: Any) -> dict[str, Any]:
    return {"uid": place.consent.client.uid}


def one(place: Any) -> dict[str, Any]:
    return {"uid": place.consent.uid}


def writing(data: Any, args: Any) -> tuple[Row, Row]:
    common: dict[str, Any] = {"foreign": MAY_NOT, "others": 404, "args": args, "place": Asked}
    return (
        Row(own=allow(*CASEWORKERS) | READ_ONLY, **common),
        Row(own=allow(*CASEWORKERS, status=302) | READ_ONLY, method="post", data=data, **common),
    )


ANSWER = {"purpose": "help", "answer": "given", "parts": ["name"], "how": "written", "given_on": TODAY}

MATRIX = {
    "casework:client_consents": Row(
        own=READERS, foreign=allow("auditor"), others=404, args=file, place=Asked
    ),
    "casework:consent": writing(ANSWER, file),
    "casework:consent_paper": writing({}, file)[0],
    "casework:consent_withdraw": writing({"note": ""}, one),
    "consent-list": (
        Row(own=everyone()),
        Row(
            own=allow(*CASEWORKERS, status=201) | READ_ONLY,
            others=404,
            method="post",
            data=lambda place: ANSWER | {"client": str(place.consent.client.uid)},
            place=Asked,
            content_type="application/json",
        ),
    ),
    "consent-detail": Row(own=READERS, foreign=allow("auditor"), others=404, args=one, place=Asked),
    "consent-withdraw": Row(
        own=allow(*CASEWORKERS, status=201) | READ_ONLY,
        foreign=MAY_NOT,
        others=404,
        method="post",
        args=one,
        data={},
        place=Asked,
        content_type="application/json",
    ),
}
