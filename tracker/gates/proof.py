"""Gates of the proof: findings complete, and everybody who is criticised was heard."""

from tracker.gates.facts import Facts
from tracker.gates.requirements import Gate, Missing, Requirement, way
from tracker.models.case.words import Role
from tracker.models.inquiry.words import Direction

TEAM = (Role.LEAD, Role.INVESTIGATOR)


def _one_sided(facts: Facts) -> list[Missing]:
    if any(line.direction is Direction.AGAINST for line in facts.lines):
        return []
    text = "Add a line of inquiry for evidence against the allegation."
    return [Missing(text, (way("lines_of_inquiry.new", *TEAM),))]


def _incomplete(facts: Facts) -> list[Missing] | None:
    if not facts.findings:
        return None
    return [
        Missing(
            f"Complete finding {one.number}: {', '.join(one.missing_parts).lower()}.",
            (way("findings.show", *TEAM, number=one.number),),
        )
        for one in facts.findings
        if one.missing_parts
    ]


def _untested(facts: Facts) -> list[Missing]:
    open_ones = [f"H{one.number}" for one in facts.hypotheses if not one.is_settled]
    if not open_ones:
        return []
    text = f"Test each hypothesis, or say why it is left untested: {', '.join(open_ones)}."
    return [Missing(text, (way("hypotheses.list_page", *TEAM),))]


def _unheard(facts: Facts) -> list[Missing] | None:
    critical = [one for one in facts.findings if one.is_critical]
    if not critical:
        return None
    found = []
    for finding in critical:
        here = (way("findings.show", *TEAM, Role.COUNSEL, number=finding.number),)
        if not finding.replies:
            found.append(Missing(f"Finding {finding.number} criticises a person. Put the passage to them.", here))
        elif not any(finding.says_still(one.passage) for one in finding.replies):
            text = "the passage put to the person has changed. Put the current passage to them."
            found.append(Missing(f"Finding {finding.number}: {text}", here))
        found += [
            Missing(f"Finding {finding.number}, right of reply {one.number}: {_lacks(one.is_answered)}", here)
            for one in finding.replies
            if not one.is_settled
        ]
    return found


def _lacks(answered: bool) -> str:
    return "respond to the answer." if answered else "record the answer, or that no response was received, and respond."


PARTS = Requirement("Every finding is complete.", _incomplete)
HEARD = Requirement("Every person who is criticised was heard.", _unheard)
COMPLETE = Gate(
    "findings complete",
    "the right of reply",
    (
        Requirement("An exculpatory line of inquiry is recorded.", _one_sided),
        PARTS,
        Requirement("Every hypothesis is tested, or left untested with a reason.", _untested),
    ),
)
REPLIED = Gate("right of reply", "the review", (HEARD,))
REPLIED_IF_ANY = Gate("right of reply", "the review", (PARTS, HEARD))
