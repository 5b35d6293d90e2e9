"""REST over the same actions and the same visibility as the pages."""
