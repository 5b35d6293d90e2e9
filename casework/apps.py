"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "casework"
    verbose_name = _("Casework")

    def ready(self) -> None:
        from casework import (  # noqa: PLC0415
            draft_jobs,  # noqa: F401 (registers due work)
            entries,  # noqa: F401 (fills slots)
            grant_entries,  # noqa: F401 (fills slots)
            referring,  # noqa: F401 (registers due work)
            register_entries,  # noqa: F401 (fills slots)
            register_jobs,  # noqa: F401 (registers due work)
            reminders,  # noqa: F401 (registers due work)
        )
        from casework.demo import (  # noqa: F401, PLC0415 (the demo's parts)
            assessments,
            consents,
            documents,
            household,
            identity,
            lists,
            plans,
            referrals,
            relief,
            safety,
            stays,
            write,
        )
        from casework.models import guards  # noqa: PLC0415

        guards.register()
