"""Fair words: what names or heads somebody's inquiry says nothing of guilt."""

from tracker.analysis.fair_words import unfair_word
from tracker.audit.doors import Refused


def must_be_fair(*texts: str) -> None:
    """Refuse a word that judges a person."""
    if word := unfair_word(*texts):
        raise Refused(f'Leave out "{word}". Do not judge a person: access is opportunity, not guilt.')
