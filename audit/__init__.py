"""The trail: who wrote what and who read whom, append-only. May import only common."""
