"""Words of claims: was it protected, is it true, is it worded like a version, and what else is asked."""

from tracker.models.words import Word


class Protected(Word):
    """Whether a claim was protected."""

    PROTECTED = "protected"
    NOT_PROTECTED = "not_protected"
    UNDETERMINED = "undetermined"


class Accuracy(Word):
    """How true a claim is."""

    ACCURATE = "accurate"
    SUBSTANTIALLY = "substantially"
    PARTLY = "partly"
    INACCURATE = "inaccurate"
    UNKNOWN = "unknown"


class Wording(Word):
    """Published words against a version; nothing here says that two texts are the same."""

    CONSISTENT = "consistent"
    CONSISTENT_SHORTENED = "consistent_shortened"
    INCONSISTENT = "inconsistent"
    NONE = "none"


class Question(Word):
    """What is asked of every claim before anybody is asked anything."""

    ALREADY_PUBLIC = "already_public"
    PRECURSOR = "precursor"
    CLEARANCE = "clearance"
    DECLASSIFIED = "declassified"
    BRIEFING_POSSIBLE = "briefing_possible"

    @property
    def label(self) -> str:
        """The question in full."""
        return {
            "already_public": "Officially released earlier?",
            "precursor": "Earlier publication that allows the inference?",
            "clearance": "Clearance sought?",
            "declassified": "Declassified before?",
            "briefing_possible": "Authorised briefing possible?",
        }[self.value]
