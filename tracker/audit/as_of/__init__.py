"""The record of a case as it stood at an earlier time, as a small database of its own that is only read."""
