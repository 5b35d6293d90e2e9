"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GovernanceConfig(AppConfig):
    name = "governance"
    verbose_name = _("Participation and reports")

    def ready(self) -> None:
        from governance import demo, demo_forums, entries, indicators, schedules  # noqa: F401, PLC0415 (fill slots, register due work)
        from governance.models import guards  # noqa: PLC0415

        guards.register()
