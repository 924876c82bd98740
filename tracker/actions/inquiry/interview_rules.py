"""What an interview must keep to: asked when anything of it is written, and again before it is sealed.

The rules of advisements follow what each advisement is for; an organisation's own texts carry the same rules.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from tracker.actions.checks import is_to_come
from tracker.analysis.letters import says
from tracker.audit.doors import Refused, now
from tracker.base import db
from tracker.models.access.people import Person
from tracker.models.access.person_merges import PersonMerge
from tracker.models.findings.subject_status import SubjectStatus
from tracker.models.inquiry.interviews import Interview
from tracker.models.inquiry.words import Capacity, Companion, InterviewState, Mode, Signature, Voluntary
from tracker.models.register.words import TextRule

UNSIGNED = frozenset({Signature.REFUSED, Signature.NOT_SOUGHT})


@dataclass(frozen=True)
class InterviewRule:
    """What must not be so, where it is mended (part and field), and the sentence that says how."""

    part: str
    field: str
    broken: Callable[[Interview], bool]
    says: str


def _is_offered_too_late(interview: Interview) -> bool:
    offer, start = interview.offered.earliest, interview.started.latest
    return offer is not None and start is not None and offer > start


def _is_perhaps_offered_too_late(interview: Interview) -> bool:
    offer, start = interview.offered.latest, interview.started
    return bool(start) and offer is not None and (start.earliest is None or offer > start.earliest)


def _counsel_unexplained(interview: Interview) -> bool:
    there = any(who.is_counsel for who in interview.present)
    return there and interview.rule is not TextRule.COUNSEL and interview.counsel_text is None


def _ends_before_it_begins(interview: Interview) -> bool:
    end, start = interview.ended.latest, interview.started.earliest
    return end is not None and start is not None and end < start


def _is_signed_before_start(interview: Interview) -> bool:
    signed, start = interview.signed.latest, interview.started.earliest
    return signed is not None and start is not None and signed < start


def _is_signed_too_soon(interview: Interview) -> bool:
    return interview.signature is not None and interview.state is InterviewState.PLANNED


def _breaks_too_long(interview: Interview) -> bool:
    breaks, end, start = interview.break_minutes or 0, interview.ended.latest, interview.started.earliest
    longest = end - start if end is not None and start is not None else None
    return breaks < 0 or (longest is not None and longest >= timedelta() and timedelta(minutes=breaks) > longest)


def _offer_missing(interview: Interview) -> bool:
    return not interview.offered or interview.companion is Companion.NOT_OFFERED


def _not_read_back(interview: Interview) -> bool:
    """Whoever answered in writing has read what they wrote."""
    return not interview.read_back and interview.mode is not Mode.WRITTEN


def _is(rule: TextRule, broken: Callable[[Interview], bool]) -> Callable[[Interview], bool]:
    return lambda interview: interview.rule is rule and broken(interview)


ALWAYS = (
    InterviewRule("engagement", "advisement",
           _is(TextRule.VOLUNTARY_ONLY, lambda one: one.voluntary is Voluntary.REQUIRED),
           "This advisement is for voluntary interviews only. Change the advisement, or make the interview voluntary."),
    InterviewRule("engagement", "declination", _is(TextRule.DECLINATION, lambda one: not says(one.declination)),
           "Enter the reference of the prosecutor's declination. Nobody can be compelled to answer without it."),
    InterviewRule("engagement", "declination",
           lambda one: says(one.declination) and one.rule is not TextRule.DECLINATION,
           "Leave the declination empty. The chosen advisement does not require it."),
    InterviewRule("engagement", "offered", _is(TextRule.OFFER_FIRST, _offer_missing),
           "Enter when a representative was offered, and the result. This advisement requires the offer first."),
    InterviewRule("engagement", "offered", _is(TextRule.OFFER_FIRST, _is_offered_too_late),
           "The representative must be offered before the first question. Correct the offer time or the start time."),
    InterviewRule("engagement", "offered", _is(TextRule.OFFER_FIRST, _is_perhaps_offered_too_late),
           "Enter more precise times for the offer and the start. The offer must clearly come first."),
    InterviewRule("engagement", "advisement", _is(TextRule.STOP, lambda one: one.state is not InterviewState.STOPPED),
           "This caution stops the interview. Use Stop interview to hand over."),
    InterviewRule("engagement", "advisement", lambda one: one.acknowledged is not None and one.advisement is None,
           "Choose the advisement that was acknowledged or refused."),
    InterviewRule("engagement", "whistleblower", lambda one: says(one.confidentiality) and one.whistleblower is None,
           "Choose the statutory whistleblower text. A confidentiality instruction cannot be given without it."),
    InterviewRule("narrative", "narrative", lambda one: says(one.clarified) and not says(one.narrative),
           "Enter the free narrative before the clarification and challenge."),
    InterviewRule("closure", "ended", _ends_before_it_begins,
           "The end time cannot be before the start time. Correct one of the times."),
    InterviewRule("closure", "signed", _is_signed_before_start,
           "The signature or refusal cannot be before the start time. Correct one of the times."),
    InterviewRule("closure", "break_minutes", _breaks_too_long,
           "The breaks cannot be longer than the interview. Correct the breaks or the times."),
    InterviewRule("engagement", "started", lambda one: _is_signed_too_soon(one) and one.mode is not Mode.WRITTEN,
           "Enter the start time before you record the signature or refusal."),
    InterviewRule("closure", "ended", lambda one: _is_signed_too_soon(one) and one.mode is Mode.WRITTEN,
           "Enter the day on which the written answers came before you record the signature or refusal."),
    InterviewRule("closure", "read_back", lambda one: one.signature is Signature.SIGNED and _not_read_back(one),
           "Read the statement back before you record the signature."),
    InterviewRule("closure", "signature", lambda one: says(one.refusal) and one.signature not in UNSIGNED,
           "Choose Refused or Not sought as the signature, or leave the reason for not signing empty."),
)  # fmt: skip
HOLDING = (
    InterviewRule("engagement", "counsel_text", _counsel_unexplained,
           "Counsel for the organisation is present. Choose the advisement that says for whom counsel acts."),
    InterviewRule("engagement", "offered", lambda one: is_to_come(one.offered),
           "The time of the offer is in the future. Enter when the representative was offered."),
    InterviewRule("engagement", "started", lambda one: is_to_come(one.started),
           "The start time is in the future. Enter when the interview started."),
    InterviewRule("narrative", "learned", lambda one: is_to_come(one.learned),
           "The time of learning is in the future. Enter when they say they first learned of it."),
    InterviewRule("closure", "ended", lambda one: is_to_come(one.ended),
           "The end time is in the future. Enter when the interview ended."),
    InterviewRule("closure", "signed", lambda one: is_to_come(one.signed),
           "The time of signature or refusal is in the future. Enter when it happened."),
)  # fmt: skip
SEALING = (
    InterviewRule("engagement", "started", lambda one: not one.has_begun and one.mode is not Mode.WRITTEN,
           "Enter the start time."),
    InterviewRule("closure", "ended", lambda one: not one.has_begun and one.mode is Mode.WRITTEN,
           "Enter the day on which the written answers came."),
    InterviewRule("engagement", "acknowledged", lambda one: one.advisement is not None and one.acknowledged is None,
           "Record whether the interviewee acknowledged the advisement or refused."),
    InterviewRule("narrative", "narrative", lambda one: not says(one.narrative), "Enter the free narrative."),
    InterviewRule("closure", "read_back", _not_read_back, "Read the statement back, or offer to."),
    InterviewRule("closure", "signature", lambda one: one.signature is None,
           "Record the signature, or why there is none."),
    InterviewRule("closure", "why_refused", lambda one: one.signature in UNSIGNED and not says(one.refusal),
           "Enter why the statement is not signed, or say that no reason was given."),
)  # fmt: skip


def broken_rules(interview: Interview, rules: Iterable[InterviewRule]) -> list[InterviewRule]:
    """Those that the interview does not keep to, in the order of its parts."""
    return [rule for rule in rules if rule.broken(interview)]


def open_points(interview: Interview) -> list[InterviewRule]:
    """What stands between the interview and its seal."""
    return broken_rules(interview, (*ALWAYS, *HOLDING, *SEALING))


def check_rules(interview: Interview, *more: InterviewRule) -> None:
    """Refuse what breaks a demand; an interview that was held keeps to more of them."""
    held = HOLDING if interview.state is InterviewState.HELD else ()
    for rule in broken_rules(interview, (*ALWAYS, *held, *more)):
        raise Refused(rule.says, rule.field)


def check_capacity(person: Person, capacity: Capacity) -> None:
    """Nobody is interviewed as a subject without a subject status that is in force."""
    if capacity is Capacity.SUBJECT and not _has_subject_status(person, SubjectStatus.in_force(now())):
        raise Refused(
            f"{person.pseudonym} can only be interviewed as a witness until a signed subject status is in force."
        )


def check_subject_status(interview: Interview) -> None:
    """A subject's statement is sealed only where both had signed, whether or not that has lapsed since."""
    both = SubjectStatus.signed_at.is_not(None)
    if interview.capacity is Capacity.SUBJECT and not _has_subject_status(interview.person, both):
        raise Refused("No subject status was signed for this person. Change the capacity.")


def _has_subject_status(person: Person, state: sa.ColumnElement[bool]) -> bool:
    some = sa.select(SubjectStatus.id).where(SubjectStatus.person_id.in_(PersonMerge.ids_of(person)), state)
    return db.session().scalar(some.limit(1)) is not None
