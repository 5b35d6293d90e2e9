"""What happens when the database was migrated or somebody signs in."""

from typing import Any


def install_reference_data(**_: Any) -> None:
    """Provinces, centres and homes are part of the program: they stand after every migration."""
    from accounts.reference.install import install_reference  # noqa: PLC0415

    install_reference()
