"""Words of materials: who holds a version, what a copy is made of, which ways no log shows."""

from tracker.models.words import Word


class HoldersKnown(Word):
    """What is known of the number of people who hold a version."""

    UNKNOWN = "unknown"
    UNKNOWN_SMALL = "unknown_small"
    ABOUT = "about"
    EXACTLY = "exactly"

    @property
    def label(self) -> str:
        """Unknown (small) is a legal count."""
        return "Unknown (small)" if self is HoldersKnown.UNKNOWN_SMALL else self.value.capitalize()


class CopyForm(Word):
    """What a copy is made of."""

    PAPER = "paper"
    EMAIL = "email"
    PORTAL = "portal"
    ORAL = "oral"
    SLIDE = "slide"
    PHOTO = "photo"


class Point(Word):
    """A way a version may spread that no log shows."""

    UNLOGGED_PRINTER = "unlogged_printer"
    SHARED_MAILBOX = "shared_mailbox"
    DELEGATES = "delegates"
    COURIER = "courier"
    INTERPRETER = "interpreter"
    HOUSEHOLD = "household"
    OTHER = "other"
