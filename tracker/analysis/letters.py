"""Letters that leave a mark, and those that only look like words to a machine."""

import unicodedata

FILLERS = "\u115f\u1160\u3164\uffa0"


def is_seen(letter: str) -> bool:
    """Whether a letter leaves a mark: no control, format, blank or unassigned character, and no Hangul filler."""
    return unicodedata.category(letter) not in {"Cc", "Cf", "Cn", "Co", "Zs", "Zl", "Zp"} and letter not in FILLERS


def says(text: str | None) -> bool:
    """Whether a text has anything to read: letters of no width, and blanks that are letters, say nothing."""
    return any(is_seen(letter) for letter in text or "")
