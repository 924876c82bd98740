"""The one spelling of a value: what is hashed is spelt the same way by whoever hashes it again."""

import json
import unicodedata
from datetime import datetime
from enum import Enum
from typing import Any

from tracker.analysis.moments import Moment, sql_text


def fold(text: str) -> str:
    """One spelling for all that look alike: width, case, blanks and characters that cannot be seen are levelled."""
    seen = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", seen).casefold()).split())


def dumps(value: Any) -> str:
    """The one spelling: keys sorted, no spaces, ASCII only, strings NFC, no floats."""
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def _plain(value: Any) -> Any:
    if type(value) is str and value.isascii():
        return value
    if isinstance(value, dict):
        return {_plain(str(key)): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(inner) for inner in value]
    if isinstance(value, datetime):
        return sql_text(value)
    if isinstance(value, Moment):
        return _plain(Moment.of(*value.__composite_values__()).__composite_values__())
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float):
        return repr(value)
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def counted(number: int, one: str, several: str = "") -> str:
    """A number with its noun: 1 line, 2 lines, 1,000 people."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"
