"""Words that are never used for a person: access is opportunity, not guilt."""

import re

# Each word has one letter in brackets, so that the search for these words finds everything but this line.
_NEVER = re.compile(r"\b(?:sus[p]ects?|leak[e]rs?|culp[r]its?|guil[t]y|mol[e]s?)\b", re.IGNORECASE)


def unfair_word(*texts: str) -> str | None:
    """The first word of `texts` that is never used for a person, as it was written; None when there is none."""
    return next((found.group() for text in texts if (found := _NEVER.search(text))), None)
