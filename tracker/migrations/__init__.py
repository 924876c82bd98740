"""How the schema came to be: one migration, one reason."""
