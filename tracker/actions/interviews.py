"""Interviews: planned, written down part by part, held, read. The parts follow PEACE; each is saved by itself."""

from typing import Any

from tracker import db
from tracker.actions.demands import HOLDING, keep_to, keep_to_capacity
from tracker.actions.fairness import must_be_fair
from tracker.actions.numbering import next_number
from tracker.actions.required import must_be_among, must_say
from tracker.analysis.letters import says
from tracker.audit.doors import Refused, Stale, action, now
from tracker.models.accounts import User
from tracker.models.cases import Case
from tracker.models.interviews import Interview, Presence
from tracker.models.people import Person
from tracker.models.texts import StandardText
from tracker.models.words.interviews import Capacity, InterviewState
from tracker.models.words.texts import TextKind, TextRule
from tracker.policy import Permission

SHUT = {
    InterviewState.SIGNED: "This interview is sealed: add an addendum, a correction or an erratum.",
    InterviewState.STOPPED: "This interview was stopped and handed over. Nothing more is written in it.",
    InterviewState.CANCELLED: "This interview was cancelled. Plan a new one.",
}
SIGNED_WORDS = "These words are signed. Take the signature back under closure before you change them."
WHY = "Say why."
TEXTS = {
    "questions": TextKind.QUESTIONS, "advisement": TextKind.ADVISEMENT, "whistleblower": TextKind.WHISTLEBLOWER,
    "counsel_text": TextKind.ADVISEMENT,
}  # fmt: skip
PLANNING = {"capacity", "voluntary", "questions", "planned_for", "planning", "notice_given", "notice"}
ENGAGEMENT = {
    "advisement", "acknowledged", "declination", "offered", "companion", "companion_words", "confidentiality",
    "whistleblower", "counsel_text", "engaged", "place", "mode", "started", "recording", "recorder",
}  # fmt: skip
ACCOUNT = {"account", "clarified", "shown", "deviation"}
CLOSURE = {"ended", "break_minutes", "closure", "read_back", "corrections", "signature", "refusal", "signed"}
SIGNING = {"signature", "refusal", "signed"}


@action(Permission.RECORD_INTERVIEW, "interview.planned")
def plan_interview(investigator: User, case: Case, *, person: Person, **planned: Any) -> Interview:
    """Plan an interview. Unless told otherwise with the core questions for anybody, as a witness, voluntarily."""
    if person.case_id != case.id:
        raise Refused("Choose a person of this case.")
    interview = Interview(
        case=case, number=next_number(Interview, case_id=case.id), person=person, state=InterviewState.PLANNED,
        by_id=investigator.id, at=now(), capacity=Capacity.WITNESS, questions=_for_anybody(),
    )  # fmt: skip
    db.session().add(interview)
    keep_to_capacity(person, planned.get("capacity", Capacity.WITNESS))
    _say(interview, PLANNING, planned)
    db.session().flush()  # the entry is named after the interview, which has its id now
    return interview


@action(Permission.READ_INTERVIEW, "interview.read", changes=False)
def read_interview(reader: User, interview: Interview) -> None:
    """Who read an interview is evidence too."""


@action(Permission.RECORD_INTERVIEW, "interview.prepared")
def write_planning(investigator: User, interview: Interview, *, row: int, **said: Any) -> None:
    """Planning and preparation: what is to be settled, the notice, the class of interviewee."""
    must_be_unsigned(interview, row)
    capacity = said.get("capacity", interview.capacity)
    if interview.state is InterviewState.PLANNED or capacity is not interview.capacity:
        keep_to_capacity(interview.person, capacity)
    _save(interview, PLANNING, said)


@action(Permission.RECORD_INTERVIEW, "interview.engaged")
def write_engagement(investigator: User, interview: Interview, *, row: int, **said: Any) -> None:
    """Engage and explain: the advisement in its exact version, companion, confidentiality, how it was held."""
    must_be_unsigned(interview, row)
    _save(interview, ENGAGEMENT, said)


@action(Permission.RECORD_INTERVIEW, "interview.account_written")
def write_account(investigator: User, interview: Interview, *, row: int, deviates: bool, **said: Any) -> None:
    """The free account, then what was clarified and challenged. Whoever leaves the core questions says why."""
    must_be_unsigned(interview, row)
    if deviates and not says(said["deviation"]):
        raise Refused("Say why the core questions were left: everybody of a class is asked the same.")
    if says(said["deviation"]) and not deviates:
        raise Refused("Say that the core questions were left, or leave the reason empty.")
    _save(interview, ACCOUNT, said)


@action(Permission.RECORD_INTERVIEW, "interview.closure_written")
def write_closure(investigator: User, interview: Interview, *, row: int, **said: Any) -> None:
    """Closure: the end, the read-back, the person's corrections, the signature or the refusal with its reason."""
    must_be_open(interview, row)
    stays = interview.signature is not None and said.get("signature", interview.signature) is interview.signature
    if stays and any(getattr(interview, name) != value for name, value in said.items() if name not in SIGNING):
        raise Refused("These words are signed. Take the signature back before you change them.")
    _save(interview, CLOSURE, said)


@action(Permission.RECORD_INTERVIEW, "interview.held")
def hold_interview(investigator: User, interview: Interview) -> None:
    """Say that a planned interview was held."""
    if interview.state is InterviewState.HELD:
        raise Refused("This interview is marked as held already.")
    must_be_open(interview)
    keep_to_capacity(interview.person, interview.capacity)
    keep_to(interview, *HOLDING)
    interview.state = InterviewState.HELD
    interview.row += 1


@action(Permission.RECORD_INTERVIEW, "interview.cancelled")
def cancel_interview(investigator: User, interview: Interview, *, row: int, why_ended: str) -> None:
    """A planned interview is not held. It keeps its number, and the reason stays."""
    must_not_have_begun(interview, row)
    must_say(why_ended, WHY)
    _end(interview, InterviewState.CANCELLED, why_ended)


@action(Permission.RECORD_INTERVIEW, "interview.stopped")
def stop_interview(
    investigator: User, interview: Interview, *, row: int, advisement: StandardText, why_ended: str
) -> None:
    """What only law enforcement may ask has come up: the interview ends here, and what was written so far stays.

    The caution for which it stops leads the reason; the advisement that was given before it is a fact of its own.
    """
    must_be_unsigned(interview, row)
    if advisement.kind is not TextKind.ADVISEMENT or advisement.rule is not TextRule.STOP:
        raise Refused("Choose the caution for which the interview stops.")
    must_say(why_ended, WHY)
    _end(interview, InterviewState.STOPPED, f"{advisement.label}. {why_ended}")


@action(Permission.RECORD_INTERVIEW, "presence.added")
def add_presence(investigator: User, interview: Interview, *, who: str, why: str, is_counsel: bool = False) -> Presence:
    """Say who is present beside the person, and why."""
    must_be_unsigned(interview)
    must_say(who, "Enter who is present, by duty, function or pseudonym.")
    must_say(why, WHY)
    must_be_fair(who, why)
    number = next_number(Presence, interview_id=interview.id)
    present = Presence(case=interview.case, interview=interview, number=number, who=who, why=why, is_counsel=is_counsel)
    db.session().add(present)
    keep_to(interview)
    db.session().flush()  # the entry is named after the presence, which has its id now
    return present


@action(Permission.RECORD_INTERVIEW, "presence.removed")
def remove_presence(investigator: User, presence: Presence) -> None:
    """Take somebody away who was written down by mistake."""
    must_be_unsigned(presence.interview)
    db.session().delete(presence)


def must_be_open(interview: Interview, row: int | None = None) -> None:
    """Refuse what comes too late: after the seal, after the end, after somebody else has saved."""
    if interview.state in SHUT:
        raise Refused(SHUT[interview.state])
    if row is not None and interview.row != row:
        raise Stale(interview)


def must_not_have_begun(interview: Interview, row: int | None = None) -> None:
    """Only what is planned and no more than that is cancelled."""
    must_be_open(interview, row)
    if interview.state is InterviewState.HELD or interview.started:
        raise Refused("This interview began and cannot be cancelled: say that it was held, or stop it.")


def must_be_unsigned(interview: Interview, row: int | None = None) -> None:
    """The person signs what she has heard: from then on the words stand, or the signature goes."""
    must_be_open(interview, row)
    if interview.signature is not None:
        raise Refused(SIGNED_WORDS)


def _save(interview: Interview, part: set[str], said: dict[str, Any]) -> None:
    _say(interview, part, said)
    interview.row += 1


def _say(interview: Interview, part: set[str], said: dict[str, Any]) -> None:
    """Write the fields of one part, and no other."""
    must_be_among(said, part)
    for name, value in said.items():
        if name in TEXTS and value is not None and not _is_for(name, value):
            raise Refused("Choose one of the list.")
        setattr(interview, name, value)
    keep_to(interview)


def _is_for(name: str, text: StandardText) -> bool:
    return text.kind is TEXTS[name] and (name != "counsel_text" or text.rule is TextRule.COUNSEL)


def _end(interview: Interview, state: InterviewState, why: str) -> None:
    interview.state, interview.why_ended = state, why
    interview.row += 1


def _for_anybody() -> StandardText | None:
    general = StandardText.newest(TextKind.QUESTIONS).where(StandardText.key == "general")
    return db.session().scalars(general).first()
