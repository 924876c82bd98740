"""Letters that can be seen, and those that only seem to fill a field."""

import unicodedata

FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
UNSEEN = {"Cc", "Cf", "Cn", "Co", "Zs", "Zl", "Zp", "Mn"}


def is_seen(letter: str) -> bool:
    """Whether a letter leaves a mark by itself: no control, format, blank or unassigned character, and no filler.

    An accent or a variation selector only changes the letter before it, so it is nothing without one.
    """
    return unicodedata.category(letter) not in UNSEEN and letter not in FILLERS


def says(text: str | None) -> bool:
    """Whether a text says anything: a single letter that can be seen is enough."""
    return any(is_seen(letter) for letter in text or "")
