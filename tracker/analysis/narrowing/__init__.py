"""What follows from several steps or several disclosures: who is left, and what they have in common by chance."""
