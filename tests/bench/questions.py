"""What is typed into the search box, drawn from the people who are there. The same seed asks the same."""

import random
from collections.abc import Callable

from casework.models import Client
from tests.support.damage import KINDS
from tests.support.thai_people import SomePerson

Ask = Callable[[SomePerson, Client, random.Random], str]

# (share, how): most know the name, many a part of it, a third of them not quite.
_WAYS: list[tuple[int, Ask]] = [
    (24, lambda p, _, __: f"{p.first} {p.last}"),
    (8, lambda p, _, __: p.first),
    (10, lambda p, _, __: p.last),
    (6, lambda p, _, __: p.nickname),
    (8, lambda p, _, __: f"{p.first} {p.last[:3]}"),
    (4, lambda p, _, __: f"{p.first} {p.nickname}" if p.nickname else ""),
    (4, lambda _, client, __: client.phone),
    (4, lambda _, client, __: client.code),
    (2, lambda p, _, __: p.place),
    (30, lambda p, _, dice: dice.choice(list(KINDS.values()))(p, dice)),
]
_BEGINNINGS = """
    ก ข ค จ ช ด ต ถ ท ธ น บ ป ผ พ ม ย ร ล ว ศ ส อ สม วิ สุ กา นา มา ศิ ธน ชา ทอ แก ใจ ดี เจ แส ไพ โส เพ อุ อำ ยุ รั ณั
    ภู ฐา เล แด นุ โอ เอ ปู ผึ ฝน
"""


def questions(count: int, *, centre_id: int, seed: int = 7) -> list[str]:
    """`count` questions about people of the centre `centre_id`."""
    dice = random.Random(seed)
    ways, weights = [way for _, way in _WAYS], [share for share, _ in _WAYS]
    keys = list(Client.objects.filter(centre_id=centre_id).order_by("pk").values_list("pk", flat=True))
    asked: list[str] = []
    while len(asked) < count:
        client = Client.objects.get(pk=dice.choice(keys))
        way = dice.choices(ways, weights)[0]
        if text := way(_as_person(client), client, dice).strip():
            asked.append(text)
    return asked


def short_questions(count: int) -> list[str]:
    """`count` questions of one or two characters."""
    short = _BEGINNINGS.split()
    return [short[number % len(short)] for number in range(count)]


def _as_person(client: Client) -> SomePerson:
    return SomePerson(
        title=client.title, first=client.first_name, last=client.last_name, nickname=client.nickname,
        alias=client.alias, place=client.found_place, is_man=client.sex == Client.Sex.MALE,
    )  # fmt: skip
