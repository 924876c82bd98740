"""Statements: an interview written down part by part, who is present, the seal, what is added, the evaluation."""

from typing import Any

from flask import Response, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue

from tracker.actions.inquiry import addenda as sealing
from tracker.actions.inquiry import interviews as actions
from tracker.actions.inquiry.interview_rules import open_points
from tracker.audit.doors import witness
from tracker.audit.entries import name_of
from tracker.base import db
from tracker.exports.columns import named_text, plain
from tracker.models.findings.referrals import Referral
from tracker.models.inquiry.addenda import Addendum
from tracker.models.inquiry.interviews import Interview, Presence
from tracker.models.register.words import TextRule
from tracker.policy import Permission
from tracker.views.inquiry import interview_forms as forms
from tracker.views.inquiry.narrative_form import NarrativeForm
from tracker.web.guard import Area, me
from tracker.web.lists import register
from tracker.web.places import go, to
from tracker.web.rendering import page
from tracker.web.uploads import SANDBOX, disposition

area = Area("statements", __name__)
register(
    area, Addendum, "addenda", order=(Addendum.interview_id, Addendum.number),
    columns=(
        "interview", "number", "kind", "text", "by", "signed",
        named_text("signed_by", Addendum.signed_by),
        plain("sha256", Addendum.seal),
    ),
)  # fmt: skip
register(
    area, Presence, "presence", order=(Presence.interview_id, Presence.number),
    columns=(
        "interview", "number",
        named_text("who", Presence.who),
        "why", "is_counsel",
    ),
)  # fmt: skip
ONE = "/cases/<ref:case>/interviews/<number:number>"
NEXT = {"planning": "engagement", "engagement": "narrative", "narrative": "closure", "closure": "seal"}
DAMAGED = "The stored statement was changed after it was sealed. Tell the operator."


@area.form(f"{ONE}/planning", needs=Permission.RECORD_INTERVIEW, of=Interview)
def planning(interview: Interview) -> ResponseReturnValue:
    """Part 1."""
    return _part(interview, forms.PlanningForm, actions.write_planning)


@area.form(f"{ONE}/engagement", needs=Permission.RECORD_INTERVIEW, of=Interview)
def engagement(interview: Interview) -> ResponseReturnValue:
    """Part 2."""
    return _part(interview, forms.EngagementForm, actions.write_engagement)


@area.form(f"{ONE}/narrative", needs=Permission.RECORD_INTERVIEW, of=Interview)
def narrative(interview: Interview) -> ResponseReturnValue:
    """Part 3."""
    return _part(interview, NarrativeForm.asking(interview), actions.write_narrative)


@area.form(f"{ONE}/closure", needs=Permission.RECORD_INTERVIEW, of=Interview)
def closure(interview: Interview) -> ResponseReturnValue:
    """Part 4."""
    return _part(interview, forms.ClosureForm, actions.write_closure)


@area.form(f"{ONE}/evaluation", needs=Permission.READ_EVALUATION, of=Interview)
def evaluation(interview: Interview) -> ResponseReturnValue:
    """Part 5, kept apart: what the team thinks of it. That it was read is recorded."""
    form = forms.EvaluationForm()
    if answer := form.act(sealing.write_evaluation, interview, to=lambda _: go(".evaluation", interview)):
        return answer
    sealing.read_evaluation(me(), interview)
    return page("inquiry/interviews/evaluation.html", form)


@area.form(f"{ONE}/present/new", needs=Permission.RECORD_INTERVIEW, of=Interview)
def attend(interview: Interview) -> ResponseReturnValue:
    """Say who is present."""
    if request.method == "GET":
        actions.must_be_unsigned(interview)
    return forms.PresenceForm().takes(
        actions.add_presence, interview, "inquiry/interviews/attend.html", to=lambda _: go(".engagement", interview)
    )


@area.post(f"{ONE}/present/<number:part>/remove", needs=Permission.RECORD_INTERVIEW, of=Presence)
def dismiss(presence: Presence) -> ResponseReturnValue:
    """Take away who was written down by mistake."""
    interview = presence.interview
    actions.remove_presence(me(), presence)
    return go(".engagement", interview)


@area.form(f"{ONE}/seal", needs=Permission.SIGN_INTERVIEW, of=Interview, fresh=True)
def seal(interview: Interview) -> ResponseReturnValue:
    """The exact statement, and the button that seals it."""
    form = forms.SealForm()
    if answer := form.act(sealing.seal_interview, interview):
        return answer
    actions.must_be_open(interview)
    actions.read_interview(me(), interview)
    form.carry(statement_sha256=sealing.sha256_of(interview.statement()))
    return page("inquiry/interviews/seal.html", form, missing=open_points(interview))


@area.route(f"{ONE}/statement", needs=Permission.READ_INTERVIEW, of=Interview)
def download(interview: Interview) -> ResponseReturnValue:
    """The exact bytes that were sealed; what does not fit its seal is not given out."""
    if not interview.is_sealed or request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(404)
    if not interview.is_intact:
        record = name_of(interview)
        witness("statement.damaged", me(), outcome="failed", case=interview.case, record=record, sha256=interview.seal)
        return make_response(render_template("error.html", status=500, sentence=DAMAGED), 500)
    actions.read_interview(me(), interview)
    answer = Response(interview.statement().encode("ascii"), mimetype="application/octet-stream")
    name = f"{interview.case.reference}-interview-{interview.number}-statement.json"
    answer.headers["Content-Disposition"] = disposition(name)
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer


@area.form(f"{ONE}/addenda/new", needs=Permission.SIGN_INTERVIEW, of=Interview, fresh=True)
def add(interview: Interview) -> ResponseReturnValue:
    """Add to a sealed interview."""
    return forms.AddendumForm().takes(
        sealing.add_addendum, interview, "inquiry/interviews/add.html", to=lambda _: to(interview)
    )


def _part(interview: Interview, kind: Any, write: Any) -> ResponseReturnValue:
    """A part of the interview, which saves and goes on. It shows what was said, so opening it is a recorded read."""
    if request.method == "GET":
        actions.must_be_open(interview)
        actions.read_interview(me(), interview)
    name = (request.endpoint or "").rpartition(".")[2]
    warn = interview.rule is TextRule.DECLINATION and _is_referred(interview)
    form, template = kind(obj=interview), f"inquiry/interviews/{name}.html"
    goes_on = NEXT[name] if "continue" in request.form else name
    return form.takes(
        write, interview, template, to=lambda _: go(f".{goes_on}", interview), done="Saved.", referred=warn
    )


def _is_referred(interview: Interview) -> bool:
    there = Referral.pending(interview.case).with_only_columns(Referral.id)
    return db.session().scalar(there.limit(1)) is not None
