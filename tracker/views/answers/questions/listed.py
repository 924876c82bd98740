"""The list of questions to ask, by person and by what they are about."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.actions.answers.coverage import coverage_lines
from tracker.actions.answers.questions.kinds import QuestionKind
from tracker.actions.answers.questions.questions import Question, read_questions
from tracker.actions.answers.questions.second_hand import people_numbered
from tracker.analysis.cells import guard
from tracker.analysis.pitfalls import OF_QUESTIONS
from tracker.base import db
from tracker.exports.columns import Column, Values, plain, text
from tracker.exports.labels import Labels
from tracker.exports.results import Result
from tracker.models.access.people import Person, pseudonym, read_number
from tracker.models.access.person_merges import PersonMerge
from tracker.models.access.words import Involvement
from tracker.models.case.cases import Case
from tracker.policy import Permission
from tracker.views.access.occurrence_forms import must_hold_number
from tracker.views.answers.questions.area import area
from tracker.views.answers.questions.words import Words, source_of, words_of
from tracker.web.fields import ShortText, WordField
from tracker.web.forms import FilterForm
from tracker.web.guard import me
from tracker.web.listing import Listing
from tracker.web.lists import Tab, register

IN_WORDS = (Question.form, Question.what, Question.level, Question.other, Question.said_number)


class QuestionFilter(FilterForm):
    """Narrow the questions to ask."""

    model = Question
    person = ShortText(
        "Person", [must_hold_number(read_number, "Enter the pseudonym in the form P-014.")], longest=80,
        description="The pseudonym, such as P-014.",
    )  # fmt: skip
    kind = WordField("About", QuestionKind, empty="Any")
    involvement = WordField("Involvement", Involvement, empty="Any")
    unit = ShortText("Unit", longest=200, description="The unit of the person, as it is recorded.")

    def by_person(self, select: Any, text: str) -> Any:
        """Those about one person, under whichever of their numbers."""
        main, one = aliased(Person), aliased(Person)
        merged = sa.and_(PersonMerge.person_id == one.id, PersonMerge.in_force())
        counts_as = sa.select(sa.func.coalesce(main.number, one.number)).select_from(one)
        counts_as = counts_as.outerjoin(PersonMerge, merged).outerjoin(main, main.id == PersonMerge.same_as_id)
        counts_as = counts_as.where(one.case_id == self.case.id, one.number == read_number(text))
        return select.where(Question.person == counts_as.scalar_subquery())


def _also(case: Case, listing: Listing) -> dict[str, Any]:
    read_questions(me(), case)
    rows = listing.rows
    chosen = listing.form.kind.data
    return {
        "case": case,
        "rows": [(one, _words(one), _sources(case, one)) for one in rows],
        "people": people_numbered(case, {one.person for one in rows}),
        "counts": _counts(listing),
        "kinds": {kind: listing.with_arguments(kind="" if kind is chosen else kind.value) for kind in QuestionKind},
        "all_kinds": listing.with_arguments(kind=""),
        "chosen": chosen,
        "result": None if listing.is_refused else _result(case, listing.form),
    }


def _words(one: Question) -> Words:
    return words_of(one.form, one.what, one.level, one.other, one.said_number)


def _sources(case: Case, one: Question) -> tuple[Any, Any]:
    return source_of(case, one.said_kind, one.said_number), source_of(case, one.beside_kind, one.beside_number)


def _counts(listing: Listing) -> Mapping[str, int]:
    """How many questions there are of each kind under the other filters."""
    form: Any = listing.form
    if listing.is_refused:
        return Counter()
    if listing.is_whole and not form.kind.data:
        return Counter(one.kind for one in listing.rows)
    select = form.apply_but("kind", Question.of(form.case))
    counted = select.with_only_columns(Question.kind, sa.func.count(), maintain_column_froms=True)
    return dict(db.session().execute(counted.group_by(Question.kind)).all())


def _result(case: Case, form: QuestionFilter) -> Result:
    chosen: Any = form.kind.data
    about = f"Questions to ask: {chosen.label.lower()}." if chosen else "Questions to ask."
    if chosen is QuestionKind.NOT_INTERVIEWED:
        about += _say_involvement(form)
    return Result(about, coverage_lines(case), OF_QUESTIONS)


def _say_involvement(form: QuestionFilter) -> str:
    """How many of them there are of each class: " Recipient: 7. Handler: 2." """
    select = form.apply(Question.of(form.case))
    counted = select.with_only_columns(Question.involvement, sa.func.count(), maintain_column_froms=True)
    found = dict(db.session().execute(counted.group_by(Question.involvement)).all())
    return "".join(f" {one.label}: {found[one.value]:,}." for one in Involvement if one.value in found)


def _in_words(_labels: Labels, values: Sequence[Values]) -> Iterable[Values]:
    words = [words_of(*row) for row in zip(*values, strict=True)]
    return [[guard(getattr(one, part)) for one in words] for part in ("asks", "said", "beside")]


def _pseudonyms(_labels: Labels, values: Sequence[Values]) -> Iterable[Values]:
    return [[pseudonym(number) if number else "" for number in values[0]]]


def _time(name: str) -> Column:
    reads = tuple(getattr(Question, f"{name}_{part}") for part in ("earliest", "latest", "offset", "precision"))
    heads = (f"{name}_utc", f"{name}_local", f"{name}_precision")
    return Column(heads, reads, lambda labels, values: labels.times.cells(values))


register(
    area, Question, "questions-to-ask",
    tab=Tab.INQUIRY, title="Questions to ask", noun="question", filter=QuestionFilter, counts=False,
    sorts={"person": Question.person}, sort="person", key=Question.id, order=(Question.person, Question.id),
    template="answers/questions/list.html", also=_also, person_level=True, needs=Permission.READ_EXPOSURE,
    keeps=_result,
    columns=(
        plain("kind", Question.kind),
        Column(("person",), (Question.person,), _pseudonyms),
        plain("involvement", Question.involvement), text("unit", Question.unit),
        Column(("question", "said", "beside"), IN_WORDS, _in_words),
        plain("said_source", Question.said_kind), plain("said_number", Question.said_number), _time("said"),
        plain("beside_source", Question.beside_kind), plain("beside_number", Question.beside_number), _time("beside"),
        Column(("told_by",), (Question.other,), _pseudonyms),
    ),
)  # fmt: skip
