"""People, what they got at and where they were, as files; the import reads what stands here.

A person is the pseudonym in every column that points to one; names and identifiers stand in columns of their own.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from tracker.exports.columns import Column, Table, Values, instant, label, moment, plain, text
from tracker.exports.labels import Labels
from tracker.models.accesses import Access
from tracker.models.logs import AccessLog
from tracker.models.people import Person
from tracker.models.whereabouts import Whereabouts
from tracker.models.words.accesses import Level

OPPORTUNITY = "Access shows opportunity, not guilt."
_SAYS = {level.value: level.says for level in Level}


def _says(_labels: Labels, values: Sequence[Values]) -> Iterable[Values]:
    return [list(map(_SAYS.get, values[0]))]


def _roles(labels: Labels, values: Sequence[Values]) -> Iterable[Values]:
    """The role as recorded; `subject` while a designation is in force."""
    return [list(map(labels.of("subjects").get, *values))]


PEOPLE = Table(
    "people",
    Person.of,
    (Person.number,),
    (
        label("person", "people", Person.id),
        label("name", "names", Person.id),
        text("post", Person.post),
        text("unit", Person.unit),
        Column(("role",), (Person.id, Person.role), _roles),
        label("identifiers", "identifiers", Person.id),
    ),
)


def _who(model: Any) -> tuple[Column, ...]:
    return label("person", "people", model.person_id), label("name", "names", model.person_id)


def _whence(model: Any, corrected: str) -> tuple[Column, ...]:
    """Where a row comes from, and which earlier row it corrects."""
    return (
        text("note", model.note),
        label("identifier", "identifier", model.identifier_id),
        plain("number", model.number),
        label("log", "log_numbers", model.log_id),
        label("corrects", corrected, model.corrects_id),
        text("why_corrected", model.why_corrected),
    )


ACCESS = Table(
    "access",
    Access.of,
    (Access.number,),
    (
        *_who(Access),
        label("material", "materials", Access.material_id),
        label("version", "versions", Access.version_id),
        label("copy", "copy_numbers", Access.copy_id),
        plain("channel", Access.channel),
        plain("level", Access.level),
        moment("since", Access),
        moment("until", Access),
        text("source", Access.source),
        plain("line", Access.line),
        *_whence(Access, "corrected_access"),
        Column((OPPORTUNITY,), (Access.level,), _says),  # what a level says stands under what it does not say
    ),
)

WHEREABOUTS = Table(
    "whereabouts",
    Whereabouts.of,
    (Whereabouts.number,),
    (
        *_who(Whereabouts),
        text("place", Whereabouts.place),
        moment("since", Whereabouts),
        moment("until", Whereabouts),
        text("source", Whereabouts.source),
        plain("line", Whereabouts.line),
        *_whence(Whereabouts, "corrected_whereabouts"),
    ),
)

LOGS = Table(
    "access-logs",
    AccessLog.of,
    (AccessLog.number,),
    (
        plain("number", AccessLog.number),
        plain("kind", AccessLog.kind),
        plain("state", AccessLog.state),
        text("name", AccessLog.name),
        plain("sha256", AccessLog.sha256),
        plain("size", AccessLog.size),
        text("system", AccessLog.system),
        text("obtained_from", AccessLog.obtained_from),
        moment("obtained", AccessLog),
        moment("covers_since", AccessLog),
        moment("covers_until", AccessLog),
        text("gaps", AccessLog.gaps),
        text("clock_offset", AccessLog.clock_offset),
        text("zone", AccessLog.zone),
        plain("rows", AccessLog.rows),
        plain("faults", AccessLog.faults),
        plain("repeats", AccessLog.repeats),
        plain("new_people", AccessLog.new_people),
        label("imported_by", "accounts", AccessLog.imported_by_id),
        instant("imported", AccessLog.imported),
        instant("undone", AccessLog.undone),
        label("undone_by", "accounts", AccessLog.undone_by_id),
        text("undone_why", AccessLog.undone_why),
    ),
)
