"""What several actions refuse in the same words, and how each of them writes down what it was given.

What has no letter or digit is no reason, no answer and no name.
"""

from collections.abc import Collection
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa

from tracker.analysis.fair_words import unfair_word
from tracker.analysis.letters import says
from tracker.analysis.moments import Moment
from tracker.audit.doors import Refused, note, now
from tracker.base import db
from tracker.gates import withheld_reason
from tracker.models.case.cases import Case, Part
from tracker.models.recorded import Recorded
from tracker.models.register.storage import stored_size
from tracker.policy.quotas import must_have_room

T = TypeVar("T")


def must_say(text: str | None, sentence: str, field: str = "") -> None:
    """Refuse with this sentence where a text says nothing; at the field of this name, in a form that has it."""
    if not says(text):
        raise Refused(sentence, field)


def must_be_fair(*texts: str) -> None:
    """Refuse a word that judges a person in what names or heads somebody's inquiry."""
    if word := unfair_word(*texts):
        raise Refused(f'Leave out "{word}". Do not judge a person: access is opportunity, not guilt.')


def must_belong(case: Case, *things: Any) -> None:
    """Refuse people, materials, versions, copies and the like of another case; None is nothing to ask about."""
    if any(thing is not None and thing.case_id != case.id for thing in things):
        raise Refused("Choose people and materials of this case.")


def must_be_available(case: Case) -> None:
    """Refuse an answer about a person while person-level results are withheld."""
    if sentence := withheld_reason(case):
        raise Refused(sentence)


def must_be_correctable(row: Any, why: str) -> None:
    """Refuse to correct an access record, a whereabouts row or a press contact twice, or without a reason."""
    if (later := row.corrected_by) is not None:
        raise Refused(f"Record {later.number} corrects record {row.number}. Correct record {later.number} instead.")
    must_say(why, "Enter the reason for the correction.", "why")


def is_to_come(moment: Moment) -> bool:
    """Whether a time lies in the future however it is taken; one that is not known does not."""
    return moment.earliest is not None and moment.earliest > now()


def must_have_been(moment: Moment, what: str, field: str = "") -> None:
    """Refuse a time that lies in the future however it is taken, at its field; one that is not known passes."""
    if is_to_come(moment):
        raise Refused(f"{what} lies in the future: enter when it really was.", field)


def must_last(since: Moment, until: Moment) -> None:
    """Refuse an end that lies before the beginning, however both are taken."""
    if is_before(until, since):
        raise Refused("The end is before the start. Correct From or Until.", "until")


def is_before(one: Moment, other: Moment) -> bool:
    """Whether a time lies before another one, however both are taken."""
    return bool(one.latest and other.earliest and one.latest < other.earliest)


def must_be_among(names: Collection[str], known: Collection[str]) -> None:
    """Refuse names of facts that this action does not write: a fault of the program that calls it, so a TypeError."""
    if strange := set(names) - set(known):
        raise TypeError(f"not written by this action: {sorted(strange)}")


def note_file(thing: Any) -> None:
    """Inside an action: note in its entry which file of the store it is about, of how many bytes."""
    note(sha256=thing.sha256, size=thing.size)


def change(thing: Any, **values: Any) -> None:
    """Set these fields of a thing; what they were stays in the entry's details."""
    for name, value in values.items():
        setattr(thing, name, value)


def next_number(model: Any, **within: int | None) -> int:
    """The number after the highest one of `model` within, say, `case_id=3`, given out under the case's lock."""
    highest = sa.select(sa.func.max(model.number)).filter_by(**within)
    return (db.session().scalar(highest) or 0) + 1


def add_numbered(model: type[T], **facts: Any) -> T:
    """Add a thing of a case, or a part of a thing, under the next number there; `facts` are its other attributes.

    What is recorded is recorded now, unless the facts say when. Raises Refused where there is no room for its file.
    """
    if issubclass(model, Part):
        facts["case"] = facts[model.WITHIN.__tablename__].case
    if issubclass(model, Recorded):
        facts.setdefault("at", now())
    table: Any = model
    if size := stored_size(model, facts):
        must_have_room(db.session().info["entry"].actor, facts["case"], size)
    whole = _numbered_within(table)
    number = next_number(table, **{f"{whole}_id": facts[whole].id})
    thing = model(number=number, **facts)  # type: ignore[call-arg]  # every model takes its columns
    db.session().add(thing)
    return thing


@cache
def _numbered_within(model: Any) -> str:
    """What the numbers of a model are unique within, as its table says: `case`, or `finding`."""
    keys = ({column.name for column in one.columns} for one in model.__table__.constraints)
    (within,) = next(key for key in keys if "number" in key and len(key) == 2) - {"number"}
    return str(within).removesuffix("_id")
