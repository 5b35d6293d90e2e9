"""Pages of the house: health, outbox, holidays."""
