"""What a verb may be told, and the words that a rule asks for.

What has no letter or digit is no reason, no answer and no name.
"""

from collections.abc import Collection
from typing import Any

from tracker.analysis.letters import says
from tracker.audit.doors import Refused


def must_say(text: str | None, sentence: str) -> None:
    """Refuse with this sentence where a text says nothing."""
    if not says(text):
        raise Refused(sentence)


def must_be_among(told: Collection[str], known: Collection[str]) -> None:
    """Refuse names of facts that this verb does not write: a fault of the program that calls it, so a TypeError."""
    if strange := set(told) - set(known):
        raise TypeError(f"not written by this action: {sorted(strange)}")


def change(thing: Any, **values: Any) -> None:
    """Set these fields of a thing; what they were stays in the entry's details."""
    for name, value in values.items():
        setattr(thing, name, value)
