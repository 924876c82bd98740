"""Words of a case: where it stands, and what it may be beside that."""

from tracker.models.words import Word


class Stage(Word):
    """Where an inquiry stands."""

    INTAKE = "intake"
    INQUIRY = "inquiry"
    INVESTIGATION = "investigation"
    REPLY = "reply"
    REVIEW = "review"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The stage in full."""
        return "Right of reply" if self is Stage.REPLY else super().label


class Flag(Word):
    """What a case may be beside its stage."""

    SUSPENDED = "suspended"
    REFERRED = "referred"
