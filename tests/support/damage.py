"""What happens to Thai names on their way into a search box. `python -m tests.support.damage` writes the list.

Each kind takes a person and dice, and gives what somebody types, or "" when the name offers no place for it.
The list (tests/casework/damaged_names.json) is the same at every run and stands in the repository, so that a
change of the search is measured against the same 200 questions.
"""

import json
import random
import re
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from tests.support.thai_people import MEN, WOMEN, SomePerson, people

LIST = Path(__file__).resolve().parents[1] / "casework" / "damaged_names.json"
SEED, COUNT = 20_570, 200
CONSONANTS = "กขคงจชซญดตถทธนบปผพภมยรลวศษสหอ"
HIDDEN = "\u200b\u200c\u200d\ufeff\u00ad"
_SAME_SOUND = {
    "ศ": "ส",
    "ษ": "ส",
    "ส": "ศ",
    "ณ": "น",
    "น": "ณ",
    "ฐ": "ถ",
    "ธ": "ท",
    "ภ": "พ",
    "ญ": "ย",
    "ฎ": "ด",
}
_LENGTH = {"ิ": "ี", "ี": "ิ", "ึ": "ื", "ื": "ึ", "ุ": "ู", "ู": "ุ"}
_OTHER = {"ใ": "ไ", "ไ": "ใ", "เ": "แ", "แ": "เ", "า": "ะ", "โ": "เ", "ั": "า"}

Damage = Callable[[SomePerson, random.Random], str]
KINDS: dict[str, Damage] = {}


def _kind(damage: Damage) -> Damage:
    KINDS[damage.__name__] = damage
    return damage


def _whole(p: SomePerson) -> str:
    return f"{p.first} {p.last}".strip()


def _change(text: str, pattern: str, dice: random.Random, change: Callable[[str], str]) -> str:
    """`text` with one match of `pattern` changed; "" without any."""
    places = list(re.finditer(pattern, text))
    if not places:
        return ""
    match = dice.choice(places)
    return text[: match.start()] + change(match[0]) + text[match.end() :]


@_kind
def title_glued(p: SomePerson, dice: random.Random) -> str:
    return dice.choice([p.title, "น.ส." if p.title == "นางสาว" else p.title, "คุณ "]) + _whole(p)


@_kind
def silent_letter_dropped(p: SomePerson, dice: random.Random) -> str:
    return _change(_whole(p), "[ก-ฮ][ิุ]?์", dice, lambda _: "")


@_kind
def silencer_dropped(p: SomePerson, dice: random.Random) -> str:
    return _change(_whole(p), "์", dice, lambda _: "")


@_kind
def tone_dropped(p: SomePerson, dice: random.Random) -> str:
    return _change(_whole(p), "[่-๋]", dice, lambda _: "")


@_kind
def tone_wrong(p: SomePerson, dice: random.Random) -> str:
    return _change(_whole(p), "[่-๋]", dice, lambda tone: "่" if tone == "้" else "้")


@_kind
def am_in_two(p: SomePerson, dice: random.Random) -> str:
    return _change(_whole(p), "ำ", dice, lambda _: "ํา")


@_kind
def ae_in_two(p: SomePerson, dice: random.Random) -> str:
    return _change(_whole(p), "แ", dice, lambda _: "เเ")


@_kind
def vowel_length(p: SomePerson, dice: random.Random) -> str:
    return _change(_whole(p), "[ิีึืุู]", dice, _LENGTH.__getitem__)


@_kind
def vowel_swapped(p: SomePerson, dice: random.Random) -> str:
    return _change(_whole(p), "[ใไเแาโั]", dice, _OTHER.__getitem__)


@_kind
def vowel_missing(p: SomePerson, dice: random.Random) -> str:
    return _change(_whole(p), "(?<=.)[ะัาิีึืุู]", dice, lambda _: "")


@_kind
def letter_of_same_sound(p: SomePerson, dice: random.Random) -> str:
    return _change(_whole(p), f"[{''.join(_SAME_SOUND)}]", dice, _SAME_SOUND.__getitem__)


@_kind
def consonant_wrong(p: SomePerson, dice: random.Random) -> str:
    return _change(_whole(p), "[ก-ฮ](?!์)", dice, lambda right: dice.choice(CONSONANTS.replace(right, "")))


@_kind
def consonant_missing(p: SomePerson, dice: random.Random) -> str:
    return _change(_whole(p), "(?<=[ก-๙])[ก-ฮ](?!์)", dice, lambda _: "")


@_kind
def consonant_doubled(p: SomePerson, dice: random.Random) -> str:
    return _change(_whole(p), "[ก-ฮ](?!์)", dice, lambda letter: letter * 2)


@_kind
def letters_swapped(p: SomePerson, dice: random.Random) -> str:
    return _change(_whole(p), "[ก-ฮ]{2}(?!์)", dice, lambda pair: pair[::-1])


@_kind
def zero_width(p: SomePerson, dice: random.Random) -> str:
    hidden = dice.choice(HIDDEN)
    return _change(_whole(p), ".(?=[ก-ฮเ-ไ])", dice, lambda before: before + hidden)


@_kind
def no_space(p: SomePerson, dice: random.Random) -> str:
    return p.title + p.first + p.last if p.last else ""


@_kind
def no_space_and_damaged(p: SomePerson, dice: random.Random) -> str:
    return consonant_wrong(p, dice).replace(" ", "") if p.last else ""


@_kind
def surname_first(p: SomePerson, dice: random.Random) -> str:
    return f"{p.last} {p.first}" if p.last else ""


@_kind
def surname_missing(p: SomePerson, dice: random.Random) -> str:
    """Only with a given name that not everybody has: nobody can tell one สมชาย from another."""
    return "" if p.first in MEN or p.first in WOMEN else p.title + p.first


@_kind
def surname_missing_and_damaged(p: SomePerson, dice: random.Random) -> str:
    alone = surname_missing(p, dice) and _change(p.first, "[ะัาิีึืุู่-์]", dice, lambda _: "")
    return alone or ""


@_kind
def surname_cut_short(p: SomePerson, dice: random.Random) -> str:
    return f"{p.first} {p.last[: len(p.last) // 2 + 1]}" if len(p.last) > 5 else ""


@_kind
def both_names_damaged(p: SomePerson, dice: random.Random) -> str:
    first = _change(p.first, "[ก-ฮ](?!์)", dice, lambda right: dice.choice(CONSONANTS.replace(right, "")))
    last = _change(p.last, "(?<=[ก-๙])[ก-ฮ](?!์)", dice, lambda _: "")
    return f"{first} {last}" if first and last and len(p.first) > 4 else ""


@_kind
def given_name_and_nickname(p: SomePerson, dice: random.Random) -> str:
    nickname = re.sub("[่-๋]", "", p.nickname)
    return f"{p.first} {nickname}" if nickname and p.first not in (*MEN[:40], *WOMEN[:40]) else ""


def damaged(seed: int = SEED, count: int = COUNT) -> Iterator[tuple[str, SomePerson, str]]:
    """(kind, person, what is typed), every kind in turn."""
    dice, crowd, kinds = random.Random(seed), people(seed), list(KINDS.items())
    for at in range(count):
        name, damage = kinds[at % len(kinds)]
        for person in crowd:
            typed = damage(person, dice)
            if typed and typed != _whole(person) and person.last:
                yield name, person, typed
                break


def distractors(count: int, seed: int = 1) -> Iterator[SomePerson]:
    """People who are in the way."""
    return islice(people(seed), count)


if __name__ == "__main__":
    rows = [
        {
            "kind": kind,
            "typed": typed,
            "title": p.title,
            "first": p.first,
            "last": p.last,
            "nickname": p.nickname,
        }
        for kind, p, typed in damaged()
    ]
    text = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    for hidden in HIDDEN:  # a reader of the list must see them
        text = text.replace(hidden, f"\\u{ord(hidden):04x}")
    LIST.write_text(f"[\n{text}\n]\n", encoding="utf-8")
