"""Where a case stands: what blocks its next step, with the way there for whoever may mend it."""

from dataclasses import dataclass, field
from itertools import groupby

from flask import url_for

from tracker.gates import Facts, OpenPoint, checklist, next_step
from tracker.models.case.cases import Case
from tracker.models.case.staffing import roles_of
from tracker.models.case.words import Role, Stage
from tracker.web.guard import me

MOST = 5  # missing things of one kind that are told one by one


@dataclass(frozen=True)
class Item:
    """One line of what blocks a step, as `blocks` draws it."""

    text: str
    done: bool
    url: str | None = None
    told: bool = False


@dataclass(frozen=True)
class Ahead:
    """The next step of a case: what it leads to, what blocks it, and where whoever may take it does so.

    `sent` is what its button sends where nothing more is asked; without it there is a page to fill in.
    """

    title: str
    items: list[Item]
    is_open: bool
    label: str
    url: str | None
    sent: dict[str, str] = field(default_factory=dict)


def ahead(facts: Facts) -> Ahead | None:
    """The next step; None for a closed case, which has none."""
    step = next_step(facts)
    if step is None:
        return None
    case, lines = facts.case, checklist(facts, step.gates)
    is_open = all(line.done for line in lines)
    where = "closure" if step.end is Stage.CLOSED else step.end.label.lower()
    label = "Close case" if step.end is Stage.CLOSED else f"Move to {step.end.label.lower()}"
    title = f"No open points before {where}" if is_open else f"Open points before {where}"
    sent = {} if step.end is Stage.CLOSED else {"from_stage": case.stage.value, "to_stage": step.end.value}
    return Ahead(title, items(case, lines), is_open, label, _mover(facts, step.end), sent)


def items(case: Case, lines: list[OpenPoint]) -> list[Item]:
    """The lines of a checklist; of many alike the first few, and how many more there are."""
    found = []
    for _, alike in groupby(lines, key=lambda line: line.met):
        some = list(alike)
        found += [Item(line.text, line.done, _way(case, line), line.told) for line in some[:MOST]]
        if len(some) > MOST:
            found.append(Item(f"{len(some) - MOST} more points of this kind are open.", done=False))
    return found


def _way(case: Case, line: OpenPoint) -> str | None:
    """Where it is mended; for others the sentence stands alone."""
    mine = roles_of(me(), case)
    for way in line.ways:
        if way.roles & mine:
            return url_for(way.page, case=case.reference, **way.values)
    return None


def _mover(facts: Facts, end: Stage) -> str | None:
    case, mine = facts.case, roles_of(me(), facts.case)
    if end is Stage.CLOSED:
        draft = facts.outcome if Role.DECIDING_OFFICIAL in mine else None
        return url_for("outcomes.close", case=case.reference, number=draft.number) if draft is not None else None
    return url_for("stages.move", case=case.reference) if Role.LEAD in mine else None
