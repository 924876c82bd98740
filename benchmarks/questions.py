"""The first page of questions to ask at 1,000,000 records, against one grouping query over the same index."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlite

from benchmarks.exposure import FLOOR
from benchmarks.figures import Figure, ratio, side_by_side, typical
from benchmarks.scratch import opened
from tracker.actions.answers.questions.questions import Question
from tracker.base import db
from tracker.base.config import Settings
from tracker.models.case.cases import Case

TIMES, PAGE = 6, 51


def figures(large: Settings) -> Iterator[Figure]:
    """Of the register as it is: the rows of one page, which takes all questions of the case."""
    plain = sqlite.connect(str(large.instance / "tracker.db"))
    with opened(large):
        case = db.session().scalars(sa.select(Case).where(Case.id == 1)).one()
        asked = Question.of(case).order_by(Question.person, Question.id).limit(PAGE)
        floor, found = typical(
            side_by_side(TIMES, lambda: plain.execute(FLOOR).fetchall(), lambda: db.session().scalars(asked).all())
        )
        yield ratio("questions to ask, the first page", found, floor, "<= 3", "ms")
    plain.close()
