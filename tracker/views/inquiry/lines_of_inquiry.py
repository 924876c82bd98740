"""Lines of inquiry: the list with what is overdue, one line, opening, changing and settling one."""

from typing import Any

import sqlalchemy as sa
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from tracker.actions.inquiry import lines_of_inquiry as actions
from tracker.audit.doors import now
from tracker.base import db
from tracker.models.case.assignments import TEAM, Assignment, RecusalMatch
from tracker.models.case.cases import Case
from tracker.models.inquiry.hypotheses import Hypothesis
from tracker.models.inquiry.lines_of_inquiry import LineOfInquiry
from tracker.models.inquiry.words import Direction, LineOfInquiryState
from tracker.models.register.accounts import Account
from tracker.policy import Permission
from tracker.web.choices import ThingField
from tracker.web.fields import LongText, ShortText, WordField, needed
from tracker.web.forms import EditForm, FilterForm
from tracker.web.guard import Area, me
from tracker.web.lists import Tab, register
from tracker.web.moment_field import DayField
from tracker.web.places import to
from tracker.web.rendering import page

area = Area("lines_of_inquiry", __name__)
ALL = "/cases/<ref:case>/lines-of-inquiry"
ONE = f"{ALL}/<number:number>"


class LineOfInquiryFilter(FilterForm):
    """Narrow the list of lines."""

    model, searched = LineOfInquiry, (LineOfInquiry.question, LineOfInquiry.result)
    q = ShortText("Words in the question or result")
    state = WordField("State", LineOfInquiryState, empty="Any")
    direction = WordField("Direction", Direction, empty="Any")
    owner = SelectField("Owner", default="", choices=lambda form, _field: form.owners)
    due = SelectField("Due", default="", choices=[SelectChoice("", "Any"), SelectChoice("overdue", "Overdue")])

    def __init__(self, case: Case) -> None:
        owning = Account.id.in_(LineOfInquiry.of(case).with_only_columns(LineOfInquiry.owner_id))
        known = db.session().scalars(sa.select(Account).where(owning).order_by(Account.name, Account.id))
        self.owners = [SelectChoice("", "Anyone"), *(SelectChoice(one.uid, one.name) for one in known)]
        super().__init__(case)

    def by_owner(self, select: Any, uid: str) -> Any:
        """Those of one member of the team."""
        return select.where(LineOfInquiry.owner_id == sa.select(Account.id).where(Account.uid == uid).scalar_subquery())

    def by_due(self, select: Any, _word: str) -> Any:
        """Open ones whose day is over, however its time is taken."""
        columns = LineOfInquiry.__table__.c
        return select.where(LineOfInquiry.state == LineOfInquiryState.OPEN, columns.due_latest < now())


def _team(subject: Any) -> list[Account]:
    """Whoever works on the team, and whoever owns the line already."""
    recused = RecusalMatch.recuses(Assignment.case_id, Assignment.account_id)
    working = sa.select(Assignment.account_id).where(
        Assignment.case_id == subject.case.id, Assignment.role.in_(TEAM), *Assignment.in_force(Assignment), ~recused
    )
    those = Account.id.in_(working) | (Account.id == getattr(subject, "owner_id", None))
    return list(db.session().scalars(sa.select(Account).where(those).order_by(Account.name, Account.id)))


def hypotheses_of(subject: Any) -> list[Hypothesis]:
    """The hypotheses of the case that this page is of."""
    return list(db.session().scalars(Hypothesis.of(subject.case).order_by(Hypothesis.number)))


class LineOfInquiryForm(EditForm):
    """A question to settle."""

    question = LongText("Question", [needed("Enter the question to settle.")], longest=2000)
    direction = WordField(
        "Direction", Direction, empty="Choose", validators=[needed("Choose the direction.")],
        description="For: evidence that supports the allegation. Against: evidence that clears the person.",
    )  # fmt: skip
    owner = ThingField(
        "Owner", _team, empty="Unassigned", key=lambda account: account.uid, words=lambda account: account.name,
        description="The lead investigator or an investigator of this case.",
    )  # fmt: skip
    due = DayField("Due")
    hypothesis = ThingField("Hypothesis tested", hypotheses_of, empty="None")


class ResultForm(EditForm):
    """What came of a line."""

    result = LongText(
        "Result", [needed("Enter the result. If nothing was found, say so.")], longest=5000,
        description="What was found, or that nothing was found, and where it is recorded.",
    )  # fmt: skip


class ReasonForm(EditForm):
    """Why a line is left open."""

    result = LongText("Reason", [needed("Enter the reason for leaving it open.")], longest=5000)


register(
    area, LineOfInquiry, "lines-of-inquiry",
    tab=Tab.INQUIRY, title="Lines of inquiry", noun="line of inquiry", filter=LineOfInquiryFilter,
    sorts={"number": LineOfInquiry.number, "due": LineOfInquiry.__table__.c.due_latest},
    template="inquiry/lines_of_inquiry/list.html",
    load=(joinedload(LineOfInquiry.owner), joinedload(LineOfInquiry.hypothesis)),
    also=lambda case, _listing: {"missing": _is_one_sided(case), "now": now()},
    columns=(
        "number", "question", "direction", "owner", "due", "state", "result", "hypothesis", "by", "at",
    ),
)  # fmt: skip


def _is_one_sided(case: Case) -> bool:
    """Whether no line of the case looks for what speaks against."""
    against = LineOfInquiry.of(case).where(LineOfInquiry.direction == Direction.AGAINST)
    return db.session().scalar(against.with_only_columns(LineOfInquiry.id).limit(1)) is None


@area.form(f"{ALL}/new", needs=Permission.PURSUE_LINE_OF_INQUIRY, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Open a line."""
    return LineOfInquiryForm().takes(actions.open_line_of_inquiry, case, "inquiry/lines_of_inquiry/new.html")


@area.route(ONE, needs=Permission.READ_CASE, of=LineOfInquiry)
def show(line_of_inquiry: LineOfInquiry) -> ResponseReturnValue:
    """One line."""
    return page("inquiry/lines_of_inquiry/show.html", line=line_of_inquiry, now=now())


@area.form(f"{ONE}/edit", needs=Permission.PURSUE_LINE_OF_INQUIRY, of=LineOfInquiry)
def edit(line_of_inquiry: LineOfInquiry) -> ResponseReturnValue:
    """Change what is asked, of whom and until when."""
    return _form(LineOfInquiryForm(obj=line_of_inquiry), actions.edit_line_of_inquiry, "edit")


@area.form(f"{ONE}/closure", needs=Permission.PURSUE_LINE_OF_INQUIRY, of=LineOfInquiry)
def close(line_of_inquiry: LineOfInquiry) -> ResponseReturnValue:
    """Close a line with its result."""
    return _form(ResultForm(obj=line_of_inquiry), actions.close_line_of_inquiry, "close")


@area.form(f"{ONE}/left-open", needs=Permission.PURSUE_LINE_OF_INQUIRY, of=LineOfInquiry)
def leave_open(line_of_inquiry: LineOfInquiry) -> ResponseReturnValue:
    """Leave a line open with a reason."""
    return _form(ReasonForm(obj=line_of_inquiry), actions.leave_open, "leave_open")


@area.post(f"{ONE}/reopen", needs=Permission.PURSUE_LINE_OF_INQUIRY, of=LineOfInquiry)
def reopen(line_of_inquiry: LineOfInquiry) -> ResponseReturnValue:
    """Take a line up again."""
    actions.reopen_line_of_inquiry(me(), line_of_inquiry)
    return to(line_of_inquiry)


def _form(form: EditForm, act: Any, name: str) -> ResponseReturnValue:
    """The page of one act on the line the form is over."""
    return form.takes(act, form.over, f"inquiry/lines_of_inquiry/{name}.html", line=form.over)
