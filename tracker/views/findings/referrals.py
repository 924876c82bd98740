"""Referrals: to whom the case was handed over, under which reference, and what came of it."""

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from tracker.actions.findings import referrals as actions
from tracker.models.case.cases import Case
from tracker.models.findings.referrals import Referral
from tracker.policy import Permission
from tracker.web.fields import LongText, ShortText, needed
from tracker.web.forms import EditForm, FilterForm
from tracker.web.guard import Area
from tracker.web.lists import Tab, register
from tracker.web.moment_field import MomentField
from tracker.web.rendering import page

area = Area("referrals", __name__)
ALL = "/cases/<ref:case>/referrals"
ONE = f"{ALL}/<number:number>"


class ReferralFilter(FilterForm):
    """Narrow the list of referrals."""

    model, searched = Referral, (Referral.to, Referral.reference, Referral.reason, Referral.result)
    q = ShortText("Authority, reference, reason or result")


class ReferralForm(EditForm):
    """To whom, when and why."""

    to = ShortText("Referred to", [needed(actions.TO)], description="The authority, or the post of the addressee.")
    reference = ShortText("Their reference", longest=120)
    sent = MomentField("Sent")
    reason = LongText("Reason", [needed("Enter the reason for the referral.")], longest=5000)


class ReferralResultForm(EditForm):
    """What came of it."""

    result = LongText("Result", [needed("Enter the result. If there was no answer, say so.")], longest=5000)
    resulted = MomentField("Result received")


register(
    area, Referral, "referrals", tab=Tab.FINDINGS, title="Referrals", noun="referral", filter=ReferralFilter,
    sorts={"number": Referral.number, "sent": Referral.__table__.c.sent_latest}, load=(joinedload(Referral.by),),
    template="findings/referrals/list.html",
    columns=(
        "number", "to", "reference", "sent", "result", "resulted", "reason", "by", "at",
    ),
)  # fmt: skip


@area.form(f"{ALL}/new", needs=Permission.REFER_CASE, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Record a referral."""
    return ReferralForm().takes(actions.record_referral, case, "findings/referrals/new.html")


@area.route(ONE, needs=Permission.READ_CASE, of=Referral)
def show(referral: Referral) -> ResponseReturnValue:
    """One referral."""
    return page("findings/referrals/show.html", referral=referral)


@area.form(f"{ONE}/edit", needs=Permission.REFER_CASE, of=Referral)
def edit(referral: Referral) -> ResponseReturnValue:
    """Change what is said of a referral."""
    return ReferralForm(obj=referral).takes(actions.edit_referral, referral, "findings/referrals/edit.html")


@area.form(f"{ONE}/result", needs=Permission.REFER_CASE, of=Referral)
def record_result(referral: Referral) -> ResponseReturnValue:
    """Record what came of it."""
    form = ReferralResultForm(obj=referral)
    return form.takes(actions.record_referral_result, referral, "findings/referrals/result.html")
