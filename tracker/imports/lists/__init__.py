"""Files that are no logs: lists of people, of recipients, and records of calls."""
