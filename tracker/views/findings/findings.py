"""Findings: the list, drafting one, its text, submitting it, and the reviewer's verdict on exactly what was shown."""

from collections import defaultdict
from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from tracker.actions.findings import findings as actions
from tracker.actions.findings import reviews
from tracker.base import db
from tracker.models.case.cases import Case
from tracker.models.findings.citations import Citation
from tracker.models.findings.comments import Comment
from tracker.models.findings.findings import TEXTS, Finding
from tracker.models.findings.words import Verdict
from tracker.models.register.accounts import Account
from tracker.policy import Permission
from tracker.views.findings.finding_forms import ChosenFirstForm, FindingFilter, SubmissionForm, TextForm, VerdictForm
from tracker.views.findings.finding_texts import (
    add_filters,
    compare_texts,
    history,
    last_read_revision,
    place_citations,
    remarks,
    saved_texts,
    whole,
)
from tracker.web.guard import Area, me
from tracker.web.lists import Tab, register
from tracker.web.places import to
from tracker.web.rendering import page

area = Area("findings", __name__)
add_filters(area)
ONE = "/cases/<ref:case>/findings/<number:number>"


register(
    area, Finding, "findings",
    tab=Tab.FINDINGS, title="Findings", noun="finding", filter=FindingFilter,
    sorts={"number": Finding.number, "state": Finding.state, "conclusion": Finding.conclusion},
    template="findings/findings/list.html", load=(joinedload(Finding.person),),
    columns=(
        "number", "person", "allegation", "rule", "standard", "evidence_for", "evidence_against", "missing",
        "reasoning", "reply", "conclusion", "state", "revision", "text_sha256", "author", "at", "submitted",
    ),
)  # fmt: skip


@area.form("/cases/<ref:case>/findings/new", needs=Permission.WRITE_FINDING, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Choose the standard of proof, say what is alleged; only then the page of the text opens."""
    return ChosenFirstForm().takes(
        actions.draft_finding, case, "findings/findings/new.html", to=lambda made: to(made, "edit")
    )


@area.route(ONE, needs=Permission.READ_CASE, of=Finding)
def show(finding: Finding) -> ResponseReturnValue:
    """The text in reading order, with what it cites, what was remarked, and every verdict; reading is recorded."""
    actions.read_finding(me(), finding)
    return page("findings/findings/show.html", **_parts(finding, history()))


@area.form(f"{ONE}/edit", needs=Permission.WRITE_FINDING, of=Finding)
def edit(finding: Finding) -> ResponseReturnValue:
    """Write the text; another text is another revision, and voids what a reviewer said of the one before."""
    return TextForm(obj=finding).takes(actions.edit_finding, finding, "findings/findings/edit.html")


@area.form(f"{ONE}/submission", needs=Permission.SUBMIT_FINDING, of=Finding)
def submit(finding: Finding) -> ResponseReturnValue:
    """What is still missing, and the button that puts the text before a reviewer."""
    form, submitted = SubmissionForm(), "Revision {0.revision} was submitted. It is waiting for a reviewer."
    if answer := form.act(actions.submit_finding, finding, done=submitted.format):
        return answer
    form.carry(revision=finding.revision)
    citations = db.session().scalars(Citation.of_thing(finding)).all()
    blocks = [{"text": sentence} for sentence in actions.open_points(finding)]
    return page("findings/findings/submit.html", form, blocks=blocks, citations=citations)


@area.post(f"{ONE}/withdraw", needs=Permission.SUBMIT_FINDING, of=Finding)
def withdraw(finding: Finding) -> ResponseReturnValue:
    """Take a submission back."""
    actions.withdraw_finding(me(), finding)
    flash("The submission was withdrawn. The finding is a draft again.", "success")
    return to(finding)


@area.form(f"{ONE}/approval", needs=Permission.REVIEW_FINDING, of=Finding, fresh=True)
def review(finding: Finding) -> ResponseReturnValue:
    """Exactly the text that is judged, and what differs from the one the reviewer knows; the verdict names both."""
    form = VerdictForm()
    if answer := form.act(_judge, finding):
        return answer
    actions.read_finding(me(), finding)
    form.carry(revision=finding.revision, text_sha256=finding.text_sha256)
    return page(
        "findings/findings/review.html", form, **_parts(finding, joinedload(Finding.replies)), **_difference(finding)
    )


def _judge(reviewer: Account, finding: Finding, *, verdict: str, **read: Any) -> None:
    approves = verdict == Verdict.APPROVED
    act, does = (reviews.approve_finding, "approved") if approves else (reviews.return_finding, "returned")
    act(reviewer, finding, **read)
    flash(f"You {does} revision {finding.revision}.", "success")


def _parts(finding: Finding, *more: Any) -> dict[str, Any]:
    """What stands around the text of a finding."""
    comments: dict[str, list[Comment]] = defaultdict(list)
    for comment in whole(finding, remarks(), *more).comments:
        comments[comment.field].append(comment)
    citations = db.session().scalars(Citation.of_thing(finding)).all()
    beside = place_citations(finding, citations)
    return {"finding": finding, "texts": TEXTS, "comments": comments, "citations": citations, "beside": beside}


def _difference(finding: Finding) -> dict[str, Any]:
    """The text as it is kept under the hash that the form carries, against the revision the reviewer knows."""
    known = last_read_revision(me(), finding)
    texts = saved_texts(finding, known, finding.revision)
    return {"known": known, "parts": compare_texts(texts[0], texts[-1])}
