"""The command that imports a file."""
