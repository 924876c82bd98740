"""Pages of a case as its record stood: at the address of the page, below `/as-of/2026-05-03T16:00Z`."""
