"""Gates: what the record must hold before the next step opens. One table; each row is a question with its answer.

Whoever moves, approves or closes a case asks here; there is no other way past.
"""

from tracker.gates.closure import DECISION, REVIEWED, REVIEWED_STOPPED, STOPPED
from tracker.gates.facts import Facts
from tracker.gates.opening import CONFLICT, DISCLOSED, GO_ON, NOT_SUSPENDED, PROTECTION_CHECK, SHORT, withheld_reason
from tracker.gates.proof import COMPLETE, REPLIED, REPLIED_IF_ANY
from tracker.gates.requirements import Gate, Missing, OpenPoint, Requirement, Step, Way
from tracker.models.case.words import Course, Stage

__all__ = [
    "GATES",
    "PROTECTION_CHECK",
    "STEPS",
    "Facts",
    "Gate",
    "Missing",
    "OpenPoint",
    "Requirement",
    "Step",
    "Way",
    "checklist",
    "closing_step",
    "next_step",
    "step_to",
    "withheld_reason",
]  # fmt: skip
S = Stage
STEPS = (
    Step(S.INTAKE, S.INQUIRY, (NOT_SUSPENDED, CONFLICT)),
    Step(S.INQUIRY, S.INVESTIGATION, (NOT_SUSPENDED, CONFLICT, DISCLOSED, GO_ON)),
    Step(S.INVESTIGATION, S.RIGHT_OF_REPLY, (NOT_SUSPENDED, CONFLICT, GO_ON, COMPLETE)),
    Step(S.RIGHT_OF_REPLY, S.REVIEW, (NOT_SUSPENDED, CONFLICT, GO_ON, COMPLETE, REPLIED)),
    Step(S.REVIEW, S.CLOSED, (NOT_SUSPENDED, CONFLICT, COMPLETE, REPLIED, REVIEWED, DECISION)),
    # nothing to investigate: findings and replies are empty, and the assessment answers the hypotheses in one sentence
    Step(S.INTAKE, S.REVIEW, (NOT_SUSPENDED, CONFLICT, SHORT, REPLIED_IF_ANY), Course.SHORT),
    Step(S.INQUIRY, S.REVIEW, (NOT_SUSPENDED, CONFLICT, SHORT, REPLIED_IF_ANY), Course.SHORT),
    Step(S.REVIEW, S.CLOSED, (NOT_SUSPENDED, CONFLICT, SHORT, REPLIED_IF_ANY, REVIEWED, DECISION), Course.SHORT),
    # counsel's check says to stop and refer: what others now inquire into is left as it stands
    *(
        Step(stage, S.REVIEW, (NOT_SUSPENDED, CONFLICT, STOPPED), Course.STOPPED)
        for stage in (S.INTAKE, S.INQUIRY, S.INVESTIGATION, S.RIGHT_OF_REPLY)
    ),
    Step(S.REVIEW, S.CLOSED, (NOT_SUSPENDED, CONFLICT, STOPPED, REVIEWED_STOPPED, DECISION), Course.STOPPED),
)
GATES = (CONFLICT, PROTECTION_CHECK, GO_ON, DISCLOSED, SHORT, COMPLETE, REPLIED, STOPPED, REVIEWED, DECISION)


def checklist(facts: Facts, gates: tuple[Gate, ...]) -> list[OpenPoint]:
    """Every requirement of these gates that matters to this case: met, or what is missing."""
    found: list[OpenPoint] = []
    for gate in gates:
        for need in gate.needs:
            missing_here = need.missing(facts)
            if missing_here is not None:
                found += [OpenPoint(gate.name, need.met, one.text, one.ways) for one in missing_here] or [
                    OpenPoint(gate.name, need.met, need.met, done=True, told=need.told)
                ]
    return found


def next_step(facts: Facts) -> Step | None:
    """The step that lies before the case, on its course."""
    course = facts.course
    return next((one for one in STEPS if one.start is facts.case.stage and one.course is course), None)


def step_to(facts: Facts, stage: Stage) -> Step | None:
    """The step from where the case stands to `stage`; None when no step leads there."""
    step = next_step(facts)
    here = (one for one in STEPS if one.start is facts.case.stage)
    regular = next((one for one in here if one.course is Course.REGULAR), None)
    return next((one for one in (step, regular) if one is not None and one.end is stage), None)


def closing_step(facts: Facts) -> Step:
    """The step that closes the case, as it came to its review."""
    course = Course.SHORT if facts.skipped_investigation else facts.course
    return next(one for one in STEPS if one.end is Stage.CLOSED and one.course is course)
