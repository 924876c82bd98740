"""The texts of the record that are compared: of a disclosure, the quote of a claim, and what a capture holds."""

import re
from dataclasses import dataclass
from typing import Any, Self

from tracker.actions.answers.comparison.corpus import text_of_file
from tracker.analysis.documents.reading import DocumentFault
from tracker.base import db
from tracker.models.case.cases import Case
from tracker.models.disclosure.captures import Capture
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.web.uploads import store

ALL = "claims"  # in place of the key of one text: the quotes of all claims
NAMED = re.compile(r"([0-9]{1,9})(?:\.(claim|capture)\.([0-9]{1,9}))?")
NO_TEXT = "No text of this disclosure is recorded. Edit the disclosure and paste its text."


@dataclass(frozen=True)
class Recorded:
    """One of them; `key` is its name in an address, and `fault` the sentence where it has no text."""

    subject: Disclosure | Claim | Capture
    disclosure: Disclosure
    key: str
    about: str
    text: str
    fault: str = ""

    @classmethod
    def of(cls, subject: Disclosure | Claim | Capture) -> Self:
        """That of a disclosure, a claim or a capture."""
        if isinstance(subject, Disclosure):
            fault = "" if subject.text else NO_TEXT
            number = subject.number
            return cls(subject, subject, str(number), f"the text of disclosure {number}", subject.text, fault)
        number = subject.disclosure.number
        if isinstance(subject, Claim):
            about = f"claim {subject.label} of disclosure {number}"
            return cls(subject, subject.disclosure, f"{number}.claim.{subject.number}", about, subject.quote)
        text = fault = ""
        try:
            text = text_of_file(subject.name, subject.sha256, subject.size, store())
        except DocumentFault as said:
            fault = str(said)
        about = f"capture {subject.number} of disclosure {number}"
        return cls(subject, subject.disclosure, f"{number}.capture.{subject.number}", about, text, fault)


def find_recorded(case: Case, key: str) -> Disclosure | Claim | Capture | None:
    """What a key such as `2`, `2.claim.1` or `2.capture.3` names in this case."""
    if (named := NAMED.fullmatch(key)) is None:
        return None
    number, kind, part = named.groups()
    select: Any = Disclosure.of(case).where(Disclosure.number == int(number))
    if kind:
        model: Any = Claim if kind == "claim" else Capture
        select = model.of(case).join(model.disclosure).where(Disclosure.number == int(number))
        select = select.where(model.number == int(part))
    found: Disclosure | Claim | Capture | None = db.session().scalars(select).unique().one_or_none()
    return found
