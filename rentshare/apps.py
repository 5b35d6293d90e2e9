"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RentshareConfig(AppConfig):
    name = "rentshare"
    verbose_name = _("Half-rent rooms")

    def ready(self) -> None:
        from rentshare import demo, entries, schedules  # noqa: F401, PLC0415 (the demo, slots, due work)
        from rentshare.models import guards  # noqa: PLC0415

        guards.register()
