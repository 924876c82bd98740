"""Passwords: 15 characters or more, none that everybody knows, no rules of composition; kept as argon2id."""

import gzip
import re
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from tracker.base.paths import PACKAGE
from tracker.base.text import fold

SHORTEST, LONGEST = 15, 256
CONTEXT = {"tracker", "case", "leak", "investigation", "password"}


class BadPassword(Exception):
    """The password cannot be taken; the text says what to do."""


@cache
def hasher() -> PasswordHasher:
    """argon2id at the library's own parameters, but on one core alone."""
    return PasswordHasher(parallelism=1)


def check(password: str, *about: str) -> None:
    """Raise BadPassword when it is too short, too long, too common, or made of words about its owner."""
    if len(password) < SHORTEST:
        raise BadPassword(f"Use at least {SHORTEST} characters. A few words in a row are easy to remember.")
    if len(password) > LONGEST:
        raise BadPassword(f"Use at most {LONGEST} characters.")
    plain = fold(password)
    if plain in common_passwords() or len(set(plain)) < 4:
        raise BadPassword("Choose another password. This password is on a list of known passwords.")
    rest, known = plain, {*CONTEXT, *(part for text in about for part in _parts(text))}
    for word in sorted(known, key=len, reverse=True):
        rest = rest.replace(word, "")
    if len([letter for letter in rest if letter.isalnum()]) < 8:
        raise BadPassword("Leave out your name, your email address and the name of this program, or add other words.")


@cache
def common_passwords() -> frozenset[str]:
    """Passwords of 15 characters or more that everybody knows: made from common words, rows of keys and phrases."""
    with gzip.open(PACKAGE / "base" / "common-passwords.txt.gz", "rt", encoding="utf-8") as lines:
        return frozenset(fold(line) for line in lines)


def hash_password(password: str) -> str:
    """The hash to keep."""
    return hasher().hash(_compose(password))


def fits(password_hash: str | None, password: str) -> bool:
    """Whether it is the password of this hash; takes as long when there is no hash at all."""
    try:
        hasher().verify(password_hash or _hash_of_nobody(), _compose(password[:4096]))
    except (VerifyMismatchError, InvalidHashError):
        return False
    return bool(password_hash)


def is_dated(password_hash: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return hasher().check_needs_rehash(password_hash)


@cache
def _hash_of_nobody() -> str:
    return hasher().hash("nobody has this password")


def _compose(password: str) -> str:
    """One keyboard sends an accent with its letter, another one after it; nothing else about a password is levelled."""
    return unicodedata.normalize("NFC", password)


def _parts(text: str) -> list[str]:
    return [word for word in re.split(r"[@.\s-]+", fold(text)) if len(word) > 2]
