"""Closed lists: every choice of the record is one of these, and each knows how it reads on the screen."""

from enum import StrEnum

import sqlalchemy as sa


class Word(StrEnum):
    """A value that is the same word in the form, the CSV and the database."""

    @property
    def label(self) -> str:
        """The word as a reader sees it."""
        text = self.value.replace("_", " ")
        return text[:1].upper() + text[1:]


def one_of(words: type[Word], name: str | None = None) -> sa.Enum:
    """A column type that holds one of `words`; `name` tells two such columns of a table apart."""
    return sa.Enum(
        words,
        native_enum=False,
        create_constraint=True,
        length=32,
        name=name or words.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


class Kind(Word):
    """What an account may be used for."""

    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    MEMBER = "member"


class Duty(Word):
    """What a member does in one case."""

    LEAD = "lead"
    INVESTIGATOR = "investigator"
    REVIEWER = "reviewer"
    COUNSEL = "counsel"
    DECIDER = "decider"
    OBSERVER = "observer"


class Stage(Word):
    """Where an inquiry stands."""

    INTAKE = "intake"
    INQUIRY = "inquiry"
    INVESTIGATION = "investigation"
    REPLY = "reply"
    REVIEW = "review"
    CLOSED = "closed"


class ScreenResult(Word):
    """Counsel's answer: may questions about persons be asked at all?"""

    PROCEED = "proceed"
    FIREWALLED = "firewalled"
    STOP = "stop"
    ADVICE = "advice"

    @property
    def label(self) -> str:
        """The result in full."""
        return {
            "proceed": "Proceed",
            "firewalled": "Proceed firewalled",
            "stop": "Stop and refer",
            "advice": "Seek advice",
        }[self.value]


class ProtectedBy(Word):
    """What protects the published content: only a statute makes passing it on unlawful by itself."""

    STATUTE = "statute"
    POLICY = "policy"
    NOTHING = "nothing"
    UNKNOWN = "unknown"


class Medium(Word):
    """Where a disclosure appeared."""

    NEWSPAPER = "newspaper"
    BROADCAST = "broadcast"
    AGENCY = "agency"
    WEBSITE = "website"
    SOCIAL = "social"
    LETTER = "letter"
    SPOKEN = "spoken"
    OTHER = "other"


class DisclosureForm(Word):
    """How the disclosure carries the material."""

    REPRODUCES = "reproduces"
    QUOTES = "quotes"
    PARAPHRASES = "paraphrases"
    ORALLY_REPEATS = "orally_repeats"
    CONFIRMS_BY_SILENCE = "confirms_by_silence"


class Answer(Word):
    """Unknown is an answer."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


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


class HoldersKnown(Word):
    """What is known of the number of people who hold a version."""

    UNKNOWN = "unknown"
    UNKNOWN_SMALL = "unknown_small"
    ABOUT = "about"
    EXACTLY = "exactly"

    @property
    def label(self) -> str:
        """Unknown (small) is a legal count."""
        return "Unknown (small)" if self is HoldersKnown.UNKNOWN_SMALL else self.value.capitalize()


class PersonRole(Word):
    """What a person is in the case; having had access is the ordinary case."""

    RECIPIENT = "recipient"
    ORIGINATOR = "originator"
    CUSTODIAN = "custodian"
    HANDLER = "handler"
    ATTENDEE = "attendee"
    WITNESS = "witness"
    REPORTER = "reporter"


class IdentifierKind(Word):
    """What an identifier is an identifier of."""

    EMAIL = "email"
    ACCOUNT = "account"
    BADGE = "badge"
    PHONE = "phone"
    OTHER = "other"


class Confidence(Word):
    """How far a source of a rival fact is trusted."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class MatchState(Word):
    """A user who may be a person of the case: shut out until somebody says it is somebody else."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
