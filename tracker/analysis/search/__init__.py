"""Searching, without a database: texts folded and cut into words, what is asked for, where it stands in a text."""
