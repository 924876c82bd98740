"""The nouns: what is true of a thing, and what of it a user can see."""
