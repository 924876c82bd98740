"""A record of the audit log as readers of its case know it: `claim:1/2` is "Claim 2 of disclosure 1", with its page."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from tracker.exports.records import Name, models
from tracker.models.access.people import Person, pseudonym
from tracker.models.case.cases import Case, Part
from tracker.web.places import room_of

NOUNS = {"assignment": "role", "cases": "case", "whereabouts": "whereabouts record"}


@dataclass(frozen=True)
class Named:
    """The words for a record, and the address of its page if it has one."""

    text: str
    url: str | None = None


def name_record(shown: str, reference: str) -> Named:
    """A record as `Shown` gives it, for a reader of the case with this reference."""
    kind, _, number = shown.partition(":")
    if kind == "case":
        return Named("Case", url_for("cases.show", case=reference))
    model = models().get(kind)
    words = _words(kind, number, model)
    if model is None or not number or not hasattr(model, "case_id"):
        return Named(words)
    return Named(words, _url(model, number, reference))


def rows_of(changed: dict[str, dict[str, list[Any]]], reference: str) -> list[tuple[Named, str, str, str]]:
    """Old and new values of an entry as a reader knows them: the record, its field, and both values in words."""
    return [
        (name_record(thing, reference), field.removesuffix("_id").replace("_", " "), said(old), said(new))
        for thing, fields in changed.items()
        for field, (old, new) in fields.items()
    ]


def said(value: Any) -> str:
    """A value of an entry in words: a record by its name, many values one after the other."""
    if value is None:
        return "(none)"
    if isinstance(value, dict):
        return "; ".join(f"{name}: {said(one)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(map(said, value))
    if isinstance(value, Name):
        kind, _, number = value.partition(":")
        return _words(kind, number, models().get(kind))
    return str(value)


def _words(kind: str, number: str, model: type | None) -> str:
    noun = NOUNS.get(kind, kind.replace("_", " "))
    first, _, second = number.partition("/")
    if model is Person and first.isdecimal():
        return pseudonym(int(first))
    if model is None or not number or not issubclass(model, Part):
        said = f"{noun} {number}".strip()
    else:
        whole = model.WITHIN
        of = pseudonym(int(first)) if whole is Person else f"{whole.__tablename__.replace('_', ' ')} {first}"
        said = f"{noun} {second}".strip() + f" of {of}"
    return said[:1].upper() + said[1:]


def _url(model: type, number: str, reference: str) -> str | None:
    """The page of the record, or of the whole whose part it is; None for what has neither."""
    first, _, second = number.partition("/")
    places: list[tuple[type, dict[str, Any]]] = [(model, {"number": first})]
    if issubclass(model, Part):
        places = [(model.WITHIN, {"number": first})]
        if second:
            places.insert(0, (model, {"number": first, model.PLACE[0]: second}))
    for one, place in places:
        if (room := room_of(one.__name__)) is not None and one is not Case:
            return url_for(f"{room}.show", case=reference, **place)
    return None
