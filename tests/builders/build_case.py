"""LK-AAAA on its way from intake to its closing, one act at a time: a test leaves one out, and sees what is missing."""

from typing import Any

from tests import world
from tests.builders import build_exhibit, build_finding
from tests.builders.build_material import person
from tests.builders.everything.judgement import AXES
from tests.machinery.snapshots import built_once
from tracker.actions.case import assessments, cases, stages
from tracker.actions.disclosure import claims, disclosures
from tracker.actions.findings import findings, outcomes, replies, reviews
from tracker.actions.inquiry import hypotheses, lines_of_inquiry
from tracker.analysis.moments import stated
from tracker.analysis.times import Moment
from tracker.base import db
from tracker.gates.facts import Facts
from tracker.models.case.assessments import Assessment
from tracker.models.case.cases import Case
from tracker.models.case.words import ProtectionResult, Stage
from tracker.models.disclosure.claims import Checked, Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.words import Accuracy, CheckAnswer
from tracker.models.findings.findings import Finding
from tracker.models.findings.known_sources import KnownSource
from tracker.models.findings.outcomes import Outcome
from tracker.models.findings.words import Cited, Conclusion, Happened, Verdict
from tracker.models.inquiry.exhibits import Exhibit
from tracker.models.inquiry.hypotheses import Hypothesis
from tracker.models.inquiry.lines_of_inquiry import LineOfInquiry
from tracker.models.inquiry.words import Direction, Tested
from tracker.models.register.accounts import Account
from tracker.models.words import Answer

CHECKED = Checked(CheckAnswer.NOT_KNOWABLE, source="Looked for in the press archive")
ANSWERS = {"accuracy": Accuracy.ACCURATE, "already_public": CHECKED, "clearance": CHECKED, "briefing_possible": CHECKED}
NOT_ANSWERED = {"accuracy": None, "clearance": Checked()}
TEXT = {**build_finding.WHOLE, "reply": "Denies it; nothing else says so.", "conclusion": Conclusion.INCONCLUSIVE}


def case() -> Case:
    """The case, as the database knows it now."""
    return world.case()


def newest(model: Any) -> Any:
    """The newest thing of a kind in the case."""
    return db.session().scalars(model.of(case()).order_by(model.number.desc())).first()


def open_line_of_inquiry(who: Account, direction: Direction = Direction.AGAINST) -> LineOfInquiry:
    """A line of inquiry."""
    return lines_of_inquiry.open_line_of_inquiry(
        who, case(), question="Who else?", direction=direction, due=Moment.of()
    )


def close_line_of_inquiry(who: Account, line: LineOfInquiry) -> None:
    """Its end."""
    lines_of_inquiry.close_line_of_inquiry(who, line, lock_version=line.lock_version, result="Nothing.")


def settle(who: Account, hypothesis: Hypothesis, reason: str = "Nothing points there.") -> None:
    """A hypothesis that is left untested, with a reason."""
    hypotheses.record_test_result(
        who, hypothesis, lock_version=hypothesis.lock_version, state=Tested.NOT_TESTED, reason=reason
    )


def change_finding(who: Account, finding: Finding, **texts: Any) -> None:
    """Other words of a finding."""
    findings.edit_finding(who, finding, lock_version=finding.lock_version, **texts)


def submit_finding(who: Account, finding: Finding) -> None:
    """It waits for the reviewer."""
    findings.submit_finding(who, finding, revision=finding.revision)


def review_finding(who: Account, finding: Finding, verdict: Verdict = Verdict.APPROVED) -> None:
    """It is approved, or returned."""
    act = reviews.approve_finding if verdict is Verdict.APPROVED else reviews.return_finding
    act(who, finding, **build_finding.shown(finding), reasons="Read.")


def put_reply(who: Account, finding: Finding, *, answer: str = "No.", response: str = "Noted.") -> None:
    """A passage that was put to the person, who answered; and what the team says to it."""
    reply = replies.put_passage(who, finding, passage=finding.allegation, put_at=stated("2018-04-01", "UTC"), days=10)
    if answer:
        replies.record_answer(
            who, reply, lock_version=reply.lock_version, answer=answer, answered_at=stated("2018-04-02", "UTC")
        )
    if response:
        replies.respond(who, reply, lock_version=reply.lock_version, response=response)


def protection_check(result: ProtectionResult = ProtectionResult.PROCEED) -> None:
    """Counsel's answer."""
    cases.record_protection_check(
        world.person("cora"), case(), result=result, answered_on="2018-03-21", reason="No claim."
    )


@built_once
def claim(**facts: Any) -> Claim:
    """A claim with every answer, unless told."""
    there = newest(Disclosure) or disclosures.record_disclosure(world.person("ines"), case(), outlet="A newspaper")
    return claims.record_claim(world.person("ines"), there, quote="He was told not to.", **{**ANSWERS, **facts})


def change_the_claim() -> None:
    """Other words about the newest claim."""
    one = newest(Claim)
    claims.edit_claim(world.person("ines"), one, lock_version=one.lock_version, locator="Page 2")


@built_once
def assess(happened: Happened | None = None) -> Assessment:
    """The lead's assessment."""
    words = {"reason": "It stood in a paper.", "damage": Answer.NO, "damage_reason": "All is known."}
    return assessments.assess_case(world.person("lena"), case(), happened=happened, **words)


def agree(verdict: Verdict = Verdict.APPROVED, who: str = "rhea") -> None:
    """The reviewer's answer to the newest assessment."""
    sha256 = newest(Assessment).text_sha256
    assessments.review_assessment(
        world.person(who), newest(Assessment), verdict=verdict, note="Read.", text_sha256=sha256
    )


def settle_all() -> None:
    """Every hypothesis is answered."""
    for one in db.session().scalars(Hypothesis.of(case())).all():
        settle(world.person("ines"), one)


@built_once
def find(**texts: Any) -> Finding:
    """A finding about a person, which rests on more than access and which the person may answer."""
    found = build_finding.drafted(about=person(), allegation="The cards were read out over the telephone.")
    build_finding.cited(found, newest(Exhibit) or build_exhibit.exhibit(), Cited.EXHIBIT)
    return build_finding.written(found, **{**TEXT, **texts})


@built_once
def draft(**axes: Any) -> Outcome:
    """The deciding official's draft; `source` and `reason` stand for one thing that is known of the source."""
    if "source" in axes:
        axes["sources"] = (KnownSource(axes.pop("source"), axes.pop("reason", "")),)
    drafted = outcomes.draft_outcome(world.person("dora"), case(), **{**AXES, **axes})
    submit(drafted)
    return drafted


def submit(outcome: Outcome, who: str = "dora") -> None:
    """The draft is put before the reviewer."""
    seen = {"revision": outcome.revision, "text_sha256": outcome.text_sha256}
    outcomes.submit_outcome(world.person(who), outcome, **seen)


def approve(verdict: Verdict = Verdict.APPROVED, who: str = "rhea") -> None:
    """The reviewer's answer to the draft."""
    outcome = newest(Outcome)
    seen = {"revision": outcome.revision, "text_sha256": outcome.text_sha256}
    outcomes.review_outcome(world.person(who), outcome, verdict=verdict, note="Read.", **seen)


def move(to_stage: Stage, reason: str = "", who: str = "lena") -> None:
    """The lead moves the case."""
    stages.move_stage(world.person(who), case(), from_stage=case().stage, to_stage=to_stage, reason=reason)


def close(who: str = "dora") -> Outcome:
    """The deciding official closes the case on the text as it is."""
    outcome = newest(Outcome)
    outcomes.close_case(world.person(who), outcome, revision=outcome.revision, text_sha256=outcome.text_sha256)
    return outcome


def reopen(who: str = "dora") -> None:
    """The deciding official opens the case again."""
    outcomes.reopen_case(world.person(who), newest(Outcome), reason="A new paper came up.")


ACTS: dict[Stage, dict[str, Any]] = {  # what makes each stage ready to be left
    Stage.INTAKE: {},
    Stage.INQUIRY: {"claim": claim, "assessed": assess, "agreed": agree, "person_level": protection_check},
    Stage.INVESTIGATION: {
        "line": lambda: open_line_of_inquiry(world.person("ines")), "settled": settle_all, "found": find,
    },
    Stage.RIGHT_OF_REPLY: {"replied": lambda: put_reply(world.person("ines"), newest(Finding))},
    Stage.REVIEW: {
        "line closed": lambda: close_line_of_inquiry(world.person("ines"), newest(LineOfInquiry)),
        "submitted": lambda: submit_finding(world.person("lena"), newest(Finding)),
        "approved": lambda: review_finding(world.person("rhea"), newest(Finding)),
        "drafted": draft, "outcome approved": approve,
    },
}  # fmt: skip
ORDER = list(Stage)


@built_once
def ready(stage: Stage, *without: str) -> None:
    """Bring the case to `stage`, and do there all that its next step needs, but for the acts named."""
    reach(stage)
    for name, act in ACTS[stage].items():
        if name not in without:
            act()


@built_once
def reach(stage: Stage) -> None:
    """Bring the case to `stage`, all acts of those before it done."""
    if stage is not ORDER[0]:
        ready(ORDER[ORDER.index(stage) - 1])
        move(stage)


def step_from(stage: Stage) -> None:
    """Take the step that leads on from there."""
    if stage is Stage.REVIEW:
        close()
    else:
        move(ORDER[ORDER.index(stage) + 1])


def facts() -> Facts:
    """What the gates see."""
    return Facts(case())
