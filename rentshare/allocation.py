"""Which months a payment pays for: the oldest rent first (our default). Pure: amounts and months in, parts out."""

from collections.abc import Sequence


def covered(
    charges: Sequence[tuple[str, int]], before: int, amount: int
) -> tuple[list[tuple[str, int]], int]:
    """What `amount` satang pay for, and what is left over as a credit.

    `charges` are (month, satang) with the oldest first; `before` is what had been paid already. The parts and the
    credit always sum to `amount`.
    """
    parts, left, before = [], amount, max(0, before)
    for month, charge in charges:
        still = max(0, charge - before)
        before = max(0, before - charge)
        part = min(still, left)
        if part:
            parts.append((month, part))
            left -= part
    return parts, left
