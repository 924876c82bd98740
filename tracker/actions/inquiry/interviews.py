"""Interviews: planned, written down part by part, held, read. The parts follow PEACE; each is saved by itself."""

from typing import Any

from tracker.actions.checks import add_numbered, must_be_among, must_be_fair, must_say
from tracker.actions.inquiry.interview_rules import check_capacity, check_rules
from tracker.audit.doors import Refused, action
from tracker.base import db
from tracker.models.access.people import Person
from tracker.models.case.cases import Case
from tracker.models.inquiry.interviews import Interview, Presence
from tracker.models.inquiry.words import Capacity, InterviewState
from tracker.models.register.accounts import Account
from tracker.models.register.standard_texts import StandardText
from tracker.models.register.words import TextKind, TextRule
from tracker.policy import Permission

SIGNED_WORDS = "The statement is signed. Remove the signature under Closure before you change it."
WHY = "Enter the reason."
TEXTS = {
    "questions": TextKind.QUESTIONS, "advisement": TextKind.ADVISEMENT, "whistleblower": TextKind.WHISTLEBLOWER,
    "counsel_text": TextKind.ADVISEMENT,
}  # fmt: skip
PLANNING = {"capacity", "voluntary", "questions", "planned_for", "planning", "notice_given", "notice"}
ENGAGEMENT = {
    "advisement", "acknowledged", "declination", "offered", "companion", "companion_words", "confidentiality",
    "whistleblower", "counsel_text", "engaged", "place", "mode", "started", "recording", "recorder",
}  # fmt: skip
NARRATIVE = {"narrative", "learned", "answers", "clarified", "shown", "deviation"}
CLOSURE = {"ended", "break_minutes", "closure", "read_back", "corrections", "signature", "refusal", "signed"}
SIGNING = {"signature", "refusal", "signed"}


@action(Permission.RECORD_INTERVIEW, "interview.planned")
def plan_interview(investigator: Account, case: Case, *, person: Person, **planned: Any) -> Interview:
    """Plan an interview. Unless told otherwise with the core questions for anybody, as a witness, voluntarily."""
    if person.case_id != case.id:
        raise Refused("Choose a person in this case.")
    interview = add_numbered(
        Interview, case=case, person=person, state=InterviewState.PLANNED, by_id=investigator.id,
        capacity=Capacity.WITNESS, questions=_for_anybody(),
    )  # fmt: skip
    check_capacity(person, planned.get("capacity", Capacity.WITNESS))
    _say(interview, PLANNING, planned)
    return interview


@action(Permission.READ_INTERVIEW, "interview.read", changes=False)
def read_interview(reader: Account, interview: Interview) -> None:
    """Who read an interview is evidence too."""


@action(Permission.RECORD_INTERVIEW, "interview.prepared", edits=True)
def write_planning(investigator: Account, interview: Interview, **said: Any) -> None:
    """Planning and preparation: what is to be settled, the notice, the class of interviewee."""
    must_be_unsigned(interview)
    capacity = said.get("capacity", interview.capacity)
    if interview.state is InterviewState.PLANNED or capacity is not interview.capacity:
        check_capacity(interview.person, capacity)
    _say(interview, PLANNING, said)


@action(Permission.RECORD_INTERVIEW, "interview.engaged", edits=True)
def write_engagement(investigator: Account, interview: Interview, **said: Any) -> None:
    """Engage and explain: the advisement in its exact version, companion, confidentiality, how it was held."""
    must_be_unsigned(interview)
    _say(interview, ENGAGEMENT, said)


@action(Permission.RECORD_INTERVIEW, "interview.narrative_written", edits=True)
def write_narrative(investigator: Account, interview: Interview, **said: Any) -> None:
    """The free account, then what was clarified and challenged. Whoever leaves the core questions says why."""
    must_be_unsigned(interview)
    _say(interview, NARRATIVE, said)


@action(Permission.RECORD_INTERVIEW, "interview.closure_written", edits=True)
def write_closure(investigator: Account, interview: Interview, **said: Any) -> None:
    """Closure: the end, the read-back, the person's corrections, the signature or the refusal with its reason."""
    must_be_open(interview)
    stays = interview.signature is not None and said.get("signature", interview.signature) is interview.signature
    if stays and any(getattr(interview, name) != value for name, value in said.items() if name not in SIGNING):
        raise Refused("The statement is signed. Remove the signature before you change it.")
    _say(interview, CLOSURE, said)


@action(Permission.RECORD_INTERVIEW, "interview.cancelled", edits=True)
def cancel_interview(investigator: Account, interview: Interview, *, why_ended: str) -> None:
    """A planned interview is not held. It keeps its number, and the reason stays."""
    must_not_have_begun(interview)
    must_say(why_ended, WHY, "why_ended")
    _end(interview, InterviewState.CANCELLED, why_ended)


@action(Permission.RECORD_INTERVIEW, "interview.stopped", edits=True)
def stop_interview(investigator: Account, interview: Interview, *, advisement: StandardText, why_ended: str) -> None:
    """What only law enforcement may ask has come up: the interview ends here, and what was written so far stays.

    The caution for which it stops leads the reason; the advisement that was given before it is a fact of its own.
    """
    must_be_unsigned(interview)
    if advisement.kind is not TextKind.ADVISEMENT or advisement.rule is not TextRule.STOP:
        raise Refused("Choose the caution that stops the interview.")
    must_say(why_ended, WHY, "why_ended")
    _end(interview, InterviewState.STOPPED, f"{advisement.label}. {why_ended}")


@action(Permission.RECORD_INTERVIEW, "presence.added")
def add_presence(
    investigator: Account, interview: Interview, *, who: str, why: str, is_counsel: bool = False
) -> Presence:
    """Say who is present beside the person, and why."""
    must_be_unsigned(interview)
    must_say(who, "Enter the role, function or pseudonym of the person present.", "who")
    must_say(why, WHY, "why")
    must_be_fair(who, why)
    present = add_numbered(Presence, interview=interview, who=who, why=why, is_counsel=is_counsel)
    check_rules(interview)
    return present


@action(Permission.RECORD_INTERVIEW, "presence.removed")
def remove_presence(investigator: Account, presence: Presence) -> None:
    """Take somebody away who was written down by mistake."""
    must_be_unsigned(presence.interview)
    db.session().delete(presence)


def must_be_open(interview: Interview) -> None:
    """Refuse what comes too late: after the seal, after the end."""
    if interview.why_final:
        raise Refused(interview.why_final)


def must_not_have_begun(interview: Interview) -> None:
    """Only what is planned and no more than that is cancelled."""
    must_be_open(interview)
    if interview.state is InterviewState.HELD or interview.started:
        raise Refused("This interview has started and cannot be cancelled. Stop it instead.")


def must_be_unsigned(interview: Interview) -> None:
    """The interviewee signs what they have heard: from then on the words stand, or the signature goes."""
    must_be_open(interview)
    if interview.signature is not None:
        raise Refused(SIGNED_WORDS)


def _say(interview: Interview, part: set[str], said: dict[str, Any]) -> None:
    """Write the fields of one part, and no other."""
    must_be_among(said, part)
    for name, value in said.items():
        if name in TEXTS and value is not None and not _is_for(name, value):
            raise Refused("Choose an option from the list.")
        setattr(interview, name, value)
    _follow_start(interview)
    check_rules(interview)


def _follow_start(interview: Interview) -> None:
    """That it was held follows from its start time."""
    if interview.state is InterviewState.PLANNED and interview.has_begun:
        check_capacity(interview.person, interview.capacity)
        interview.state = InterviewState.HELD
    elif interview.state is InterviewState.HELD and not interview.has_begun:
        interview.state = InterviewState.PLANNED


def _is_for(name: str, text: StandardText) -> bool:
    return text.kind is TEXTS[name] and (name != "counsel_text" or text.rule is TextRule.COUNSEL)


def _end(interview: Interview, state: InterviewState, why: str) -> None:
    interview.state, interview.why_ended = state, why


def _for_anybody() -> StandardText | None:
    general = StandardText.newest(TextKind.QUESTIONS).where(StandardText.key == "general")
    return db.session().scalars(general).first()
