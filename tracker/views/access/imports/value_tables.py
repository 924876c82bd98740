"""The values of a column that become an evidence level, a channel, a direction, a material or a version."""

import hashlib
from collections.abc import Mapping as Names
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from tracker.analysis.logs.access_log import Mapping
from tracker.analysis.logs.conditions import folded
from tracker.analysis.logs.files.headers import normal
from tracker.analysis.logs.mapping import MEANINGS
from tracker.analysis.logs.meanings import guess_meaning
from tracker.base import db
from tracker.imports.lines.look import Look
from tracker.models.access.words import Channel, Level
from tracker.models.case.cases import Case
from tracker.models.disclosure.versions import Version
from tracker.views.access.reliability import materials_of

LEAVE_OUT, OPEN = "-", ""  # as the form sends them
DIRECTIONS = (("enter", "Going in"), ("leave", "Going out"))


@dataclass(frozen=True)
class ValueRow:
    """One value of a column: its lines among those looked at, what it means now, and what it may mean."""

    field_name: str
    value: str
    lines: int
    chosen: str
    choices: Sequence[SelectChoice]
    is_open: bool  # lines that are used have it, and nobody has said what it means

    @property
    def name(self) -> str:
        """The name of its field in the form."""
        return value_name(self.field_name, self.value)

    def field(self) -> Any:
        """The choice of its meaning."""
        return SelectField(f"Meaning of {self.value or 'empty'}", choices=self.choices, validate_choice=False)


@dataclass(frozen=True)
class ValueTable:
    """The values of one column that stand for one field."""

    field_name: str
    column: str
    values: Sequence[ValueRow]


def value_name(field: str, value: str) -> str:
    """The name of the form's field for a value, whatever signs it has."""
    return f"value_{field}_{hashlib.sha256(value.encode(errors='surrogatepass')).hexdigest()[:12]}"


def tables_of(mapping: Mapping, look: Look, case: Case, unseen: Names[str, Sequence[str]]) -> list[ValueTable]:
    """A table for each column with few values that stands for a field of MEANINGS, unless they are its words."""
    found = []
    for field, words in MEANINGS.items():
        column = look.column(mapping.columns.get(field, ()))
        if column is None or not (column.counts or mapping.values.get(field) or unseen.get(column.name)):
            continue
        said = {folded(value): meaning for value, meaning in mapping.values.get(field, {}).items()}
        counts = {**dict.fromkeys(unseen.get(column.name, ()), 0), **(column.counts or {})}
        own = set(map(normal, words or ()))
        values = [value for value in counts if (value or field == "event")
                  and (normal(value) not in own or folded(value) in said)]  # fmt: skip
        choices = _choices(field, case) if values else []
        rows = [ValueRow(field, value, counts[value], _chosen(value, said), choices,
                         (column.name, value) in look.unknown)
                for value in sorted(values, key=lambda value: -counts[value])]  # fmt: skip
        if rows:
            found.append(ValueTable(field, column.name, rows))
    return found


def read_values(
    mapping: Mapping, look: Look, sent: Names[str, str], unseen: Names[str, Sequence[str]], *, guess: bool
) -> dict[str, dict[str, str]]:
    """The meanings that a form sent, over those that the mapping has, also for values that this file does not show.

    `guess`: a value that nothing was said of gets what it probably means, for the account to confirm.
    """
    values = {field: dict(meanings) for field, meanings in mapping.values.items() if field in mapping.columns}
    for field in MEANINGS:
        column = look.column(mapping.columns.get(field, ()))
        for value in [*(column.counts or {}), *unseen.get(column.name, ())] if column else ():
            said = {folded(one): word for one, word in values.get(field, {}).items()}
            meaning = sent.get(value_name(field, value))
            if meaning is None:
                likely = guess_meaning(field, value) if guess and value and folded(value) not in said else None
                meaning = said.get(folded(value), likely)
                meaning = OPEN if meaning is None else meaning or LEAVE_OUT
            kept = {one: word for one, word in values.get(field, {}).items() if folded(one) != folded(value)}
            values[field] = kept if meaning == OPEN else {**kept, value: "" if meaning == LEAVE_OUT else meaning}
    return values


def _chosen(value: str, said: Names[str, str]) -> str:
    """What was said of a value, as the form has it."""
    return OPEN if folded(value) not in said else said[folded(value)] or LEAVE_OUT


def _choices(field: str, case: Case) -> list[SelectChoice]:
    leave_out = SelectChoice(LEAVE_OUT, "Leave out these lines")
    if field == "level":
        words = [SelectChoice(one.value, one.label) for one in Level]
    elif field == "channel":
        words = [SelectChoice(one.value, one.label) for one in Channel]
    elif field == "event":
        words = [SelectChoice(value, label) for value, label in DIRECTIONS]
    elif field == "material":
        words = materials_of(case, "As in the file")[1:]
    else:
        labels = db.session().scalars(sa.select(Version.label).where(Version.case_id == case.id).distinct())
        words = [SelectChoice(label, label) for label in labels]
    as_it_is = "As in the file" if MEANINGS[field] is None else "Choose"
    return [SelectChoice(OPEN, as_it_is), *words, leave_out]
