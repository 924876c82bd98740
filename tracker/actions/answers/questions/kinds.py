"""What a question is about, and the forms it takes."""

from enum import StrEnum

from tracker.models.words import Word


class QuestionKind(Word):
    """What a question is about."""

    LEARNED = "learned", "Time of learning"
    MEETING = "meeting", "Meetings"
    DOCUMENT = "document", "Documents"
    WHEREABOUTS = "whereabouts", "Whereabouts"
    ELIMINATION = "elimination", "Eliminations"
    NOT_INTERVIEWED = "not_interviewed", "Not interviewed"
    SECOND_HAND = "second_hand", "Second-hand access"


class Form(StrEnum):
    """How a question is put: what stands on its two sides."""

    RECORD_BEFORE_LEARNING = "record_before_learning"
    RECORD_BEFORE_STATED = "record_before_stated"
    LEARNED_BEFORE_PUBLICATION = "learned_before_publication"
    MEETING_NOT_STATED = "meeting_not_stated"
    MEETING_NOT_RECORDED = "meeting_not_recorded"
    DOCUMENT_NOT_STATED = "document_not_stated"
    DOCUMENT_NOT_RECORDED = "document_not_recorded"
    SEVERAL_PLACES = "several_places"
    RECORD_AGAINST_ELIMINATION = "record_against_elimination"
    NOT_INTERVIEWED = "not_interviewed"
    TELLER_UNKNOWN = "teller_unknown"
    TELLER_WITHOUT_RECORD = "teller_without_record"
    TELLER_NOT_INTERVIEWED = "teller_not_interviewed"


FORMS = list(Form)
