"""Words of reviews."""

from tracker.models.words import Word


class Verdict(Word):
    """A reviewer's answer to one text."""

    APPROVED = "approved"
    RETURNED = "returned"
