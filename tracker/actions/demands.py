"""What an interview must keep to: asked when anything of it is written, when it is held, and again before it is sealed.

The rules of advisements follow what each advisement is for; an organisation's own texts carry the same rules.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from tracker import db
from tracker.actions.times import is_to_come
from tracker.analysis.letters import says
from tracker.audit.doors import Refused, now
from tracker.models.designations import Designation
from tracker.models.interviews import Interview
from tracker.models.people import Person
from tracker.models.words.interviews import Capacity, Companion, InterviewState, Signature, Voluntary
from tracker.models.words.texts import TextRule


@dataclass(frozen=True)
class Demand:
    """What must not be so, the part of the interview where it is mended, and the sentence that says how."""

    part: str
    broken: Callable[[Interview], bool]
    says: str


def _offered_too_late(interview: Interview) -> bool:
    offer, start = interview.offered.earliest, interview.started.latest
    return offer is not None and start is not None and offer > start


def _offered_perhaps_too_late(interview: Interview) -> bool:
    offer, start = interview.offered.latest, interview.started
    return bool(start) and offer is not None and (start.earliest is None or offer > start.earliest)


def _counsel_unexplained(interview: Interview) -> bool:
    there = any(who.is_counsel for who in interview.present)
    return there and interview.rule is not TextRule.COUNSEL and interview.counsel_text is None


def _ends_before_it_begins(interview: Interview) -> bool:
    end, start = interview.ended.latest, interview.started.earliest
    return end is not None and start is not None and end < start


def _signed_before_it_begins(interview: Interview) -> bool:
    signed, start = interview.signed.latest, interview.started.earliest
    return signed is not None and start is not None and signed < start


def _breaks_too_long(interview: Interview) -> bool:
    breaks, end, start = interview.break_minutes or 0, interview.ended.latest, interview.started.earliest
    longest = end - start if end is not None and start is not None else None
    return breaks < 0 or (longest is not None and longest >= timedelta() and timedelta(minutes=breaks) > longest)


def _offer_missing(interview: Interview) -> bool:
    return not interview.offered or interview.companion is Companion.NOT_OFFERED


def _is(rule: TextRule, broken: Callable[[Interview], bool]) -> Callable[[Interview], bool]:
    return lambda interview: interview.rule is rule and broken(interview)


ALWAYS = (
    Demand("engagement", _is(TextRule.VOLUNTARY_ONLY, lambda one: one.voluntary is Voluntary.REQUIRED),
           "This advisement is for voluntary interviews only. Choose another one, or make the interview voluntary."),
    Demand("engagement", _is(TextRule.DECLINATION, lambda one: not says(one.declination)),
           "Enter the reference of the prosecutor's declination: without it nobody can be made to answer."),
    Demand("engagement", lambda one: says(one.declination) and one.rule is not TextRule.DECLINATION,
           "Leave the declination empty: the advisement that was given does not ask for one."),
    Demand("engagement", _is(TextRule.OFFER_FIRST, _offer_missing),
           "Enter when a representative was offered and what came of it: this advisement asks for the offer first."),
    Demand("engagement", _is(TextRule.OFFER_FIRST, _offered_too_late),
           "The representative must be offered before the first question. Correct the time of the offer or the start."),
    Demand("engagement", _is(TextRule.OFFER_FIRST, _offered_perhaps_too_late),
           "Enter precise times of the offer and of the start: the offer must have come first however they are taken."),
    Demand("engagement", _is(TextRule.STOP, lambda one: one.state is not InterviewState.STOPPED),
           "This text stops the interview. Use the page to stop it and hand over."),
    Demand("engagement", lambda one: one.acknowledged is not None and one.advisement is None,
           "Choose the advisement that was acknowledged or refused."),
    Demand("engagement", lambda one: says(one.confidentiality) and one.whistleblower is None,
           "Choose the statutory whistleblower text: no instruction to keep silent is given without it."),
    Demand("account", lambda one: says(one.clarified) and not says(one.account),
           "Write down the free account before what was clarified or challenged."),
    Demand("closure", _ends_before_it_begins,
           "The interview cannot end before it begins. Correct one of the times."),
    Demand("closure", _signed_before_it_begins,
           "Nobody signs, or refuses to, before the interview begins. Correct one of the times."),
    Demand("closure", _breaks_too_long, "The breaks cannot be longer than the interview."),
    Demand("closure", lambda one: one.signature is not None and one.state is InterviewState.PLANNED,
           "Mark the interview as held before it is signed."),
    Demand("closure", lambda one: one.signature is Signature.SIGNED and not one.read_back,
           "Read the statement back before it is signed."),
    Demand("closure", lambda one: one.signature is Signature.REFUSED and not says(one.refusal),
           "Enter the reason that was given for not signing, or that none was given."),
    Demand("closure", lambda one: says(one.refusal) and one.signature is not Signature.REFUSED,
           "A reason for not signing belongs to a refusal. Choose it, or leave the reason empty."),
)  # fmt: skip
HOLDING = (
    Demand("engagement", lambda one: not one.started, "Enter when the interview began."),
    Demand("engagement", _counsel_unexplained,
           "Counsel of the organisation is present: give the advisement that says for whom counsel acts."),
    Demand("engagement", lambda one: is_to_come(one.offered),
           "When a representative was offered lies in the future: enter when it really was."),
    Demand("engagement", lambda one: is_to_come(one.started),
           "When it began lies in the future: enter when it really was."),
    Demand("closure", lambda one: is_to_come(one.ended),
           "When it ended lies in the future: enter when it really was."),
    Demand("closure", lambda one: is_to_come(one.signed),
           "When it was signed or refused lies in the future: enter when it really was."),
)  # fmt: skip
SEALING = (
    Demand("show", lambda one: one.state is not InterviewState.HELD, "Mark the interview as held."),
    Demand("engagement", lambda one: one.advisement is not None and one.acknowledged is None,
           "Record whether the person acknowledged the advisement or refused to."),
    Demand("account", lambda one: not says(one.account), "Write down the account."),
    Demand("closure", lambda one: not one.read_back, "Read the statement back, or offer to."),
    Demand("closure", lambda one: one.signature is None,
           "Record the signature, or the refusal to sign with its reason."),
)  # fmt: skip


def broken(interview: Interview, demands: Iterable[Demand]) -> list[Demand]:
    """Those that the interview does not keep to, in the order of its parts."""
    return [demand for demand in demands if demand.broken(interview)]


def missing(interview: Interview) -> list[Demand]:
    """What stands between the interview and its seal."""
    return broken(interview, (*ALWAYS, *HOLDING, *SEALING))


def keep_to(interview: Interview, *more: Demand) -> None:
    """Refuse what breaks a demand; a held interview keeps to what was asked when it was marked so."""
    held = HOLDING if interview.state is InterviewState.HELD else ()
    for demand in broken(interview, (*ALWAYS, *held, *more)):
        raise Refused(demand.says)


def keep_to_capacity(person: Person, capacity: Capacity) -> None:
    """Nobody is interviewed as a subject without a designation that is in force."""
    if capacity is Capacity.SUBJECT and not _designated(person, Designation.in_force(now())):
        raise Refused(
            f"{person.pseudonym} is a witness until lead and counsel have signed a designation. Propose one first."
        )


def keep_to_designation(interview: Interview) -> None:
    """A subject's statement is sealed only where both had signed, whether or not that has lapsed since."""
    both = Designation.signed_at.is_not(None)
    if interview.capacity is Capacity.SUBJECT and not _designated(interview.person, both):
        raise Refused("Lead and counsel have not signed that this person is a subject. Change the capacity.")


def _designated(person: Person, state: sa.ColumnElement[bool]) -> bool:
    some = sa.select(Designation.id).where(Designation.person_id == person.id, state).limit(1)
    return db.session().scalar(some) is not None
