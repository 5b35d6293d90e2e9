"""Form fields and the form in front of every action."""
