"""Every write of casework, by noun."""
