"""Words of citations: what is cited, and what that does to what cites it."""

from tracker.models.words import Word


class Bearing(Word):
    """What a cited thing does to what cites it."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"


class Cited(Word):
    """What can be cited."""

    ACCESS = "access"
    WHEREABOUTS = "whereabouts"
    INTERVIEW = "interview"
    EXHIBIT = "exhibit"
    CLAIM = "claim"
    CONTACT = "contact"
