"""Letters to test with."""

from django.db.models import Count

from common import letters
from common.models import Letter

QUICK = {"LETTER_LEASE_SECONDS": "4", "DUE_LEASE_SECONDS": "4"}
"""Leases that run out soon, so that a test need not wait long for them."""

PATIENCE = 120
"""Seconds for what takes a few on an idle machine."""


def write_letters(count: int) -> None:
    """`count` letters to as many people."""
    letters.write(
        letters.Draft(
            recipient_key=f"user:{number}", to=f"w{number}@test.example", kind="reminder", period="2026-11-23",
            subject=f"นัดวันนี้ {number}", text=f"30-2570-{number:05}", html=f"<p>30-2570-{number:05}</p>",
        )
        for number in range(count)
    )  # fmt: skip


def all_sent() -> bool:
    return not Letter.objects.exclude(state=Letter.State.SENT).exists()


def states() -> dict[str, int]:
    """State → how many letters are in it."""
    return dict(Letter.objects.order_by().values_list("state").annotate(Count("pk")))
