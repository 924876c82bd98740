"""Words of the inquiry: interviews, exhibits, press contacts, lines of inquiry, hypotheses."""

from tracker.models.words import Word


class Capacity(Word):
    """In which capacity somebody is interviewed; a subject needs two signatures first."""

    WITNESS = "witness"
    SUBJECT = "subject"


class Voluntary(Word):
    """Whether the interviewee was free not to come."""

    VOLUNTARY = "voluntary"
    REQUIRED = "required"


class Acknowledged(Word):
    """What the person said to the advisement."""

    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"


class Mode(Word):
    """How the interview was held."""

    IN_PERSON = "in_person"
    TELEPHONE = "telephone"
    VIDEO = "video"
    WRITTEN = "written"


class Recording(Word):
    """How what was said was kept; `none` is an answer that the page of fair treatment shows."""

    AUDIO = "audio"
    VIDEO = "video"
    NOTE = "note"
    NONE = "none"

    @property
    def label(self) -> str:
        """The word as a reader sees it."""
        return {"audio": "Audio", "video": "Video", "note": "Note taken at the time", "none": "None"}[self.value]


class Companion(Word):
    """Whether a companion or representative was offered, and what came of it."""

    NOT_OFFERED = "not_offered"
    DECLINED = "declined"
    ACCEPTED = "accepted"

    @property
    def label(self) -> str:
        """The word as a reader sees it."""
        return {"not_offered": "Not offered", "declined": "Offered and declined", "accepted": "Offered and accepted"}[
            self.value
        ]


class Signature(Word):
    """What the person did with the statement."""

    SIGNED = "signed"
    REFUSED = "refused"


class InterviewState(Word):
    """Planned, held, signed and sealed; or never held, or stopped because it must go to others."""

    PLANNED = "planned"
    HELD = "held"
    SIGNED = "signed"
    STOPPED = "stopped"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The word as a reader sees it."""
        return "Signed and sealed" if self is InterviewState.SIGNED else self.value.capitalize()


class AddendumKind(Word):
    """What is added to a sealed interview: new facts, the person's correction, a clerical error."""

    ADDENDUM = "addendum"
    CORRECTION = "correction"
    ERRATUM = "erratum"


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
            "required": "Required from the person",
            "log": "From a system log",
            "told": "Told by someone else",
        }[self.value]


class Direction(Word):
    """Whether a line of inquiry looks for what speaks for the allegation, or against it."""

    FOR = "for"
    AGAINST = "against"

    @property
    def label(self) -> str:
        """The direction in words."""
        return "Against (exculpatory)" if self is Direction.AGAINST else "For"


class LineOfInquiryState(Word):
    """How far a line of inquiry has come; `left open` is left open with a reason."""

    OPEN = "open"
    CLOSED = "closed"
    LEFT_OPEN = "left_open"

    @property
    def label(self) -> str:
        """The state in words."""
        return "Left open, with a reason" if self is LineOfInquiryState.LEFT_OPEN else self.value.capitalize()


class Tested(Word):
    """What cited evidence says of a hypothesis."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_TESTED = "not_tested"
