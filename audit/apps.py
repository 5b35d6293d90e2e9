"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = _("Trail")

    def ready(self) -> None:
        from audit import receivers  # noqa: F401, PLC0415 (listens to the app below)
        from common.db import guards  # noqa: PLC0415

        guards.register(*guards.append_only("audit_writeentry"), *guards.append_only("audit_readentry"))
