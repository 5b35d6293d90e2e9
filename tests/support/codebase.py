"""The project's own files, for tests of the code base itself."""

import ast
import importlib
import pkgutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

PROJECT = Path(__file__).resolve().parents[2]
HOUSE = (
    "common",
    "audit",
    "accounts",
    "network",
    "casework",
    "wellstation",
    "rentshare",
    "governance",
    "config",
)
"""The apps, lowest first: each may know only what stands before it."""

APPS = tuple(name for name in HOUSE if (PROJECT / name / "__init__.py").exists())


@cache
def python_files() -> list[Path]:
    """Every Python file of the apps, without migrations."""
    found = (path for app in APPS for path in (PROJECT / app).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


@cache
def templates() -> dict[str, str]:
    """Name -> source of every template of ours."""
    root = PROJECT / "templates"
    return {
        str(path.relative_to(root)): path.read_text() for path in sorted(root.rglob("*")) if path.is_file()
    }


@cache
def committed_files() -> list[Path]:
    """Every file that is, or is about to be, in the repository."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True).stdout.split(
        "\0"
    )
    return [PROJECT / name for name in names if name and (PROJECT / name).is_file()]


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(), str(path))


def modules(package: str) -> Iterator[ModuleType]:
    """The package and every module in it, imported; nothing when there is no such package."""
    try:
        root = importlib.import_module(package)
    except ModuleNotFoundError as error:
        if error.name != package:
            raise
        return
    yield root
    for found in pkgutil.walk_packages(getattr(root, "__path__", []), f"{package}."):
        yield importlib.import_module(found.name)


def short(path: Path) -> str:
    """The path as it stands in the repository."""
    return str(path.relative_to(PROJECT))
