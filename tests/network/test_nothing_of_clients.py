"""Partners and volunteers reach no word about people served: by no page, program, file, letter or error."""

from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from casework.models import Client as Served
from casework.models import FollowUp, Person
from common import clock
from governance.recipients import of_user
from tests.support import factories as make
from tests.support.client import Client
from tests.support.matrix import Row, rows

pytestmark = pytest.mark.django_db

MARK = "ทับทิมสยามวาฬ"
GIVERS = ("partner", "volunteer")
BY_CODE = {"casework:referral", "referral-detail", "referral-answer", "casework:calendar_feed"}
"""Doors that name a case by its code, and only that case: of a referral handed to the partner itself (tests of what
else it reads: tests/casework/test_referrals.py), and of a calendar to whoever holds its secret address."""
CASES = [(name, row) for name, several in sorted(rows().items()) for row in several]


def marked(place: Any) -> Served:
    """Somebody of the place whose every word is the mark."""
    if "client" not in place.__dict__:
        place.__dict__["client"] = make.client(place.code, person=Person.objects.create())
    served: Served = place.client
    episode = served.episodes.first() or make.episode(served, place.worker)
    make.note(served, text=MARK)
    make.follow_up(episode, purpose=MARK, place=MARK)
    words = ("first_name", "last_name", "nickname", "alias", "descriptor", "found_place", "sleeping_place")
    Served.objects.update(**dict.fromkeys(words, MARK))
    FollowUp.objects.update(purpose=MARK, place=MARK)
    return served


def body(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace") + repr(response.headers)


@pytest.mark.parametrize(("name", "row"), CASES, ids=[f"{name} {row.method}" for name, row in CASES])
def test_no_address_tells_partners_or_volunteers_of_anybody(name: str, row: Row) -> None:
    own, foreign = row.place(make.OWN), row.place(make.FOREIGN)
    tried = [(place, row.args(place) if row.args else {}) for place in (own, foreign)]
    sent = [row.data(place) if callable(row.data) else row.data for place in (own, foreign)]
    people = [marked(place) for place in (own, foreign)]
    for role in GIVERS:
        user, browser = make.user(role), Client()
        own.welcome(user)
        browser.force_login(user)
        for (_place, args), data, person in zip(tried, sent, people, strict=True):
            address = name if name.startswith("/") else reverse(name, kwargs=args)
            extra = {"content_type": row.content_type} if row.content_type else {}
            with transaction.atomic():
                send = getattr(browser, row.method)
                said = body(send(address, data or None, query_params=row.query, **extra))
                transaction.set_rollback(True)
            assert MARK not in said, f"{role}: {name}"
            handed_over = {person.code} if name in BY_CODE else set()
            assert {one.code for one in people if one.code in said} <= handed_over, f"{role}: {name}"


@pytest.mark.parametrize("role", GIVERS)
def test_searching_for_somebody_finds_nobody(role: str) -> None:
    marked(Row().place(make.OWN))
    browser = Client()
    browser.force_login(make.user(role))
    for address in (reverse("network:contributions"), reverse("client-list"), reverse("partner-list"), "/"):
        answer = browser.get(address, query_params={"q": MARK[:6]}, follow=True)
        assert MARK not in answer.content.decode()


@pytest.mark.parametrize("role", GIVERS)
def test_no_letter_goes_to_them(role: str) -> None:
    user = make.user(role)
    assert of_user(user.pk, clock.today()) is None
