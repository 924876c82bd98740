"""Closed lists of judgement: lines, hypotheses, findings, reviews and the four axes of an outcome, never merged."""

from tracker.models.words import Word


class Direction(Word):
    """Whether a line of inquiry looks for what speaks for the allegation, or against it."""

    FOR = "for"
    AGAINST = "against"

    @property
    def label(self) -> str:
        """The direction in words."""
        return "Against (exculpatory)" if self is Direction.AGAINST else "For"


class LineState(Word):
    """How far a line of inquiry has come; `justified` is left open with a reason."""

    OPEN = "open"
    CLOSED = "closed"
    JUSTIFIED = "justified"

    @property
    def label(self) -> str:
        """The state in words."""
        return "Left open, with a reason" if self is LineState.JUSTIFIED else self.value.capitalize()


class Tested(Word):
    """What cited evidence says of a hypothesis."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_TESTED = "not_tested"


class Bearing(Word):
    """What a cited thing does to what cites it."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"


class Cited(Word):
    """What can be cited."""

    ACCESS = "access"
    WHEREABOUTS = "whereabouts"
    INTERVIEW = "interview"
    EXHIBIT = "exhibit"
    CLAIM = "claim"
    CONTACT = "contact"


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
)  # conclusions that leave something standing against a person: she is asked for her reply
ADVERSE = frozenset({Conclusion.SUBSTANTIATED, Conclusion.REFERRED})


class FindingState(Word):
    """How far a finding has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"


class Verdict(Word):
    """A reviewer's answer to one text."""

    APPROVED = "approved"
    RETURNED = "returned"


class Ground(Word):
    """Why a person is excluded; that no row shows an access is none of them."""

    NO_ACCOUNT = "no_account"
    ABSENT_WITH_LOG = "absent_with_log"
    CREATED_AFTER = "created_after"
    VERSION_DIFFERS = "version_differs"
    WAS_ELSEWHERE = "was_elsewhere"


class Strength(Word):
    """How strong an exclusion is."""

    X1 = "X1"
    X2 = "X2"
    X3 = "X3"

    @property
    def label(self) -> str:
        """The strength in words."""
        return {"X1": "X1: strong", "X2": "X2: medium", "X3": "X3: weak"}[self.value]


class Happened(Word):
    """First axis: what happened."""

    NO_DISCLOSURE = "no_disclosure"
    AUTHORISED_RELEASE = "authorised_release"
    ALREADY_PUBLIC = "already_public"
    NOT_PROTECTED = "not_protected"
    ACCIDENTAL_PUBLICATION = "accidental_publication"
    COMPROMISE = "compromise"
    SUSPECTED_COMPROMISE = "suspected_compromise"
    LOSS = "loss"
    UNDETERMINED = "undetermined"


SHORT = frozenset({Happened.NO_DISCLOSURE, Happened.AUTHORISED_RELEASE, Happened.ALREADY_PUBLIC})  # straight to review


class Breach(Word):
    """Second axis: whether a rule was broken."""

    NONE = "none"
    INFRACTION = "infraction"
    VIOLATION = "violation"


class Intent(Word):
    """With which mind a rule was broken."""

    INADVERTENT = "inadvertent"
    NEGLIGENT = "negligent"
    RECKLESS = "reckless"
    KNOWING = "knowing"
    WILFUL = "wilful"
    UNDETERMINED = "undetermined"


class Source(Word):
    """Third axis: where it came from. That nobody was identified is an ordinary ending."""

    NOT_PURSUED = "not_pursued"
    NOT_IDENTIFIED = "not_identified"
    PROCESS_OR_SYSTEM = "process_or_system"
    GROUP_ONLY = "group_only"
    PERSON_SUBSTANTIATED = "person_substantiated"
    PERSON_ADMITTED = "person_admitted"
    OUTSIDE_INTRUSION = "outside_intrusion"

    @property
    def label(self) -> str:
        """The word as a reader sees it."""
        return "Source not identified" if self is Source.NOT_IDENTIFIED else super().label


class Flag(Word):
    """What a case may be beside its stage."""

    SUSPENDED = "suspended"
    REFERRED = "referred"
