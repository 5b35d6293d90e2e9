"""Every write of governance, by noun."""
