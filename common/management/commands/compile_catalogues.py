"""Compile the translations, in pure Python: gettext's tools need not be installed."""

import os
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation.reloader import translation_file_changed


def sources() -> list[Path]:
    """Every catalogue of the project."""
    return sorted(
        path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/*.po")
    )


def is_stale(source: Path) -> bool:
    """True when the compiled file is missing or older than its source."""
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns


def compile_one(source: Path) -> None:
    """Write the .mo beside the .po; a reader sees the old one or the new one, never half of it."""
    half = source.with_suffix(f".{os.getpid()}.tmp")
    polib.pofile(str(source)).save_as_mofile(str(half))
    half.replace(source.with_suffix(".mo"))


class Command(BaseCommand):
    help = "Compile the catalogues under locale/ that changed since they were last compiled."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        stale = [source for source in sources() if is_stale(source)]
        for source in stale:
            compile_one(source)
            translation_file_changed(
                None, source.with_suffix(".mo")
            )  # what this process has read is read anew
        if options["verbosity"] > 0:
            self.stdout.write(f"{len(stale)} catalogue(s) compiled")
