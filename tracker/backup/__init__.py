"""Backups: a whole register in one encrypted file, made while it is served, and restored into an empty place."""
