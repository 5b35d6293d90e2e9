"""The code base keeps its own rules (ARCHITECTURE.md). Each test names the places that do not."""

import ast
import inspect
import re
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.template import engines

from config.celery import app as celery_app
from tests.support.codebase import (
    APPS,
    HOUSE,
    PROJECT,
    committed_files,
    modules,
    python_files,
    short,
    templates,
    tree,
)

# Lines per file; past that a module is split by noun. A file that must be longer stands here with its reason.
LIMITS = {"rules": 250, "actions": 250, "web": 300, "api": 300, "models": 400}
LONGER: dict[str, str] = {}
TEMPLATE_LIMIT = 150
TASK_STATEMENTS = 10


# --- actions, visibility, tasks ---------------------------------------------------------------------------


def test_every_public_function_of_an_actions_module_is_an_action() -> None:
    loose = [
        f"{module.__name__}.{name}"
        for app in APPS
        for module in modules(f"{app}.actions")
        if not (app == "common" and module.__name__ == "common.actions")  # where @action itself is made
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and not hasattr(function, "is_action")
    ]
    assert not loose, "make these an @action, or private"


def test_what_a_url_can_name_has_one_rule_of_visibility() -> None:
    blind = [
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in APPS
        # People are seen through Membership.visible_to; what common keeps belongs to the house.
        and model._meta.app_label not in {"accounts", "common"}
        and any(field.name == "uid" for field in model._meta.fields)
        and not hasattr(model._default_manager.all(), "visible_to")
    ]
    assert not blind, "these have a uid but no visible_to(actor)"


def test_only_actions_write_the_trail() -> None:
    others = [
        f"{short(path)}:{node.lineno}"
        for path in python_files()
        if "actions" not in path.parts and not short(path).startswith("audit/")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "trail.record"
    ]
    assert not others, "what is written, and its line in the trail, belong in one action"


def _called_with_text(path: Path, *functions: str) -> list[str]:
    """First arguments, where they are plain text, of calls of these functions in a file."""
    return [
        node.args[0].value
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
        and (getattr(node.func, "attr", None) or getattr(node.func, "id", None)) in functions
    ]


def test_every_task_that_is_enqueued_is_registered() -> None:
    celery_app.loader.import_default_modules()
    unknown = [
        f"{short(path)}: {name}"
        for path in python_files()
        for name in _called_with_text(path, "enqueue", "send", "send_task")
        if re.fullmatch(r"[a-z_]+\.[a-z_]+", name) and name not in celery_app.tasks
    ]
    assert not unknown


def test_tasks_only_translate() -> None:
    celery_app.loader.import_default_modules()
    ours = {
        name: task for name, task in celery_app.tasks.items() if type(task).__module__.split(".")[0] in APPS
    }
    assert ours, "no task of ours is registered"
    misnamed = [
        name for name, task in ours.items() if not name.startswith(type(task).__module__.split(".")[0])
    ]
    assert not misnamed, "a task bears the name of its app"
    long = [
        f"{short(path)}: {node.name}"
        for path in python_files()
        if path.name == "tasks.py"
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef) and _statements(node) > TASK_STATEMENTS
    ]
    assert not long, "a task calls one action; what it does beyond that belongs there"


def _statements(function: ast.FunctionDef) -> int:
    return sum(isinstance(node, ast.stmt) for node in ast.walk(function)) - 1


# --- the house ---------------------------------------------------------------------------------------------


def test_no_lower_app_has_a_foreign_key_to_a_higher_one() -> None:
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and model._meta.app_label in HOUSE
        and field.related_model._meta.app_label in HOUSE
        and HOUSE.index(field.related_model._meta.app_label) > HOUSE.index(model._meta.app_label)
    ]
    assert not upward


def test_only_common_db_asks_which_engine_it_is_on() -> None:
    asking = re.compile(r"\.vendor\b|settings_dict|django\.db\.backends|isinstance\(\s*connection")
    curious = [
        f"{short(path)}:{number}"
        for path in python_files()
        if not short(path).startswith("common/db/") and short(path) != "config/settings.py"
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if asking.search(line)
    ]
    assert not curious, "what differs between the engines lives in common/db"


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = [
        short(path) for path in python_files() if re.fullmatch(r"(utils?|helpers?|misc)\d*\.py", path.name)
    ]
    assert not drawers, "name a module after what it is about"


def _limit(path: Path) -> int | None:
    parts = {part.removesuffix(".py") for part in path.relative_to(PROJECT).parts[1:]}
    return min((LIMITS[part] for part in parts & LIMITS.keys()), default=None)


def test_modules_are_split_before_they_are_too_long() -> None:
    too_long = {
        short(path): lines
        for path in python_files()
        if (limit := _limit(path)) and (lines := len(path.read_text().splitlines())) > limit
    }
    too_long |= {
        f"templates/{name}": source.count("\n")
        for name, source in templates().items()
        if source.count("\n") > TEMPLATE_LIMIT
    }
    assert not {name: lines for name, lines in too_long.items() if name not in LONGER}, "split these by noun"
    assert LONGER.keys() <= too_long.keys(), "these are short enough now"


# --- migrations --------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_migrations_say_what_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_form_one_line_in_each_app() -> None:
    graph = MigrationLoader(connection=None).graph
    forks = [
        f"{app}.{name}"
        for (app, name), node in graph.node_map.items()
        if app in APPS and sum(child.key[0] == app for child in node.children) > 1
    ]
    assert not forks
    assert all(len(graph.leaf_nodes(app)) <= 1 for app in APPS)


# --- templates ---------------------------------------------------------------------------------------------

# Found by their status: by Django, and by common.web.errors.
BY_CONVENTION = re.compile(r"(\d{3}|403_csrf)\.html$")


def _overrides_a_library(name: str) -> bool:
    folders = [Path(str(folder)) for folder in engines["django"].engine.template_loaders[0].get_dirs()]
    folders = [Path(config.path) / "templates" for config in apps.get_app_configs()] + folders
    return any(
        (folder / name).exists() and not folder.is_relative_to(PROJECT / "templates") for folder in folders
    )


_NAMED_TEMPLATE = re.compile(r"""["']([\w/.-]+\.(?:html|txt|svg|typ))(?=["'#{])""")


def _used_templates() -> set[str]:
    text = "\n".join([*(path.read_text() for path in python_files()), *templates().values()])
    return set(_NAMED_TEMPLATE.findall(text))


def test_every_template_is_used() -> None:
    used = _used_templates()
    unused = [
        name
        for name in templates()
        if name not in used and not BY_CONVENTION.search(name) and not _overrides_a_library(name)
    ]
    assert not unused


INLINE = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "event attribute": re.compile(r"<[^>]*\s(on[a-z]+|hx-on[\w:-]*)\s*=", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
    "address elsewhere": re.compile(r"""(src|href)\s*=\s*["'](https?:)?//""", re.IGNORECASE),
}


@pytest.mark.parametrize("what", INLINE)
def test_templates_hold_nothing_the_security_policy_forbids(what: str) -> None:
    found = [
        name for name, source in templates().items() if name.endswith(".html") and INLINE[what].search(source)
    ]
    assert not found


def test_every_form_that_writes_carries_a_token() -> None:
    forms = re.compile(r"""<form\b[^>]*method\s*=\s*["']post["'].*?</form>""", re.IGNORECASE | re.DOTALL)
    bringing = [re.escape(name) for name, source in templates().items() if "{% csrf_token %}" in source]
    token = re.compile('{% csrf_token %}|{% include "(' + "|".join(bringing) + ')"')
    without = [
        name
        for name, source in templates().items()
        for form in forms.findall(source)
        if not token.search(form)
    ]
    assert not without


def test_loads_stand_first_and_in_order() -> None:
    wrong = []
    for name, source in templates().items():
        tags = re.findall(r"{%\s*(\w+)([^%]*)%}", source)
        loads = [arguments.split() for tag, arguments in tags if tag == "load"]
        libraries = [library for group in loads for library in group]
        after = [tag for tag, _ in tags if tag not in {"extends", "comment", "endcomment"}]
        if libraries != sorted(libraries) or after[: len(loads)] != ["load"] * len(loads):
            wrong.append(f"{name}: {' '.join(libraries)}")
        wrong += [f"{name}: {library} twice" for library, count in Counter(libraries).items() if count > 1]
    assert not wrong


# --- what is committed -------------------------------------------------------------------------------------


def _requirements(name: str) -> dict[str, list[str]]:
    """Requirement -> its hashes."""
    found: dict[str, list[str]] = {}
    for line in (PROJECT / "requirements" / name).read_text().replace("\\\n", " ").splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            requirement, *hashes = line.split(" --hash=")
            found[requirement.strip()] = [part.strip() for part in hashes]
    return found


@pytest.mark.parametrize("name", ["base.txt", "dev.txt"])
def test_requirements_are_pinned_hashed_and_name_no_place(name: str) -> None:
    loose = [
        requirement
        for requirement, hashes in _requirements(name).items()
        if "==" not in requirement or not hashes or not all(part.startswith("sha256:") for part in hashes)
    ]
    assert not loose
    assert "://" not in (PROJECT / "requirements" / name).read_text()


def test_what_runs_is_what_is_tested() -> None:
    assert _requirements("base.txt").items() <= _requirements("dev.txt").items()


def test_nothing_names_a_package_registry() -> None:
    hosts = [("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("crates", "io")]
    named = re.compile("|".join(rf"\b{name}\.{domain}\b" for name, domain in hosts).encode())
    assert not [short(path) for path in committed_files() if named.search(path.read_bytes())]


def test_no_lock_with_addresses_is_committed() -> None:
    assert not [short(path) for path in committed_files() if path.name in {"uv.lock", "package-lock.json"}]
