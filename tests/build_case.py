"""LK-AAAA on its way from intake to its closing, one act at a time: a test leaves one out, and sees what is missing."""

from typing import Any

from tests import build_exhibit, build_finding, world
from tests.build_material import person
from tests.everything.judgement import AXES
from tests.snapshots import built_once
from tracker import db
from tracker.actions import (
    appraisals,
    cases,
    claims,
    disclosures,
    findings,
    hypotheses,
    lines,
    outcomes,
    replies,
    reviews,
    stages,
)
from tracker.analysis.moments import stated
from tracker.analysis.times import Moment
from tracker.gates.facts import Facts
from tracker.models.accounts import User
from tracker.models.appraisals import Appraisal
from tracker.models.cases import Case
from tracker.models.claims import Checked, Claim
from tracker.models.disclosures import Disclosure
from tracker.models.exhibits import Exhibit
from tracker.models.findings import Finding
from tracker.models.hypotheses import Hypothesis
from tracker.models.lines import LineOfInquiry
from tracker.models.outcomes import Outcome
from tracker.models.words import Answer
from tracker.models.words.cases import Stage
from tracker.models.words.citations import Cited
from tracker.models.words.claims import Accuracy
from tracker.models.words.findings import Conclusion
from tracker.models.words.hypotheses import Tested
from tracker.models.words.lines import Direction
from tracker.models.words.outcomes import Happened
from tracker.models.words.reviews import Verdict
from tracker.models.words.screening import ScreenResult

CHECKED = Checked(Answer.UNKNOWN, source="Looked for in the press archive")
ANSWERS = {"accuracy": Accuracy.ACCURATE, "already_public": CHECKED, "clearance": CHECKED, "briefing_possible": CHECKED}
NOT_ANSWERED = {"accuracy": Accuracy.UNKNOWN, "clearance": Checked()}
TEXT = {**build_finding.WHOLE, "reply": "Denies it; nothing else says so.", "conclusion": Conclusion.INCONCLUSIVE}


def case() -> Case:
    """The case, as the database knows it now."""
    return world.case()


def newest(model: Any) -> Any:
    """The newest thing of a kind in the case."""
    return db.session().scalars(model.of(case()).order_by(model.number.desc())).first()


def open_line(who: User, direction: Direction = Direction.AGAINST) -> LineOfInquiry:
    """A line of inquiry."""
    return lines.open_line(who, case(), question="Who else?", direction=direction, due=Moment.of())


def close_line(who: User, line: LineOfInquiry) -> None:
    """Its end."""
    lines.close_line(who, line, row=line.row, result="Nothing.")


def settle(who: User, hypothesis: Hypothesis, reason: str = "Nothing points there.") -> None:
    """A hypothesis that is left untested, with a reason."""
    hypotheses.mark_hypothesis(who, hypothesis, row=hypothesis.row, state=Tested.NOT_TESTED, reason=reason)


def change_finding(who: User, finding: Finding, **texts: Any) -> None:
    """Other words of a finding."""
    findings.edit_finding(who, finding, row=finding.row, **texts)


def submit_finding(who: User, finding: Finding) -> None:
    """It waits for the reviewer."""
    findings.submit_finding(who, finding, revision=finding.revision)


def review_finding(who: User, finding: Finding, verdict: Verdict = Verdict.APPROVED) -> None:
    """It is approved, or returned."""
    act = reviews.approve_finding if verdict is Verdict.APPROVED else reviews.return_finding
    act(who, finding, **build_finding.shown(finding), reasons="Read.")


def put_reply(who: User, finding: Finding, *, answer: str = "No.", response: str = "Noted.") -> None:
    """A passage that was put to the person, who answered; and what the team says to it."""
    reply = replies.put_passage(who, finding, passage=finding.allegation, put_at=stated("2018-04-01", "UTC"), days=10)
    if answer:
        replies.record_answer(who, reply, row=reply.row, answer=answer, answered_at=stated("2018-04-02", "UTC"))
    if response:
        replies.respond(who, reply, row=reply.row, response=response)


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


def find(**texts: Any) -> Finding:
    """A finding about a person, which rests on more than access and which the person may answer."""
    found = build_finding.drafted(about=person(), allegation="The cards were read out over the telephone.")
    build_finding.cited(found, newest(Exhibit) or build_exhibit.exhibit(), Cited.EXHIBIT)
    return build_finding.written(found, **{**TEXT, **texts})


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
        "line": lambda: open_line(world.person("ines")), "settled": settle_all, "found": find,
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
