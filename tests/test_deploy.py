"""What is shipped for Docker hangs together; the engine itself is not needed to know that."""

import re
from typing import Any

import pytest
import yaml

from tests.support.codebase import APPS, PROJECT

COMPOSE: dict[str, Any] = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
VARIABLE = re.compile(r"\$\{(\w+)(:?[-?])?[^}]*\}")


def test_no_secret_has_a_default() -> None:
    text = (PROJECT / "docker-compose.yml").read_text()
    lax = {name for name, kind in VARIABLE.findall(text) if kind != ":?"}
    assert lax == {"EMAIL_URL"}


def test_the_example_names_every_variable_and_sets_none() -> None:
    example = (PROJECT / "deploy/env.example").read_text()
    asked = {name for name, _ in VARIABLE.findall((PROJECT / "docker-compose.yml").read_text())}
    assert asked == set(re.findall(r"^#? ?([A-Z_]+)=", example, re.MULTILINE))
    assert not re.findall(r"^[A-Z_]+=.+$", example, re.MULTILINE)


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_every_lasting_service_says_how_it_is(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]


def test_services_wait_for_what_they_need() -> None:
    named = {need for service in SERVICES.values() for need in service.get("depends_on", {})}
    assert named <= set(SERVICES)
    for name in ("web", "worker", "beat"):
        assert SERVICES[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    volumes = {mount.split(":")[0] for service in SERVICES.values() for mount in service.get("volumes", [])}
    assert {volume for volume in volumes if not volume.startswith(".")} == set(COMPOSE["volumes"])


def test_a_full_queue_refuses_and_survives_a_restart() -> None:
    command = SERVICES["redis"]["command"]
    assert command[command.index("--maxmemory-policy") + 1] == "noeviction"
    assert command[command.index("--appendonly") + 1] == "yes"


def test_only_the_proxy_is_open_to_the_world() -> None:
    ports = {name: port for name, service in SERVICES.items() for port in service.get("ports", [])}
    assert {name for name, port in ports.items() if not port.startswith("127.0.0.1:")} == {"proxy"}


def test_the_image_holds_every_app_and_runs_as_nobody_special() -> None:
    let_in = (PROJECT / ".dockerignore").read_text().splitlines()
    assert let_in.count("*") == 1
    assert {f"!{app}" for app in APPS} <= set(let_in)
    assert re.search(r"^USER (?!root)\w+$", (PROJECT / "Dockerfile").read_text(), re.MULTILINE)
