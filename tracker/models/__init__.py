"""The nouns: what is true of a thing, and what of it a account can see."""
