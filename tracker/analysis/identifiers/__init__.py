"""Identifiers of people: what systems write, read in one place; who may be the same; who is nobody."""
