"""Words of imported files: what their rows are, and how far one has come."""

from tracker.models.words import Word


class LogKind(Word):
    """What the rows of an imported file are."""

    ACCESS = "access"
    WHEREABOUTS = "whereabouts"


class LogState(Word):
    """How far an imported file has come; only VISIBLE ones count anywhere."""

    RECEIVED = "received"
    CHECKING = "checking"
    CHECKED = "checked"
    STAGING = "staging"
    VISIBLE = "visible"
    FAILED = "failed"
    UNDONE = "undone"

    @property
    def label(self) -> str:
        """The state as a reader sees it."""
        names = {"checking": "Being checked", "staging": "Being imported", "visible": "Imported", "undone": "Reverted"}
        return names.get(self.value, self.value.capitalize())
