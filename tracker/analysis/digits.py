"""Whole numbers as people and forms write them: ASCII digits alone, no sign, no space, none of another alphabet."""

LONGEST = 9  # digits: what a database can count


def is_number(text: str) -> bool:
    """Whether a text is digits alone."""
    return text.isascii() and text.isdigit()


def read_number(text: str | int | None) -> int | None:
    """The number that is written; None for anything else, and for more digits than a database can count."""
    written = str(text or "")
    return int(written) if is_number(written) and len(written) <= LONGEST else None
