"""Words that a rule asks for: what has no letter or digit is no reason, no answer and no name."""

from tracker.analysis.letters import says
from tracker.ledger import Refused


def must_say(text: str | None, sentence: str) -> None:
    """Refuse with this sentence where a text says nothing."""
    if not says(text):
        raise Refused(sentence)
