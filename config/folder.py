"""The folder where an installation without servers of its own keeps everything (RUAMBAN_VAR)."""

import base64
import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

SECRETS_FILE = "secrets.env"
PARTS = ("broker/queue", "broker/control", "broker/processed", "private", "static")


def prepare(var: Path) -> None:
    """Make the folder with its parts, and secrets that stay the same from start to start.

    Secrets are made only once, and only where the environment does not bring its own.

    Raises ImproperlyConfigured, in one sentence, when nothing can be written there.
    """
    try:
        for part in PARTS:
            (var / part).mkdir(parents=True, exist_ok=True)
        if not all(os.environ.get(name) for name in ("SECRET_KEY", "FIELD_KEYS")):
            _write_once(var / SECRETS_FILE, _new_secrets())
        if not os.access(var, os.W_OK | os.X_OK):
            raise PermissionError(None, "no permission to write")
    except OSError as error:
        raise ImproperlyConfigured(
            f"The folder {var} cannot be used: {error.strerror}. Mend that, or set RUAMBAN_VAR to another folder."
        ) from error


def _new_secrets() -> str:
    field_key = base64.b64encode(secrets.token_bytes(32)).decode()
    return (
        "# Made at the first start. Whoever has this file can read everything; without it, what is encrypted is lost.\n"
        f"SECRET_KEY={secrets.token_urlsafe(64)}\n"
        f"FIELD_KEYS={field_key}\n"
    )


def _write_once(path: Path, text: str) -> None:
    """Write a file only its owner may read, whole or not at all; what is there already stays."""
    if path.exists():
        return
    draft = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
        try:
            os.link(draft, path)
        except FileExistsError:
            return  # another process was first: its secrets count
    finally:
        draft.unlink(missing_ok=True)
