"""Hypotheses: stated side by side, and marked by what is cited for and against them."""

from collections.abc import Sequence

from tracker import db
from tracker.actions.fairness import must_be_fair
from tracker.actions.numbering import next_number
from tracker.actions.required import must_say
from tracker.analysis.letters import says
from tracker.audit.doors import Refused, Stale, action, note
from tracker.models.accounts import User
from tracker.models.cases import Case
from tracker.models.citations import Citation
from tracker.models.hypotheses import Hypothesis
from tracker.models.words.citations import Bearing
from tracker.models.words.hypotheses import Tested
from tracker.policy import Permission

NEEDED = {Tested.SUPPORTED: Bearing.SUPPORTS, Tested.CONTRADICTED: Bearing.CONTRADICTS}  # the citation each rests on


@action(Permission.TEST_HYPOTHESIS, "hypothesis.added")
def add_hypothesis(investigator: User, case: Case, *, text: str) -> Hypothesis:
    """State one more way it may have come about. Its words do not change: they are what is cited for or against."""
    must_be_fair(text)
    for known in db.session().scalars(Hypothesis.of(case)):
        if known.text.casefold() == text.casefold():
            raise Refused(f"H{known.number} says this already.")
    hypothesis = Hypothesis(case=case, number=next_number(Hypothesis, case_id=case.id), text=text)
    db.session().add(hypothesis)
    return hypothesis


@action(Permission.TEST_HYPOTHESIS, "hypothesis.tested")
def mark_hypothesis(investigator: User, hypothesis: Hypothesis, *, row: int, state: Tested, reason: str) -> None:
    """Mark what the cited evidence says. Supported and contradicted each need a citation that stands."""
    if hypothesis.row != row:
        raise Stale(hypothesis)
    needed = NEEDED.get(state)
    if needed is not None and not standing(hypothesis, needed):
        raise Refused(f"Cite something that {needed.value} this hypothesis before you mark it {state.value}.")
    if reason and not says(reason):
        raise Refused("Write a reason that can be read, or leave it empty.")
    hypothesis.state, hypothesis.reason = state, reason
    hypothesis.row += 1


@action(Permission.TEST_HYPOTHESIS, "hypothesis.left_untested")
def leave_untested(investigator: User, case: Case, *, hypotheses: Sequence[Hypothesis], reason: str) -> None:
    """Say of several at once why nobody tests them: a small case need not answer the same question ten times."""
    if not hypotheses:
        raise Refused("Tick what is left untested.")
    must_say(reason, "Say why these are left untested.")
    for one in hypotheses:
        if one.case_id != case.id:
            raise Refused("Choose hypotheses of this case.")
        if one.is_settled:
            raise Refused(f"H{one.number} is tested, or has its reason, already. Leave it out.")
        one.reason = reason
        one.row += 1
    note(hypotheses=len(hypotheses))


def standing(hypothesis: Hypothesis, bearing: Bearing) -> list[Citation]:
    """The citations of this bearing that count: neither withdrawn, nor of a row that was corrected or undone."""
    cited = db.session().scalars(Citation.of_thing(hypothesis))
    return [one for one in cited if one.bearing is bearing and not one.is_void]


def must_not_carry(hypothesis: Hypothesis, citation: Citation) -> None:
    """Refuse to take away the last citation that a mark rests on: whoever judges marks it anew first, with a reason."""
    needed = NEEDED.get(hypothesis.state)
    if needed is citation.bearing and not {*standing(hypothesis, needed)} - {citation}:
        raise Refused(
            f"H{hypothesis.number} is marked {hypothesis.state.value} by this citation alone. "
            "Mark the hypothesis anew first, then withdraw it."
        )
