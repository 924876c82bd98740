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

    @property
    def label(self) -> str:
        """The accuracy as a reader sees it."""
        return f"{self.value.capitalize()}{' accurate' if self.value.endswith('ly') else ''}"


class Wording(Word):
    """Published words against a version; nothing here says that two texts are the same."""

    CONSISTENT = "consistent"
    CONSISTENT_SHORTENED = "consistent_shortened"
    INCONSISTENT = "inconsistent"
    NONE = "none"

    @property
    def label(self) -> str:
        """The comparison as a reader sees it."""
        return "Consistent, shortened" if self is Wording.CONSISTENT_SHORTENED else self.value.capitalize()


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
            "already_public": "Was it officially released earlier?",
            "precursor": "Did an earlier publication allow the inference?",
            "clearance": "Was clearance sought?",
            "declassified": "Was it declassified before?",
            "briefing_possible": "Was an authorised briefing possible?",
        }[self.value]
