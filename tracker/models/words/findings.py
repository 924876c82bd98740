"""Words of findings: by which standard, with which conclusion, and how far one has come."""

from tracker.models.words import Word


class Standard(Word):
    """The standard of proof, chosen before the text."""

    BALANCE = "balance"
    CLEAR = "clear"

    @property
    def label(self) -> str:
        """The standard in words."""
        return {"balance": "Balance of probabilities (preponderance)", "clear": "Clear and convincing evidence"}[
            self.value
        ]


class Conclusion(Word):
    """What a finding concludes of its allegation."""

    SUBSTANTIATED = "substantiated"
    NOT_SUBSTANTIATED = "not_substantiated"
    UNFOUNDED = "unfounded"
    EXONERATED = "exonerated"
    PROTECTED_DISCLOSURE = "protected_disclosure"
    INCONCLUSIVE = "inconclusive"
    WITHDRAWN = "withdrawn"
    REFERRED = "referred"


CRITICAL = frozenset(
    {Conclusion.SUBSTANTIATED, Conclusion.NOT_SUBSTANTIATED, Conclusion.INCONCLUSIVE, Conclusion.REFERRED}
)  # conclusions that leave something standing against a person, who is asked for a reply

ADVERSE = frozenset({Conclusion.SUBSTANTIATED, Conclusion.REFERRED})


class FindingState(Word):
    """How far a finding has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
