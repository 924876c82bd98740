"""The nouns: what is true of a thing, and what of it an account can see."""
