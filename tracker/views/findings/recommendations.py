"""Recommendations: what should be done after the case, by whom, until when, and what became of it."""

from typing import Any

import sqlalchemy as sa
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from tracker.actions.findings import recommendations as actions
from tracker.audit.doors import now
from tracker.base import db
from tracker.models.case.assignments import Assignment
from tracker.models.case.cases import Case
from tracker.models.findings.recommendations import Recommendation
from tracker.models.findings.words import RecommendationState
from tracker.models.register.accounts import Account
from tracker.policy import Permission
from tracker.web.choices import ThingField
from tracker.web.fields import LongText, ShortText, WordField, needed
from tracker.web.forms import EditForm, FilterForm
from tracker.web.guard import Area
from tracker.web.lists import Tab, register
from tracker.web.moment_field import DayField
from tracker.web.rendering import page

area = Area("recommendations", __name__)
ALL = "/cases/<ref:case>/recommendations"
ONE = f"{ALL}/<number:number>"


class RecommendationFilter(FilterForm):
    """Narrow the list of recommendations."""

    model = Recommendation
    searched = (Recommendation.text, Recommendation.addressee, Recommendation.result)
    q = ShortText("Text, addressee or result")
    state = WordField("State", RecommendationState, empty="Any")


def _staff(subject: Any) -> list[Account]:
    """Whoever has a role in the case, and whoever owns the recommendation already."""
    working = sa.select(Assignment.account_id).where(
        Assignment.case_id == subject.case.id, *Assignment.in_force(Assignment)
    )
    those = Account.id.in_(working) | (Account.id == getattr(subject, "owner_id", None))
    return list(db.session().scalars(sa.select(Account).where(those).order_by(Account.name, Account.id)))


class RecommendationForm(EditForm):
    """What is recommended to whom."""

    text = LongText("Recommendation", [needed("Enter the recommendation.")], longest=5000)
    addressee = ShortText("Addressee", [needed("Enter the addressee.")], description="A post or an office, not a name.")
    owner = ThingField(
        "Owner", _staff, empty="Unassigned", key=lambda account: account.uid, words=lambda account: account.name,
        description="The account of this case that follows it up.",
    )  # fmt: skip
    due = DayField("Due")


class RecommendationAnswerForm(EditForm):
    """What became of it."""

    state = WordField(
        "State", RecommendationState, empty="Choose", validators=[needed("Choose accepted, rejected or done.")]
    )
    result = LongText("Answer or result", [needed("Enter what was answered or done.")], longest=5000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state.choices = [one for one in self.state.choices if one.value != RecommendationState.PROPOSED]


register(
    area, Recommendation, "recommendations", tab=Tab.FINDINGS, title="Recommendations", noun="recommendation",
    filter=RecommendationFilter,
    sorts={"number": Recommendation.number, "due": Recommendation.__table__.c.due_latest},
    load=(joinedload(Recommendation.owner),), template="findings/recommendations/list.html",
    also=lambda _case, _listing: {"now": now()},
    columns=(
        "number", "text", "addressee", "owner", "due", "state", "result", "by", "at",
    ),
)  # fmt: skip


@area.form(f"{ALL}/new", needs=Permission.RECOMMEND, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Add a recommendation."""
    return RecommendationForm().takes(actions.add_recommendation, case, "findings/recommendations/new.html")


@area.route(ONE, needs=Permission.READ_CASE, of=Recommendation)
def show(recommendation: Recommendation) -> ResponseReturnValue:
    """One recommendation."""
    return page("findings/recommendations/show.html", recommendation=recommendation)


@area.form(f"{ONE}/edit", needs=Permission.RECOMMEND, of=Recommendation)
def edit(recommendation: Recommendation) -> ResponseReturnValue:
    """Change a recommendation that was not answered yet."""
    form = RecommendationForm(obj=recommendation)
    return form.takes(actions.edit_recommendation, recommendation, "findings/recommendations/edit.html")


@area.form(f"{ONE}/answer", needs=Permission.RECOMMEND, of=Recommendation)
def answer(recommendation: Recommendation) -> ResponseReturnValue:
    """Record what became of it."""
    form = RecommendationAnswerForm(obj=recommendation)
    return form.takes(actions.answer_recommendation, recommendation, "findings/recommendations/answer.html")
