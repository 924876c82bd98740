"""Words of the findings: standards and conclusions, citations, verdicts, the four axes of an outcome."""

from tracker.models.words import Word


class Standard(Word):
    """The standard of proof, chosen before the text."""

    BALANCE = "balance", "Balance of probabilities (preponderance)"
    CLEAR = "clear", "Clear and convincing evidence"


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


class OutcomeState(Word):
    """How far an outcome has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    CLOSED = "closed"
    REOPENED = "reopened", "Closed, then reopened"


class Bearing(Word):
    """What a cited thing does to what cites it."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"


class Cited(Word):
    """What can be cited."""

    ACCESS_RECORD = "access_record"
    WHEREABOUTS = "whereabouts"
    INTERVIEW = "interview"
    EXHIBIT = "exhibit"
    CLAIM = "claim"
    PRESS_CONTACT = "press_contact"
    SNAPSHOT = "snapshot"


class Verdict(Word):
    """A reviewer's answer to one text."""

    APPROVED = "approved"
    RETURNED = "returned"


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

    NOT_DETERMINED = "not_determined"
    NONE = "none"
    INFRACTION = "infraction"
    VIOLATION = "violation"


BROKEN = frozenset({Breach.INFRACTION, Breach.VIOLATION})  # of these alone an intent is said


class Intent(Word):
    """With which mind a rule was broken."""

    INADVERTENT = "inadvertent"
    NEGLIGENT = "negligent"
    RECKLESS = "reckless"
    KNOWING = "knowing"
    WILFUL = "wilful"
    UNDETERMINED = "undetermined", "Not determined"


class Source(Word):
    """Third axis: where it came from; several may hold. That nobody was identified is an ordinary ending."""

    NOT_PURSUED = "not_pursued"
    NOT_IDENTIFIED = "not_identified", "Source not identified"
    PROCESS_OR_SYSTEM = "process_or_system"
    KNOWN_AND_AUTHORISED = "known_and_authorised"
    GROUP_ONLY = "group_only"
    PERSON_SUBSTANTIATED = "person_substantiated"
    PERSON_ADMITTED = "person_admitted"
    OUTSIDE_INTRUSION = "outside_intrusion"


class Ending(Word):
    """How a closed case ended: on a decision, or before there was one."""

    DECIDED = "decided"
    STOPPED_AND_REFERRED = "stopped_and_referred"
    OPENED_BY_MISTAKE = "opened_by_mistake"


class RecommendationState(Word):
    """What became of a recommendation."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DONE = "done"
