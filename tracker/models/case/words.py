"""Words of the case: stages, roles, and the protected-disclosure check."""

from tracker.models.words import Word


class Stage(Word):
    """Where an inquiry stands."""

    INTAKE = "intake"
    INQUIRY = "inquiry"
    INVESTIGATION = "investigation"
    RIGHT_OF_REPLY = "right_of_reply"
    REVIEW = "review"
    CLOSED = "closed"


class Role(Word):
    """What a member does in one case."""

    LEAD = "lead", "Lead investigator"
    INVESTIGATOR = "investigator"
    REVIEWER = "reviewer"
    COUNSEL = "counsel"
    DECIDING_OFFICIAL = "deciding_official"
    OBSERVER = "observer"


class DateOrder(Word):
    """How dates in numbers are written in a case, such as 04/03/2018."""

    DAY_FIRST = "day_first", "Day first (20/03/2018)"
    MONTH_FIRST = "month_first", "Month first (03/20/2018)"


class MatchState(Word):
    """An account that may be a person of the case: shut out until somebody says it is not."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class ProtectionResult(Word):
    """Counsel's answer: may questions about persons be asked at all?"""

    PROCEED = "proceed"
    PROCEED_WITH_FIREWALL = "proceed_with_firewall"
    STOP_AND_REFER = "stop_and_refer"
    SEEK_ADVICE = "seek_advice"


class ProtectedBy(Word):
    """What protects the published content: only a statute makes passing it on unlawful by itself."""

    STATUTE = "statute"
    POLICY = "policy"
    NOTHING = "nothing"
    UNKNOWN = "unknown"


class Course(Word):
    """How a case comes to its review: by an investigation, with nothing to investigate, or stopped and referred."""

    REGULAR = "regular"
    SHORT = "short"
    STOPPED = "stopped"
