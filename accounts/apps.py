"""App configuration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and centres")

    def ready(self) -> None:
        from accounts import demo_people, entries, receivers  # noqa: F401, PLC0415 (the app registry is ready only now)

        post_migrate.connect(receivers.install_reference_data, sender=self, dispatch_uid="reference-data")
