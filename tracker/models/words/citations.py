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

    @property
    def label(self) -> str:
        """The kind as a reader sees it."""
        return {"access": "Access record", "contact": "Press contact"}.get(self.value) or super().label
