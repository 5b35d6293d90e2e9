"""REST over the same figures as the pages."""
