"""Statistics of a case without persons: counts alone, with small cells hidden so that no total tells them."""

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from tracker.actions.access.exposure import who_had_access
from tracker.analysis.exposure import Standing
from tracker.analysis.suppression import LEAST, shown_total, suppress
from tracker.base import db
from tracker.exports.pack.blocks import Block, Document, heading, note, small, table, title
from tracker.exports.pack.chapters.disclosures import disclosures_of
from tracker.exports.pack.voice import Voice
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Person
from tracker.models.access.words import Involvement, Level
from tracker.models.findings.findings import Finding
from tracker.models.findings.words import Conclusion
from tracker.models.inquiry.interviews import Interview
from tracker.models.inquiry.words import Capacity, InterviewState, Mode, Recording, Voluntary
from tracker.models.words import Word

RULE = (
    f"Cells under {LEAST} are hidden, and with them others, so that no sum gives a hidden one back. A hidden cell may "
    "be 0. Counts are of the record and not of the world: what nobody recorded is not counted."
)
COUNTED: tuple[tuple[str, Any, Any, type[Word]], ...] = (
    ("People by involvement", Person, Person.involvement, Involvement),
    ("Access records by level", AccessRecord, AccessRecord.level, Level),
    ("Interviews by capacity", Interview, Interview.capacity, Capacity),
    ("Interviews by voluntariness", Interview, Interview.voluntary, Voluntary),
    ("Interviews by mode", Interview, Interview.mode, Mode),
    ("Interviews by recording", Interview, Interview.recording, Recording),
    ("Findings by conclusion", Finding, Finding.conclusion, Conclusion),
)


def statistics_document(voice: Voice) -> Document:
    """Every table, for whoever may know how much was done and nothing of whom."""
    blocks: list[Block] = [title("Statistics without persons", voice.text(voice.case.title)), note(RULE)]
    for name, model, column, words in COUNTED:
        blocks += _table(name, _count(voice, model, column, words))
    blocks += _access(voice)
    return Document("statistics", f"Statistics, {voice.case.reference}", "Statistics", blocks)


def _count(voice: Voice, model: Any, column: Any, words: type[Word]) -> dict[str, int]:
    those = model.of(voice.case).with_only_columns(column, sa.func.count()).group_by(column)
    if model is Interview:
        those = those.where(Interview.state != InterviewState.CANCELLED)
    found: dict[Any, int] = dict(map(tuple, db.session().execute(those)))
    cells = {word.label: found.get(word, 0) for word in words}
    return cells | ({"Not recorded": found[None]} if None in found else {})


def _access(voice: Voice) -> Iterator[Block]:
    if voice.withheld:
        yield heading(2, "People by access")
        yield small(voice.withheld)
        return
    for one in disclosures_of(voice):
        answer = who_had_access(one, one.claims, say=voice.say)
        cells = {standing.value.capitalize(): len(answer.exposure.of(standing)) for standing in Standing}
        yield from _table(f"People by access before disclosure {one.number}", cells)


def _table(name: str, cells: Mapping[str, int]) -> Iterator[Block]:
    shown, total = suppress(cells), shown_total(cells)
    rows = [[label, "hidden" if count is None else f"{count:,}"] for label, count in shown.items()]
    rows.append(["Total", f"{total:,}" if total is not None else f"under {LEAST}"])
    yield heading(2, name)
    yield table(["Kind", "Count"], rows, [2, 1])
