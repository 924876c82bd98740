"""Findings and decisions: three findings, a reply, and an outcome that names nobody."""

from typing import Any

from tracker.actions.case.assessments import assess_case, review_assessment
from tracker.actions.case.stages import move_stage
from tracker.actions.findings.citations import cite
from tracker.actions.findings.decisions import log_decision
from tracker.actions.findings.findings import draft_finding, edit_finding, read_finding, submit_finding
from tracker.actions.findings.outcomes import close_case, draft_outcome, review_outcome, submit_outcome
from tracker.actions.findings.replies import put_passage, record_answer, respond
from tracker.actions.findings.reviews import approve_finding, return_finding
from tracker.demo.briefing.inquiry import Evidence
from tracker.demo.context import Context, date_steps
from tracker.models.access.people import Person
from tracker.models.case.words import Stage
from tracker.models.findings import words
from tracker.models.findings.findings import Finding
from tracker.models.findings.known_sources import KnownSource
from tracker.models.findings.words import Bearing, Cited, Conclusion, Intent, Verdict
from tracker.models.inquiry.interviews import Interview
from tracker.models.words import Answer

ZONE = "America/New_York"
PRINTING = {
    "rule": "Handling rules of the security council staff, section 4: every copy of marked papers is registered.",
    "evidence_for": "No local printer kept a job log on 19 and 20 March. The system owner confirms this in writing.",
    "evidence_against": "The handling rules do not name local printers. Staff say nobody told them to register copies.",
    "missing": "It cannot be established who printed copies, or how many.",
    "reasoning": "The equipment did not allow the rule to be followed, and it was not. No one person is responsible.",
    "conclusion": Conclusion.SUBSTANTIATED,
}
CALL = {
    "rule": "Handling rules, section 2: the contents of marked papers are not passed to outsiders.",
    "evidence_for": "Was told about the first card on Tuesday afternoon. Spoke with a journalist for 11 minutes.",
    "evidence_against": "The contact was volunteered. What was said is not known. The journalist had at least two "
    "other sources. The call was about a readout that was due to be published.",
    "missing": "The content of the call.",
    "reasoning": "A call does not show what was said in it. Access is opportunity, not guilt.",
    "conclusion": Conclusion.NOT_SUBSTANTIATED,
}
CARDS = {
    "rule": "Handling rules, section 6: papers for the leader are collected after use.",
    "evidence_for": "The four cards were collected after the call. Card 1 is an exhibit.",
    "evidence_against": "Nobody asked for one of the three copies of the book until Wednesday.",
    "missing": "",
    "reasoning": "The cards themselves did not leave. A photograph of them cannot be ruled out.",
    "conclusion": Conclusion.UNFOUNDED,
}
OUTCOME: dict[str, Any] = {
    "happened": words.Happened.COMPROMISE,
    "breach": words.Breach.INFRACTION,
    "sources": (KnownSource(words.Source.NOT_IDENTIFIED),),
    "note": "Words of the cards were published. It was not established who passed them on, or that it was one person. "
    "Printers now keep a log. The inquiry is reopened only for new facts.",
    "letters": "Letters to everyone who was interviewed. Clearance letter to the press secretary.",
}


def begin(context: Context) -> None:
    """From intake to the investigation: a preliminary assessment, with which the reviewer agrees."""
    lead, case = context.people["lead"], context.case
    move_stage(lead, case, from_stage=Stage.INTAKE, to_stage=Stage.INQUIRY)
    assess(
        context, "Agreed.", happened=None, damage=Answer.NO,
        damage_reason="The words are published. No name was confirmed.",
        reason="C2 and C3 are protected and were not public before. C1 was partly public. C4 may be authorised.",
    )  # fmt: skip
    move_stage(lead, case, from_stage=Stage.INQUIRY, to_stage=Stage.INVESTIGATION)
    log_decision(
        lead, case, what="No private telephone or mailbox is searched.", alternatives="All call records.",
        reason="Out of proportion to what was published. Anyone can volunteer a call list.", revisit="New facts",
    )  # fmt: skip


def assess(context: Context, note: str | None, **answers: Any) -> None:
    """The lead assesses the case, and the reviewer agrees with a note; without one, it waits for them."""
    assessment = assess_case(context.people["lead"], context.case, **answers)
    if note is None:
        return
    approval: dict[str, Any] = {"verdict": Verdict.APPROVED, "note": note, "text_sha256": assessment.text_sha256}
    review_assessment(context.people["reviewer"], assessment, **approval)


def allege(
    context: Context, people: list[Person], interviews: list[Interview], evidence: Evidence, *, halfway: bool = False
) -> list[Finding]:
    """Three findings with what they rest on; the one about a person comes back from the reviewer.

    Halfway it is not mended yet, and the last has no conclusion.
    """
    printing = _finding(context, "Copies of the cards were made and not registered.", None, PRINTING)
    cite(context.by, printing, kind=Cited.EXHIBIT, thing=evidence.prints, bearing=Bearing.SUPPORTS)
    call = _finding(context, "The press secretary passed on the words of the first card.", people[10], CALL)
    cite(context.by, call, kind=Cited.INTERVIEW, thing=interviews[5], bearing=Bearing.CONTRADICTS)
    texts = CARDS | {"conclusion": None} if halfway else CARDS
    cards = _finding(context, "The cards themselves left the residence.", None, texts)
    cite(context.by, cards, kind=Cited.INTERVIEW, thing=interviews[3], bearing=Bearing.CONTRADICTS)
    _return(context, call)
    if not halfway:
        _mend(context, call)
    return [printing, call, cards]


def wait(context: Context, people: list[Person], interviews: list[Interview], evidence: Evidence) -> None:
    """One finding waits for the reviewer, one came back and was put to the person, one is a draft."""
    printing, call, _ = allege(context, people, interviews, evidence, halfway=True)
    submit_finding(context.people["lead"], printing, revision=printing.revision)
    put_passage(
        context.people["counsel"], call, passage=call.allegation, days=2, gist="Interview 6 and the call list.",
        put_at=context.day(13),
    )  # fmt: skip
    assess(
        context, None, happened=None, damage=Answer.UNKNOWN, damage_reason="Nobody was asked since the first article.",
        reason="The broadcaster's report adds no words of the cards. Everything else stands as before.",
    )  # fmt: skip


def conclude(context: Context, findings: list[Finding]) -> None:
    """The right of reply, and the review of every finding."""
    lead, case, call = context.people["lead"], context.case, findings[1]
    move_stage(lead, case, from_stage=Stage.INVESTIGATION, to_stage=Stage.RIGHT_OF_REPLY)
    reply = put_passage(
        lead, call, passage=call.allegation, days=10,
        gist="Interview 6 and the call list.", put_at=context.day(19),
    )  # fmt: skip
    record_answer(
        lead, reply, lock_version=reply.lock_version, answered_at=context.day(22),
        answer="The call was about the readout. I did not mention the cards.",
    )  # fmt: skip
    response = "The finding says so. Its conclusion stays “not substantiated”."
    respond(lead, reply, lock_version=reply.lock_version, response=response)
    said = "Says the call was about the readout. Nothing contradicts this."
    edit_finding(context.by, call, lock_version=call.lock_version, reply=said)
    for finding in findings:
        submit_finding(lead, finding, revision=finding.revision)
        approve_finding(context.people["reviewer"], finding, revision=finding.revision, text_sha256=finding.text_sha256)
    move_stage(lead, case, from_stage=Stage.RIGHT_OF_REPLY, to_stage=Stage.REVIEW)


def close(context: Context, intent: Intent | None, outcome: dict[str, Any]) -> None:
    """The deciding official drafts, the reviewer approves exactly that, the deciding official closes."""
    date_steps(context)
    deciding_official = context.people["deciding_official"]
    drafted = draft_outcome(deciding_official, context.case, **{"intent": intent, **outcome})
    revision, text_sha256 = drafted.revision, drafted.text_sha256
    submit_outcome(deciding_official, drafted, revision=revision, text_sha256=text_sha256)
    review_outcome(
        context.people["reviewer"], drafted, verdict=Verdict.APPROVED, note="The outcome fits the record.",
        revision=revision, text_sha256=text_sha256,
    )  # fmt: skip
    close_case(deciding_official, drafted, revision=revision, text_sha256=text_sha256)


def _finding(context: Context, allegation: str, person: Person | None, texts: dict[str, Any]) -> Finding:
    finding = draft_finding(
        context.by, context.case, standard=words.Standard.BALANCE, allegation=allegation, person=person
    )
    edit_finding(context.by, finding, lock_version=finding.lock_version, **texts)
    return finding


def _return(context: Context, finding: Finding) -> None:
    """The reviewer asks for more against the allegation."""
    submit_finding(context.people["lead"], finding, revision=finding.revision)
    read_finding(context.people["reviewer"], finding)
    return_finding(
        context.people["reviewer"], finding, revision=finding.revision, text_sha256=finding.text_sha256,
        reasons="Add to the evidence against that the article cites at least two sources.",
    )  # fmt: skip


def _mend(context: Context, finding: Finding) -> None:
    """The investigator adds it."""
    more = f"{finding.evidence_against} The article itself cites two people familiar with the cards."
    edit_finding(context.by, finding, lock_version=finding.lock_version, evidence_against=more)
