"""Words of the register: kinds of account, standard texts, and whom a pack is for."""

from tracker.models.words import Word


class Kind(Word):
    """What an account may be used for."""

    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    MEMBER = "member"


class TextKind(Word):
    """What a standard text is for."""

    ADVISEMENT = "advisement"
    WHISTLEBLOWER = "whistleblower", "Statutory whistleblower text"
    QUESTIONS = "questions", "Core questions of a class of interviewee"


class TextRule(Word):
    """What an advisement demands of the interview it is given in."""

    NONE = "none", "No requirement"
    VOLUNTARY_ONLY = "voluntary_only", "The interview cannot be required"
    DECLINATION = "declination", "A prosecutor's declination must be named"
    OFFER_FIRST = "offer_first", "A representative is offered before the first question"
    COUNSEL = "counsel", "Given when counsel attends"
    STOP = "stop", "Stop, and hand over to law enforcement"


class Profile(Word):
    """Whom a pack is for, which says what is in it and who is named."""

    FULL = "full", "Full: for those who work on the case"
    REVIEWER = "reviewer", "For the reviewer: without names"
    PERSON = "person", "For the person concerned: what is about them"
    PUBLICATION = "publication", "For publication: nothing about any person"
