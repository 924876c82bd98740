"""A reviewer's verdict about one exact text, sealed: what all four kinds of review have in common."""

from typing import Any

from tracker.actions.checks import next_number
from tracker.analysis.letters import says
from tracker.audit.doors import Refused, note, now, seal
from tracker.base import db
from tracker.models.findings.reviews import Review
from tracker.models.findings.words import Verdict
from tracker.models.register.accounts import Account

CHANGED = "The text has changed since you opened it. Nothing was recorded. Read the current text."
MEND = "Enter what must be corrected."


def answer(
    reviewer: Account, thing: Any, revision: int, text_sha256: str, *, verdict: Verdict, words: str, mend: str = MEND
) -> Review:
    """Inside an action: seal a verdict about the text with this SHA-256. A return says what is to be mended."""
    if verdict is Verdict.RETURNED and not says(words):
        raise Refused(mend)
    number = next_number(Review, case_id=thing.case_id)
    review = Review(
        case=thing.case, number=number, reviewer=reviewer, verdict=verdict, note=words, revision=revision,
        text_sha256=text_sha256, at=now(),
    )  # fmt: skip
    thing.reviews.append(review)
    db.session().add(review)
    seal(review)
    note(verdict=verdict.value, revision=revision, text_sha256=text_sha256)
    return review
