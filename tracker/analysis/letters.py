"""Letters and digits, and what only seems to fill a field."""

import unicodedata

FILLERS = "\u115f\u1160\u3164\uffa0"  # Hangul letters by their category, and blank to the eye
SAYING = "LN"  # letters and numbers of any script, by the first letter of their Unicode category


def says(text: str | None) -> bool:
    """Whether a text says anything: one letter or digit of any script is enough; blanks, marks and dashes are not."""
    return any(unicodedata.category(letter)[0] in SAYING and letter not in FILLERS for letter in text or "")
