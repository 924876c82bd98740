"""The matrix: people beside versions, or beside disclosures, and the questions of sets that narrow it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import request

from tracker.actions.answers import holdings
from tracker.actions.answers.coverage import coverage_lines, say_coverage
from tracker.actions.answers.holdings import people_of, read_matrix
from tracker.actions.answers.narrowing.windows import subjects_of
from tracker.analysis.cells import guard
from tracker.analysis.letters import read_number
from tracker.analysis.pitfalls import OF_RECORDS
from tracker.exports.columns import Column
from tracker.exports.labels import Labels
from tracker.exports.results import Result
from tracker.models.access.people import Person, pseudonym
from tracker.models.case.cases import Case
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.versions import Version
from tracker.policy import Permission
from tracker.views.answers.matrix_filter import MAY, MatrixFilter
from tracker.views.answers.matrix_words import say_answer
from tracker.web.guard import Area, me
from tracker.web.listing import Listing
from tracker.web.lists import Tab, register
from tracker.web.places import address

area = Area("matrix", __name__)
AT_ONCE = 12  # columns on one page


@dataclass(frozen=True)
class Head:
    """A column: the group it stands in, its name with an address, and when the version was made or published.

    `is_chosen`: a record of this version is asked for.
    """

    key: int
    group: str
    name: str
    url: str
    when: Any
    is_chosen: bool = False


def _also(case: Case, listing: Listing) -> dict[str, Any]:
    form: Any = listing.form
    read_matrix(me(), case)
    form.reload()
    by_disclosure = request.args.get("by") == "disclosures"
    ids = [person.id for person in listing.rows]
    every: Sequence[Any] = [one for one in subjects_of([case]) if not one.claim] if by_disclosure else form.versions
    columns = max(read_number(request.args.get("columns")) or 1, 1)
    some = every[(columns - 1) * AT_ONCE : columns * AT_ONCE]
    if by_disclosure:
        heads = [_head_of_disclosure(one.disclosure, at) for at, one in enumerate(some)]
        cells = holdings.cells_of_windows(case, ids, [one.windows for one in some]) if ids else {}
    else:
        heads = [_head_of_version(one, form.chosen) for one in some]
        cells = holdings.cells_of_versions(case, ids, some) if ids else {}
    totals: dict[int, tuple[int, int]] = {}
    result = None
    if not listing.is_refused:
        totals, counts = _counts(form, [] if by_disclosure or not ids else some)
        result = Result(say_answer(form, *counts), say_coverage(case, form.versions), OF_RECORDS)
    return {
        "by_disclosure": by_disclosure,
        "heads": heads,
        "groups": _groups(heads),
        "cells": cells,
        "totals": totals,
        "columns": (columns, AT_ONCE, len(every)),
        "earlier": listing.with_arguments(columns=str(columns - 1)) if columns > 1 else "",
        "later": listing.with_arguments(columns=str(columns + 1)) if columns * AT_ONCE < len(every) else "",
        "versions_url": listing.with_arguments(by="", columns=""),
        "disclosures_url": listing.with_arguments(by="disclosures", columns=""),
        "result": result,
        "other_url": listing.with_arguments(reading="" if form.reading.data == MAY else MAY),
        "is_may": form.reading.data == MAY,
    }


def _head_of_version(version: Version, chosen: Version | None) -> Head:
    return Head(
        version.id, version.material.identifier, version.label, address(version), version.made, version is chosen
    )


def _head_of_disclosure(disclosure: Disclosure, at: int) -> Head:
    name = f"D{disclosure.number} {disclosure.outlet}"
    return Head(at, "Records before disclosure", name, address(disclosure), disclosure.published)


def _groups(heads: Sequence[Head]) -> list[tuple[str, int]]:
    """The groups of the heads in their order, with the number of columns of each."""
    found: list[tuple[str, int]] = []
    for head in heads:
        if found and found[-1][0] == head.group:
            found[-1] = head.group, found[-1][1] + 1
        else:
            found.append((head.group, 1))
    return found


def _result(case: Case, form: MatrixFilter) -> Result:
    return Result(say_answer(form, *_counts(form, [])[1]), coverage_lines(case), OF_RECORDS)


def _counts(form: MatrixFilter, versions: Sequence[Version]) -> tuple[dict[int, tuple[int, int]], tuple[int, int]]:
    """How many people there are at least, and at most: with confirmed access to each version, and of all."""
    both = [sa.select(sa.func.count()).select_from(form.narrow(people_of(form.case), may=may).subquery())
            for may in (False, True)]  # fmt: skip
    people = form.apply(people_of(form.case))
    totals, found = holdings.count_confirmed(form.case, people, versions, *(one.scalar_subquery() for one in both))
    return totals, (min(found), max(found))


def _say_held(labels: Labels, values: Sequence[Any]) -> list[Any]:
    said = holdings.say_held(labels.connection, labels.case_id or 0, values[0])
    return [[guard(said.get(one, "")) for one in values[0]]]


register(
    area, Person, "matrix",
    tab=Tab.ACCESS, title="Matrix", noun="person", filter=MatrixFilter, counts=False, of=people_of,
    sorts={"number": Person.number}, template="answers/matrix/list.html", also=_also, person_level=True,
    needs=Permission.READ_EXPOSURE, keeps=_result,
    columns=(
        Column(("person",), (Person.number,), lambda _labels, values: [list(map(pseudonym, values[0]))]),
        "post", "unit", "involvement",
        Column(("held",), (Person.id,), _say_held),
    ),
)  # fmt: skip
