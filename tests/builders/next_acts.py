"""What the people of LK-AAAA would each do next, if they did what is asked of them, whatever state the case is in."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tests import world
from tests.builders import build_case
from tracker.actions.case import stages
from tracker.actions.findings import outcomes
from tracker.base import db
from tracker.gates.facts import Facts
from tracker.models.case.stages import Suspension
from tracker.models.case.words import ProtectionResult, Role, Stage
from tracker.models.findings.findings import Finding
from tracker.models.findings.words import Conclusion, Happened
from tracker.models.inquiry.lines_of_inquiry import LineOfInquiry
from tracker.models.register.accounts import Account

PARTS = (
    "claim", "assessed", "agreed", "person_level", "settled", "line closed", "replied", "submitted", "approved",
    "outcome approved",
)  # fmt: skip
Part = tuple[str, Callable[[], Any]]


def parts() -> Iterator[Part]:
    """Everybody's part in the next step, by a name of PARTS, one after the other as the case stands by then."""
    facts = build_case.facts()
    lena, ines = world.person("lena"), world.person("ines")
    for one in db.session().scalars(Suspension.of(build_case.case()).where(Suspension.lifted_at.is_(None))).all():
        yield "lifted", partial(stages.lift_suspension, lena, one, reason="It is over.")
    if not facts.claims:
        yield "claim", build_case.claim
    if not build_case.facts().assessment_is_current:
        yield "assessed", partial(build_case.assess, Happened.ALREADY_PUBLIC if facts.skipped_investigation else None)
    yield "agreed", partial(build_case.agree, who=holder(Role.REVIEWER))
    protection_check = facts.case.protection_check
    if protection_check is None or protection_check.result is not ProtectionResult.PROCEED:
        yield "person_level", build_case.protection_check
    if not facts.lines:
        yield "line", partial(build_case.open_line_of_inquiry, ines)
    if not all(one.is_settled for one in facts.hypotheses):
        yield "settled", build_case.settle_all
    if build_case.case().stage in {Stage.INVESTIGATION, Stage.RIGHT_OF_REPLY, Stage.REVIEW}:
        yield from of_lines_and_findings(ines, lena)
    if build_case.case().stage is Stage.REVIEW:
        yield from of_the_outcome(facts)


def new_line() -> None:
    """One more question."""
    build_case.open_line_of_inquiry(world.person("ines"))


def of_lines_and_findings(ines: Account, lena: Account) -> Iterator[Part]:
    """What is left to do about each."""
    if build_case.case().stage is Stage.REVIEW:
        for line in db.session().scalars(LineOfInquiry.of(build_case.case())).all():
            yield "line closed", partial(build_case.close_line_of_inquiry, ines, line)
    for one in db.session().scalars(Finding.of(build_case.case())).all():
        if one.missing_parts:
            yield "complete", partial(build_case.change_finding, ines, one, conclusion=Conclusion.UNFOUNDED)
        if one.is_critical and not one.replies:
            yield "replied", partial(build_case.put_reply, ines, one)
        yield "submitted", partial(build_case.submit_finding, lena, one)
        yield "approved", partial(build_case.review_finding, world.person(holder(Role.REVIEWER)), one)


def of_the_outcome(facts: Facts) -> Iterator[Part]:
    """It is drafted, and approved."""
    if facts.outcome is None:
        happened = Happened.ALREADY_PUBLIC if facts.skipped_investigation else Happened.UNDETERMINED
        axes = {**build_case.AXES, "happened": happened}
        yield (
            "drafted",
            partial(outcomes.draft_outcome, world.person(holder(Role.DECIDING_OFFICIAL)), build_case.case(), **axes),
        )
    elif facts.outcome.submitted_at is None:
        yield "outcome submitted", partial(build_case.submit, facts.outcome, who=holder(Role.DECIDING_OFFICIAL))
    yield "outcome approved", partial(build_case.approve, who=holder(Role.REVIEWER))


def holder(role: Role) -> str:
    """Who has a role now; Otto, who may do nothing, when nobody has."""
    found = build_case.facts().at_work(role)
    return found.name.lower() if found else "otto"


def step() -> None:
    """The next step of the case; a closed one has none."""
    stage = build_case.case().stage
    if stage is Stage.REVIEW:
        build_case.close(holder(Role.DECIDING_OFFICIAL))
    elif stage is not Stage.CLOSED:
        build_case.step_from(stage)
