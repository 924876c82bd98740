"""What systems write, read as an identifier: one spelling of an address, an account or a badge, however decorated.

`RULES` are the only place that knows how systems decorate. The table in docs/identifiers.md is drawn beside them, and
a test keeps the two equal.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from tracker.analysis.cells import unwrap
from tracker.base.text import fold

LONGEST = 254
_PLAIN = re.compile(r"[a-z0-9][\w.+-]*(@[\w-]+(\.[\w-]+)+)?", re.ASCII | re.IGNORECASE)
_PASSES = 8  # decorations stand inside each other: a quoted SMTP: with brackets
DAMAGED = re.compile(r"\d([.,]\d+)?E\+\d{1,3}", re.IGNORECASE | re.ASCII)
DAMAGED_WORDS = (
    "A spreadsheet rewrote this number and its last digits are lost. Ask for the file as the system wrote it."
)
_QUOTES = {'"': '"', "'": "'", "\u201c": "\u201d", "\u201e": "\u201c", "\u2018": "\u2019", "\u00ab": "\u00bb"}
_BRACKETED = re.compile(r"(?P<name>[^<>]*)<(?P<value>[^<>]+)>")
_ADDRESS = r"[^\s@()\[\]]+@[^\s@()\[\]]+"
_COMMENTED = re.compile(rf"(?P<value>{_ADDRESS})\s*\((?P<name>[^()@]*)\)")
_ASIDE = re.compile(r"(?P<name>[^()\[\]@]+)[(\[]\s*(?P<value>[^()\[\]]*@[^()\[\]]+)[)\]]")
_SCHEME = re.compile(r"(?:mailto|smtp|sips?|x500|ex|acct|upn)\s*:\s*(?P<value>\S.*)", re.IGNORECASE)
_CLAIM = re.compile(r"(?:[ic]:)?0[^|@\s]{1,4}\|(?:[^|]*\|)*(?P<value>[^|]+)", re.IGNORECASE)
_ENCODED = re.compile(r"[ic]%3a0", re.IGNORECASE)
_DOMAIN = re.compile(r"(?P<within>[^\\/@<>|=,;]{1,64})\\+(?P<value>[^\\]+)")
_REALM = re.compile(r"(?P<value>[^\s@]+)@(?P<within>[^\s@.:\[\]]+)")
_DIRECTORY = re.compile(r"(?:cn|uid)=(?P<value>(?:\\.|[^,\\])+),\s*(?P<within>(?:ou|dc|cn|o|l|c)=.+)", re.IGNORECASE)
_EXCHANGE = re.compile(r"(?P<within>/o=.*?/cn=(?:[0-9a-f]{32}-)?)(?P<value>[^/=]+)", re.IGNORECASE)


class Written(NamedTuple):
    """An identifier without its decoration, who was written beside it, and the domain or directory it is of."""

    value: str
    name: str = ""
    within: str = ""


class Rule(NamedTuple):
    """One way of decorating: its name in the docs, and what reads it; the same back for what is not decorated so."""

    name: str
    read: Callable[[Written], Written]


def _taking(pattern: re.Pattern[str]) -> Callable[[Written], Written]:
    """What takes value, name and domain out of a text that fits the whole pattern."""

    def read(seen: Written) -> Written:
        if (found := pattern.fullmatch(seen.value)) is None:
            return seen
        parts = found.groupdict()
        name = _unquote(parts.get("name", "").strip()) or seen.name
        return Written(parts["value"].strip(), name, fold(parts.get("within", "")).strip(".") or seen.within)

    return read


def _unquote(text: str) -> str:
    whole = len(text) > 1 and _QUOTES.get(text[0]) == text[-1]
    return text[1:-1].strip() if whole else text


def _trim(seen: Written) -> Written:
    shown = "".join(letter for letter in seen.value if unicodedata.category(letter) not in {"Cf", "Cc"})
    return seen._replace(value=" ".join(shown.split()).strip(";, "))


def _decode(seen: Written) -> Written:
    return seen._replace(value=unquote(seen.value)) if _ENCODED.match(seen.value) else seen


def _drop_subject(seen: Written) -> Written:
    """`mailto:` links may go on with a subject."""
    found = seen.value[:7].casefold() == "mailto:"
    return seen._replace(value=seen.value.partition("?")[0]) if found else seen


def _take_directory(seen: Written) -> Written:
    """The first name of a path; one with a blank in it is somebody's name too."""
    found = _taking(_DIRECTORY)(seen)
    if found is seen:
        return seen
    value = re.sub(r"\\(.)", r"\1", found.value)
    return found._replace(value=value, name=found.name or (value if " " in value else ""))


RULES = (
    Rule("blanks, a separator at the end", _trim),
    Rule("spreadsheet text", lambda seen: seen._replace(value=unwrap(seen.value))),
    Rule("quotes", lambda seen: seen._replace(value=_unquote(seen.value))),
    Rule("name and address", _taking(_BRACKETED)),
    Rule("address and name", _taking(_COMMENTED)),
    Rule("address in brackets", _taking(_ASIDE)),
    Rule("subject of a link", _drop_subject),
    Rule("scheme", _taking(_SCHEME)),
    Rule("encoded claim", _decode),
    Rule("claim", _taking(_CLAIM)),
    Rule("domain before the account", _taking(_DOMAIN)),
    Rule("directory path", _take_directory),
    Rule("Exchange path", _taking(_EXCHANGE)),
    Rule("domain after the account", _taking(_REALM)),
)


@lru_cache(4096)  # one row is asked about several times
def read_written(text: str) -> Written:
    """The identifier in a text, as it is shown; what is not decorated comes back as it is, without blanks around it."""
    if _PLAIN.fullmatch(text):
        return Written(text)
    seen, before = Written(text), None
    for _ in range(_PASSES):
        if seen == before:
            break
        before = seen
        for rule in RULES:
            seen = rule.read(seen)
    if not seen.value:
        return Written(text.strip())
    return seen._replace(within="") if "@" in seen.value else seen  # an address names its domain itself


def fold_identifier(text: str) -> str:
    """The one spelling of an identifier, which is stored and compared, without decoration, width and letter case."""
    return fold(read_written(text).value)[:LONGEST]


def plain_form(text: str) -> str:
    """An identifier as it is kept of a file: without decoration, with the domain or directory it is of."""
    seen = read_written(text)
    return text.strip() if seen.within and len(text.strip()) <= LONGEST else seen.value[:LONGEST]


def identity(text: str) -> str:
    """By what the people of one file are told apart: the folded form, with the domain or directory if one is named."""
    seen = read_written(text)
    return f"{seen.within}\\{fold(seen.value)}" if seen.within else fold(seen.value)


def is_damaged(text: str) -> bool:
    """Whether a spreadsheet has rewritten a number so that its last digits are lost: `1.23E+05`."""
    return DAMAGED.fullmatch(read_written(text).value) is not None
