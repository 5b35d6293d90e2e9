"""Every write of the network."""
