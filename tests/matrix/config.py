"""Health, which machines ask without signing in."""

from tests.support.matrix import Row, everyone

MATRIX = {
    "healthz": Row(own=everyone(), anonymous=200),
    "readyz": Row(own=everyone(), anonymous=200),
}
