"""Letters and digits: what only seems to fill a field, and whole numbers as people and forms write them."""

import unicodedata

FILLERS = "\u115f\u1160\u3164\uffa0"  # Hangul letters by their category, and blank to the eye
LONGEST_NUMBER = 9  # digits: what a database can count
ALPHABETS = {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN"}  # that share shapes, by the first word of a letter's name
SAYING = "LN"  # letters and numbers of any script, by the first letter of their Unicode category


def says(text: str | None) -> bool:
    """Whether a text says anything: one letter or digit of any script is enough; blanks, marks and dashes are not."""
    return any(unicodedata.category(letter)[0] in SAYING and letter not in FILLERS for letter in text or "")


def is_number(text: str) -> bool:
    """Whether a text is ASCII digits alone: no sign, no space, no digit of another alphabet."""
    return text.isascii() and text.isdigit()


def read_number(text: str | int | None) -> int | None:
    """The number that is written; None for anything else, and for more digits than a database can count."""
    written = str(text or "")
    return int(written) if is_number(written) and len(written) <= LONGEST_NUMBER else None


def mixes_alphabets(word: str) -> bool:
    """Whether a word has letters of several alphabets that look alike."""
    return len({unicodedata.name(letter, "").partition(" ")[0] for letter in word} & ALPHABETS) > 1
