"""LK-AAAA on its way from intake to its closing, one act at a time: a test leaves one out, and sees what is missing."""

from typing import Any

from tests import world
from tests.furnishing.judgement import AXES
from tests.pieces import person
from tracker import db
from tracker.actions import appraisals, cases, claims, disclosures, outcomes, stages
from tracker.actions.numbering import next_number
from tracker.actions.reviewing import answer
from tracker.actions.revisions import keep_text
from tracker.analysis.moments import stated
from tracker.gates import Facts
from tracker.ledger import action, now
from tracker.models.appraisals import Appraisal
from tracker.models.cases import Case
from tracker.models.claims import Checked, Claim
from tracker.models.disclosures import Disclosure
from tracker.models.findings import Finding
from tracker.models.hypotheses import Hypothesis
from tracker.models.lines import LineOfInquiry
from tracker.models.outcomes import Outcome
from tracker.models.replies import Reply
from tracker.models.words import Answer
from tracker.models.words.cases import Stage
from tracker.models.words.claims import Accuracy
from tracker.models.words.findings import Conclusion, FindingState, Standard
from tracker.models.words.lines import Direction, LineState
from tracker.models.words.outcomes import Happened
from tracker.models.words.reviews import Verdict
from tracker.models.words.screening import ScreenResult
from tracker.policy import Permission

CHECKED = Checked(Answer.UNKNOWN, source="Looked for in the press archive")
ANSWERS = {"accuracy": Accuracy.ACCURATE, "already_public": CHECKED, "clearance": CHECKED, "briefing_possible": CHECKED}
TEXT = {
    "allegation": "The cards were read out over the telephone.", "standard": Standard.BALANCE, "rule": "Manual 4.2",
    "evidence_for": "The record of the exchange.", "evidence_against": "Nobody heard it.", "reasoning": "It stands.",
    "conclusion": Conclusion.INCONCLUSIVE,
}  # fmt: skip


def case() -> Case:
    """The case, as the database knows it now."""
    return world.case()


def newest(model: Any) -> Any:
    """The newest thing of a kind in the case."""
    return db.session().scalars(model.of(case()).order_by(model.number.desc())).first()


@action(Permission.PURSUE_LINE, "line.opened")
def open_line(who: Any, case: Case, direction: Direction = Direction.AGAINST) -> LineOfInquiry:
    """A line of inquiry."""
    number = next_number(LineOfInquiry, case_id=case.id)
    line = LineOfInquiry(case=case, number=number, question="Who else?", direction=direction, by=who, at=now())
    db.session().add(line)
    return line


@action(Permission.PURSUE_LINE, "line.closed")
def close_line(who: Any, line: LineOfInquiry, state: LineState = LineState.CLOSED) -> None:
    """Its end."""
    line.state, line.result = state, "Nothing."


@action(Permission.TEST_HYPOTHESIS, "hypothesis.tested")
def settle(who: Any, hypothesis: Hypothesis, reason: str = "Nothing points there.") -> None:
    """A hypothesis that is left untested, with a reason."""
    hypothesis.reason = reason


@action(Permission.WRITE_FINDING, "finding.drafted")
def draft_finding(who: Any, case: Case, **facts: Any) -> Finding:
    """A finding, complete unless told."""
    said = {**TEXT, **facts}
    finding = Finding(case=case, number=next_number(Finding, case_id=case.id), author=who, at=now(), **said)
    db.session().add(finding)
    keep_text(who, finding)
    return finding


@action(Permission.WRITE_FINDING, "finding.changed")
def change_finding(who: Any, finding: Finding, **facts: Any) -> None:
    """Other words of a finding."""
    for name, value in facts.items():
        setattr(finding, name, value)
    keep_text(who, finding)


@action(Permission.SUBMIT_FINDING, "finding.submitted")
def submit_finding(who: Any, finding: Finding) -> None:
    """It waits for the reviewer."""
    finding.state, finding.submitted_at = FindingState.SUBMITTED, now()


@action(Permission.REVIEW_FINDING, "finding.reviewed")
def review_finding(who: Any, finding: Finding, verdict: Verdict = Verdict.APPROVED) -> None:
    """It is approved, or returned."""
    answer(who, finding, finding.revision, finding.text_sha256, verdict=verdict, words="Read.")
    finding.state = FindingState.APPROVED if verdict is Verdict.APPROVED else FindingState.RETURNED


@action(Permission.PUT_REPLY, "reply.put")
def put_reply(who: Any, finding: Finding, *, answer: str = "No.", response: str = "Noted.") -> Reply:
    """A passage that was put to the person."""
    number = next_number(Reply, finding_id=finding.id)
    put = {"passage": "It stands.", "put_at": stated("2018-04-01", "UTC"), "days": 10, "by": who, "at": now()}
    reply = Reply(
        case=finding.case, finding=finding, number=number, answer=answer,
        answered_at=stated("2018-04-02", "UTC"), response=response, **put,
    )  # fmt: skip
    db.session().add(reply)
    return reply


def screen(result: ScreenResult = ScreenResult.PROCEED) -> None:
    """Counsel's answer."""
    cases.answer_screen(world.person("cora"), case(), result=result, answered_on="2018-03-21", reason="No claim.")


def claim(**facts: Any) -> Claim:
    """A claim with every answer, unless told."""
    there = newest(Disclosure) or disclosures.record_disclosure(world.person("ines"), case(), outlet="A newspaper")
    return claims.record_claim(world.person("ines"), there, quote="He was told not to.", **{**ANSWERS, **facts})


def change_the_claim() -> None:
    """Other words about the newest claim."""
    one = newest(Claim)
    claims.edit_claim(world.person("ines"), one, row=one.row, locator="Page 2")


def appraise(happened: Happened | None = None) -> Appraisal:
    """The lead's appraisal."""
    words = {"reason": "It stood in a paper.", "damage": Answer.NO, "damage_reason": "All is known."}
    return appraisals.appraise_case(world.person("lena"), case(), happened=happened, **words)


def agree(verdict: Verdict = Verdict.APPROVED, who: str = "rhea") -> None:
    """The reviewer's answer to the newest appraisal."""
    sha256 = newest(Appraisal).text_sha256
    appraisals.review_appraisal(world.person(who), newest(Appraisal), verdict=verdict, note="Read.", text_sha256=sha256)


def settle_all() -> None:
    """Every hypothesis is answered."""
    for one in db.session().scalars(Hypothesis.of(case())).all():
        settle(world.person("ines"), one)


def find(**facts: Any) -> None:
    """A finding about a person, that the person may answer."""
    aide = person()
    draft_finding(world.person("ines"), case(), person=aide, **facts)


def draft(**axes: Any) -> Outcome:
    """The decider's draft."""
    return outcomes.draft_outcome(world.person("dora"), case(), **{**AXES, **axes})


def approve(verdict: Verdict = Verdict.APPROVED, who: str = "rhea") -> None:
    """The reviewer's answer to the draft."""
    outcome = newest(Outcome)
    seen = {"revision": outcome.revision, "text_sha256": outcome.text_sha256}
    outcomes.review_outcome(world.person(who), outcome, verdict=verdict, note="Read.", **seen)


def move(to_stage: Stage, reason: str = "", who: str = "lena") -> None:
    """The lead moves the case."""
    stages.move_stage(world.person(who), case(), from_stage=case().stage, to_stage=to_stage, reason=reason)


def close(who: str = "dora") -> Outcome:
    """The decider closes the case on the text as it is."""
    outcome = newest(Outcome)
    outcomes.close_case(world.person(who), outcome, revision=outcome.revision, text_sha256=outcome.text_sha256)
    return outcome


def reopen(who: str = "dora") -> None:
    """The decider opens the case again."""
    outcomes.reopen_case(world.person(who), newest(Outcome), reason="A new paper came up.")


ACTS: dict[Stage, dict[str, Any]] = {  # what makes each stage ready to be left
    Stage.INTAKE: {},
    Stage.INQUIRY: {"claim": claim, "appraised": appraise, "agreed": agree, "screened": screen},
    Stage.INVESTIGATION: {
        "line": lambda: open_line(world.person("ines"), case()), "settled": settle_all, "found": find,
    },
    Stage.REPLY: {"replied": lambda: put_reply(world.person("ines"), newest(Finding))},
    Stage.REVIEW: {
        "line closed": lambda: close_line(world.person("ines"), newest(LineOfInquiry)),
        "submitted": lambda: submit_finding(world.person("lena"), newest(Finding)),
        "approved": lambda: review_finding(world.person("rhea"), newest(Finding)),
        "drafted": draft, "outcome approved": approve,
    },
}  # fmt: skip
ORDER = list(Stage)


def ready(stage: Stage, *without: str) -> None:
    """Bring the case to `stage`, and do there all that its next step needs, but for the acts named."""
    for one in ORDER[: ORDER.index(stage) + 1]:
        for name, act in ACTS[one].items():
            if one is not stage or name not in without:
                act()
        if one is not stage:
            move(ORDER[ORDER.index(one) + 1])


def step_from(stage: Stage) -> None:
    """Take the step that leads on from there."""
    if stage is Stage.REVIEW:
        close()
    else:
        move(ORDER[ORDER.index(stage) + 1])


def facts() -> Facts:
    """What the gates see."""
    return Facts(case())
