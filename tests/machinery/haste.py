"""Passwords that cost nothing: for the processes of tests alone. The program itself has no such switch."""

from argon2 import PasswordHasher

from tracker.base import passwords

CAREFUL = passwords.hasher
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def cheapen_passwords() -> None:
    """From now on this process hashes passwords cheaply."""
    passwords.hasher = lambda: CHEAP
