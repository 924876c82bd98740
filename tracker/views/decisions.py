"""The decision log: what was decided in the case, by whom, why, and what was rejected."""

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from tracker.actions import decisions as actions
from tracker.exports.columns import instant, label, plain, texts
from tracker.fields import Line, Text, needed
from tracker.forms import RecordForm
from tracker.guard import Area
from tracker.models.cases import Case
from tracker.models.decisions import Decision
from tracker.policy import Permission
from tracker.rendering import page
from tracker.web.lists import Tab, register

area = Area("decisions", __name__)
HERE = "/cases/<ref:case>/decisions"


class DecisionForm(RecordForm):
    """One decision. It is sealed as it is written down."""

    what = Text("Decision", [needed("Enter the decision.")], longest=5000)
    alternatives = Text("Rejected alternatives", longest=5000)
    reason = Text("Reason", [needed("Enter the reason.")], longest=5000)
    revisit = Line("Revisit", longest=200, description="A date or an occasion.")


register(
    area, Decision, "decisions",
    tab=Tab.FINDINGS, title="Decisions", noun="decision",
    sorts={"number": Decision.number, "at": Decision.at}, sort="-number", template="decisions/list.html",
    load=(joinedload(Decision.by),),
    columns=(
        plain("number", Decision.number),
        *texts(Decision.what, Decision.alternatives, Decision.reason, Decision.revisit),
        label("by", "accounts", Decision.by_id),
        instant("at", Decision.at),
        plain("seal", Decision.seal),
    ),
)  # fmt: skip


@area.form(f"{HERE}/new", needs=Permission.LOG_DECISION, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Write a decision down."""
    return DecisionForm().takes(actions.log_decision, case, "decisions/new.html")


@area.route(f"{HERE}/<number:number>", needs=Permission.READ_CASE, of=Decision)
def show(decision: Decision) -> ResponseReturnValue:
    """One decision."""
    return page("decisions/show.html", decision=decision)
