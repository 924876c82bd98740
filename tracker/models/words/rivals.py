"""Words of rival facts."""

from tracker.models.words import Word


class Confidence(Word):
    """How far a source of a rival fact is trusted."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
