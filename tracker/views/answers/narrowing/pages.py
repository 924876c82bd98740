"""The page and the file of a narrowing. Nothing opens before counsel's check; whoever looks is recorded."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from flask import abort
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from tracker.actions.answers.narrowing.steps import read_narrowing
from tracker.analysis.cells import guard
from tracker.analysis.narrowing.steps import Numbers
from tracker.audit.doors import Refused
from tracker.base import db
from tracker.exports.bundle import OPPORTUNITY
from tracker.exports.results import Kept, Result
from tracker.gates import withheld_reason
from tracker.models.access.eliminations import Elimination
from tracker.models.access.people import Person, pseudonym
from tracker.models.case.cases import Case
from tracker.models.inquiry.hypotheses import Hypothesis
from tracker.models.inquiry.words import Tested
from tracker.policy import Permission
from tracker.views.answers.narrowing.area import area
from tracker.views.answers.narrowing.rows import Steps
from tracker.views.answers.narrowing.wording import reason_of, say_hypotheses, say_left
from tracker.web.guard import me
from tracker.web.limits.export_turns import take_turn
from tracker.web.lists import Tab, must_be_asked_here, register
from tracker.web.rendering import page
from tracker.web.transfer.formats import ENDINGS, asked_filter
from tracker.web.transfer.results import send_result

LISTED = 100  # people by pseudonym
HEADER = (
    "step", "kind", "what", "grounds", "reason", "set_aside", "by_this_step_alone", "remaining_strong", "remaining",
    "remaining_at_least", "people", "coverage", "read_this",
)  # fmt: skip
register(area, Elimination, "narrowing", tab=Tab.ACCESS, title="Narrowing", endpoint="of_case")


@area.route("/cases/<ref:case>/narrowing", needs=Permission.READ_EXPOSURE, of=Case)
def of_case(case: Case) -> ResponseReturnValue:
    """The narrowing; while person-level results are withheld, the sentence that says so."""
    if shut := withheld_reason(case):
        return page("answers/narrowing/show.html", shut=shut)
    read_narrowing(me(), case)
    steps = Steps(case)
    people = sorted(steps.left)[:LISTED]
    return page(
        "answers/narrowing/show.html",
        shut=None,
        steps=steps,
        sentence=say_left(len(steps.grounds.people), steps.last),
        people=_people(case, people),
        picture=Markup(steps.draw()),  # noqa: S704  # the picture escapes every text itself
        hypotheses=_open_hypotheses(case),
        most=LISTED,
    )


@area.route(f"/cases/<ref:case>/narrowing.{ENDINGS}", needs=Permission.READ_EXPOSURE, of=Case, endpoint="file")
def file_of_case(case: Case) -> ResponseReturnValue:
    """The steps that count as a file, with the people who are left after each; that it leaves is recorded first."""
    must_be_asked_here(case)
    with take_turn():
        read_narrowing(me(), case)
        steps = Steps(case)
        if steps.asked.faults:
            abort(422, steps.asked.faults[0])
        return send_result(case, "narrowing", HEADER, _cells(steps), filter=asked_filter())


def keep_narrowing(case: Case) -> Kept:
    """The same as a snapshot keeps it, with everything that never stands apart from the number of people left."""
    steps = Steps(case)
    if steps.asked.faults:
        raise Refused(steps.asked.faults[0], "of")
    sentence = say_left(len(steps.grounds.people), steps.last)
    around = [*steps.coverage, *steps.others, say_hypotheses(_open_hypotheses(case))]
    result = Result(sentence, around, steps.grounds.pitfalls)
    return Kept("Narrowing", "narrowing", steps.asked.query(), result, HEADER, list(_cells(steps)))


def _people(case: Case, numbers: Sequence[int]) -> Sequence[Person]:
    some = Person.of(case).where(Person.number.in_(numbers)).order_by(Person.number)
    some = some.options(sa.orm.load_only(Person.number, Person.case_id, Person.post, Person.unit))
    return db.session().scalars(some).all()


def _open_hypotheses(case: Case) -> Sequence[Hypothesis]:
    """Those that no evidence contradicts."""
    those = Hypothesis.of(case).where(Hypothesis.state != Tested.CONTRADICTED)
    return db.session().scalars(those.order_by(Hypothesis.number)).all()


def _cells(steps: Steps) -> Iterator[tuple[Any, ...]]:
    """Everybody, then each step that counts. Names never leave."""
    everybody = steps.grounds.people
    size, coverage = len(everybody), " ".join(steps.coverage)
    whole = ("", "", "", size, size, size, _pseudonyms(everybody), guard(coverage), OPPORTUNITY)
    yield 0, "population", "everybody in the register", "", *whole
    counted = [row for row in steps.rows if row.done is not None]
    for number, (row, done) in enumerate(zip(counted, steps.done, strict=True), 1):
        grounds = "strong" if done.step.is_strong else "weak"
        yield (
            number, row.ground.kind, guard(f"{row.name}: {row.about}"), grounds,
            guard(reason_of(row.ground, lambda when: when.words)), len(done.aside), done.alone, len(done.strong),
            len(done.left), len(done.sure), _pseudonyms(done.left), guard(" ".join(row.ground.coverage)), OPPORTUNITY,
        )  # fmt: skip


def _pseudonyms(numbers: Numbers) -> str:
    return ";".join(map(pseudonym, sorted(numbers)))
