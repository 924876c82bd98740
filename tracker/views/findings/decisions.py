"""The decision log: what was decided in the case, by whom, why, and what was rejected."""

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from tracker.actions.findings import decisions as actions
from tracker.models.case.cases import Case
from tracker.models.findings.decisions import Decision
from tracker.policy import Permission
from tracker.web.fields import LongText, ShortText, needed
from tracker.web.forms import RecordForm
from tracker.web.guard import Area
from tracker.web.lists import Tab, register
from tracker.web.rendering import page

area = Area("decisions", __name__)
HERE = "/cases/<ref:case>/decisions"


class DecisionForm(RecordForm):
    """One decision. It is sealed as it is written down."""

    what = LongText("Decision", [needed("Enter the decision.")], longest=5000)
    alternatives = LongText("Rejected alternatives", longest=5000)
    reason = LongText("Reason", [needed("Enter the reason.")], longest=5000)
    revisit = ShortText("Revisit", longest=200, description="A date or an occasion.")


register(
    area, Decision, "decisions",
    tab=Tab.FINDINGS, title="Decisions", noun="decision",
    sorts={"number": Decision.number, "at": Decision.at}, sort="-number", template="findings/decisions/list.html",
    load=(joinedload(Decision.by),),
    columns=(
        "number", "what", "alternatives", "reason", "revisit", "by", "at", "seal",
    ),
)  # fmt: skip


@area.form(f"{HERE}/new", needs=Permission.LOG_DECISION, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Write a decision down."""
    return DecisionForm().takes(actions.log_decision, case, "findings/decisions/new.html")


@area.route(f"{HERE}/<number:number>", needs=Permission.READ_CASE, of=Decision)
def show(decision: Decision) -> ResponseReturnValue:
    """One decision."""
    return page("findings/decisions/show.html", decision=decision)
