"""What the audit log calls a record, as it is shown to the readers of a case: by its number in the case.

In an entry a record is `claim:12`, kind and id. Ids run across the register, so whoever reads one case would learn how
much is done in others. The entry stays as it was sealed; what is shown of it says `claim:1/2`.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.base.db import Base
from tracker.models.case.cases import Case, Part
from tracker.models.register.accounts import Account
from tracker.models.register.standard_texts import StandardText

MANY = 500  # ids that are asked for at once


class Name(str):
    """The name of a record, as opposed to a text that somebody typed and that may look like one."""

    __slots__ = ()


def label_of(kind: Any, key: Any) -> sa.ColumnElement[str]:
    """The same as SQL, of one record whose kind and id are columns: for a list that shows a few records."""
    found = {name: _labels(model).where(model.id == key) for name, model in models().items() if model is not Account}
    labels = {name: one.with_only_columns(_label(models()[name])).scalar_subquery() for name, one in found.items()}
    return sa.case(labels, value=kind, else_=kind)


class Shown:
    """Names of records, as the readers of a case see them."""

    def __init__(self, connection: Any, names: Iterable[str]) -> None:
        """Ask for the numbers of all these at once."""
        ids: dict[str, set[int]] = {}
        for name in names:
            kind, _, key = name.partition(":")
            if kind in models() and key.isdecimal():
                ids.setdefault(kind, set()).add(int(key))
        self._known: dict[str, str] = {}
        asked = [(kind, sorted(keys)[at : at + MANY]) for kind, keys in ids.items() for at in range(0, len(keys), MANY)]
        if asked:
            selects = [_labels(models()[kind]).where(models()[kind].id.in_(keys)) for kind, keys in asked]
            for kind, key, label in connection.execute(sa.union_all(*selects)):
                self._known[f"{kind}:{key}"] = label

    def of(self, name: str) -> str:
        """`claim:1/2`; the kind alone where a record has no number in the case, or is gone."""
        kind, colon, _ = name.partition(":")
        if not colon or kind not in tables():
            return name
        return "case" if kind == Case.__tablename__ else self._known.get(name, kind)

    def told(self, value: Any) -> Any:
        """A value of an entry with the names in it as they are shown."""
        if isinstance(value, dict):
            return {self.of(key): self.told(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self.told(one) for one in value]
        return Name(self.of(value)) if isinstance(value, Name) else value


def names_in(value: Any) -> Iterator[str]:
    """Every key in a value of an entry, and the names of records in it."""
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from names_in(one)
    elif isinstance(value, Name):
        yield value


def name_pointers(changed: dict[str, dict[str, list[Any]]]) -> dict[str, dict[str, list[Any]]]:
    """Old and new values with names in place of the ids of other records: `person:5` for 5 in `person_id`."""
    told = {}
    for name, fields in changed.items():
        kinds = _pointers(name.partition(":")[0])
        if "thing_id" in fields:  # of a thing of whatever kind, which stands beside it
            kinds = kinds | {"thing_id": fields["thing"][-1] if "thing" in fields else "thing"}
        told[name] = {
            field: [Name(f"{kinds[field]}:{one}") if field in kinds and one is not None else one for one in pair]
            for field, pair in fields.items()
            if field != "id"
        }
    return told


def id_of(case: Case, text: str) -> Any:
    """A select of the name in the audit log of what readers of the case call `claim:1/2`; None for no such kind."""
    kind, _, label = text.partition(":")
    if kind == "case":
        return sa.literal(f"{Case.__tablename__}:{case.id}")
    if (model := models().get(kind)) is None or not hasattr(model, "case_id"):
        return None
    of = _labels(model).where(model.case_id == case.id).subquery()
    return sa.select(sa.literal(f"{kind}:") + sa.cast(of.c.key, sa.String)).where(of.c.label == f"{kind}:{label}")


@cache
def tables() -> frozenset[str]:
    """Every kind of record."""
    return frozenset(Base.metadata.tables)


@cache
def models() -> dict[str, Any]:
    """The kinds that have a number in the case, or another name that tells nothing of other cases."""
    found = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    named = (Account, StandardText)
    return {kind: one for kind, one in found.items() if one in named or _number(one) is not None}


def _number(model: Any) -> Any:
    """What tells a thing from the others of its kind in the case."""
    number = model.__dict__.get("number", getattr(model, "number", None)) if hasattr(model, "case_id") else None
    within = model.WITHIN.number if issubclass(model, Part) else None
    if within is None:
        return number
    text = sa.cast(within, sa.String)
    return text if number is None else text + "/" + sa.cast(number, sa.String)


def _labels(model: Any) -> sa.Select[Any]:
    """Kind, id and label of every record of a model."""
    kind = model.__tablename__
    select = sa.select(sa.literal(kind).label("kind"), model.id.label("key"), _label(model).label("label"))
    if issubclass(model, Part):
        whole = model.WITHIN
        select = select.join(whole, whole.id == getattr(model, f"{whole.__tablename__}_id"))
    return select


def _label(model: Any) -> sa.ColumnElement[str]:
    """`claim:1/2`."""
    if model is Account:
        return sa.literal("account:") + model.name
    number = model.id if model is StandardText else _number(model)
    return sa.literal(f"{model.__tablename__}:") + sa.cast(number, sa.String)


@cache
def _pointers(kind: str) -> dict[str, str]:
    """The columns of a kind that hold the id of another record, with its kind."""
    if kind not in tables():
        return {}
    columns = Base.metadata.tables[kind].columns
    return {one.name: key.target_fullname.partition(".")[0] for one in columns for key in one.foreign_keys}
