"""Outcomes: four axes, drafted and submitted by the deciding official, reviewed, closed on; and earlier closings."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload, selectinload
from wtforms import BooleanField, HiddenField

from tracker.actions.findings import outcomes as actions
from tracker.analysis.cells import guard
from tracker.analysis.letters import read_number
from tracker.base import db
from tracker.exports.columns import Column, Values
from tracker.exports.labels import Labels
from tracker.gates import Facts, checklist, closing_step
from tracker.models.case.cases import Case
from tracker.models.case.words import Stage
from tracker.models.findings.known_sources import read_sources, source_words
from tracker.models.findings.outcomes import Outcome
from tracker.models.findings.reviews import Review
from tracker.models.findings.words import Breach, Happened, Intent
from tracker.policy import Permission
from tracker.views.case.open_points import items
from tracker.views.findings.outcome_parts import Allegations, allegations_in, replaced_roles
from tracker.views.findings.reviews import VerdictForm
from tracker.views.findings.source_fields import SourcesField
from tracker.web.fields import LongText, WordField, needed
from tracker.web.forms import EditForm, ReasonForm, RecordForm
from tracker.web.guard import Area
from tracker.web.lists import Tab, register
from tracker.web.places import to
from tracker.web.rendering import page

area = Area("outcomes", __name__)


def _source_cells(_labels: Labels, values: Sequence[Values]) -> Iterable[Values]:
    """The words, the reasons and the claims of what is known of the source, in three columns."""
    known = [read_sources(text) for text in values[0]]
    yield [source_words(sources) for sources in known]
    yield [guard("; ".join(one.reason for one in sources if one.reason)) for sources in known]
    yield ["; ".join(" ".join(one.claims) for one in sources if one.claims) for sources in known]


register(
    area, Outcome, "outcomes", tab=Tab.FINDINGS, title="Outcome",
    columns=(
        "number", "happened", "breach", "intent",
        Column(("source", "source_reason", "source_claims"), (Outcome.sources,), _source_cells),
        "note", "letters", "revision", "reviewed", "by", "at", "closed", "closed_by", "reopened", "reopened_by",
        "why_reopened", "seal", "ending", "why_bare", "as_it_stood", "submitted",
    ),
)  # fmt: skip
SUBMITTED = "Revision {0.revision} was submitted. It is waiting for the reviewer."
HERE = "/cases/<ref:case>/outcomes"
ONE = f"{HERE}/<number:number>"


class OutcomeForm(EditForm):
    """The four axes stand apart; what each finding says is the fourth."""

    happened = WordField("What happened", Happened, empty="Choose", validators=[needed("Choose what happened.")])
    breach = WordField(
        "Was a rule broken?", Breach, empty="Choose", validators=[needed("Choose whether a rule was broken.")]
    )
    intent = WordField("Intent", Intent, empty="No rule was broken, or not determined")
    sources = SourcesField("What is known about the source?")
    why_bare = LongText(
        "Basis of a compromise",
        longest=2000,
        description="Needed for a compromise if any of these is missing: an interview, an access record, a finding.",
    )
    note = LongText("Closing note", [needed("Enter the closing note.")])
    letters = LongText(
        "Letters",
        [needed("List the letters to send, or say that there are none.")],
        longest=5000,
        description="The addressee, by pseudonym or post, and the purpose: outcome or clearance.",
    )
    submit = BooleanField()  # the second button: save and submit

    @property
    def done(self) -> str | Callable[[Outcome], str]:
        """What is said of an outcome that was submitted as it was saved."""
        return SUBMITTED.format if self.submit.data else ""


class RevisionForm(RecordForm):
    """The text that this page shows, and no other."""

    revision = HiddenField(filters=[read_number])
    text_sha256 = HiddenField()


class OutcomeVerdictForm(VerdictForm, RevisionForm):
    """A reviewer's answer to one revision."""


@area.route(HERE, needs=Permission.READ_CASE, of=Case)
def list_page(case: Case) -> ResponseReturnValue:
    """The outcome as it is drafted, or how to begin; and everything the case was closed on before."""
    those = Outcome.of(case).order_by(Outcome.number.desc()).options(*_people())
    outcomes = db.session().scalars(those).all()
    begins = case.stage is Stage.REVIEW and all(one.is_sealed for one in outcomes)
    each = [(one, allegations_in(one)) for one in outcomes]
    return page("findings/outcomes/list.html", outcomes=each, begins=begins)


@area.form(f"{HERE}/new", needs=Permission.DRAFT_OUTCOME, of=Case, unless=actions.why_not_drafted)
def new(case: Case) -> ResponseReturnValue:
    """Draft the outcome."""
    form = OutcomeForm()
    return form.takes(actions.draft_outcome, case, "findings/outcomes/new.html", done=form.done)


@area.route(ONE, needs=Permission.READ_CASE, of=Outcome)
def show(outcome: Outcome) -> ResponseReturnValue:
    """One outcome: the axes, the note, the letters, who approved what; of a closing also who was replaced before it."""
    closed = outcome.closed_at
    facts = Facts(outcome.case)
    over = replaced_roles(facts.assignments, closed) if closed is not None else []
    waived = closed is None and facts.waived is not None
    return page("findings/outcomes/show.html", replaced=over, waived=waived, **_read(outcome))


@area.form(f"{ONE}/edit", needs=Permission.DRAFT_OUTCOME, of=Outcome)
def edit(outcome: Outcome) -> ResponseReturnValue:
    """Change the draft."""
    form = OutcomeForm(obj=outcome)
    return form.takes(actions.edit_outcome, outcome, "findings/outcomes/edit.html", done=form.done)


@area.post(f"{ONE}/submission", needs=Permission.DRAFT_OUTCOME, of=Outcome)
def submit(outcome: Outcome) -> ResponseReturnValue:
    """Put the text that was shown before the reviewer."""
    form = RevisionForm()
    answer = form.act(actions.submit_outcome, outcome, done=SUBMITTED.format)
    return answer or page("findings/outcomes/show.html", form, replaced=[], waived=False, **_read(outcome))


@area.form(f"{ONE}/approval", needs=Permission.REVIEW_OUTCOME, of=Outcome, fresh=True)
def review(outcome: Outcome) -> ResponseReturnValue:
    """Approve it at this text, or return it."""
    form = OutcomeVerdictForm()
    answer = form.act(actions.review_outcome, outcome, to=lambda _: to(outcome))
    return answer or page("findings/outcomes/review.html", form.carry(**_say_revision(outcome)), **_read(outcome))


@area.form(f"{ONE}/close", needs=Permission.CLOSE_CASE, of=Outcome, fresh=True)
def close(outcome: Outcome) -> ResponseReturnValue:
    """Close the case: the whole checklist, and who was replaced on the way."""
    form = RevisionForm()
    if answer := form.act(actions.close_case, outcome):
        return answer
    if outcome.is_sealed and not form.is_submitted():
        return to(outcome)
    facts = Facts(outcome.case)
    if not outcome.is_sealed:
        facts.outcome = outcome  # the one that is drafted, which is read already
    return page("findings/outcomes/close.html", form.carry(**_say_revision(outcome)), **_checklist(facts))


@area.form(f"{ONE}/reopen", needs=Permission.REOPEN_CASE, of=Outcome, fresh=True)
def reopen(outcome: Outcome) -> ResponseReturnValue:
    """Open the closed case again."""
    case, read = outcome.case, _read(outcome)
    return ReasonForm().takes(
        actions.reopen_case, outcome, "findings/outcomes/reopen.html", to=lambda _: to(case), **read
    )


def _say_revision(outcome: Outcome) -> dict[str, Any]:
    return {"revision": outcome.revision, "text_sha256": outcome.text_sha256}


def _people() -> tuple[Any, ...]:
    reviewed = selectinload(Outcome.reviews).joinedload(Review.reviewer)
    return reviewed, joinedload(Outcome.by), joinedload(Outcome.closed_by), joinedload(Outcome.reopened_by)


def _read(outcome: Outcome) -> dict[str, Any]:
    db.session().scalars(Outcome.of(outcome.case).where(Outcome.id == outcome.id).options(*_people())).one()
    return {"allegations": allegations_in(outcome)}


def _checklist(facts: Facts) -> dict[str, Any]:
    """The checklist, and the reasons for which reviewer, counsel or deciding official were replaced."""
    lines = checklist(facts, closing_step(facts).gates)
    return {
        "items": items(facts.case, lines),
        "is_open": all(line.done for line in lines),
        "replaced": replaced_roles(facts.assignments),
        "waived": facts.waived,
        "allegations": Allegations(facts.findings),
    }
