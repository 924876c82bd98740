"""Gates of the closing: an independent review of every text, and a decision on four axes by somebody else."""

from tracker.analysis.letters import says
from tracker.gates.evidence import missing_evidence
from tracker.gates.facts import Facts
from tracker.gates.opening import cannot_act, nobody_reviews, not_apart
from tracker.gates.requirements import TEAM, Gate, Missing, Requirement, missing
from tracker.models.case.words import Role
from tracker.models.findings.findings import Finding
from tracker.models.findings.outcomes import Outcome
from tracker.models.findings.words import BROKEN, SHORT, Conclusion, FindingState, Happened, Source
from tracker.models.inquiry.words import LineOfInquiryState
from tracker.policy.refusals import Refused

VOUCHED = frozenset({FindingState.SUBMITTED, FindingState.APPROVED})
OF_PERSONS = frozenset({Source.PERSON_SUBSTANTIATED, Source.PERSON_ADMITTED})


def stands(finding: Finding, facts: Facts) -> bool:
    """Whether a finding was approved at its current text, or is submitted where the review was waived; and holds."""
    if missing_evidence(finding, facts.alarms) or finding.came_late or not finding.is_kept:
        return False
    if facts.waived and finding.state is FindingState.SUBMITTED:
        return True
    approval = finding.approval
    return approval is not None and approval.text_sha256 == finding.text_sha256


def _open_lines_of_inquiry(facts: Facts) -> list[Missing] | None:
    if not facts.lines:
        return None
    text = "Line of inquiry {} is open. Close it, or say why it is left open."
    still_open = (one.number for one in facts.lines if one.state is LineOfInquiryState.OPEN)
    return [missing(text.format(number), "lines_of_inquiry.show", *TEAM, number=number) for number in still_open]


def _unapproved(facts: Facts) -> list[Missing] | None:
    if not facts.findings:
        return None
    return [_waits(one, facts) for one in facts.findings if not stands(one, facts)]


def _waits(finding: Finding, facts: Facts) -> Missing:
    roles: tuple[Role, ...] = TEAM
    if finding.state in VOUCHED and (lacking := missing_evidence(finding, facts.alarms)):
        text = f": {lacking[0]}"
    elif finding.state in VOUCHED and finding.came_late:
        after = "approval" if finding.state is FindingState.APPROVED else "submission"
        text = f": the reply came after the {after}. Consider it, and submit again."
    elif finding.state in VOUCHED and not finding.is_kept:
        text = ": its evidence has changed. Save the text, and submit again."
    elif finding.state is FindingState.SUBMITTED:
        text, roles = " is with the reviewer.", (Role.REVIEWER,)
    else:
        text = " was returned. Revise and submit it." if finding.returned else " is a draft. Submit it."
    return missing(f"Finding {finding.number}{text}", "findings.show", *roles, number=finding.number)


def faults(outcome: Outcome, facts: Facts) -> list[Refused]:
    """What on the four axes cannot stand beside each other, or beside the record, each at the field that mends it.

    The axes are never merged.
    """
    found = []
    if outcome.breach not in BROKEN and outcome.intent is not None:
        found.append(Refused("Leave the intent empty unless a rule was broken.", "intent"))
    if outcome.breach in BROKEN and outcome.intent is None:
        found.append(Refused("Choose the intent. You can choose “Not determined”.", "intent"))
    found += _of_sources(outcome)
    if not says(outcome.note):
        found.append(Refused("Enter the closing note.", "note"))
    if not says(outcome.letters):
        found.append(Refused("List the letters that are sent, or enter that there are none.", "letters"))
    return found + _beside_the_record(outcome, facts)


def _of_sources(outcome: Outcome) -> list[Refused]:
    if not outcome.sources:
        return [Refused("Choose what is known about the source.", "sources")]
    words = [(one.source, one.claims) for one in outcome.sources]
    found = []
    if len(set(words)) < len(words):
        found.append(Refused("The same source stands twice. Name its claims in one place.", "sources"))
    if any(one.source is Source.NOT_PURSUED and not says(one.reason) for one in outcome.sources):
        found.append(Refused("Enter the reason why the source was not pursued.", "sources"))
    return found


def _beside_the_record(outcome: Outcome, facts: Facts) -> list[Refused]:
    if outcome.ending is not facts.ending:
        changed = "The protected-disclosure check has changed since the outcome was drafted. Save the outcome again."
        return [Refused(changed)]
    names_a_person = any(one.source in OF_PERSONS for one in outcome.sources)
    if facts.skipped_investigation and outcome.happened not in SHORT:
        short = "This case had no investigation. Choose no disclosure, authorised release or already public."
        return [Refused(short, "happened")]
    if names_a_person and (facts.skipped_investigation or facts.is_stopped):
        why = "was stopped and referred" if facts.is_stopped else "had no investigation"
        return [Refused(f"This case {why}. Do not name a person as the source.", "sources")]
    # an admission is one piece of evidence: it too is put to the person, tested and approved in a finding
    if names_a_person and not any(_names_a_person(one) and stands(one, facts) for one in facts.findings):
        first = "Approve a substantiated finding about the person before you name them as the source."
        return [Refused(first, "sources")]
    return _bare(outcome, facts)


def _bare(outcome: Outcome, facts: Facts) -> list[Refused]:
    """What a compromise rests on is in the record, or a sentence says that it is not."""
    if outcome.happened is not Happened.COMPROMISE or says(outcome.why_bare) or not (lacking := facts.lacking):
        return []
    none = f"The case has no {' and no '.join(lacking)}."
    return [Refused(f"{none} Say on the outcome why a compromise is established.", "why_bare")]


def _names_a_person(finding: Finding) -> bool:
    return finding.person_id is not None and finding.conclusion is Conclusion.SUBSTANTIATED


def _no_deciding_official(facts: Facts) -> list[Missing]:
    if facts.at_work(Role.DECIDING_OFFICIAL):
        return not_apart(facts, Role.DECIDING_OFFICIAL)
    text = "This case has no deciding official. Offer that role on the Team page."
    return cannot_act(facts, Role.DECIDING_OFFICIAL) or [missing(text, "team.new", Role.LEAD)]


def _undrafted(facts: Facts) -> list[Missing]:
    if facts.outcome is not None:
        return []
    text = "Draft the outcome, with the closing note and the letters."
    return [missing(text, "outcomes.new", Role.DECIDING_OFFICIAL)]


def _faulty(facts: Facts) -> list[Missing] | None:
    if (outcome := facts.outcome) is None:
        return None
    return [_revise(outcome, str(fault)) for fault in faults(outcome, facts)]


def _revise(outcome: Outcome, text: str) -> Missing:
    return missing(text, "outcomes.edit", Role.DECIDING_OFFICIAL, number=outcome.number)


def _outcome_unapproved(facts: Facts) -> list[Missing] | None:
    if (outcome := facts.outcome) is None:
        return None
    approval = outcome.approval
    if approval is not None and outcome.has_text(approval.text_sha256):
        return []
    if outcome.returned is not None:  # also where the review was waived since: the words are those that were returned
        return [_revise(outcome, "The reviewer returned the outcome. Revise it.")]
    if facts.waived:
        return None
    if outcome.submitted_at is None:
        text = "The outcome is a draft. Submit it."
        return [missing(text, "outcomes.show", Role.DECIDING_OFFICIAL, number=outcome.number)]
    text = "The current text of the outcome is with the reviewer."
    return [missing(text, "outcomes.review", Role.REVIEWER, number=outcome.number)]


def _not_referred(facts: Facts) -> list[Missing]:
    text = "The protected-disclosure check says to stop and refer. Record to whom the case was referred."
    return [] if facts.referrals else [missing(text, "referrals.new", Role.LEAD, Role.COUNSEL)]


def _not_stopped(facts: Facts) -> list[Missing]:
    text = "The protected-disclosure check no longer says to stop and refer. Move the case back."
    return [] if facts.is_stopped else [missing(text, "stages.move", Role.LEAD)]


STOPPED = Gate(
    "stop and refer",
    "the end of the inquiry",
    (
        Requirement("The protected-disclosure check says to stop and refer.", _not_stopped),
        Requirement("The case was referred.", _not_referred),
    ),
)
_REVIEWER = Requirement("An independent reviewer is assigned, or the review is waived.", nobody_reviews)
REVIEWED_STOPPED = Gate("independent review", "closure", (_REVIEWER,))
REVIEWED = Gate(
    "independent review",
    "closure",
    (
        _REVIEWER,
        Requirement("Every line of inquiry is closed, or left open with a reason.", _open_lines_of_inquiry),
        Requirement("Every finding is approved at its current text, or its review is waived.", _unapproved),
    ),
)
DECISION = Gate(
    "decision",
    "the closed case",
    (
        Requirement("An independent deciding official is assigned.", _no_deciding_official),
        Requirement("The outcome is drafted.", _undrafted),
        Requirement("The four axes, the note and the letters are complete.", _faulty),
        Requirement("The outcome is approved at its current text.", _outcome_unapproved),
    ),
)
