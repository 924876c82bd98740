"""The file of a known system, read strictly: whatever is unknown, missing or contradictory is one clear error."""

import tomllib
from collections.abc import Mapping as Names
from pathlib import Path
from typing import Any

from tracker.analysis.logs.conditions import TESTS, folded
from tracker.analysis.logs.mapping import CHANNELS, FIELDS, LEVELS
from tracker.analysis.logs.times.dates import format_named
from tracker.analysis.zones import MomentFault, find_zone
from tracker.imports.systems.known_system import Evidence, KnownSystem, Reading
from tracker.models.access.words import IdentifierKind

_KINDS = {str: "a text", list: "a list of texts", dict: "a table"}
_SYSTEM = {"title": str, "about": str, "export": str, "sources": list, "limits": list, "columns": dict,
           "recognised_by": list}  # fmt: skip
_READING = {"identifiers": str, "evidence_by": str, "fixed": dict, "dates": str, "zone": str, "enter": list,
            "leave": list}  # fmt: skip
_EVIDENCE = {"level": str, "channel": str, "because": str}
_WHERE = {"column": str, "test": str}


class SystemFault(ValueError):
    """A file of a known system that is wrong; its text names the file, the place and the reason."""


def read_system(path: Path) -> KnownSystem:
    """The system that a file describes. SystemFault if the file is wrong in any way."""
    try:
        return _system(path.stem, tomllib.loads(path.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, SystemFault) as fault:
        raise SystemFault(f"{path.name}: {fault}") from None


def _system(name: str, told: dict[str, Any]) -> KnownSystem:
    readings = {kind: told.pop(kind) for kind in FIELDS if kind in told}
    _check_keys("", told, _SYSTEM, {"also": list})
    if not readings:
        raise SystemFault(f"add one of the tables {', '.join(FIELDS)}.")
    columns = {column: _texts(f"columns.{column}", headers) for column, headers in told.pop("columns").items()}
    for column in told["recognised_by"]:
        _one_of("recognised_by", column, columns)
    read = {kind: _reading(kind, table, columns) for kind, table in readings.items()}
    return KnownSystem(name=name, columns=columns, readings=read, **_fixed(told))


def _reading(kind: str, told: Any, known: Names[str, tuple[str, ...]]) -> Reading:
    _check_keys(kind, told, {"columns": dict}, _READING | {"where": None, "evidence": None})
    columns = {}
    for field, ours in told.pop("columns").items():
        _one_of(f"{kind}.columns", field, (*FIELDS[kind], "event"))
        columns[field] = (ours,) if isinstance(ours, str) else _texts(f"{kind}.columns.{field}", ours)
        for column in columns[field]:
            _one_of(f"{kind}.columns.{field}", column, known)
    _one_of(f"{kind}.identifiers", told.setdefault("identifiers", "account"), [one.value for one in IdentifierKind])
    _check_times(kind, told)
    _check_values(kind, told, columns)
    where = tuple(_condition(f"{kind}.where", one, known) for one in _tables(kind, told, "where"))
    evidence = tuple(_evidence(f"{kind}.evidence", one) for one in _tables(kind, told, "evidence"))
    _check_evidence(kind, evidence, told.get("evidence_by", ""), known)
    told["identifiers"] = IdentifierKind(told["identifiers"])
    return Reading(kind, columns, where=where, evidence=evidence, **_fixed(told))


def _fixed(told: Names[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in told.items()}


def _check_times(kind: str, told: Names[str, Any]) -> None:
    try:
        format_named(told.get("dates") or "iso")
        find_zone(told.get("zone") or "UTC")
    except MomentFault as fault:
        raise SystemFault(f"{kind}: {fault}") from None


def _check_values(kind: str, told: Names[str, Any], columns: Names[str, Any]) -> None:
    """Fixed values are those of fields, and a column of in and out has values for both."""
    for field, value in told.get("fixed", {}).items():
        _one_of(f"{kind}.fixed", field, FIELDS[kind])
        _one_of(f"{kind}.fixed.{field}", value, {"level": LEVELS, "channel": CHANNELS}.get(field, (value,)))
    if not bool(told.get("enter")) == bool(told.get("leave")) == ("event" in columns):
        raise SystemFault(f"{kind}: name enter and leave with a column for event, or none of the three.")


def _tables(kind: str, told: dict[str, Any], key: str) -> list[Any]:
    """A list of tables, taken out of the table."""
    found = told.pop(key, [])
    if not isinstance(found, list):
        raise SystemFault(f"{kind}.{key} must be a list of tables: [[{kind}.{key}]].")
    return found


def _condition(place: str, told: Any, known: Names[str, Any]) -> tuple[str, str, tuple[str, ...]]:
    _check_keys(place, told, _WHERE, {"values": list})
    _one_of(place, told["column"], known)
    _one_of(place, told["test"], TESTS)
    return told["column"], told["test"], tuple(told.get("values", ()))


def _evidence(place: str, told: Any) -> Evidence:
    _check_keys(place, told, _EVIDENCE, {"values": list})
    _one_of(f"{place}.level", told["level"], LEVELS)
    _one_of(f"{place}.channel", told["channel"], CHANNELS)
    return Evidence(told["level"], told["channel"], told["because"], tuple(told.get("values", ())))


def _check_evidence(kind: str, evidence: tuple[Evidence, ...], by: str, known: Names[str, Any]) -> None:
    """Access has evidence, whereabouts have none; several levels are told apart by the values of one column."""
    place = f"{kind}.evidence"
    if (kind == "access") != bool(evidence):
        raise SystemFault(f"{place}: access needs at least one evidence level, and whereabouts have none.")
    if by:
        _one_of(f"{kind}.evidence_by", by, known)
    values = [folded(value) for one in evidence for value in one.values]
    if bool(by) != bool(values) or not all(one.values for one in evidence[1:]) or (by and not evidence[0].values):
        raise SystemFault(f"{place}: name evidence_by and the values of each level, or one level without values.")
    if twice := {value for value in values if values.count(value) > 1}:
        raise SystemFault(f'{place}: "{min(twice)}" stands there twice.')


def _check_keys(place: str, told: Any, needed: Names[str, Any], more: Names[str, Any]) -> None:
    """Every needed key, none that is unknown, each of its type (None: any)."""
    at = f"{place}: " if place else ""
    if not isinstance(told, dict):
        raise SystemFault(f"{at}must be a table.")
    known = {**needed, **more}
    for key, value in told.items():
        if key not in known:
            raise SystemFault(f'{at}"{key}" is not known here. Choose from {", ".join(known)}.')
        if known[key] is list:
            _texts(f"{at}{key}", value)
        elif known[key] and (not isinstance(value, known[key]) or not value):
            raise SystemFault(f"{at}{key} must be {_KINDS[known[key]]}, and not empty.")
    if missing := [key for key in needed if key not in told]:
        raise SystemFault(f'{at}"{missing[0]}" is missing.')


def _texts(place: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(one, str) and one for one in value):
        raise SystemFault(f"{place} must be a list of texts, and not empty.")
    return tuple(value)


def _one_of(place: str, value: Any, known: Any) -> None:
    if value not in known:
        raise SystemFault(f'{place}: "{value}" is not known. Choose from {", ".join(known)}.')
