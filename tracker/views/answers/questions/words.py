"""A question in words: what was said, what the record holds beside it, and what is asked. Nothing is concluded."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from tracker.actions.answers.questions.kinds import Form
from tracker.models.access.people import pseudonym

FIT = "How do these two times fit together?"
RECORD = "{what}, {level}"
SAYS: dict[Form, tuple[str, str, str]] = {
    Form.RECORD_BEFORE_LEARNING: ("First learned of the material, as stated", RECORD, FIT),
    Form.RECORD_BEFORE_STATED: ("Access as stated", RECORD, FIT),
    Form.LEARNED_BEFORE_PUBLICATION: (
        "First learned of the material, as stated", "First publication: {what}",
        "How did they learn of it? None of their records had begun by then.",
    ),
    Form.MEETING_NOT_STATED: (
        "No statement about this meeting", "Meeting on {what}, {level}", "Were they at this meeting, and who else was?"
    ),
    Form.MEETING_NOT_RECORDED: (
        "Meeting on {what}, as stated", "No other record", "What else shows this meeting, and who was there?"
    ),
    Form.DOCUMENT_NOT_STATED: (
        "No statement about this material", RECORD, "When and how did they have this material?"
    ),
    Form.DOCUMENT_NOT_RECORDED: (
        "{what}, as stated", "No other record", "Which copy was it, and which record would show it?"
    ),
    Form.SEVERAL_PLACES: (
        "Meeting", "{what}", "Where was the meeting? Others who were there are recorded at another place."
    ),
    Form.RECORD_AGAINST_ELIMINATION: (
        "Eliminated", RECORD, "Does the elimination account for this record? It may lie inside the window."
    ),
    Form.NOT_INTERVIEWED: ("No interview held", RECORD, "When will they be interviewed, or why not?"),
    Form.TELLER_UNKNOWN: ("No teller recorded", RECORD, "Who told them?"),
    Form.TELLER_WITHOUT_RECORD: (
        "Told by {other}", RECORD, "How did {other} know of it? None of their records had begun by then."
    ),
    Form.TELLER_NOT_INTERVIEWED: (
        "Told by {other}", RECORD, "Can {other} confirm this? No interview with them was held."
    ),
}  # fmt: skip
SOURCES = {
    "access_record": ("Access record", "access_records.show"), "interview": ("Interview", "interviews.show"),
    "elimination": ("Elimination", "eliminations.show"), "disclosure": ("Disclosure", "disclosures.show"),
    "whereabouts": ("Whereabouts", "whereabouts.show"),
}  # fmt: skip


@dataclass(frozen=True)
class Words:
    """What stands on the two sides of a question, and what is asked."""

    said: str
    beside: str
    asks: str


def words_of(form: str, what: str | None, level: str | None, other: int | None, said_number: int | None) -> Words:
    """The question in words; `said_number` is that of the record on the first side."""
    given = {"what": what or "", "level": level or "", "other": pseudonym(other) if other else ""}
    said, beside, asks = (text.format_map(given) for text in SAYS[Form(form)])
    is_planned = form == Form.NOT_INTERVIEWED and said_number is not None
    return Words("Interview planned" if is_planned else said, beside, asks)


def source_of(case: Any, kind: str, number: int | None) -> tuple[str, str] | None:
    """What a side rests on, in words and with its address; None where it rests on nothing."""
    if number is None or kind not in SOURCES:
        return None
    word, endpoint = SOURCES[kind]
    return f"{word} {number}", url_for(endpoint, case=case.reference, number=number)
