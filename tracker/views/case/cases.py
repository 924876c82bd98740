"""Cases: the list, one case and where it stands, opening and changing one, related cases."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import request, session
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from tracker.actions.case import cases as actions
from tracker.audit.doors import housekeeping, now
from tracker.base import db
from tracker.exports.columns import plain
from tracker.gates import PROTECTION_CHECK, Facts, checklist
from tracker.models.case.assignments import Assignment
from tracker.models.case.cases import Case, RelatedCase
from tracker.models.case.staffing import know_roles_from, lead_name
from tracker.models.case.words import DateOrder, Role, Stage
from tracker.models.findings.outcomes import Outcome
from tracker.models.register.list_views import FIRST_STEPS, ListView
from tracker.policy import Permission
from tracker.views.case.course import draw_course, progress_of
from tracker.views.case.open_points import ahead, items
from tracker.views.case.overview import FIRST_STAGES, claim_rows, first_steps, key_facts
from tracker.views.findings.outcome_parts import allegations_in
from tracker.views.register.recent_activity import last_changes
from tracker.views.register.to_do import items_of
from tracker.web.fields import LongText, ShortText, WordField, ZoneField, needed
from tracker.web.forms import EditForm, FilterForm, RecordForm
from tracker.web.guard import Area, me, settings
from tracker.web.lists import register
from tracker.web.navigation import to_do
from tracker.web.places import to
from tracker.web.rendering import page

area = Area("cases", __name__)
TOLD_FOR, SHOWN = timedelta(days=30), 7
LISTED = (Case.id, Case.reference, Case.title, Case.marking, Case.stage, Case.opened, Case.changed, lead_name())


class CaseFilter(FilterForm):
    """Narrow the list of cases."""

    model, searched = Case, (Case.reference, Case.title)
    q = ShortText("Reference or title")
    stage = WordField("Stage", Stage, empty="Any")


class CaseForm(EditForm):
    """What is said of a case. Only the neutral title is required."""

    title = ShortText(
        "Neutral title",
        [needed("Enter a title without names.")],
        longest=200,
        description="Leave out names of people. Everybody on the case reads the title.",
    )
    marking = SelectField("Marking")
    question = LongText("Question", description="The terms of reference: what the inquiry must find out.")
    why_opened = LongText("Reason for opening")
    requested_by = ShortText("Requested by", longest=200, description="Enter a post, not a name.")
    legal_hold = LongText(
        "Legal hold", description="Say what must not be destroyed, and who ordered it. Leave it empty if there is none."
    )
    zone = ZoneField(
        "Time zone",
        description="Times of the case are in this zone. In forms and imports you can choose another. Example: "
        "Europe/London.",
    )
    date_order = WordField(
        "Dates in numbers", DateOrder, empty="Ask each time",
        description="How 04/03/2018 is read. Without a choice, the form asks which date you mean.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.marking.choices = [SelectChoice(marking, marking.capitalize()) for marking in settings().markings]
        if not self.is_submitted() and not self.marking.data:
            self.marking.data = settings().default_marking


class RelateForm(RecordForm):
    """Another case that bears on this one."""

    reference = ShortText("Reference of the other case", [needed("Enter a reference, such as LK-7QX4.")], longest=16)
    reason = LongText("Reason", [needed("Enter the reason why the two cases are related.")])


def _has_lead() -> Any:
    lead = sa.exists().where(Assignment.case_id == Case.id, Assignment.role == Role.LEAD, Assignment.ended_at.is_(None))
    return sa.case((lead, Role.LEAD.value), else_="")


register(
    area, Case, "cases", of=lambda case: sa.select(Case).where(Case.id == case.id), order=(Case.id,),
    needs=Permission.OPEN_CASE, noun="case", everywhere=Case.visible_to,
    filter=CaseFilter, reads=LISTED, counted=Case.visible_ids, sort="-changed",
    sorts={"opened": Case.opened, "changed": Case.changed, "reference": Case.reference, "title": Case.title},
    template="case/cases/list.html",
    columns=(
        "reference", "title", "marking", "stage", "question", "why_opened", "requested_by", "opened",
        plain("lead", _has_lead()),
        "happened", "breach", "source", "closed", "legal_hold", "zone", "date_order", "ending",
    ),
)  # fmt: skip


@area.form("/cases/new", needs=Permission.OPEN_CASE)
def new() -> ResponseReturnValue:
    """Open a case."""
    return CaseForm().takes(actions.open_case, None, "case/cases/new.html")


@area.route("/cases/<ref:case>", needs=Permission.READ_CASE, of=Case)
def show(case: Case) -> ResponseReturnValue:
    """One case: what it is about, who works on it, what blocks the next step."""
    opened = session.get("opened", [])
    if case.reference not in opened:
        actions.read_case(me(), case)
        session["opened"] = [*opened[-49:], case.reference]
    facts, progress = Facts(case), progress_of(case)
    held, steps = facts.assignments, first_steps(facts)
    know_roles_from(db.session(), case, held, facts.recusals)
    return page(
        "case/cases/show.html",
        team=[one for one in held if not one.is_over],
        new_lead=_new_lead(case, now() - TOLD_FOR),
        waits=items_of([one for one in to_do() if one.reference == case.reference], now()),
        persons=items(case, checklist(facts, (PROTECTION_CHECK,))),
        ahead=ahead(facts),
        facts=facts,
        steps=steps,
        hides_steps=bool(steps) and db.session().scalar(ListView.of_first_steps(me().id, case.id)) is not None,
        figures=key_facts(facts, progress),
        course="" if case.stage in FIRST_STAGES else draw_course(progress, facts.claims),
        claims=claim_rows(facts),
        **_find_closing(case),
        related=_find_related(case),
        changes=last_changes([case.reference], SHOWN),
    )


@area.post("/cases/<ref:case>/first-steps", needs=Permission.READ_CASE, of=Case)
def first_steps_shown(case: Case) -> ResponseReturnValue:
    """Hide the first steps of the case from whoever asks, or show them again."""
    with housekeeping() as record:
        for one in record.scalars(ListView.of_first_steps(me().id, case.id)):
            record.delete(one)
        if request.form.get("hide"):
            record.add(ListView(account_id=me().id, case_id=case.id, list=FIRST_STEPS, at=now()))
    return to(case)


def _new_lead(case: Case, since: datetime) -> Assignment | None:
    """Who was named or made lead after `since`, if the case had a lead before; everybody on the case is told."""
    leads = [one for one in case.assignments if one.role is Role.LEAD and one.declined_at is None]
    return leads[-1] if len(leads) > 1 and leads[-1].proposed_at > since and not leads[-1].ended_at else None


def _find_closing(case: Case) -> dict[str, Any]:
    """The outcome on which the case is closed now, with what its findings conclude."""
    if not case.is_closed:
        return {}
    newest = Outcome.of(case).where(Outcome.closed_at.is_not(None)).order_by(Outcome.number.desc()).limit(1)
    return {"outcome": (outcome := db.session().scalar(newest)), "allegations": outcome and allegations_in(outcome)}


def _find_related(case: Case) -> list[tuple[Case, str]]:
    """The other case and the reason, for the links whose both ends exist for the reader."""
    ends = Case.exists_for(me(), RelatedCase.case_id) & Case.exists_for(me(), RelatedCase.other_id)
    mine = (RelatedCase.case_id == case.id) | (RelatedCase.other_id == case.id)
    links = sa.select(RelatedCase).where(ends, mine).order_by(RelatedCase.id)
    found = db.session().scalars(links.options(joinedload(RelatedCase.case), joinedload(RelatedCase.other)))
    return [(link.other if link.case_id == case.id else link.case, link.reason) for link in found]


@area.form("/cases/<ref:case>/edit", needs=Permission.EDIT_CASE, of=Case)
def edit(case: Case) -> ResponseReturnValue:
    """Change what is said of the case."""
    return CaseForm(obj=case).takes(actions.edit_case, case, "case/cases/edit.html")


@area.form("/cases/<ref:case>/related", needs=Permission.EDIT_CASE, of=Case)
def relate(case: Case) -> ResponseReturnValue:
    """Name a related case, with the reason."""
    return RelateForm().takes(actions.relate_case, case, "case/cases/relate.html", to=lambda _: to(case))
