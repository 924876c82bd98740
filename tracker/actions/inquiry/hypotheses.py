"""Hypotheses: stated side by side, and marked by what is cited for and against them."""

from collections.abc import Sequence

from tracker.actions.checks import add_numbered, must_be_fair, must_say
from tracker.analysis.letters import says
from tracker.audit.doors import Refused, action, note
from tracker.base import db
from tracker.models.case.cases import Case
from tracker.models.findings.citations import Citation
from tracker.models.findings.words import Bearing
from tracker.models.inquiry.hypotheses import Hypothesis
from tracker.models.inquiry.words import Tested
from tracker.models.register.accounts import Account
from tracker.policy import Permission

NEEDED = {Tested.SUPPORTED: Bearing.SUPPORTS, Tested.CONTRADICTED: Bearing.CONTRADICTS}  # the citation each rests on


@action(Permission.TEST_HYPOTHESIS, "hypothesis.added")
def add_hypothesis(investigator: Account, case: Case, *, text: str) -> Hypothesis:
    """State one more way it may have come about. Its words do not change: they are what is cited for or against."""
    must_be_fair(text)
    for known in db.session().scalars(Hypothesis.of(case)):
        if known.text.casefold() == text.casefold():
            raise Refused(f"H{known.number} already says this.")
    return add_numbered(Hypothesis, case=case, text=text)


@action(Permission.TEST_HYPOTHESIS, "hypothesis.tested", edits=True)
def record_test_result(investigator: Account, hypothesis: Hypothesis, *, state: Tested, reason: str) -> None:
    """Mark what the cited evidence says. Supported and contradicted each need a citation that stands."""
    needed = NEEDED.get(state)
    if needed is not None and not counting_citations(hypothesis, needed):
        raise Refused(f"Cite evidence that {needed.value} this hypothesis before you record it as {state.value}.")
    if reason and not says(reason):
        raise Refused("Enter a readable reason, or leave it empty.")
    hypothesis.state, hypothesis.reason = state, reason


@action(Permission.TEST_HYPOTHESIS, "hypothesis.left_untested")
def leave_untested(investigator: Account, case: Case, *, hypotheses: Sequence[Hypothesis], reason: str) -> None:
    """Say of several at once why nobody tests them: a small case need not answer the same question ten times."""
    if not hypotheses:
        raise Refused("Tick the hypotheses to leave untested.")
    must_say(reason, "Enter the reason.", "reason")
    for one in hypotheses:
        if one.case_id != case.id:
            raise Refused("Choose hypotheses in this case.")
        if one.is_settled:
            raise Refused(f"H{one.number} already has a test result or a reason. Leave it out.")
        one.reason = reason
    note(hypotheses=len(hypotheses))


def counting_citations(hypothesis: Hypothesis, bearing: Bearing) -> list[Citation]:
    """The citations of this bearing that count: neither withdrawn, nor of a row that was corrected or reverted."""
    cited = db.session().scalars(Citation.of_thing(hypothesis))
    return [one for one in cited if one.bearing is bearing and not one.is_void]


def check_not_sole_citation(hypothesis: Hypothesis, citation: Citation) -> None:
    """Refuse to take away the last citation that a mark rests on: whoever judges marks it anew first, with a reason."""
    needed = NEEDED.get(hypothesis.state)
    if needed is citation.bearing and not {*counting_citations(hypothesis, needed)} - {citation}:
        raise Refused(
            f"H{hypothesis.number} is recorded as {hypothesis.state.value} on this citation alone. "
            "Change the test result first, then withdraw the citation."
        )
