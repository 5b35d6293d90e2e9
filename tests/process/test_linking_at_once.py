"""Two people link, or link and open a case, at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from accounts.actor import actor_for
from casework.actions.identity import link_clients, unlink_clients
from casework.actions.notices import NewNotice, open_episode
from casework.models import Client, Episode, LinkEvent
from casework.searchable import refresh
from common import clock
from common.errors import DomainError
from tests.support import factories as make

pytestmark = pytest.mark.process


def answers(*acts: Any) -> list[str]:
    """What became of each of `acts`, all begun at the same moment: "" or the code of the refusal."""
    barrier = Barrier(len(acts))

    def run(act: Any) -> str:
        try:
            barrier.wait(30)
            act()
        except DomainError as refused:
            return refused.code
        else:
            return ""
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def record() -> Client:
    made = make.client()
    refresh(made)
    return made


def test_two_who_link_the_same_records_the_other_way_round_link_them_once() -> None:
    actors = [actor_for(make.user("supervisor")) for _ in range(2)]
    for _ in range(5):
        one, other = record(), record()
        said = answers(
            lambda one=one, other=other: link_clients(
                actor=actors[0], kept_id=one.pk, aside_id=other.pk, reason="x"
            ),
            lambda one=one, other=other: link_clients(
                actor=actors[1], kept_id=other.pk, aside_id=one.pk, reason="x"
            ),
        )
        assert sorted(said) == ["", "link_already"]
        assert Client.objects.filter(pk__in=[one.pk, other.pk], kept=None).count() == 1


def test_a_chain_linked_and_undone_at_once_ends_whole() -> None:
    actors = [actor_for(make.user("supervisor")) for _ in range(3)]
    for _ in range(5):
        one, middle, last = record(), record(), record()
        link = link_clients(actor=actors[0], kept_id=middle.pk, aside_id=last.pk, reason="x")
        said = answers(
            lambda one=one, middle=middle: link_clients(
                actor=actors[0], kept_id=one.pk, aside_id=middle.pk, reason="x"
            ),
            lambda link=link: unlink_clients(actor=actors[1], link_id=link.pk, reason="x"),
            lambda link=link: unlink_clients(actor=actors[2], link_id=link.pk, reason="x"),
        )
        assert said[0] == ""
        assert sorted(said[1:]) == ["", "unlinked_already"]
        people = dict(Client.objects.filter(pk__in=[one.pk, middle.pk, last.pk]).values_list("pk", "person"))
        assert people[one.pk] == people[middle.pk] != people[last.pk]
        assert LinkEvent.objects.standing().filter(kept=one).count() == 1


def test_linking_and_opening_cases_at_once_leave_one_open_case_at_the_centre() -> None:
    actors = [actor_for(make.user("supervisor")) for _ in range(3)]
    for _ in range(5):
        one, other = record(), record()

        def opening(actor: Any, client: Client) -> Any:
            notice = NewNotice(clock.today(), "walk_in")
            return lambda: open_episode(actor=actor, client_id=client.pk, notice=notice)

        said = answers(
            opening(actors[0], one),
            opening(actors[1], other),
            lambda one=one, other=other: link_clients(
                actor=actors[2], kept_id=one.pk, aside_id=other.pk, reason="x"
            ),
        )
        cases = Episode.objects.filter(client__in=[one, other], closed_on=None).count()
        assert (said[2], cases) in (("link_cases", 2), ("", 1)), said
