"""The words of the table: a step needs gates, a gate has requirements, and each says what is missing and where."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tracker.gates.facts import Facts
from tracker.models.case.words import Course, Role, Stage

TEAM = (Role.LEAD, Role.INVESTIGATOR)


@dataclass(frozen=True)
class Way:
    """Where something is mended, and by whom: the page's name, and what its address holds beside the case."""

    page: str
    roles: frozenset[Role]
    values: dict[str, Any] = field(default_factory=dict)


def way(page: str, *roles: Role, **values: Any) -> Way:
    """The way to a page for the holders of these roles."""
    return Way(page, frozenset(roles), values)


@dataclass(frozen=True)
class Missing:
    """One thing that is missing: the sentence that says what to do, and the ways to where it is done."""

    text: str
    ways: tuple[Way, ...] = ()


def missing(text: str, page: str, *roles: Role, **values: Any) -> Missing:
    """One thing that is missing and has one way."""
    return Missing(text, (way(page, *roles, **values),))


@dataclass(frozen=True)
class Requirement:
    """One question of a gate. `missing` answers None when it does not matter to this case; `met` is said otherwise.

    What is `told` blocks nothing: its sentence is only to be known by whoever takes the step.
    """

    met: str
    missing: Callable[[Facts], list[Missing] | None]
    told: bool = False


@dataclass(frozen=True)
class Gate:
    """What stays shut until every requirement is met."""

    name: str
    opens: str
    needs: tuple[Requirement, ...]


@dataclass(frozen=True)
class Step:
    """One move forward, and the gates on its way."""

    start: Stage
    end: Stage
    gates: tuple[Gate, ...]
    course: Course = Course.REGULAR


@dataclass(frozen=True)
class OpenPoint:
    """One point of a checklist, open or done; `met` is what its requirement says when nothing is missing."""

    gate: str
    met: str
    text: str
    ways: tuple[Way, ...] = ()
    done: bool = False
    told: bool = False
