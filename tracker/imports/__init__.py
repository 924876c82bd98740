"""From a file to rows that everybody sees, or to nothing: read, matched, tried, laid out unseen, received as one."""
