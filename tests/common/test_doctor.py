"""doctor names what is broken and how to mend it."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from common import clock, doctor
from common.db import guards, health
from common.management.commands import compile_catalogues
from common.models import Heartbeat, Letter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _jobs_run() -> None:
    call_command("compile_catalogues", verbosity=0)
    for name in ("worker", "beat"):
        Heartbeat.objects.create(name=name, seen_at=clock.now())


def findings(what: str) -> list[doctor.Finding]:
    return [found for found in doctor.examine() if found.what == what]


def states(what: str) -> list[str]:
    return [found.state for found in findings(what)]


def run(*arguments: str) -> int:
    try:
        call_command("doctor", *arguments)
    except SystemExit as ended:
        return int(ended.code)
    return 0


def test_a_healthy_installation_has_nothing_broken(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--json") == 0
    lines = capsys.readouterr().out.strip().splitlines()
    said = json.loads(lines[-1])
    assert said["healthy"] is True
    looked_at = {found["what"] for found in said["findings"]}
    assert {
        "database",
        "migrations",
        "guards",
        "broker",
        "worker",
        "beat",
        "mail",
        "disk",
        "settings",
    } <= looked_at
    assert {"catalogues", "fonts", "letters"} <= looked_at
    assert not any(line.startswith("BAD") for line in lines)


def test_everything_bad_says_how_to_mend_it(
    settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Heartbeat.objects.all().delete()
    settings.EMAIL_URL, settings.EMAIL_HOST, settings.EMAIL_PORT = "smtp://127.0.0.1:1", "127.0.0.1", 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.VAR, settings.BASE_DIR = tmp_path / "gone", tmp_path
    settings.REDIS_URL, settings.BROKER_DIR = "", tmp_path / "gone"
    assert run("--json") == 1
    found = json.loads(capsys.readouterr().out.strip().splitlines()[-1])["findings"]
    bad = {one["what"] for one in found if one["state"] == "bad"}
    assert bad == {"disk", "mail", "worker", "beat", "broker", "fonts"}
    assert all(one["mend"] for one in found if one["state"] != "ok")


def test_a_missing_guard_is_found_and_mended(capsys: pytest.CaptureFixture[str]) -> None:
    guard = next(g for g in guards.registered() if g.kind == "trigger")
    with connection.cursor() as cursor:
        cursor.execute(guards.drop_statement(guard))
    assert run() == 1
    said = capsys.readouterr().out
    assert guard.name in said
    assert "doctor --mend" in said
    assert run("--mend") == 0
    assert f"guard {guard.name} installed" in capsys.readouterr().out
    assert run() == 0


def test_a_database_that_is_away_does_not_hide_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: Any, **__: Any) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "close", lambda: None)
    monkeypatch.setattr(connection, "cursor", gone)
    found = list(doctor.examine())
    assert (found[0].what, found[0].state) == ("database", "bad")
    assert "DATABASE_URL" in found[0].mend
    assert {"disk", "broker", "mail"} <= {one.what for one in found}
    assert doctor.mend() == []


def test_migrations_that_wait_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = [(type("M", (), {"__str__": lambda self: "casework.0002_more"})(), False)]
    monkeypatch.setattr(doctor.MigrationExecutor, "migration_plan", lambda self, targets: waiting)
    (found,) = findings("migrations")
    assert (found.state, found.mend) == ("bad", "manage.py migrate")
    assert "casework.0002_more" in found.said


def test_what_the_engine_lacks_is_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    assert health.troubles() == []
    monkeypatch.setattr(health, "troubles", lambda: [health.Trouble("blind to Thai", "make it anew")])
    assert states("database") == ["ok", "bad"]


def test_a_search_blind_to_thai_or_a_slow_journal_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever engine this is: every answer turned bad is a trouble of its own."""
    monkeypatch.setattr(health, "_answer", lambda sql: 0)
    assert health.troubles()


def test_a_catalogue_that_is_not_compiled_is_found_and_mended(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    source = tmp_path / "django.po"
    source.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n')
    monkeypatch.setattr(compile_catalogues, "sources", lambda: [source])
    assert states("catalogues") == ["bad"]
    assert doctor.mend() == [f"catalogue {source} compiled"]
    assert states("catalogues") == ["ok"]


def test_secrets_that_others_can_read_are_bad(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    secrets = tmp_path / "secrets.env"
    secrets.write_text("SECRET_KEY=x")
    secrets.chmod(0o600)
    assert "bad" not in states("settings")
    secrets.chmod(0o644)
    assert "bad" in states("settings")


def test_addresses_that_are_not_encrypted_or_not_real_are_warned_of(settings: Any) -> None:
    assert states("settings") == ["ok"]
    settings.PUBLIC_URL = "http://ruamban.example"
    settings.EMAIL_URL = "smtp://mail.example"
    assert states("settings") == ["ok", "warn", "warn"]


def test_in_production_the_deployment_checks_speak(settings: Any) -> None:
    settings.MODE = "production"
    settings.SECURE_HSTS_SECONDS = 0
    assert any("security.W004" in found.said for found in findings("settings"))


def test_a_real_installation_without_a_mail_server_is_warned(settings: Any) -> None:
    assert states("mail") == ["ok"]
    settings.MODE = "single"
    assert states("mail") == ["warn"]


def test_letters_that_were_given_up_are_a_warning_but_not_a_failure() -> None:
    Letter.objects.create(
        recipient_key="user:1", to="a@test.example", kind="k", period="p", subject="s", text="t",
        message_id="<1@test>", due_at=clock.now(), state="failed",
    )  # fmt: skip
    assert states("letters") == ["warn"]
    assert run() == 0


def test_little_room_on_the_disk_is_said_before_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("Usage", (), {"free": 500 * 2**20})
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda folder: usage)
    assert states("disk") == ["warn"]
    usage.free = 100 * 2**20
    assert states("disk") == ["bad"]


def test_a_look_that_fails_is_a_finding_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.guards, "missing", lambda: 1 / 0)
    (found,) = findings("guards")
    assert (found.state, found.said) == ("bad", "cannot be looked at: ZeroDivisionError")
    assert os.linesep not in found.said
