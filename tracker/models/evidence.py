"""Closed lists of evidence: how a material reached somebody, how strong that is, how far an imported file has come."""

from tracker.models.words import Word


class Channel(Word):
    """How a material reached a person."""

    DISTRIBUTION_LIST = "distribution_list"
    DELIVERED = "delivered"
    OPENED = "opened"
    PRINTED = "printed"
    FORWARDED = "forwarded"
    MEETING = "meeting"
    BRIEFING = "briefing"
    PORTAL = "portal"
    PHYSICAL = "physical"
    TOLD_BY_ANOTHER = "told_by_another"


class Level(Word):
    """How strong the evidence of an access is; what the screen says of it, and what it rests on."""

    E0 = "E0"
    E1 = "E1"
    E2 = "E2"
    E3 = "E3"
    E4 = "E4"
    E5 = "E5"
    E6 = "E6"
    E7 = "E7"

    @property
    def says(self) -> str:
        """The words for this level on every screen and in every export."""
        return {
            "E0": "possible access",
            "E1": "possible access",
            "E2": "delivered",
            "E3": "confirmed access",
            "E4": "confirmed access (had a copy)",
            "E5": "confirmed access (heard it)",
            "E6": "confirmed access",
            "E7": "possible access (second hand)",
        }[self.value]

    @property
    def evidence(self) -> str:
        """What the level rests on."""
        return {
            "E0": "post normally sees it",
            "E1": "on the distribution list",
            "E2": "delivered (mail server, courier)",
            "E3": "opened, viewed, badge to the reading room",
            "E4": "downloaded, printed, copied, forwarded, photographed",
            "E5": "attended the meeting or briefing",
            "E6": "the person's own signed statement",
            "E7": "told by another",
        }[self.value]

    @property
    def label(self) -> str:
        """Level and evidence, for choices."""
        return f"{self.value}: {self.evidence}"


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


class Point(Word):
    """A way a version may spread that no log shows."""

    UNLOGGED_PRINTER = "unlogged_printer"
    SHARED_MAILBOX = "shared_mailbox"
    DELEGATES = "delegates"
    COURIER = "courier"
    INTERPRETER = "interpreter"
    HOUSEHOLD = "household"
    OTHER = "other"


class CopyForm(Word):
    """What a copy is made of."""

    PAPER = "paper"
    EMAIL = "email"
    PORTAL = "portal"
    ORAL = "oral"
    SLIDE = "slide"
    PHOTO = "photo"


class ExhibitForm(Word):
    """What an exhibit is."""

    FILE = "file"
    OBJECT = "object"


class Original(Word):
    """Whether it is the thing itself."""

    ORIGINAL = "original"
    COPY = "copy"


class SourceGrade(Word):
    """How reliable the source is, judged apart from what it says (Admiralty code)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"

    @property
    def label(self) -> str:
        """The grade in words."""
        words = ("completely reliable", "usually reliable", "fairly reliable", "not usually reliable", "unreliable")
        return f"{self.value}: {(*words, 'cannot be judged')['ABCDEF'.index(self.value)]}"


class InformationGrade(Word):
    """How credible the information is, judged apart from who gave it (Admiralty code)."""

    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    FIVE = "5"
    SIX = "6"

    @property
    def label(self) -> str:
        """The grade in words."""
        words = ("confirmed by other sources", "probably true", "possibly true", "doubtful", "improbable")
        return f"{self.value}: {(*words, 'cannot be judged')[int(self.value) - 1]}"


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
            "required": "Required of the person",
            "log": "From a log",
            "told": "Told by another",
        }[self.value]
