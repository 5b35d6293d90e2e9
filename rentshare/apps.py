"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RentshareConfig(AppConfig):
    name = "rentshare"
    verbose_name = _("Half-rent rooms")

    def ready(self) -> None:
        from rentshare import (  # noqa: PLC0415
            demo,  # noqa: F401 (the demo's part)
            entries,  # noqa: F401 (fills slots)
            receivers,  # noqa: F401 (listens to casework)
            schedules,  # noqa: F401 (registers due work)
        )
        from rentshare.models import guards  # noqa: PLC0415

        guards.register()
