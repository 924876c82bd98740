"""Gates: what the record must hold before the next step opens. One table; each row is a question with its answer.

Whoever moves, approves or closes a case asks here; there is no other way past.
"""

from tracker.gates.closure import DECISION, REVIEWED
from tracker.gates.facts import Facts
from tracker.gates.opening import CONFLICT, DISCLOSED, GO_ON, NOT_SUSPENDED, PROTECTION_CHECK, SHORT, withheld_reason
from tracker.gates.proof import COMPLETE, REPLIED, REPLIED_IF_ANY
from tracker.gates.requirements import Gate, Missing, OpenPoint, Requirement, Step, Way
from tracker.models.case.words import Stage

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
    Step(S.INTAKE, S.REVIEW, (NOT_SUSPENDED, CONFLICT, SHORT, REPLIED_IF_ANY), short=True),
    Step(S.INQUIRY, S.REVIEW, (NOT_SUSPENDED, CONFLICT, SHORT, REPLIED_IF_ANY), short=True),
    Step(S.REVIEW, S.CLOSED, (NOT_SUSPENDED, CONFLICT, SHORT, REPLIED_IF_ANY, REVIEWED, DECISION), short=True),
)
GATES = (CONFLICT, PROTECTION_CHECK, GO_ON, DISCLOSED, SHORT, COMPLETE, REPLIED, REVIEWED, DECISION)


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
    """The step that lies before the case: the short one when nothing is said to have been disclosed."""
    short = facts.skips_investigation
    return next((one for one in STEPS if one.start is facts.case.stage and one.short is short), None)


def step_to(facts: Facts, stage: Stage) -> Step | None:
    """The step from where the case stands to `stage`; None when no step leads there."""
    step = next_step(facts)
    regular = next((one for one in STEPS if one.start is facts.case.stage and not one.short), None)
    return next((one for one in (step, regular) if one is not None and one.end is stage), None)


def closing_step(facts: Facts) -> Step:
    """The step that closes the case, as it came to its review."""
    return next(one for one in STEPS if one.end is Stage.CLOSED and one.short is facts.skipped_investigation)
