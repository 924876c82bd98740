"""Letters that can be seen, and those that only seem to fill a field."""

import unicodedata

FILLERS = "\u115f\u1160\u3164\uffa0"


def is_seen(letter: str) -> bool:
    """Whether a letter leaves a mark: no control, format, blank or unassigned character, and no Hangul filler."""
    return unicodedata.category(letter) not in {"Cc", "Cf", "Cn", "Co", "Zs", "Zl", "Zp"} and letter not in FILLERS


def says(text: str) -> bool:
    """Whether a text says anything: a single letter that can be seen is enough."""
    return any(is_seen(letter) for letter in text)
