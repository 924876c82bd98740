"""Cases: the list, one case, opening and changing one, counsel's screen, related cases."""

from typing import Any

import sqlalchemy as sa
from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Regexp

from tracker.actions import cases as actions
from tracker.forms import EditForm, FilterForm, Line, RecordForm, Text, WordField, needed
from tracker.guard import Area, me, settings
from tracker.listing import Listing
from tracker.models.audit import last_change
from tracker.models.cases import Case
from tracker.models.duties import Assignment
from tracker.models.words import ScreenResult, Stage
from tracker.policy import Permission
from tracker.rendering import page

area = Area("cases", __name__)


class CaseFilter(FilterForm):
    """Narrow the list of cases."""

    q = Line("Reference or title")
    stage = WordField("Stage", Stage, empty="Any")

    def by_q(self, select: Any, text: str) -> Any:
        """Part of the reference or the title."""
        return select.where(
            Case.reference.icontains(text, autoescape=True) | Case.title.icontains(text, autoescape=True)
        )

    def by_stage(self, select: Any, stage: Stage) -> Any:
        """Cases that stand there."""
        return select.where(Case.stage == stage)


class CaseForm(EditForm):
    """What is said of a case. Only the neutral title is required."""

    title = Line(
        "Neutral title",
        [needed("Enter a title without names.")],
        longest=200,
        description="Without names of people: it is read by everybody on the case.",
    )
    marking = SelectField("Marking")
    question = Text("What is asked", description="The terms of reference: what the inquiry is to find out.")
    why_opened = Text("Why it was opened")
    requested_by = Line("Who asked for it", longest=200, description="By post, not by name.")
    legal_hold = Text(
        "Legal hold", description="What must not be destroyed, on whose order. Leave empty if there is none."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.marking.choices = [SelectChoice(marking, marking.capitalize()) for marking in settings().markings]
        if not self.is_submitted() and not self.marking.data:
            self.marking.data = settings().default_marking


class ScreenForm(RecordForm):
    """Counsel's result; its reasons are counsel's own, the team sees the result."""

    result = WordField("Result", ScreenResult, validators=[needed("Choose a result.")])
    answered_on = Line(
        "Date",
        [
            needed("Enter the date, like 2018-03-21."),
            Regexp(r"\d{4}-\d{2}-\d{2}$", message="Write the date like 2018-03-21."),
        ],
        longest=10,
    )
    reason = Text("Reason", [needed("Give the reason; it is kept with counsel.")])


class RelateForm(RecordForm):
    """Another case that bears on this one."""

    reference = Line("Reference of the other case", [needed("Enter a reference, like LK-7QX4.")], longest=16)
    reason = Text("Reason", [needed("Say why the two are related.")])


@area.route("/cases", needs=Permission.OPEN_CASE)
def listed() -> ResponseReturnValue:
    """My cases."""
    lead = sa.orm.selectinload(Case.assignments).joinedload(Assignment.user)
    listing = Listing(
        Case.visible_to(me()).options(lead),
        path="/cases",
        args=request.args,
        noun="case",
        key=Case.id,
        sorts={"opened": Case.opened, "changed": last_change(), "reference": Case.reference, "title": Case.title},
        default="-changed",
        form=CaseFilter(),
    )
    return page("cases/list.html", listing=listing)


@area.form("/cases/new", needs=Permission.OPEN_CASE)
def new() -> ResponseReturnValue:
    """Open a case."""
    form = CaseForm()
    if form.validate_on_submit():
        with form.conflicts():
            case = actions.open_case(me(), None, **form.values())
            return redirect(url_for(".show", case=case.reference), 303)
    return page("cases/new.html", form=form)


@area.route("/cases/<ref:case>", needs=Permission.READ_CASE, of=Case)
def show(case: Case) -> ResponseReturnValue:
    """One case: what it is about, who works on it, what blocks the next step."""
    opened = session.setdefault("opened", [])
    if case.reference not in opened:
        actions.read_case(me(), case)
        session["opened"] = [*opened[-49:], case.reference]
    return page("cases/show.html", case=case)


@area.form("/cases/<ref:case>/edit", needs=Permission.EDIT_CASE, of=Case)
def edit(case: Case) -> ResponseReturnValue:
    """Change what is said of the case."""
    form = CaseForm(obj=case)
    if form.validate_on_submit():
        with form.conflicts(case):
            actions.edit_case(me(), case, row=form.row.data, **form.values())
            return redirect(url_for(".show", case=case.reference), 303)
    return page("cases/edit.html", form=form, case=case)


@area.form("/cases/<ref:case>/screen", needs=Permission.SCREEN_CASE, of=Case)
def screen(case: Case) -> ResponseReturnValue:
    """Counsel's protected-disclosure screen."""
    form = ScreenForm()
    if form.validate_on_submit():
        with form.conflicts():
            actions.answer_screen(me(), case, **form.values())
            return redirect(url_for(".show", case=case.reference), 303)
    return page("cases/screen.html", form=form, case=case)


@area.form("/cases/<ref:case>/related", needs=Permission.EDIT_CASE, of=Case)
def relate(case: Case) -> ResponseReturnValue:
    """Name a related case, with the reason."""
    form = RelateForm()
    if form.validate_on_submit():
        with form.conflicts():
            actions.relate_case(me(), case, **form.values())
            return redirect(url_for(".show", case=case.reference), 303)
    return page("cases/relate.html", form=form, case=case)
