"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "network"
    verbose_name = _("Network")

    def ready(self) -> None:
        from network import (  # noqa: PLC0415
            demo,  # noqa: F401 (the demo's part)
            entries,  # noqa: F401 (fills slots)
            jobs,  # noqa: F401 (registers due work)
        )
        from network.models import guards  # noqa: PLC0415

        guards.register()
