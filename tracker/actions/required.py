"""Words that a rule asks for: what cannot be seen is no reason, no answer and no name."""

from tracker.analysis.letters import says
from tracker.ledger import Refused


def must_say(text: str | None, sentence: str) -> None:
    """Refuse with this sentence where a text says nothing."""
    if not says(text):
        raise Refused(sentence)
