"""What the tests need in the started system: people of their own, and an object behind every door.

Runs in that system's environment (`python -m tests.e2e.prepare`) and prints one JSON object: `people` whom the
demo's social worker has an appointment with today, somebody `elsewhere`, `doors`, every page of the permission
matrix with the role that looks at it, and what of them is `sealed` in the database.
"""

import importlib
import json
import os
import pkgutil
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import unquote_plus

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.apps import apps  # noqa: E402 (the settings come first)
from django.db import transaction  # noqa: E402 (the settings come first)
from django.urls import reverse  # noqa: E402

from accounts.demo import demo_email  # noqa: E402
from accounts.models import Centre, User  # noqa: E402
from accounts.roles import Role  # noqa: E402
from casework.models import Client, RelatedPerson, SafetyFlag  # noqa: E402
from casework.registering import NewAppointment, NewClient, write_clients  # noqa: E402
from common import clock  # noqa: E402
from common.actor import SystemActor  # noqa: E402
from common.crypto import EncryptedText  # noqa: E402
from network.models import Partner  # noqa: E402
from tests.e2e.people import EVERY_PART, MISSPELT, PURPOSE  # noqa: E402
from tests.support import factories as make  # noqa: E402
from tests.support.matrix import Place, Row  # noqa: E402

# Whoever the factories invent stands on pages too, and a Thai page has Thai names.
make.user = partial(make.user, name="กนกพร สร้างไว้")

NO_PAGE = {"casework:calendar_feed"}
"""Addresses that answer with a file, and only to their own secret, which is another by the time a browser comes."""


def people() -> list[Client]:
    """One client for each name, with an open case of the demo's social worker and an appointment today."""
    today, worker = clock.today(), User.objects.get(email=demo_email(Role.SOCIAL_WORKER))
    met = today - timedelta(days=9)
    new = []
    for name in (EVERY_PART, *MISSPELT):
        first, last = name.split()
        new.append(
            NewClient(
                first_name=first,
                last_name=last,
                channel="hotline_1300",
                noticed_on=met - timedelta(days=1),
                worker_id=worker.pk,
                state="follow_through",
                events=[("contacted", met, ""), ("accepted_help", met, "")],
                appointments=[
                    NewAppointment(met, purpose="เยี่ยมครั้งแรก", result="met", occurred_on=met, note="คุยกันดี"),
                    NewAppointment(today, purpose=PURPOSE),
                ],
                found_place="ลานย่าโม",
            )
        )
    centre = Centre.objects.get(code=make.OWN)
    keys = write_clients(actor=SystemActor("e2e"), centre=centre, new=new, synthetic=True)
    found = Client.objects.in_bulk(keys)
    return [found[key] for key in keys]


def elsewhere() -> Client:
    """Somebody of Chiang Mai, whom nobody in Nakhon Ratchasima may look up but as a card."""
    new = NewClient(first_name="อินทิรา", last_name="กาวิละ", channel="walk_in", noticed_on=clock.today())
    centre = Centre.objects.get(code=make.FOREIGN)
    (key,) = write_clients(actor=SystemActor("e2e"), centre=centre, new=[new], synthetic=True)
    return Client.objects.get(pk=key)


def plain(client: Client) -> dict[str, str]:
    """A client as tests.e2e.people.Person takes it."""
    return {"name": client.main_name, "code": client.code, "uid": str(client.uid)}


def fill(place: Place, client: Client) -> None:
    """Let `place` point to a file in which every part of the page has something to show."""
    episode = client.episodes.get()
    worker = User.objects.get(pk=episode.worker_id)
    make.note(client, author=worker, text="ขอทำงานใกล้ลูก ไม่อยากย้ายจังหวัด")
    SafetyFlag.objects.create(client=client, kind="medical", text="เป็นเบาหวาน", raised_by=worker)
    RelatedPerson.objects.create(client=client, relation="child", name="สมใจ ศุภโชติ", may_contact=True)
    vars(place).update(
        client=client,
        episode=episode,
        follow_up=client.follow_ups.get(state="planned"),
        need=make.need(episode, kind="papers", words="บัตรหาย อยากทำใหม่"),
        note=make.note(client, author=worker, text="พาไปทำบัตรแล้ว"),
        worker=worker,
        helper=Partner.objects.get(members__user__email=demo_email(Role.PARTNER)),
    )


def doors(client: Client) -> Iterator[dict[str, Any]]:
    """Each address of the matrix that shows a page to somebody, with a role that may open it ("" for nobody)."""
    whole = Place(make.OWN)
    fill(whole, client)
    package = importlib.import_module("tests.matrix")
    for module in pkgutil.iter_modules(package.__path__, "tests.matrix."):
        app = module.name.rpartition(".")[2]
        for name, listed in importlib.import_module(module.name).MATRIX.items():
            for row in listed if isinstance(listed, tuple) else (listed,):
                role = looker(row)
                if role is not None and name not in NO_PAGE:
                    yield {"app": app, "role": role, "address": address(name, row, whole)}


def looker(row: Row) -> str | None:
    """Who looks at the page of `row`: the first role that may, "" for somebody not signed in, None for nobody."""
    if row.method != "get":
        return None
    able = [role for role in Role.values if row.own.get(role, row.others) == 200]
    return able[0] if able else ("" if row.anonymous == 200 else None)


def address(name: str, row: Row, whole: Place) -> str:
    """Where the page of `row` is, about `whole` or about what the row's own place has besides."""
    place = row.place(make.OWN)
    vars(place).update(vars(whole))
    return reverse(name, kwargs=row.args(place) if row.args else {}, query=row.query or None)


def sealed() -> list[str]:
    """What people have written that cannot be read in the database: every encrypted field of every model.

    Registers keep JSON, whose Thai would be escaped, and drafts a form as it is sent.
    """
    found: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.fields:
            if isinstance(field, EncryptedText):
                found.update(model._default_manager.order_by().values_list(field.attname, flat=True))
    return [text for sealed in found if sealed for text in _spoken(sealed)]


def _spoken(text: str) -> Iterator[str]:
    try:
        content = json.loads(text)
    except ValueError:
        yield unquote_plus(text)
        return
    yield from _strings(content)


def _strings(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict | list):
        for part in content.values() if isinstance(content, dict) else content:
            yield from _strings(part)


def main() -> None:
    with transaction.atomic():
        first, *others = people()
        found = list(doors(first))
        answer = {
            "people": [plain(one) for one in others],
            "elsewhere": plain(elsewhere()),
            "doors": found,
            "sealed": sealed(),
        }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
