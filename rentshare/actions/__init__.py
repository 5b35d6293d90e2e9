"""Every write of the rent rooms, by noun."""
