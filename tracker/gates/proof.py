"""Gates of the proof: findings complete, and everybody who is criticised was heard."""

from collections.abc import Iterator

from tracker.gates.facts import Facts
from tracker.gates.requirements import TEAM, Gate, Missing, Requirement, missing
from tracker.models.case.words import Role
from tracker.models.findings.findings import Finding
from tracker.models.inquiry.words import Direction


def _one_sided(facts: Facts) -> list[Missing]:
    if any(line.direction is Direction.AGAINST for line in facts.lines):
        return []
    return [missing("Add a line of inquiry for evidence against the allegation.", "lines_of_inquiry.new", *TEAM)]


def _incomplete(facts: Facts) -> list[Missing] | None:
    if not facts.findings:
        return None
    parts = {one.number: ", ".join(one.missing_parts).lower() for one in facts.findings if one.missing_parts}
    text = "Complete finding {}: {}."
    return [missing(text.format(number, said), "findings.show", *TEAM, number=number) for number, said in parts.items()]


def _untested(facts: Facts) -> list[Missing]:
    open_ones = [f"H{one.number}" for one in facts.hypotheses if not one.is_settled]
    if not open_ones:
        return []
    text = f"Test each hypothesis, or say why it is left untested: {', '.join(open_ones)}."
    return [missing(text, "hypotheses.list_page", *TEAM)]


def _unheard(facts: Facts) -> list[Missing] | None:
    critical = [one for one in facts.findings if one.is_critical]
    if not critical:
        return None
    return [
        missing(f"Finding {one.number}{text}", "replies.list_page", *TEAM, Role.COUNSEL, number=one.number)
        for one in critical
        for text in _open_replies(one)
    ]


def _open_replies(finding: Finding) -> Iterator[str]:
    if not finding.replies:
        yield " criticises a person. Put the passage to them."
    elif not any(finding.says_still(one.passage) for one in finding.replies):
        yield ": the passage put to the person has changed. Put the current passage to them."
    for one in finding.replies:
        if not one.is_settled:
            record = "" if one.is_answered else "record the answer, or that no response was received, and "
            yield f", right of reply {one.number}: {record}respond{' to the answer' if one.is_answered else ''}."


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
