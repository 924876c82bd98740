"""Recommendations: what should be done after the case; followed up also when it is closed."""

from tracker.actions.checks import add_numbered, change, must_say
from tracker.analysis.moments import Moment
from tracker.audit.doors import Refused, action
from tracker.models.case.cases import Case
from tracker.models.case.staffing import roles_of
from tracker.models.findings.recommendations import Recommendation
from tracker.models.findings.words import RecommendationState
from tracker.models.register.accounts import Account
from tracker.policy import Permission


@action(Permission.RECOMMEND, "recommendation.added")
def add_recommendation(
    who: Account, case: Case, *, text: str, addressee: str, due: Moment, owner: Account | None = None
) -> Recommendation:
    """Add a recommendation: what, to whom, until when, and who follows it up."""
    _must_fit(case, text, addressee, owner)
    about = {"text": text, "addressee": addressee, "owner": owner, "due": due}
    return add_numbered(Recommendation, case=case, by=who, **about)


@action(Permission.RECOMMEND, "recommendation.changed", edits=True)
def edit_recommendation(
    who: Account, recommendation: Recommendation, *, text: str, addressee: str, due: Moment, owner: Account | None
) -> None:
    """Change a recommendation that was not answered yet."""
    if recommendation.state is not RecommendationState.PROPOSED:
        raise Refused(f"This recommendation is {recommendation.state.value}. Add another one to say more.")
    _must_fit(recommendation.case, text, addressee, owner if owner is not recommendation.owner else None)
    change(recommendation, text=text, addressee=addressee, due=due, owner=owner)


@action(Permission.RECOMMEND, "recommendation.answered", edits=True, when_closed=True)
def answer_recommendation(
    who: Account, recommendation: Recommendation, *, state: RecommendationState, result: str
) -> None:
    """Record what became of it: accepted, rejected or done, with the words for that."""
    if state is RecommendationState.PROPOSED:
        raise Refused("Choose accepted, rejected or done.")
    must_say(result, "Enter what was answered or done.", "result")
    change(recommendation, state=state, result=result)


def _must_fit(case: Case, text: str, addressee: str, owner: Account | None) -> None:
    must_say(text, "Enter the recommendation.", "text")
    must_say(addressee, "Enter the addressee.", "addressee")
    if owner is not None and not roles_of(owner, case):
        raise Refused("Choose an owner with a role in this case.")
