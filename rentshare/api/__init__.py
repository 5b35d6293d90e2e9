"""REST over the same actions, readings and visibility as the pages. Money is a string of baht: "1250.50"."""
