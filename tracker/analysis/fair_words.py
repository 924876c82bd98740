"""Words that are never used for a person: access is opportunity, not guilt."""

import re
import unicodedata

# Each word has one letter in brackets, so that the search for these words finds everything but this line.
_NEVER = re.compile(r"(?<![^\W\d_])(?:sus[p]ects?|leak[e]rs?|culp[r]its?|guil[t]y|mol[e]s?)(?![^\W\d_])")
_LOOKS_LIKE = str.maketrans("аеорсукмтѕіαεορκμτυιγ", "aeopcykmtsiaeopkmtuiy")  # Cyrillic and Greek, as Latin is read
_UNSEEN = frozenset({"Mn", "Cf"})


def unfair_word(*texts: str) -> str | None:
    """The first word of `texts` that is never used for a person, as it was written; None when there is none.

    Letters of another width, with accents, of another alphabet that looks the same, and what cannot be seen between
    them, are read as a reader does.
    """
    return next((word for text in texts if (word := _first(text)) is not None), None)


def _first(text: str) -> str | None:
    read = [(letter, place) for place, written in enumerate(text) for letter in _read(written)]
    if (found := _NEVER.search("".join(letter for letter, _ in read))) is None:
        return None
    return text[read[found.start()][1] : read[found.end() - 1][1] + 1]


def _read(written: str) -> str:
    seen = (one for one in unicodedata.normalize("NFKD", written) if unicodedata.category(one) not in _UNSEEN)
    return "".join(seen).casefold().translate(_LOOKS_LIKE)
