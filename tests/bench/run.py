"""One bench in a process of its own: `python -m tests.bench.run NAME ROUNDS CLIENTS`; a line of JSON for each line."""

import json
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command

POPULATE = "populate"
BENCHES = {
    "search": "tests.bench.searching:search",
    "short-search": "tests.bench.searching:short_search",
    "damaged-names": "tests.bench.searching:damaged_names",
    "sqlite-search": "tests.bench.on_sqlite:sqlite_search",
    "import": "tests.bench.importing:importing",
    "due-queue": "tests.bench.due_queue:due_queue",
    "rent-month": "tests.bench.rent_month:rent_month",
    "reports": "tests.bench.reports:reports",
    "page": "tests.bench.page:page",
    "ladder": "tests.bench.ladder:ladder",
}


def populate(_rounds: int, clients: int) -> list[Any]:
    """No bench: the people that the searches look for."""
    from tests.bench import country  # noqa: PLC0415 (Django is ready only now)

    print(country.populate(clients), file=sys.stderr)
    return []


def function(name: str) -> Callable[[int, int], list[Any]]:
    if name == POPULATE:
        return populate
    module, _, attribute = BENCHES[name].partition(":")
    found: Callable[[int, int], list[Any]] = getattr(import_module(module), attribute)
    return found


def main(name: str, rounds: str, clients: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if name in {"search", "damaged-names"}:
        settings.INSTALLED_APPS.append("django.contrib.admin")  # the peer's, mounted nowhere
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    for found in function(name)(int(rounds), int(clients)):
        print(json.dumps(found.as_dict(), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
