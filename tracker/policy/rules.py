"""The rules: whom the policy lets do what, and on which condition. The page of permissions is drawn from them."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Any

from tracker.models.access.recusal_questions import able_to_answer, is_concerned, is_of_lead, is_recorder, leads_of
from tracker.models.access.reveals import is_revealed
from tracker.models.case.assignments import TEAM
from tracker.models.case.independence import is_same
from tracker.models.case.staffing import is_recused, roles_of
from tracker.models.case.words import Role
from tracker.models.register.words import Kind
from tracker.policy.permissions import Permission
from tracker.policy.roles import incompatible_with, is_independent, stands_apart

Test = Callable[[Any, Any], bool]
Holder = Role | Kind  # who a column of the page is about: a role in a case, or a kind of account without one
HOLDERS: tuple[Holder, ...] = (*Role, Kind.ADMINISTRATOR, Kind.AUDITOR)
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
    holders = frozenset[Holder](Role if kind is Kind.MEMBER else {kind})
    return Rule((Way(holders),), lambda who, what: getattr(who, "kind", None) is kind)


def role(*roles: Role) -> Rule:
    """Holds for whoever has one of the roles in the subject's case."""
    return Rule((Way(frozenset(roles)),), lambda who, what: bool(_roles(who, what) & set(roles)))


def condition(says: str, holds: Test, denied: str = "") -> Rule:
    """Holds for anybody of whom, or of the subject of which, the sentence is true."""
    return Rule((Way(EVERYBODY, (says,)),), holds, denied)


def _roles(who: Any, what: Any) -> frozenset[Role]:
    case = getattr(what, "case", None)
    return roles_of(who, case) if case is not None else frozenset()


def _lead_is_able(case: Any) -> bool:
    return any(
        held.role is Role.LEAD
        and held.is_working
        and held.account.is_active
        and Role.LEAD in roles_of(held.account, case)
        for held in case.assignments
    )


def _concerns_lead(what: Any) -> bool:
    return what.account_id in leads_of(what.case)


ANYBODY = Rule((Way(EVERYBODY),), lambda who, what: True)
SIGNED_IN = Rule((Way(EVERYBODY),), lambda who, what: getattr(who, "id", None) is not None)
THE_PROGRAM = Rule((), lambda who, what: who is SYSTEM)
STAFF = role(*Role)
TEAM_OF_CASE = role(*TEAM)
LEADS = role(Role.LEAD)
COUNSEL = role(Role.COUNSEL)
COUNSEL_OR_DECIDING_OFFICIAL = role(Role.COUNSEL, Role.DECIDING_OFFICIAL)
DISPOSES = role(Role.LEAD, Role.INVESTIGATOR, Role.COUNSEL, Role.DECIDING_OFFICIAL)
MAY_REVEAL = role(Role.REVIEWER, Role.DECIDING_OFFICIAL)
OUTSIDE_TEAM = condition(
    "They neither lead nor investigate the case.",
    lambda who, what: not _roles(who, what) & incompatible_with(Role.COUNSEL),
)
THEIR_OWN = condition(
    "It is their own.",
    lambda who, what: getattr(what, "account_id", getattr(what, "id", None)) == who.id,
    "It is not their own.",
)
CONCERNS_LEAD = condition(
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
    lambda who, what: stands_apart(who, what.case, Role.DECIDING_OFFICIAL),
)
NOT_RECUSED = condition("No recusal keeps them from the case.", lambda who, what: not is_recused(who, what.case))
ANOTHER = condition("Another person proposed it.", lambda who, what: not is_same(who, what.by_id))
REVEALED = condition("After a reveal: they revealed this name, with a reason, less than an hour ago.", is_revealed)
REVIEWS = role(Role.REVIEWER) & INDEPENDENT
DECIDES = role(Role.DECIDING_OFFICIAL) & APART
SETTLES = (LEADS & ~CONCERNS_LEAD) | (COUNSEL_OR_DECIDING_OFFICIAL & CONCERNS_LEAD & ~THEIR_OWN)
NOT_RECORDER = condition("Somebody else recorded the person.", lambda who, what: not is_recorder(who, what.person))
LEAD_RECORDED = condition("The lead investigator recorded the person.", lambda who, what: is_of_lead(what.person))
SETTLES_MATCH = (LEADS & ~CONCERNS_LEAD & NOT_RECORDER) | (
    COUNSEL_OR_DECIDING_OFFICIAL & (CONCERNS_LEAD | LEAD_RECORDED) & ~THEIR_OWN & NOT_RECORDER
)

UNCONCERNED = condition(
    "Neither they nor the person who asks is concerned, under any account. No recusal keeps them from the case.",
    lambda who, what: not is_concerned(who, what),
)
NOBODY_ELSE = condition(
    "Nobody with a role in the case can answer.", lambda who, what: what.log_id is None or not able_to_answer(what)
)
ANSWERS = (STAFF & UNCONCERNED) | (account(Kind.ADMINISTRATOR) & UNCONCERNED & NOBODY_ELSE)

RULES_BY_SUBJECT: dict[str, dict[Permission, Rule]] = {
    "The register": {
        Permission.ANYONE: ANYBODY,
        Permission.SIGNED_IN: SIGNED_IN,
        Permission.FOUND_REGISTER: THE_PROGRAM,
        Permission.MANAGE_ACCOUNTS: account(Kind.ADMINISTRATOR),
        Permission.MANAGE_TEXTS: account(Kind.ADMINISTRATOR),
        Permission.READ_TEXTS: account(Kind.ADMINISTRATOR) | account(Kind.MEMBER),
        Permission.READ_AUDIT_LOG: account(Kind.AUDITOR),
        Permission.ACKNOWLEDGE_MISMATCH: account(Kind.AUDITOR),
        Permission.OPEN_CASE: account(Kind.MEMBER),
        Permission.SEARCH: account(Kind.MEMBER),
    },
    "The case": {
        Permission.READ_CASE: STAFF,
        Permission.EDIT_CASE: LEADS,
        Permission.READ_CASE_AUDIT_LOG: role(Role.LEAD, Role.COUNSEL),
        Permission.RECORD_PROTECTION_CHECK: COUNSEL & OUTSIDE_TEAM,
        Permission.ASSESS_CASE: LEADS,
        Permission.REVIEW_ASSESSMENT: REVIEWS,
        Permission.MOVE_STAGE: LEADS,
        Permission.SUSPEND_CASE: role(Role.LEAD, Role.COUNSEL),
        Permission.CLOSE_MISTAKE: LEADS,
        Permission.DATE_STEP: role(Role.LEAD, Role.COUNSEL, Role.DECIDING_OFFICIAL),
        Permission.LOG_DECISION: role(Role.LEAD, Role.INVESTIGATOR, Role.COUNSEL, Role.DECIDING_OFFICIAL),
        Permission.KEEP_PRIVILEGED: COUNSEL & OUTSIDE_TEAM,
        Permission.EXPORT_CASE: role(Role.LEAD, Role.INVESTIGATOR, Role.REVIEWER, Role.COUNSEL, Role.DECIDING_OFFICIAL),
        Permission.EXPORT_NAMES: role(Role.LEAD, Role.INVESTIGATOR, Role.COUNSEL),
    },
    "The team": {
        Permission.OFFER_ROLE: LEADS,
        Permission.ANSWER_OFFER: account(Kind.MEMBER) & THEIR_OWN,
        Permission.REACTIVATE_ROLE: SETTLES,
        Permission.NAME_LEAD: LEADERLESS & (COUNSEL_OR_DECIDING_OFFICIAL | (account(Kind.ADMINISTRATOR) & NOT_RECUSED)),
        Permission.SETTLE_RECUSAL: SETTLES_MATCH,
        Permission.ANSWER_RECUSAL: ANSWERS,
        Permission.WAIVE_REVIEW: COUNSEL_OR_DECIDING_OFFICIAL,
    },
    "Disclosure": {
        Permission.RECORD_DISCLOSURE: TEAM_OF_CASE,
        Permission.RECORD_MATERIAL: TEAM_OF_CASE,
        Permission.RECORD_CONFLICT: TEAM_OF_CASE,
    },
    "Who had access": {
        Permission.RECORD_PERSON: TEAM_OF_CASE,
        Permission.READ_NAMES: role(Role.LEAD, Role.INVESTIGATOR, Role.COUNSEL) | (MAY_REVEAL & REVEALED),
        Permission.REVEAL_NAME: MAY_REVEAL,
        Permission.RECORD_ACCESS: TEAM_OF_CASE,
        Permission.IMPORT_LOG: TEAM_OF_CASE,
        Permission.READ_EXPOSURE: STAFF,
        **dict.fromkeys((Permission.KEEP_SNAPSHOT, Permission.PROPOSE_ELIMINATION), TEAM_OF_CASE),
        Permission.REVIEW_ELIMINATION: REVIEWS,
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
        Permission.RECORD_PRESS_CONTACT: TEAM_OF_CASE,
        Permission.PURSUE_LINE_OF_INQUIRY: TEAM_OF_CASE,
        Permission.TEST_HYPOTHESIS: TEAM_OF_CASE,
    },
    "Findings": {
        Permission.WRITE_FINDING: TEAM_OF_CASE,
        Permission.SUBMIT_FINDING: LEADS,
        Permission.COMMENT_FINDING: role(Role.LEAD, Role.INVESTIGATOR, Role.REVIEWER, Role.COUNSEL),
        Permission.REVIEW_FINDING: REVIEWS,
        Permission.PUT_REPLY: role(Role.LEAD, Role.INVESTIGATOR, Role.COUNSEL),
        Permission.PROPOSE_SUBJECT_STATUS: LEADS,
        Permission.SIGN_SUBJECT_STATUS: COUNSEL & OUTSIDE_TEAM & ANOTHER,
        Permission.END_SUBJECT_STATUS: LEADS | (COUNSEL & OUTSIDE_TEAM),
        Permission.REFER_CASE: role(Role.LEAD, Role.COUNSEL, Role.DECIDING_OFFICIAL),
        Permission.RECOMMEND: role(Role.LEAD, Role.COUNSEL, Role.DECIDING_OFFICIAL),
        Permission.DRAFT_OUTCOME: DECIDES,
        Permission.REVIEW_OUTCOME: REVIEWS,
        **dict.fromkeys((Permission.CLOSE_CASE, Permission.REOPEN_CASE), DECIDES),
    },
}
RULES = {needs: rule for rules in RULES_BY_SUBJECT.values() for needs, rule in rules.items()}
assert set(RULES) == set(Permission), "a permission without a rule"


def allows(who: Any, needs: Permission, what: Any = None) -> bool:
    """Whether `who` may do this to `what`. Who is not signed in, or disabled, may do nothing."""
    if needs is not Permission.ANYONE and not getattr(who, "is_active", False):
        return False
    return RULES[needs].holds(who, what)
