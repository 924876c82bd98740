"""Hypotheses: side by side with what is cited against and for each, one of them, and marking it."""

from collections import Counter
from typing import Any

import sqlalchemy as sa
from flask.typing import ResponseReturnValue

from tracker.actions.inquiry import hypotheses as actions
from tracker.base import db
from tracker.models.case.cases import Case
from tracker.models.findings.citations import Citation
from tracker.models.findings.words import Bearing
from tracker.models.inquiry.hypotheses import Hypothesis
from tracker.models.inquiry.lines_of_inquiry import LineOfInquiry
from tracker.models.inquiry.words import Tested
from tracker.policy import Permission
from tracker.views.inquiry.lines_of_inquiry import hypotheses_of
from tracker.web.choices import ThingsField
from tracker.web.fields import LongText, ShortText, WordField, needed
from tracker.web.forms import EditForm, RecordForm
from tracker.web.guard import Area
from tracker.web.lists import Tab, register
from tracker.web.places import go
from tracker.web.rendering import page

area = Area("hypotheses", __name__)
register(
    area, Hypothesis, "hypotheses", tab=Tab.INQUIRY, title="Hypotheses",
    columns=(
        "number", "text", "state", "reason",
    ),
)  # fmt: skip
ALL = "/cases/<ref:case>/hypotheses"
ONE = f"{ALL}/<number:number>"


class HypothesisForm(RecordForm):
    """One more way it may have come about."""

    text = ShortText("Hypothesis", [needed("Enter the hypothesis.")], longest=300)


class MarkForm(EditForm):
    """What the cited evidence says."""

    state = WordField("Test result", Tested, description="Supported and Contradicted each need a matching citation.")
    reason = LongText(
        "Reason", longest=5000,
        description="Needed for a hypothesis that is left untested, before the case can be closed.",
    )  # fmt: skip


def open_hypotheses(case: Case) -> list[Hypothesis]:
    """Those of a case that are neither tested nor left untested with a reason."""
    return [one for one in hypotheses_of(case) if not one.is_settled]


class UntestedForm(RecordForm):
    """Several that nobody tests, for one reason."""

    hypotheses = ThingsField(
        "Hypotheses", open_hypotheses, validators=[needed("Tick the hypotheses to leave untested.")]
    )
    reason = LongText("Reason", [needed("Enter the reason.")], longest=5000, description="The same for all.")

    def __init__(self) -> None:
        super().__init__()
        if self.is_fresh:  # all of them, until some are taken out
            self.hypotheses.data = list(self.hypotheses.things.values())


@area.route(ALL, needs=Permission.READ_CASE, of=Case)
def list_page(case: Case) -> ResponseReturnValue:
    """All hypotheses of a case, none before another."""
    hypotheses, cited = hypotheses_of(case), _citation_counts(case)
    return page("inquiry/hypotheses/list.html", hypotheses=hypotheses, cited=cited, bearings=Bearing)


@area.form(f"{ALL}/new", needs=Permission.TEST_HYPOTHESIS, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """State one more."""
    return HypothesisForm().takes(actions.add_hypothesis, case, "inquiry/hypotheses/new.html")


@area.form(f"{ALL}/untested", needs=Permission.TEST_HYPOTHESIS, of=Case)
def untested(case: Case) -> ResponseReturnValue:
    """Leave several untested at once."""
    return UntestedForm().takes(
        actions.leave_untested, case, "inquiry/hypotheses/untested.html", to=lambda _: go(".list_page", case)
    )


@area.route(ONE, needs=Permission.READ_CASE, of=Hypothesis)
def show(hypothesis: Hypothesis) -> ResponseReturnValue:
    """One hypothesis with its citations, what contradicts it first, and the lines that test it."""
    lines = LineOfInquiry.of(hypothesis.case).where(LineOfInquiry.hypothesis_id == hypothesis.id)
    return page(
        "inquiry/hypotheses/show.html",
        citations=db.session().scalars(Citation.of_thing(hypothesis)).all(),
        lines=db.session().scalars(lines.order_by(LineOfInquiry.number)).all(),
    )


@area.form(f"{ONE}/edit", needs=Permission.TEST_HYPOTHESIS, of=Hypothesis)
def edit(hypothesis: Hypothesis) -> ResponseReturnValue:
    """Mark a hypothesis."""
    return MarkForm(obj=hypothesis).takes(actions.record_test_result, hypothesis, "inquiry/hypotheses/edit.html")


def _citation_counts(case: Case) -> Counter[tuple[int, Bearing]]:
    """How many citations stand, by hypothesis (its id) and bearing; one statement."""
    counted = sa.select(Citation.hypothesis_id, Citation.bearing, sa.func.count(Citation.id)).where(
        Citation.case_id == case.id, Citation.hypothesis_id.is_not(None), Citation.withdrawn_at.is_(None)
    )
    rows: Any = db.session().execute(counted.group_by(Citation.hypothesis_id, Citation.bearing))
    return Counter({(key, bearing): count for key, bearing, count in rows})
