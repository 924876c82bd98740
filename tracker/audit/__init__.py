"""The audit log: its entries, the doors that write them, what is sealed, and how all of it is verified."""
