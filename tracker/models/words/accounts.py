"""Words of accounts: what one may be used for."""

from tracker.models.words import Word


class Kind(Word):
    """What an account may be used for."""

    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    MEMBER = "member"
