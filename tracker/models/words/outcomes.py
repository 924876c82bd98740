"""Words of the outcome, axis by axis, never merged."""

from tracker.models.words import Word


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
