"""GET /api/v1/indicators/."""

from datetime import date
from typing import Any

import pytest

from casework.models import EpisodeEvent, Notice
from common.actor import SystemActor
from common.thai.periods import Month
from governance.actions.recounting import recount_month
from governance.actions.reports import freeze_month
from governance.indicators import all_indicators
from tests.support import factories as make
from tests.support.client import Client

pytestmark = pytest.mark.django_db

LIST = "/api/v1/indicators/"


def signed_in(role: str = "social_worker", at: str = make.OWN) -> Client:
    client = Client()
    client.cookies["language"] = "en"
    client.force_login(make.user(role, at))
    return client


def read(code: str, role: str = "social_worker", **query: str) -> Any:
    return signed_in(role).get(f"{LIST}{code}/", {"month": "2026-10", "area": "30", **query})


def freeze() -> None:
    freeze_month(actor=SystemActor("test"), month=Month(2026, 10))


def test_every_indicator_is_listed_with_its_definition() -> None:
    found = signed_in().get(LIST).json()
    assert [one["code"] for one in found] == [one.code for one in all_indicators()]
    assert found[1]["title"] == "Contacted within 3 days of notice"
    assert found[0]["groups"]["news"] == "news"


def test_a_frozen_share_is_read_with_its_numbers() -> None:
    for day in (6, 20, 20):
        episode = make.episode(make.client(), opened_on=date(2026, 10, 5))
        make.event(episode, EpisodeEvent.Kind.CONTACTED, on=date(2026, 10, day))
    freeze()
    found = read("contacted_in_time").json()
    assert (found["counted"], found["of"], found["value"]) == (1, 3, 0.3333)
    assert found["frozen_at"].startswith("2026-11-10T")
    assert (found["until"], found["restated"]) == ("2026-10-31", None)


def test_nothing_to_divide_by_is_null_and_not_zero() -> None:
    freeze()
    found = read("contacted_in_time").json()
    assert (found["value"], found["counted"], found["of"]) == (None, 0, 0)


def test_a_restated_figure_brings_both() -> None:
    episode = make.episode(make.client(), opened_on=date(2026, 10, 5))
    freeze()
    wrong = episode.notices.get()
    make.notice(episode, corrects=wrong, channel=Notice.Channel.NEWS)
    make.episode(make.client(), opened_on=date(2026, 10, 6))
    recount_month(actor=SystemActor("test"), month=Month(2026, 10))
    found = read("notices_by_channel").json()
    assert (found["counted"], found["groups"]) == (1, {"hotline_1300": 1})
    assert found["restated"] == {
        "value": 2.0, "counted": 2, "of": 2, "groups": {"hotline_1300": 1, "news": 1},
        "amount": None,
        "amounts": {},
        "counted_at": "2026-11-10T10:00:00+07:00",
        "left": 1, "came": 2, "changed": 0,
    }  # fmt: skip


def test_a_month_that_runs_is_read_up_to_yesterday() -> None:
    make.episode(make.client(), opened_on=date(2026, 11, 9))
    make.episode(make.client(), opened_on=date(2026, 11, 10))
    found = read("open_episodes", month="2026-11").json()
    assert (found["value"], found["frozen_at"], found["until"]) == (1.0, None, "2026-11-09")


def test_the_country_is_read_unless_an_area_is_given() -> None:
    make.episode(make.client("50"), opened_on=date(2026, 10, 5))
    found = signed_in().get(f"{LIST}open_episodes/", {"month": "2026-10"}).json()
    assert (found["area"], found["counted"]) == ("TH", 1)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"area": "50"}, 404),
        ({"area": "99"}, 404),
        ({"area": "H01"}, 404),
        ({"month": ""}, 400),
        ({"month": "2569-10"}, 400),
        ({"month": "2026-12"}, 409),
    ],
)
def test_what_cannot_be_read_is_refused(query: dict[str, str], status: int) -> None:
    freeze()
    answer = read("returns", **query)
    assert answer.status_code == status
    assert {"code", "message", "field"} <= answer.json().keys()


def test_an_unknown_indicator_is_not_there() -> None:
    assert read("shoe_sizes").status_code == 404


def test_countrywide_roles_read_every_province() -> None:
    freeze()
    assert read("returns", role="auditor", area="50").status_code == 200


@pytest.mark.parametrize("role", ["partner", "volunteer", "carer"])
def test_who_reads_no_reports_reads_no_indicator(role: str) -> None:
    assert read("returns", role=role).status_code == 403
    assert signed_in(role).get(LIST).status_code == 403
