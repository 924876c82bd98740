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
    NOTE = "note", "Note taken at the time"
    NONE = "none"


class Companion(Word):
    """Whether a companion or representative was offered, and what came of it."""

    NOT_OFFERED = "not_offered"
    DECLINED = "declined", "Offered and declined"
    ACCEPTED = "accepted", "Offered and accepted"


class Signature(Word):
    """What the person did with the statement."""

    SIGNED = "signed"
    REFUSED = "refused"
    NOT_SOUGHT = "not_sought"


class InterviewState(Word):
    """Planned, held, signed and sealed; or never held, or stopped because it must go to others."""

    PLANNED = "planned"
    HELD = "held"
    SIGNED = "signed", "Signed and sealed"
    STOPPED = "stopped"
    CANCELLED = "cancelled"


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

    A = "A", "A: completely reliable"
    B = "B", "B: usually reliable"
    C = "C", "C: fairly reliable"
    D = "D", "D: not usually reliable"
    E = "E", "E: unreliable"
    F = "F", "F: cannot be judged"


class InformationGrade(Word):
    """How credible the information is, judged apart from who gave it (Admiralty code)."""

    ONE = "1", "1: confirmed by other sources"
    TWO = "2", "2: probably true"
    THREE = "3", "3: possibly true"
    FOUR = "4", "4: doubtful"
    FIVE = "5", "5: improbable"
    SIX = "6", "6: cannot be judged"


class Basis(Word):
    """How the record of a contact was come by; declining to give one is no evidence."""

    VOLUNTEERED = "volunteered", "Volunteered by the person"
    REQUIRED = "required", "Required from the person"
    LOG = "log", "From a system log"
    TOLD = "told", "Told by someone else"


class Direction(Word):
    """Whether a line of inquiry looks for what speaks for the allegation, or against it."""

    FOR = "for"
    AGAINST = "against", "Against (exculpatory)"


class LineOfInquiryState(Word):
    """How far a line of inquiry has come; `left open` is left open with a reason."""

    OPEN = "open"
    CLOSED = "closed"
    LEFT_OPEN = "left_open", "Left open, with a reason"


class Tested(Word):
    """What cited evidence says of a hypothesis."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_TESTED = "not_tested"
