"""Rules on lines and meanings of values as they are typed in a command, put into a mapping of one file."""

from collections.abc import Mapping as Names
from collections.abc import Sequence
from dataclasses import replace

from tracker.analysis.logs.conditions import Condition, ConditionFault, read_condition
from tracker.analysis.logs.files.headers import normal
from tracker.analysis.logs.mapping import MEANINGS, Mapping
from tracker.audit.doors import Refused

LEAVE_OUT = "leave out"
SHAPE = 'Write the meaning of a value as "COLUMN:VALUE=E4", or "COLUMN:VALUE=leave out".'


def typed_conditions(texts: Sequence[str], header: Sequence[str]) -> tuple[Condition, ...]:
    """The conditions of these texts. Refused for a text that is none."""
    try:
        return tuple(read_condition(text, header) for text in texts)
    except ConditionFault as fault:
        raise Refused(str(fault)) from None


def with_values(mapping: Mapping, texts: Sequence[str], header: Sequence[str]) -> Mapping:
    """The mapping with the meanings of these texts, such as `Action:print=E4`. Refused for a text that is none.

    A column that has no field yet gets that of the meaning. A value to leave out in a column without a field becomes a
    condition.
    """
    for column, value, meaning in sorted((_read_value(text, header) for text in texts), key=lambda one: not one[2]):
        field = _field_of(mapping, column, meaning)
        if field is None:
            mapping = replace(mapping, where=(*mapping.where, Condition(column, "is_not", (value,))))
            continue
        columns = {**mapping.columns, field: mapping.columns.get(field) or (column,)}
        mapping = replace(mapping, columns=columns, values=_add(mapping.values, field, {value: meaning}))
    return mapping


def with_events(mapping: Mapping, enter: Sequence[str], leave: Sequence[str], skip: Sequence[str]) -> Mapping:
    """The mapping with the values of its event column for going in, for going out, and to leave out."""
    said = dict.fromkeys(skip, "") | dict.fromkeys(leave, "leave") | dict.fromkeys(enter, "enter")
    return replace(mapping, values=_add(mapping.values, "event", said)) if said else mapping


def _add(values: Names[str, Names[str, str]], field: str, more: Names[str, str]) -> dict[str, Names[str, str]]:
    return {**values, field: {**values.get(field, {}), **more}}


def _read_value(text: str, header: Sequence[str]) -> tuple[str, str, str]:
    """Column, value and meaning; the meaning is empty for leaving the line out."""
    known = {normal(name): name for name in reversed(header)}
    cuts = [at for at, sign in enumerate(text) if sign == ":" and normal(text[:at]) in known]
    if not cuts or "=" not in text[cuts[0] :]:
        raise Refused(f'"{text[:80]}" names no column of the file and value. {SHAPE}')
    value, _, meaning = text[cuts[0] + 1 :].rpartition("=")
    meaning = meaning.strip()
    return known[normal(text[: cuts[0]])], value.strip(), "" if meaning.casefold() == LEAVE_OUT else meaning


def _field_of(mapping: Mapping, column: str, meaning: str) -> str | None:
    """The field whose values of this column have the meaning; None for leaving out where the column has no field."""
    mapped = [name for name in MEANINGS if normal(column) in map(normal, mapping.columns.get(name, ()))]
    if not meaning:
        return mapped[0] if mapped else None
    likely = [name for name, words in MEANINGS.items() if words is not None and meaning in words]
    found = next((name for name in mapped if name in likely or MEANINGS[name] is None), None)
    if found or likely:
        return found or likely[0]
    raise Refused(f'"{meaning}" is not an evidence level, a channel, enter, leave or leave out. {SHAPE}')
