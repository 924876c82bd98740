"""The rules: whom the policy lets do what, and on which condition. The page of permissions is drawn from them."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Any

from tracker.models.duties import TEAM
from tracker.models.independence import is_same
from tracker.models.reveals import is_revealed
from tracker.models.staffing import duties_of
from tracker.models.words.accounts import Kind
from tracker.models.words.duties import Duty
from tracker.policy.permissions import Permission
from tracker.policy.roles import excluded_by, is_independent, stands_apart

Test = Callable[[Any, Any], bool]
Holder = Duty | Kind  # who a column of the page is about: a role in a case, or a kind of account without one
HOLDERS: tuple[Holder, ...] = (*Duty, Kind.ADMINISTRATOR, Kind.AUDITOR)
EVERYBODY = frozenset(HOLDERS)


@dataclass(frozen=True)
class Way:
    """One way to be allowed: as one of these, when all these conditions hold."""

    holders: frozenset[Holder]
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """A test of an actor and a subject, and the ways to pass it, in words. `denied` says a condition the other way."""

    ways: tuple[Way, ...]
    holds: Test
    denied: str = ""

    def __and__(self, other: "Rule") -> "Rule":
        both = (
            Way(one.holders & two.holders, one.conditions + two.conditions)
            for one, two in product(self.ways, other.ways)
        )
        return Rule(
            tuple(way for way in both if way.holders), lambda *asked: self.holds(*asked) and other.holds(*asked)
        )

    def __or__(self, other: "Rule") -> "Rule":
        return Rule(self.ways + other.ways, lambda *asked: self.holds(*asked) or other.holds(*asked))

    def __invert__(self) -> "Rule":
        """The opposite of a condition; of whoever has a role it is not asked."""
        return condition(self.denied, lambda *asked: not self.holds(*asked))


class System:
    """The program itself, when nobody is signed in: it may found the register and no more."""

    id = None
    uid = "system"
    kind = None
    is_active = True
    name = "system"
    email = ""


SYSTEM = System()


def account(kind: Kind) -> Rule:
    """Holds for an account of this kind; a member has a column for each role."""
    holders = frozenset[Holder](Duty if kind is Kind.MEMBER else {kind})
    return Rule((Way(holders),), lambda who, what: getattr(who, "kind", None) is kind)


def duty(*duties: Duty) -> Rule:
    """Holds for whoever has one of the duties in the subject's case."""
    return Rule((Way(frozenset(duties)),), lambda who, what: bool(_duties(who, what) & set(duties)))


def condition(says: str, holds: Test, denied: str = "") -> Rule:
    """Holds for anybody of whom, or of the subject of which, the sentence is true."""
    return Rule((Way(EVERYBODY, (says,)),), holds, denied)


def _duties(who: Any, what: Any) -> frozenset[Duty]:
    case = getattr(what, "case", None)
    return duties_of(who, case) if case is not None else frozenset()


def _lead_is_able(case: Any) -> bool:
    return any(
        held.duty is Duty.LEAD and held.is_working and held.user.is_active and Duty.LEAD in duties_of(held.user, case)
        for held in case.assignments
    )


def _concerns_lead(what: Any) -> bool:
    return any(
        held.duty is Duty.LEAD and held.ended_at is None and held.user_id == what.user_id
        for held in what.case.assignments
    )


ANYBODY = Rule((Way(EVERYBODY),), lambda who, what: True)
SIGNED_IN = Rule((Way(EVERYBODY),), lambda who, what: getattr(who, "id", None) is not None)
THE_PROGRAM = Rule((), lambda who, what: who is SYSTEM)
STAFF = duty(*Duty)
TEAM_OF_CASE = duty(*TEAM)
LEADS = duty(Duty.LEAD)
COUNSEL = duty(Duty.COUNSEL)
COUNSEL_OR_DECIDER = duty(Duty.COUNSEL, Duty.DECIDER)
DISPOSES = duty(Duty.LEAD, Duty.INVESTIGATOR, Duty.COUNSEL, Duty.DECIDER)
MAY_REVEAL = duty(Duty.REVIEWER, Duty.DECIDER)
OUTSIDE_TEAM = condition(
    "They neither lead nor investigate the case.", lambda who, what: not _duties(who, what) & excluded_by(Duty.COUNSEL)
)
THEIR_OWN = condition(
    "It is their own.",
    lambda who, what: getattr(what, "user_id", getattr(what, "id", None)) == who.id,
    "It is not their own.",
)
ABOUT_LEAD = condition(
    "It concerns the lead investigator.",
    lambda who, what: _concerns_lead(what),
    "It does not concern the lead investigator.",
)
LEADERLESS = condition("The case has no lead investigator who can act.", lambda who, what: not _lead_is_able(what.case))
INDEPENDENT = condition(
    "Not their own words: they wrote none of it, and never led, investigated or decided the case, under any account.",
    is_independent,
)
APART = condition(
    "They never led, investigated or reviewed the case, under any account.",
    lambda who, what: stands_apart(who, what.case, Duty.DECIDER),
)
ANOTHER = condition("Another person proposed it.", lambda who, what: not is_same(who, what.by_id))
REVEALED = condition("After a reveal: they revealed this name, with a reason, less than an hour ago.", is_revealed)
REVIEWS = duty(Duty.REVIEWER) & INDEPENDENT
DECIDES = duty(Duty.DECIDER) & APART
SETTLES = (LEADS & ~ABOUT_LEAD) | (COUNSEL_OR_DECIDER & ABOUT_LEAD & ~THEIR_OWN)

RULES_BY_SUBJECT: dict[str, dict[Permission, Rule]] = {
    "The register": {
        Permission.ANYONE: ANYBODY,
        Permission.SIGNED_IN: SIGNED_IN,
        Permission.FOUND_REGISTER: THE_PROGRAM,
        Permission.MANAGE_ACCOUNTS: account(Kind.ADMINISTRATOR),
        Permission.MANAGE_TEXTS: account(Kind.ADMINISTRATOR),
        Permission.READ_TEXTS: account(Kind.ADMINISTRATOR) | account(Kind.MEMBER),
        Permission.READ_LEDGER: account(Kind.AUDITOR),
        Permission.OPEN_CASE: account(Kind.MEMBER),
    },
    "The case": {
        Permission.READ_CASE: STAFF,
        Permission.EDIT_CASE: LEADS,
        Permission.READ_CASE_LEDGER: duty(Duty.LEAD, Duty.COUNSEL),
        Permission.SCREEN_CASE: COUNSEL & OUTSIDE_TEAM,
        Permission.APPRAISE_CASE: LEADS,
        Permission.REVIEW_APPRAISAL: REVIEWS,
        Permission.MOVE_STAGE: LEADS,
        Permission.FLAG_CASE: duty(Duty.LEAD, Duty.COUNSEL),
        Permission.LOG_DECISION: duty(Duty.LEAD, Duty.INVESTIGATOR, Duty.COUNSEL, Duty.DECIDER),
        Permission.KEEP_PRIVILEGED: COUNSEL & OUTSIDE_TEAM,
        Permission.EXPORT_CASE: duty(Duty.LEAD, Duty.INVESTIGATOR, Duty.REVIEWER, Duty.COUNSEL, Duty.DECIDER),
        Permission.EXPORT_NAMES: duty(Duty.LEAD, Duty.INVESTIGATOR, Duty.COUNSEL),
    },
    "The team": {
        Permission.ASSIGN_DUTY: LEADS,
        Permission.ANSWER_DUTY: account(Kind.MEMBER) & THEIR_OWN,
        Permission.WAKE_DUTY: SETTLES,
        Permission.NAME_LEAD: LEADERLESS & (COUNSEL_OR_DECIDER | account(Kind.ADMINISTRATOR)),
        Permission.SETTLE_WALL: SETTLES,
        Permission.FORGO_REVIEW: COUNSEL_OR_DECIDER,
    },
    "Disclosure": {
        Permission.RECORD_DISCLOSURE: TEAM_OF_CASE,
        Permission.RECORD_MATERIAL: TEAM_OF_CASE,
        Permission.RECORD_RIVAL: TEAM_OF_CASE,
    },
    "Access": {
        Permission.RECORD_PERSON: TEAM_OF_CASE,
        Permission.READ_NAMES: duty(Duty.LEAD, Duty.INVESTIGATOR, Duty.COUNSEL) | (MAY_REVEAL & REVEALED),
        Permission.REVEAL_NAME: MAY_REVEAL,
        Permission.RECORD_ACCESS: TEAM_OF_CASE,
        Permission.IMPORT_LOG: TEAM_OF_CASE,
        Permission.READ_EXPOSURE: STAFF,
        Permission.PROPOSE_EXCLUSION: TEAM_OF_CASE,
        Permission.REVIEW_EXCLUSION: REVIEWS,
    },
    "Inquiry": {
        Permission.READ_INTERVIEW: STAFF,
        Permission.RECORD_INTERVIEW: TEAM_OF_CASE,
        Permission.SIGN_INTERVIEW: TEAM_OF_CASE,
        Permission.READ_EVALUATION: TEAM_OF_CASE,
        Permission.READ_EXHIBIT: STAFF,
        Permission.RECORD_EXHIBIT: TEAM_OF_CASE,
        Permission.CONFIRM_DISPOSAL: DISPOSES & ANOTHER,
        Permission.DECLINE_DISPOSAL: DISPOSES,
        Permission.RECORD_CONTACT: TEAM_OF_CASE,
        Permission.PURSUE_LINE: TEAM_OF_CASE,
        Permission.TEST_HYPOTHESIS: TEAM_OF_CASE,
    },
    "Findings": {
        Permission.WRITE_FINDING: TEAM_OF_CASE,
        Permission.SUBMIT_FINDING: LEADS,
        Permission.COMMENT_FINDING: duty(Duty.LEAD, Duty.INVESTIGATOR, Duty.REVIEWER, Duty.COUNSEL),
        Permission.REVIEW_FINDING: REVIEWS,
        Permission.PUT_REPLY: duty(Duty.LEAD, Duty.INVESTIGATOR, Duty.COUNSEL),
        Permission.DESIGNATE_SUBJECT: LEADS,
        Permission.SIGN_DESIGNATION: COUNSEL & OUTSIDE_TEAM & ANOTHER,
        Permission.END_DESIGNATION: LEADS | (COUNSEL & OUTSIDE_TEAM),
        Permission.DRAFT_OUTCOME: DECIDES,
        Permission.REVIEW_OUTCOME: REVIEWS,
        Permission.CLOSE_CASE: DECIDES,
        Permission.REOPEN_CASE: DECIDES,
    },
}
RULES = {needs: rule for rules in RULES_BY_SUBJECT.values() for needs, rule in rules.items()}
assert set(RULES) == set(Permission), "a permission without a rule"


def allows(who: Any, needs: Permission, what: Any = None) -> bool:
    """Whether `who` may do this to `what`. Who is not signed in, or disabled, may do nothing."""
    if needs is not Permission.ANYONE and not getattr(who, "is_active", False):
        return False
    return RULES[needs].holds(who, what)
