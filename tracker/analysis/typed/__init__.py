"""Times as people type them: read without a guess, and written so that they read back as the same."""
