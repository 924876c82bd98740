"""The results of a search: what is said of each thing that was found, asked for all of them at once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from flask import url_for

from tracker.analysis.moments import Moment, Precision, from_sql_text
from tracker.analysis.search.queries import Term
from tracker.analysis.search.snippets import Run, count_places, snippet
from tracker.analysis.typed.writing import at
from tracker.audit.search.documents import models
from tracker.audit.search.finding import TEXT, Hit, Logged, places
from tracker.base import db
from tracker.base.db import EVER_AFTER, EVER_BEFORE
from tracker.exports.records import Shown
from tracker.models.access.people import Person, pseudonym
from tracker.models.case.cases import Case
from tracker.models.searched import Reading
from tracker.views.answers.search_results.facets import KINDS, Kind
from tracker.views.register.recent_activity import act_words
from tracker.views.register.record_names import name_record
from tracker.web.guard import me

TITLE = 24  # words
COUNTED = {  # of these no word is shown: opening them is recorded
    Reading.STATEMENT: "statement",
    Reading.EVALUATION: "plan or evaluation",
    Reading.PRIVILEGED: "note",
}
SAID = {"text": "Text", "words": "Text", "quote": "Quote", "name": "Name", "value": "Identifier"}
OF_PART = {
    ("finding_revision", "text"): "Kept text", ("conflict", "value"): "Conflicting source",
    ("comment", "text"): "Comment", ("reply", "answer"): "Reply of the person", ("number", ""): "Pseudonym",
}  # fmt: skip


@dataclass(frozen=True)
class Result:
    """One result: its title with the found words marked, one line of context, its time and its case."""

    url: str
    title: Sequence[Run]
    label: str
    context: Sequence[Run]
    time: str
    reference: str


class _Head(NamedTuple):
    """What the record says of a thing that was found."""

    reference: str
    title: str
    person: int | None
    post: str | None
    time: str


class _Place(NamedTuple):
    """Where a term was found first."""

    part: str
    part_id: int
    field: str
    start: int
    length: int
    reading: Reading


def results_of(hits: Sequence[Hit], terms: tuple[Term, ...]) -> dict[str, list[Result]]:
    """What is said of each thing, by facet; five statements, however many kinds there are."""
    if not hits:
        return {}
    heads, shown = _heads(hits), {hit.shown for hit in hits}
    columns = (TEXT.part, TEXT.part_id, TEXT.field, TEXT.start, TEXT.length, TEXT.reading)
    found = {
        key: _Place(*row) for key, *row in db.session().execute(sa.select(TEXT.id, *columns).where(TEXT.id.in_(shown)))
    }
    texts = _texts([place for place in found.values() if place.reading not in COUNTED])
    counted = [hit for hit in hits if found[hit.shown].reading in COUNTED]
    counts = _count_places(counted, terms) if counted else {}
    names = Shown(db.session(), [f"{hit.kind}:{hit.record_id}" for hit in hits])
    results: dict[str, list[Result]] = {}
    for hit in hits:
        head, place = heads[hit.kind, hit.record_id], found[hit.shown]
        label, context = "", _said(_places_words(counts.get((hit.kind, hit.record_id), {})))
        if place.reading not in COUNTED:
            label, context = _context(place, KINDS[hit.kind][1], texts, terms)
        results.setdefault(KINDS[hit.kind][0].name, []).append(
            _result(hit, head, names.of(f"{hit.kind}:{hit.record_id}"), terms, label, context)
        )
    return results


def logged_results(found: Sequence[Logged], terms: tuple[Term, ...]) -> list[Result]:
    """The actions that were found in audit logs, each with the entries that it leads to."""
    results = []
    for one in found:
        url = url_for("audit_log.of_case", case=one.reference, action=one.action)
        entries = f"{one.entries:,} {'entry' if one.entries == 1 else 'entries'}. Opening is recorded."
        title = snippet(act_words(one.action), terms)
        results.append(Result(url, title, "", _said(entries), f"last {at(from_sql_text(one.last))}", one.reference))
    return results


def _result(hit: Hit, head: _Head, name: str, terms: tuple[Term, ...], label: str, context: Any) -> Result:
    named = name_record(name, head.reference)
    person = "" if head.person is None else ", ".join(filter(None, (pseudonym(head.person), head.post)))
    said = ": ".join(filter(None, ["" if hit.kind == "cases" else named.text, person or head.title]))
    word, time = KINDS[hit.kind][1].word, head.time
    url = named.url or url_for("privileged_notes.list_page", case=head.reference)
    return Result(
        url, snippet(said, terms, before=TITLE, after=TITLE), label, context,
        f"{word} {time}".strip() if time else "", head.reference,
    )  # fmt: skip


def _said(words: str) -> Sequence[Run]:
    return (Run(words, is_marked=False),)


def _context(place: _Place, kind: Kind, texts: dict[Any, str], terms: tuple[Term, ...]) -> tuple[str, Sequence[Run]]:
    """The words around the place, and what they are of; nothing where the title says it already."""
    if place.part in KINDS and place.field in kind.title:
        return "", ()
    label = OF_PART.get((place.part, place.field)) or SAID.get(place.field, place.field.replace("_", " ").capitalize())
    text = texts.get((place.part, place.part_id, place.field), "")
    return label, snippet(text[place.start : place.start + place.length], terms)


def _heads(hits: Sequence[Hit]) -> dict[tuple[str, int], _Head]:
    """Case, title, person and time of each thing, in one statement."""
    keys: dict[str, list[int]] = {}
    for hit in hits:
        keys.setdefault(hit.kind, []).append(hit.record_id)
    selects = [_head(kind).where(models()[kind].id.in_(those)) for kind, those in keys.items()]
    heads = {}
    for kind, key, reference, title, person, post, first, last, offset, precision in db.session().execute(
        sa.union_all(*selects)
    ):
        heads[kind, key] = _Head(reference, title, person, post, _time_words(first, last, offset, precision))
    return heads


def _time_words(first: str | None, last: str | None, offset: str | None, precision: str | None) -> str:
    """A moment in words; without a precision it is a time that the program recorded."""
    if precision is not None:
        return Moment.of(_end(first), _end(last), offset, precision).words if precision != Precision.UNKNOWN else ""
    return at(from_sql_text(first)) if first else ""


def _end(text: str | None) -> datetime | None:
    return None if text in {None, EVER_BEFORE, EVER_AFTER} else from_sql_text(str(text))


def _head(name: str) -> Any:
    model, kind = models()[name], KINDS[name][1]
    columns = model.__table__.c
    title = [sa.func.coalesce(columns[one], "") for one in kind.title]
    both = sa.case((title[1] == "", title[0]), else_=title[0] + ": " + title[1]) if len(title) > 1 else None
    said = both if both is not None else title[0] if title else sa.literal("")
    has_person = name != "finding" and "person_id" in columns
    person = (
        (Person.number, Person.post) if has_person else (sa.cast(sa.null(), sa.Integer), sa.cast(sa.null(), sa.String))
    )
    whole = models()[kind.whole] if kind.whole else model
    time = _time(whole.__table__.c, kind.time)
    found = sa.select(sa.literal(name), model.id, Case.reference, said, *person, *time).select_from(model)
    found = found if model is Case else found.join(Case, Case.id == model.case_id)
    found = found if whole is model else found.join(whole, whole.id == columns[f"{kind.whole}_id"])
    return found.join(Person, Person.id == model.person_id) if has_person else found


def _time(columns: Any, name: str) -> tuple[Any, ...]:
    """The bounds, the zone and the precision of the time of a thing, as they are kept."""
    if name and f"{name}_earliest" in columns:
        ends = [sa.type_coerce(columns[f"{name}_{end}"], sa.String) for end in ("earliest", "latest")]
        return (*ends, columns[f"{name}_offset"], columns[f"{name}_precision"])
    nothing = sa.cast(sa.null(), sa.String)
    return (sa.type_coerce(columns[name], sa.String) if name else nothing, nothing, nothing, nothing)


def _texts(found: Sequence[_Place]) -> dict[tuple[str, int, str], str]:
    """The texts that hold the places, in one statement."""
    keys: dict[tuple[str, str], set[int]] = {}
    for place in found:
        keys.setdefault((place.part, place.field), set()).add(place.part_id)
    if not keys:
        return {}
    selects = [
        sa.select(sa.literal(part), columns.id, sa.literal(name), sa.cast(columns[name], sa.Text)).where(
            columns.id.in_(those)
        )
        for (part, name), those in keys.items()
        for columns in [models()[part].__table__.c]
    ]
    spellings = {(part, name): _spell(part, name) for part, name in keys}
    rows = db.session().execute(sa.union_all(*selects))
    return {(part, key, name): spellings[part, name](text) for part, key, name, text in rows}


def _spell(part: str, name: str) -> Any:
    spell = next((one.spell[name] for one in models()[part].SEARCHED if name in one.spell), str)
    return (lambda text: spell(int(text))) if name == "number" else spell


def _count_places(hits: Sequence[Hit], terms: tuple[Term, ...]) -> dict[tuple[str, int], Counter[Reading]]:
    counts: dict[tuple[str, int], Counter[Reading]] = {}
    for kind, key, reading, piece, words in places(db.session(), me(), hits, terms):
        found = count_places(words.split(" "), terms, piece=piece)
        counts.setdefault((kind, key), Counter())[reading] += found
    return counts


def _places_words(counts: Mapping[Reading, int]) -> str:
    """`2 places in the statement, 1 place in the plan or evaluation. Opening is recorded.`"""
    said = [
        f"{count:,} {'place' if count == 1 else 'places'} in the {COUNTED[reading]}"
        for reading, count in counts.items()
        if count
    ]
    return f"{', '.join(said)}. Opening is recorded."
