"""Thai digits ๐–๙ and Arabic digits 0–9."""

THAI = "๐๑๒๓๔๕๖๗๘๙"
ARABIC = "0123456789"

_TO_ARABIC = str.maketrans(THAI, ARABIC)
_TO_THAI = str.maketrans(ARABIC, THAI)


def to_arabic(text: str) -> str:
    """`text` with every Thai digit written as an Arabic one; all else is kept."""
    return text.translate(_TO_ARABIC)


def to_thai(text: str) -> str:
    """`text` with every Arabic digit written as a Thai one, for official letters."""
    return text.translate(_TO_THAI)
