"""Verifying the log and the record: the chain of entries, rows, sealed texts, files."""
