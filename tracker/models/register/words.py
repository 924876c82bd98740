"""Words of the register: kinds of account, and standard texts."""

from tracker.models.words import Word


class Kind(Word):
    """What an account may be used for."""

    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    MEMBER = "member"


class TextKind(Word):
    """What a standard text is for."""

    ADVISEMENT = "advisement"
    WHISTLEBLOWER = "whistleblower"
    QUESTIONS = "questions"

    @property
    def label(self) -> str:
        """The word as a reader sees it."""
        return {
            "advisement": "Advisement",
            "whistleblower": "Statutory whistleblower text",
            "questions": "Core questions of a class of interviewee",
        }[self.value]


class TextRule(Word):
    """What an advisement demands of the interview it is given in."""

    NONE = "none"
    VOLUNTARY_ONLY = "voluntary_only"
    DECLINATION = "declination"
    OFFER_FIRST = "offer_first"
    COUNSEL = "counsel"
    STOP = "stop"

    @property
    def label(self) -> str:
        """The rule in words."""
        return {
            "none": "No requirement",
            "voluntary_only": "The interview cannot be required",
            "declination": "A prosecutor's declination must be named",
            "offer_first": "A representative is offered before the first question",
            "counsel": "Given when counsel attends",
            "stop": "Stop, and hand over to law enforcement",
        }[self.value]
