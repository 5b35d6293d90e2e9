"""Reading the trail: for leads about their own people and colleagues, for auditors about all; each look is noted."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts.actor import actor_for
from audit import trail
from audit.models import ReadEntry
from casework.models import Client as Served
from common import clock
from governance.trail_reading import PAGE
from tests.support import factories as make
from tests.support.client import Client, parse

pytestmark = pytest.mark.django_db


def signed_in(role: str, at: str = make.OWN) -> Client:
    client = Client()
    client.cookies["language"] = "en"
    client.force_login(make.user(role, at))
    return client


def text_of(response: Any, selector: str = "main") -> str:
    return " ".join(parse(response).select_one(selector).get_text(" ").split())


def of_client(client: Served) -> str:
    return reverse("governance:trail_client", kwargs={"uid": client.uid})


def written(client: Served, **more: Any) -> None:
    """Somebody of the client's centre changed the file."""
    worker = actor_for(make.user("social_worker", client.centre.code, name="Worker Who Wrote"))
    trail.record(worker, "client.updated", client, subject=str(client.uid), **more)


def looked_at(
    client: Served, by: str = "social_worker", at: str = make.OWN, name: str = "Reader Who Looked"
) -> None:
    trail.noted_read(actor_for(make.user(by, at, name=name)), "client", subjects=[str(client.uid)])


# --- of a person served


@pytest.mark.parametrize("role", ["supervisor", "centre_head", "auditor"])
def test_who_opened_and_changed_a_file_is_told(role: str) -> None:
    client = make.client()
    written(client, changes={"cause": ["unknown", "work"]}, reason="asked again")
    looked_at(client)
    page = signed_in(role).get(of_client(client))
    assert page.status_code == 200
    shown = text_of(page)
    assert "Reader Who Looked opened the file" in shown
    assert "Worker Who Wrote changed the file" in shown
    assert "main cause: not known → no work" in shown
    assert "asked again" in shown


@pytest.mark.parametrize("role", ["social_worker", "nurse"])
def test_who_may_open_the_file_does_not_see_its_trail(role: str) -> None:
    assert signed_in(role).get(of_client(make.client())).status_code == 403


@pytest.mark.parametrize("role", ["supervisor", "department_analyst", "administrator", "partner"])
def test_of_a_file_elsewhere_nothing_is_there(role: str) -> None:
    assert signed_in(role).get(of_client(make.client(make.FOREIGN))).status_code == 404


def test_looking_at_the_trail_is_noted() -> None:
    client = make.client()
    auditor = signed_in("auditor")
    auditor.get(of_client(client))
    assert ReadEntry.objects.filter(what="trail", subject=str(client.uid)).count() == 1
    assert "looked at the trail" in text_of(auditor.get(of_client(client)))


def test_readers_of_late_are_summed_up() -> None:
    client = make.client()
    reader = actor_for(make.user("social_worker", name="Often Here"))
    for _ in range(3):
        trail.noted_read(reader, "client", subjects=[str(client.uid)])
    aside = text_of(signed_in("supervisor").get(of_client(client)), "aside")
    assert "Often Here" in aside
    assert "3 times" in aside


# --- sensitive values


def test_sealed_values_open_for_the_leads_of_the_centre_and_stay_sealed_for_auditors() -> None:
    client = make.client()
    written(client, sensitive={"health_note": ["", "needs insulin"]})
    lead, auditor = (text_of(signed_in(role).get(of_client(client))) for role in ("supervisor", "auditor"))
    assert "needs insulin" in lead
    assert "needs insulin" not in auditor
    assert "health: changed; the value is sealed" in auditor


def test_after_erasure_the_entry_stays_and_the_value_is_gone() -> None:
    client = make.client()
    written(client, sensitive={"health_note": ["", "needs insulin"]})
    trail.forget(str(client.uid))
    shown = text_of(signed_in("supervisor").get(of_client(client)))
    assert "changed the file" in shown
    assert "erased with their key" in shown
    assert "needs insulin" not in shown


# --- of a colleague


def of_colleague(user: Any) -> str:
    return reverse("governance:trail_actor", kwargs={"uid": user.uid})


def test_a_lead_reads_what_a_colleague_did_and_not_whom_elsewhere_it_was_about() -> None:
    colleague = make.user("social_worker")
    mine, foreign = make.client(), make.client(make.FOREIGN)
    for client in (mine, foreign):
        trail.record(
            actor_for(colleague),
            "client.updated",
            client,
            subject=str(client.uid),
            changes={"cause": ["", "family"]},
        )
    page = signed_in("supervisor").get(of_colleague(colleague))
    shown = text_of(page)
    assert mine.code in shown
    assert "1 person of another centre" in shown
    assert foreign.code not in shown
    assert str(foreign.uid) not in page.content.decode()
    assert shown.count("family problems") == 1
    assert foreign.code in text_of(signed_in("auditor").get(of_colleague(colleague)))
    assert ReadEntry.objects.filter(what="trail of a person", subject=str(colleague.uid)).count() == 2


def test_a_former_colleague_is_still_read_and_a_strangers_trail_is_not_there() -> None:
    former, stranger = make.user("social_worker"), make.user("social_worker", make.FOREIGN)
    former.memberships.update(ends_on=clock.today() - timedelta(days=30))
    lead = signed_in("supervisor")
    assert lead.get(of_colleague(former)).status_code == 200
    assert lead.get(of_colleague(stranger)).status_code == 404
    assert signed_in("auditor").get(of_colleague(stranger)).status_code == 200


# --- of a record


def of_record(client: Served) -> str:
    return reverse("governance:trail_record", kwargs={"kind": "casework.client", "key": str(client.uid)})


def test_a_records_trail_opens_for_those_it_concerns() -> None:
    mine, foreign = make.client(), make.client(make.FOREIGN)
    for client in (mine, foreign):
        written(client, changes={"cause": ["unknown", "work"]})
    lead = signed_in("supervisor")
    assert "changed the file" in text_of(lead.get(of_record(mine)))
    assert lead.get(of_record(foreign)).status_code == 404
    assert signed_in("auditor").get(of_record(foreign)).status_code == 200
    assert signed_in("social_worker").get(of_record(mine)).status_code == 403
    assert ReadEntry.objects.filter(what="trail of a record", subject=str(mine.uid)).exists()


def test_a_record_nobody_wrote_is_not_there() -> None:
    address = reverse("governance:trail_record", kwargs={"kind": "x.y", "key": "1"})
    assert signed_in("auditor").get(address).status_code == 404


# --- finding, and the day


def find(client: Client, words: str) -> Any:
    address = reverse("governance:trail")
    return client.submit(client.get(address), {"q": words}, form="#find")


def test_a_trail_is_found_by_code_and_by_address_without_either_in_the_url() -> None:
    served, colleague = make.client(), make.user("social_worker")
    lead = signed_in("supervisor")
    assert find(lead, f" {served.code.lower()} ")["Location"] == of_client(served)
    assert find(lead, colleague.email.upper())["Location"] == of_colleague(colleague)


@pytest.mark.parametrize("whose", ["client", "colleague", "nobody"])
def test_what_is_not_ones_own_is_not_found(whose: str) -> None:
    words = {
        "client": make.client(make.FOREIGN).code,
        "colleague": make.user("social_worker", make.FOREIGN).email,
        "nobody": "30-2570-99999",
    }[whose]
    assert find(signed_in("supervisor"), words).status_code == 422


def test_a_day_shows_a_lead_their_colleagues_and_who_looked_at_their_people() -> None:
    mine, foreign = make.client(), make.client(make.FOREIGN)
    written(mine)
    looked_at(mine, at=make.FOREIGN, name="Stranger Who Looked")
    looked_at(foreign, at=make.FOREIGN, name="Not Their Business")
    shown = text_of(signed_in("supervisor").get(reverse("governance:trail")))
    assert "Worker Who Wrote" in shown
    assert "Stranger Who Looked" in shown
    assert "Not Their Business" not in shown
    assert "Not Their Business" in text_of(signed_in("auditor").get(reverse("governance:trail")))


def test_another_day_has_other_entries_and_a_day_is_bangkoks(time_machine: Any) -> None:
    served = make.client()
    time_machine.move_to("2026-11-08 17:30:00+00:00", tick=False)  # 00.30 on the 9th in Bangkok
    looked_at(served)
    time_machine.move_to("2026-11-10 03:00:00+00:00", tick=False)
    auditor = signed_in("auditor")
    address = reverse("governance:trail")
    assert "Reader Who Looked" in text_of(auditor.get(address, {"day": "9/11/2569"}))
    assert "Reader Who Looked" not in text_of(auditor.get(address, {"day": "8/11/2569"}))
    assert auditor.get(address, {"day": "nonsense"}).status_code == 422


def test_looking_at_a_day_is_noted() -> None:
    signed_in("auditor").get(reverse("governance:trail"))
    assert ReadEntry.objects.filter(what="trail of a day").count() == 1


# --- pages


def test_older_entries_follow_without_gap_or_repeat() -> None:
    served = make.client()
    reader = actor_for(make.user("social_worker"))
    for number in range(PAGE):
        trail.record(reader, "client.updated", served, subject=str(served.uid), reason=f"reason {number}.")
        trail.noted_read(reader, f"look {number}.", subjects=[str(served.uid)])
    auditor = signed_in("auditor")
    seen, address, pages = "", of_client(served), 0
    while address:
        page = auditor.get(address)
        seen += text_of(page, ".trail") + " "
        link = parse(page).select_one("a[rel=next]")
        address = of_client(served) + link["href"] if link else ""
        pages += 1
    assert pages >= 3
    for number in range(PAGE):
        assert seen.count(f"reason {number}.") == 1
        assert seen.count(f"look {number}.") == 1


@pytest.mark.parametrize("older", ["x", "1-2-3", "-1--1", "9" * 40 + "-1", "<script>"])
def test_a_cursor_that_is_none_is_the_beginning(older: str) -> None:
    served = make.client()
    looked_at(served)
    assert "Reader Who Looked" in text_of(signed_in("auditor").get(of_client(served), {"older": older}))


def test_an_entry_whose_verb_has_no_words_yet_speaks_for_itself() -> None:
    served = make.client()
    worker = actor_for(make.user("social_worker"))
    trail.record(worker, "client.hummed", served, subject=str(served.uid), changes={"tune": [None, "low"]})
    shown = text_of(signed_in("auditor").get(of_client(served)))
    assert "client.hummed" in shown
    assert "tune: – → low" in shown


def test_the_file_has_a_tab_for_those_who_may() -> None:
    served = make.client()
    address = reverse("casework:client", kwargs={"uid": served.uid})
    assert of_client(served) in signed_in("supervisor").get(address).content.decode()
    assert of_client(served) not in signed_in("social_worker").get(address).content.decode()


def test_one_look_at_many_people_is_one_line() -> None:
    served = sorted((make.client() for _ in range(3)), key=lambda client: client.code)
    people = [*served, make.client(make.FOREIGN)]
    reader = actor_for(make.user("social_worker"))
    trail.noted_read(reader, "figure:open_episodes", subjects=[str(client.uid) for client in people])
    page = parse(
        signed_in("supervisor").get(
            reverse("governance:trail_actor", kwargs={"uid": reader.key.removeprefix("user:")})
        )
    )
    lines = page.select(".trail > li")
    assert len(lines) == 1
    assert [tag.get_text() for tag in lines[0].select(".code")] == [client.code for client in served]
    assert "1 person of another centre" in lines[0].get_text(" ")
