"""Eliminations: who is eliminated for what, by which evidence; proposed by the team, confirmed by a reviewer."""

from typing import Any

import sqlalchemy as sa
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload, selectinload
from wtforms import HiddenField

from tracker.actions.access import eliminations as actions
from tracker.actions.access.contrary import Contrary, contrary_to
from tracker.actions.checks import must_be_available
from tracker.base import db
from tracker.exports.columns import instant, label
from tracker.models.access.eliminations import Elimination
from tracker.models.access.words import Ground, Strength
from tracker.models.case.cases import Case
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.findings.reviews import Review
from tracker.models.findings.words import Verdict
from tracker.models.register.accounts import Account
from tracker.policy import Permission
from tracker.views.access.occurrence_forms import AboutPersonFilter
from tracker.views.findings.reviews import VerdictForm
from tracker.web.choices import PersonField, ThingField, all_of
from tracker.web.fields import LongText, WordField, needed
from tracker.web.forms import ReasonForm, RecordForm
from tracker.web.guard import Area
from tracker.web.lists import Tab, register
from tracker.web.places import go, to
from tracker.web.rendering import page

area = Area("eliminations", __name__)
ALL = "/cases/<ref:case>/eliminations"
ONE = f"{ALL}/<number:number>"


class EliminationFilter(AboutPersonFilter):
    """Narrow the list of eliminations."""

    model = Elimination
    ground = WordField("Ground", Ground, empty="Any")
    strength = WordField("Strength", Strength, empty="Any")


def _claims(subject: Any) -> list[Claim]:
    those = Claim.of(subject.case).join(Claim.disclosure).options(joinedload(Claim.disclosure))
    return list(db.session().scalars(those.order_by(Disclosure.number, Claim.number)))


class EliminationForm(RecordForm):
    """Whom, for what, and on which evidence."""

    person = PersonField(checks=[needed("Choose the person.")])
    disclosure = ThingField(
        "Disclosure", all_of(Disclosure), empty="Choose", validators=[needed("Choose the disclosure.")]
    )
    claim = ThingField(
        "Claim", _claims, empty="The whole disclosure", key=lambda claim: f"{claim.disclosure.number}/{claim.number}",
        words=lambda claim: f"{claim.label} of disclosure {claim.disclosure.number}: {claim.quote[:60]}",
    )  # fmt: skip
    ground = WordField("Ground", Ground, empty="Choose", validators=[needed("Choose the ground.")])
    evidence = LongText(
        "Evidence", [needed("Enter the evidence. Nobody is eliminated without evidence.")], longest=5000,
        description="What shows it and where it is recorded. For “Absent with log”, name the access log, such as L3.",
    )  # fmt: skip
    strength = WordField("Strength", Strength, empty="Choose", validators=[needed("Choose the strength.")])
    why_wrong = LongText(
        "Why the contrary records are wrong", longest=5000,
        description="Needed if a record at E3 to E6 lies inside the window. It is printed with the elimination.",
    )  # fmt: skip
    seen = HiddenField()
    contrary = Contrary()

    def validate(self, extra_validators: Any = None) -> bool:
        """Whoever proposes it has read what speaks against it."""
        if not super().validate(extra_validators):
            return False
        self.contrary = contrary_to(self.person.data, self.disclosure.data, self.claim.data)
        seen, self.seen.data = self.seen.data or "", self.contrary.seen
        if seen != self.contrary.seen:
            self.form_errors.append("Read the records below, which may speak against it. Then propose it again.")
        return seen == self.contrary.seen

    def values(self) -> dict[str, Any]:
        """What the action takes; what was seen is a matter of this page."""
        return {name: value for name, value in super().values().items() if name != "seen"}


ANSWERS = {Verdict.APPROVED: actions.confirm_elimination, Verdict.RETURNED: actions.return_elimination}


def _select_confirmer() -> Any:
    """Whoever confirmed the elimination last, as `Elimination.confirmation` has it: no return since, not withdrawn."""
    later = sa.orm.aliased(Review)
    answered = sa.exists().where(later.elimination_id == Elimination.id, later.id > Review.id)
    confirmed = sa.select(Review.reviewer_id).where(
        Review.elimination_id == Elimination.id, Review.verdict == Verdict.APPROVED, ~answered,
        Elimination.withdrawn_at.is_(None),
    )  # fmt: skip
    return confirmed.correlate(Elimination).scalar_subquery()


LIST = register(
    area, Elimination, "eliminations", person_level=True, tab=Tab.ACCESS, title="Eliminations", noun="elimination",
    filter=EliminationFilter, sorts={"number": Elimination.number, "strength": Elimination.strength},
    template="access/eliminations/list.html",
    load=(
        joinedload(Elimination.person), joinedload(Elimination.disclosure), joinedload(Elimination.claim),
        selectinload(Elimination.reviews).joinedload(Review.reviewer),
    ),
    columns=(
        "person", "disclosure", "claim", "ground", "evidence", "strength",
        label("proposed_by", "accounts", Elimination.by_id),
        label("confirmed_by", "accounts", _select_confirmer()),
        "number",
        instant("proposed", Elimination.at),
        "withdrawn", "withdrawn_by", "why_withdrawn", "seal", "against", "why_wrong",
    ),
)  # fmt: skip


@area.form(f"{ALL}/new", needs=Permission.PROPOSE_ELIMINATION, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Propose an elimination."""
    must_be_available(case)
    return EliminationForm().takes(actions.propose_elimination, case, "access/eliminations/new.html")


@area.route(ONE, needs=Permission.READ_CASE, of=Elimination)
def show(elimination: Elimination) -> ResponseReturnValue:
    """One elimination with its evidence and what a reviewer said."""
    must_be_available(elimination.case)
    return page("access/eliminations/show.html")


@area.form(f"{ONE}/review", needs=Permission.REVIEW_ELIMINATION, of=Elimination, fresh=True)
def review(elimination: Elimination) -> ResponseReturnValue:
    """Confirm an elimination, or return it."""
    must_be_available(elimination.case)
    form = VerdictForm()
    if answer := form.act(_review, elimination, to=lambda _: to(elimination)):
        return answer
    _load_whole(elimination)
    contrary = contrary_to(elimination.person, elimination.disclosure, elimination.claim)
    form.carry(text_sha256=elimination.text_sha256)
    return page("access/eliminations/review.html", form, contrary=contrary)


def _load_whole(elimination: Elimination) -> None:
    """In one statement what the page and the contrary records ask for one by one."""
    about = joinedload(Elimination.disclosure).joinedload(Disclosure.claims)
    one = sa.select(Elimination).where(Elimination.id == elimination.id)
    parts = (joinedload(Elimination.person), joinedload(Elimination.claim), joinedload(Elimination.by))
    db.session().scalars(one.options(about, *parts)).unique().one()


def _review(reviewer: Account, elimination: Elimination, *, verdict: Verdict, **read: str) -> None:
    ANSWERS[verdict](reviewer, elimination, **read)


@area.form(f"{ONE}/withdraw", needs=Permission.PROPOSE_ELIMINATION, of=Elimination)
def withdraw(elimination: Elimination) -> ResponseReturnValue:
    """Take an elimination back: possible while the check withholds them, too."""
    form = ReasonForm.asking("Enter the reason for the withdrawal.", longest=2000)
    return form.takes(actions.withdraw_elimination, elimination, "access/eliminations/withdraw.html", to=_to_list)


def _to_list(elimination: Elimination) -> ResponseReturnValue:
    return go(".list_page", elimination.case)
