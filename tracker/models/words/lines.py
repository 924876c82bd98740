"""Words of lines of inquiry: which way one looks, and how far it has come."""

from tracker.models.words import Word


class Direction(Word):
    """Whether a line of inquiry looks for what speaks for the allegation, or against it."""

    FOR = "for"
    AGAINST = "against"

    @property
    def label(self) -> str:
        """The direction in words."""
        return "Against (exculpatory)" if self is Direction.AGAINST else "For"


class LineState(Word):
    """How far a line of inquiry has come; `justified` is left open with a reason."""

    OPEN = "open"
    CLOSED = "closed"
    JUSTIFIED = "justified"

    @property
    def label(self) -> str:
        """The state in words."""
        return "Left open, with a reason" if self is LineState.JUSTIFIED else self.value.capitalize()
