"""Words of access: channels and evidence levels, involvement, access logs, eliminations."""

from tracker.models.words import Word


class Channel(Word):
    """How a material reached a person."""

    DISTRIBUTION_LIST = "distribution_list"
    DELIVERED = "delivered"
    OPENED = "opened"
    PRINTED = "printed"
    FORWARDED = "forwarded"
    MEETING = "meeting"
    BRIEFING = "briefing"
    PORTAL = "portal"
    PHYSICAL = "physical"
    TOLD_BY_ANOTHER = "told_by_another"


class Level(Word):
    """How strong the evidence of an access is: what the level rests on, and what every screen and export says of it."""

    E0 = "E0", "post normally sees it", "possible access"
    E1 = "E1", "on the distribution list", "possible access"
    E2 = "E2", "delivered (mail server, courier)", "delivered"
    E3 = "E3", "opened, viewed, badge to the reading room", "confirmed access"
    E4 = "E4", "downloaded, printed, copied, forwarded, photographed", "confirmed access (had a copy)"
    E5 = "E5", "attended the meeting or briefing", "confirmed access (heard it)"
    E6 = "E6", "the person's own signed statement", "confirmed access"
    E7 = "E7", "told by another", "possible access (second hand)"

    def __init__(self, value: str, evidence: str, says: str) -> None:
        super().__init__(value, f"{value}: {evidence}")
        self.evidence, self.says = evidence, says


class Involvement(Word):
    """What a person is in the case; having had access is the ordinary case."""

    RECIPIENT = "recipient"
    ORIGINATOR = "originator"
    CUSTODIAN = "custodian"
    HANDLER = "handler"
    ATTENDEE = "attendee"
    WITNESS = "witness"
    REPORTING_PERSON = "reporting_person"


class IdentifierKind(Word):
    """What an identifier is an identifier of."""

    EMAIL = "email"
    ACCOUNT = "account"
    BADGE = "badge"
    PHONE = "phone"
    OTHER = "other"


class LogKind(Word):
    """What the rows of an imported file are."""

    ACCESS = "access"
    WHEREABOUTS = "whereabouts"
    PEOPLE = "people"
    PRESS_CONTACTS = "press_contacts"


class LogState(Word):
    """How far an imported file has come; only VISIBLE ones count anywhere."""

    RECEIVED = "received"
    CHECKING = "checking", "Being checked"
    CHECKED = "checked"
    STAGING = "staging", "Being imported"
    VISIBLE = "visible", "Imported"
    FAILED = "failed"
    REVERTED = "reverted"


class Ground(Word):
    """Why a person is eliminated; a missing access record is no ground."""

    NO_ACCOUNT = "no_account"
    ABSENT_WITH_LOG = "absent_with_log"
    CREATED_AFTER = "created_after"
    VERSION_DIFFERS = "version_differs"
    WAS_ELSEWHERE = "was_elsewhere"


class Strength(Word):
    """How strong an elimination is."""

    X1 = "X1", "X1: strong"
    X2 = "X2", "X2: medium"
    X3 = "X3", "X3: weak"
