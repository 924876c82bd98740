"""Lines of inquiry: the list with what is overdue, one line, opening, changing and settling one."""

from typing import Any

import sqlalchemy as sa
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from tracker import db
from tracker.actions import lines as actions
from tracker.audit.doors import now
from tracker.exports.columns import instant, label, moment, plain, text
from tracker.fields import Line, Text, WordField, needed
from tracker.forms import EditForm, FilterForm
from tracker.guard import Area, me
from tracker.models.accounts import User
from tracker.models.cases import Case
from tracker.models.duties import TEAM, Assignment, WallMatch
from tracker.models.hypotheses import Hypothesis
from tracker.models.lines import LineOfInquiry
from tracker.models.words.lines import Direction, LineState
from tracker.moment_field import MomentField
from tracker.policy import Permission
from tracker.rendering import page
from tracker.views.choices import ThingField
from tracker.web.lists import Tab, register
from tracker.web.places import to

area = Area("lines", __name__)
ALL = "/cases/<ref:case>/lines-of-inquiry"
ONE = f"{ALL}/<number:number>"


class LineFilter(FilterForm):
    """Narrow the list of lines."""

    model, searched = LineOfInquiry, (LineOfInquiry.question, LineOfInquiry.result)
    q = Line("Words in the question or result")
    state = WordField("State", LineState, empty="Any")
    direction = WordField("Direction", Direction, empty="Any")
    owner = SelectField("Owner", default="", choices=lambda form, _field: form.owners)
    due = SelectField("Due", default="", choices=[SelectChoice("", "Any"), SelectChoice("overdue", "Overdue")])

    def __init__(self, case: Case) -> None:
        owning = User.id.in_(LineOfInquiry.of(case).with_only_columns(LineOfInquiry.owner_id))
        known = db.session().scalars(sa.select(User).where(owning).order_by(User.name, User.id))
        self.owners = [SelectChoice("", "Anyone"), *(SelectChoice(one.uid, one.name) for one in known)]
        super().__init__(case)

    def by_owner(self, select: Any, uid: str) -> Any:
        """Those of one member of the team."""
        return select.where(LineOfInquiry.owner_id == sa.select(User.id).where(User.uid == uid).scalar_subquery())

    def by_due(self, select: Any, _word: str) -> Any:
        """Open ones whose day is over, however its time is taken."""
        columns = LineOfInquiry.__table__.c
        return select.where(LineOfInquiry.state == LineState.OPEN, columns.due_latest < now())


def _team(subject: Any) -> list[User]:
    """Whoever works on the team, and whoever owns the line already."""
    walled = WallMatch.standing(Assignment.case_id, Assignment.user_id)
    working = sa.select(Assignment.user_id).where(
        Assignment.case_id == subject.case.id, Assignment.duty.in_(TEAM), *Assignment.in_force(Assignment), ~walled
    )
    those = User.id.in_(working) | (User.id == getattr(subject, "owner_id", None))
    return list(db.session().scalars(sa.select(User).where(those).order_by(User.name, User.id)))


def hypotheses_of(subject: Any) -> list[Hypothesis]:
    """The hypotheses of the case that this page is of."""
    return list(db.session().scalars(Hypothesis.of(subject.case).order_by(Hypothesis.number)))


class LineForm(EditForm):
    """A question to settle."""

    question = Text("Question", [needed("Enter the question to settle.")], longest=2000)
    direction = WordField(
        "Direction", Direction, empty="Choose", validators=[needed("Choose the direction.")],
        description="For: evidence that supports the allegation. Against: evidence that clears the person.",
    )  # fmt: skip
    owner = ThingField(
        "Owner", _team, empty="Unassigned", key=lambda user: user.uid, words=lambda user: user.name,
        description="The lead investigator or an investigator of this case.",
    )  # fmt: skip
    due = MomentField("Due")
    hypothesis = ThingField("Hypothesis tested", hypotheses_of, empty="None")


class ResultForm(EditForm):
    """What came of a line."""

    result = Text(
        "Result", [needed("Enter the result. If nothing was found, say so.")], longest=5000,
        description="What was found, or that nothing was found, and where it is recorded.",
    )  # fmt: skip


class ReasonForm(EditForm):
    """Why a line is left open."""

    result = Text("Reason", [needed("Enter the reason for leaving it open.")], longest=5000)


register(
    area, LineOfInquiry, "lines-of-inquiry",
    tab=Tab.INQUIRY, title="Lines of inquiry", noun="line of inquiry", filter=LineFilter,
    sorts={"number": LineOfInquiry.number, "due": LineOfInquiry.__table__.c.due_latest}, template="lines/list.html",
    load=(joinedload(LineOfInquiry.owner), joinedload(LineOfInquiry.hypothesis)),
    also=lambda case, _listing: {"missing": _is_one_sided(case), "now": now()},
    columns=(
        plain("number", LineOfInquiry.number),
        text("question", LineOfInquiry.question),
        plain("direction", LineOfInquiry.direction),
        label("owner", "accounts", LineOfInquiry.owner_id),
        moment("due", LineOfInquiry),
        plain("state", LineOfInquiry.state),
        text("result", LineOfInquiry.result),
        label("hypothesis", "hypothesis_numbers", LineOfInquiry.hypothesis_id),
        label("by", "accounts", LineOfInquiry.by_id),
        instant("at", LineOfInquiry.at),
    ),
)  # fmt: skip


def _is_one_sided(case: Case) -> bool:
    """Whether no line of the case looks for what speaks against."""
    against = LineOfInquiry.of(case).where(LineOfInquiry.direction == Direction.AGAINST)
    return db.session().scalar(against.with_only_columns(LineOfInquiry.id).limit(1)) is None


@area.form(f"{ALL}/new", needs=Permission.PURSUE_LINE, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Open a line."""
    return LineForm().takes(actions.open_line, case, "lines/new.html")


@area.route(ONE, needs=Permission.READ_CASE, of=LineOfInquiry)
def show(line_of_inquiry: LineOfInquiry) -> ResponseReturnValue:
    """One line."""
    return page("lines/show.html", line=line_of_inquiry, now=now())


@area.form(f"{ONE}/edit", needs=Permission.PURSUE_LINE, of=LineOfInquiry)
def edit(line_of_inquiry: LineOfInquiry) -> ResponseReturnValue:
    """Change what is asked, of whom and until when."""
    return _form(LineForm(obj=line_of_inquiry), actions.edit_line, "edit")


@area.form(f"{ONE}/closure", needs=Permission.PURSUE_LINE, of=LineOfInquiry)
def close(line_of_inquiry: LineOfInquiry) -> ResponseReturnValue:
    """Close a line with its result."""
    return _form(ResultForm(obj=line_of_inquiry), actions.close_line, "close")


@area.form(f"{ONE}/justification", needs=Permission.PURSUE_LINE, of=LineOfInquiry)
def leave_open(line_of_inquiry: LineOfInquiry) -> ResponseReturnValue:
    """Leave a line open with a reason."""
    return _form(ReasonForm(obj=line_of_inquiry), actions.leave_open, "leave_open")


@area.post(f"{ONE}/reopen", needs=Permission.PURSUE_LINE, of=LineOfInquiry)
def reopen(line_of_inquiry: LineOfInquiry) -> ResponseReturnValue:
    """Take a line up again."""
    actions.reopen_line(me(), line_of_inquiry)
    return to(line_of_inquiry)


def _form(form: EditForm, act: Any, name: str) -> ResponseReturnValue:
    """The page of one act on the line the form is over."""
    return form.takes(act, form.over, f"lines/{name}.html", line=form.over)
