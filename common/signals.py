"""What this app tells the apps above it."""

from django.dispatch import Signal

written = Signal()
"""An action of this app wrote something; sent inside its transaction, for the trail.

Arguments: actor, verb ("holiday.added"), obj (the row), changes ({field: [before, after]}).
"""
