"""Words of press contacts."""

from tracker.models.words import Word


class Basis(Word):
    """How the record of a contact was come by; declining to give one is no evidence."""

    VOLUNTEERED = "volunteered"
    REQUIRED = "required"
    LOG = "log"
    TOLD = "told"

    @property
    def label(self) -> str:
        """The word as a reader sees it."""
        return {
            "volunteered": "Volunteered by the person",
            "required": "Required from the person",
            "log": "From a system log",
            "told": "Told by someone else",
        }[self.value]
