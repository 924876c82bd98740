"""The marked copies of a case against a text. Copies that name a holder stand behind the protected-disclosure check."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import contains_eager, defer, joinedload

from tracker.actions.answers.comparison.corpus import Corpus
from tracker.analysis.comparison.marks import Marked, find_marks
from tracker.analysis.comparison.texts import Text
from tracker.base import db
from tracker.gates import withheld_reason
from tracker.models.case.cases import Case
from tracker.models.disclosure.copies import Copy
from tracker.models.disclosure.versions import Version


@dataclass(frozen=True)
class Copies:
    """Copies with what their marks say; `withheld` is the sentence in place of those that name a holder."""

    shown: list[tuple[Copy, Marked]]
    withheld: str


def copies_against(case: Case, text: Text, corpus: Corpus) -> Copies:
    """The copies with an identifying mark, in the order of materials and numbers, against a text."""
    select: Any = Copy.of(case).join(Copy.material).order_by(Copy.material_id, Copy.number)
    version = joinedload(Copy.version).options(defer(Version.text), joinedload(Version.material))
    select = select.options(contains_eager(Copy.material), version, joinedload(Copy.holder_person))
    every = list(db.session().scalars(select))
    copies = [copy for copy in every if copy.mark]
    named = {copy.id for copy in copies if copy.holder or copy.holder_id is not None}
    withheld = withheld_reason(case) if named else None
    times = Counter(copy.version_id for copy in every)
    places = {version.id: place for place, version in enumerate(corpus.versions)}
    own = {copy.id: places.get(copy.version_id, -1) for copy in copies if times[copy.version_id] == 1}
    marks = find_marks(text, {copy.id: copy.mark for copy in copies}, corpus.index.texts, own)
    shown = [(copy, marks[copy.id]) for copy in copies if not (withheld and copy.id in named)]
    return Copies(shown, withheld or "")
