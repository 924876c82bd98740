"""Words of people: what somebody is in the case, and what an identifier identifies."""

from tracker.models.words import Word


class PersonRole(Word):
    """What a person is in the case; having had access is the ordinary case."""

    RECIPIENT = "recipient"
    ORIGINATOR = "originator"
    CUSTODIAN = "custodian"
    HANDLER = "handler"
    ATTENDEE = "attendee"
    WITNESS = "witness"
    REPORTER = "reporter"

    @property
    def label(self) -> str:
        """The involvement as a reader sees it."""
        return "Reporting person" if self is PersonRole.REPORTER else self.value.capitalize()


class IdentifierKind(Word):
    """What an identifier is an identifier of."""

    EMAIL = "email"
    ACCOUNT = "account"
    BADGE = "badge"
    PHONE = "phone"
    OTHER = "other"
