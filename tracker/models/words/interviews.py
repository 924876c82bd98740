"""Words of interviews: in which capacity, how far one has come, how it was held and kept."""

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
