"""Near matches: two identifiers, or two names, that may be those of one person. A person decides, never the program."""

import re
from enum import Enum

from tracker.analysis.identifiers.skeleton import skeleton
from tracker.analysis.identifiers.written import LONGEST, fold_identifier, read_written
from tracker.base.text import fold

_NUMBER = re.compile(r"0*(\d+?)(?:[.,]0+)?", re.ASCII)
_ASIDE = re.compile(r"[(\[][^()\[\]]*[)\]]")
_WORD = re.compile(r"[^\W_]+")


class Near(Enum):
    """Why two may be one: a word that is stored, how it is called, and what the reader is told."""

    PLUS = "plus", "plus-address", "An address with a + in it may be of the same mailbox."
    LOCAL = "local", "local part alone", "One is the part before the @ of the other."
    LOOKS = "looks", "look-alike letters", "The letters look alike and are different characters."
    ZEROS = "zeros", "zeros of a number", "It may be the same badge, with or without its zeros."
    DOMAIN = "domain", "account of another domain", "The account has this name in another domain or directory."
    NAME = "name", "same name", "A person of this name is in the case, with no identifier from this file."

    def __init__(self, word: str, label: str, says: str) -> None:
        self.word, self.label, self.says = word, label, says


def near_key(folded: str) -> str:
    """What near identifiers have in common: two that are near have one key, two with one key need not be near."""
    local, at, _ = folded.rpartition("@")
    text = _untagged(local) if at and local else folded
    if number := _NUMBER.fullmatch(text):
        return number[1]
    return skeleton(text)[:LONGEST]


def find_nearness(one: str, other: str) -> Near | None:
    """Why two different folded identifiers may be of one person; None when nothing speaks for it.

    The same local part of two whole domains says nothing: every domain has its own `info`.
    """
    if near_key(one) != near_key(other):
        return None
    (mine, at, domain), (yours, also_at, elsewhere) = one.rpartition("@"), other.rpartition("@")
    if at and also_at:
        if skeleton(domain) != skeleton(elsewhere):
            return None
        return Near.PLUS if domain == elsewhere and _untagged(mine) == _untagged(yours) else Near.LOOKS
    if at or also_at:
        return Near.LOCAL
    return Near.ZEROS if _NUMBER.fullmatch(one) and _NUMBER.fullmatch(other) else Near.LOOKS


def compare(one: str, other: str) -> Near | bool | None:
    """Whether two identifiers, as they are written, are the same (True), near, or neither (None)."""
    folded, also_folded = fold_identifier(one), fold_identifier(other)
    if folded != also_folded:
        return find_nearness(folded, also_folded)
    within, elsewhere = read_written(one).within, read_written(other).within
    return Near.DOMAIN if within and elsewhere and within != elsewhere else True


def name_key(name: str) -> str:
    """One spelling of a name in any order, with or without a department in brackets: "Doe, Alice (Legal)"."""
    return " ".join(sorted(_WORD.findall(skeleton(_ASIDE.sub(" ", fold(name))))))[:LONGEST]


def _untagged(local: str) -> str:
    return local.partition("+")[0] or local
