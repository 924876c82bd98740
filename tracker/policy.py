"""Who may do what, on one page: every permission has one rule, and every rule is a sentence.

Whether a thing exists for a user is not asked here but by `visible_to` on its model (the answer is "not found").
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from tracker.models.duties import TEAM
from tracker.models.independence import is_independent, is_same, never_reviewed
from tracker.models.reveals import is_revealed
from tracker.models.staffing import duties_of
from tracker.models.words.accounts import Kind
from tracker.models.words.duties import Duty


class Permission(Enum):
    """What can be asked for; the value says it in words."""

    ANYONE = "see pages that are open to everybody"
    SIGNED_IN = "sign in and manage one's own account"
    FOUND_REGISTER = "set up the register and its first administrator"
    MANAGE_ACCOUNTS = "add, edit, disable and reset accounts"
    READ_LEDGER = "read the audit log of every case, with contents hidden"
    OPEN_CASE = "open a case"
    READ_CASE = "read a case"
    READ_NAMES = "see names and identifiers"
    REVEAL_NAME = "reveal the name of a person for an hour, with a reason"
    READ_CASE_LEDGER = "read the audit log of the case"
    EDIT_CASE = "edit the case"
    ASSIGN_DUTY = "offer a role, or end an assignment"
    ANSWER_DUTY = "accept or decline a role"
    WAKE_DUTY = "reactivate a role after an account reset"
    NAME_LEAD = "name a new lead investigator"
    SETTLE_WALL = "confirm or reject a recusal"
    SCREEN_CASE = "record the protected-disclosure check"
    RECORD_DISCLOSURE = "record disclosures, claims and captures"
    RECORD_MATERIAL = "record materials, versions, copies and coverage"
    RECORD_PERSON = "record people and their identifiers"
    RECORD_ACCESS = "add access records and whereabouts"
    IMPORT_LOG = "import or revert an access log"
    RECORD_RIVAL = "add a conflicting source"
    READ_EXPOSURE = "see who had access before a disclosure"
    MANAGE_TEXTS = "add advisements, whistleblower texts and core questions"
    READ_TEXTS = "read advisements, whistleblower texts and core questions"
    READ_INTERVIEW = "read an interview"
    RECORD_INTERVIEW = "plan, hold and record interviews"
    SIGN_INTERVIEW = "sign and seal an interview, and add to a sealed interview"
    READ_EVALUATION = "read and write the evaluation of an interview"
    READ_EXHIBIT = "see exhibits and download their files"
    RECORD_EXHIBIT = "add, grade and hand over exhibits, and propose their disposal"
    CONFIRM_DISPOSAL = "confirm the disposal of an exhibit"
    DECLINE_DISPOSAL = "decline or withdraw the disposal of an exhibit"
    RECORD_CONTACT = "record press contacts"
    KEEP_PRIVILEGED = "read and write privileged notes"
    PURSUE_LINE = "open and close lines of inquiry"
    TEST_HYPOTHESIS = "test hypotheses, and cite evidence for and against them"
    PROPOSE_EXCLUSION = "propose or withdraw an elimination"
    REVIEW_EXCLUSION = "confirm or return an elimination"
    DESIGNATE_SUBJECT = "propose subject status"
    SIGN_DESIGNATION = "sign subject status"
    END_DESIGNATION = "end subject status, or decline to sign it"
    WRITE_FINDING = "draft and revise findings, and cite evidence in them"
    SUBMIT_FINDING = "submit a finding for review"
    COMMENT_FINDING = "comment on passages of a finding"
    REVIEW_FINDING = "approve or return a finding"
    PUT_REPLY = "record the right of reply"
    APPRAISE_CASE = "make a preliminary assessment"
    REVIEW_APPRAISAL = "approve or return a preliminary assessment"
    FORGO_REVIEW = "waive the review of a case"
    MOVE_STAGE = "change the stage of the case"
    FLAG_CASE = "suspend or refer the case, and lift either status"
    LOG_DECISION = "add to the decision log"
    DRAFT_OUTCOME = "draft the outcome"
    REVIEW_OUTCOME = "approve or return the outcome"
    CLOSE_CASE = "close the case"
    REOPEN_CASE = "reopen the case"
    EXPORT_CASE = "export the case"
    EXPORT_NAMES = "export the case with names"


Test = Callable[[Any, Any], bool]


@dataclass(frozen=True)
class Rule:
    """A test of an actor and a subject, and the sentence that says it."""

    says: str
    holds: Test

    def __and__(self, other: "Rule") -> "Rule":
        return Rule(
            f"{self.says}, and {other.says}", lambda who, what: self.holds(who, what) and other.holds(who, what)
        )

    def __or__(self, other: "Rule") -> "Rule":
        return Rule(f"{self.says}, or {other.says}", lambda who, what: self.holds(who, what) or other.holds(who, what))

    def __invert__(self) -> "Rule":
        return Rule(f"not {self.says}", lambda who, what: not self.holds(who, what))


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
    """Holds for an account of this kind."""
    return Rule(f"the account is of the kind {kind.value}", lambda who, what: getattr(who, "kind", None) is kind)


def duty(*duties: Duty) -> Rule:
    """Holds for whoever has one of the duties in the subject's case."""
    names = " or ".join(word.label.lower() for word in duties)
    return Rule(f"the role in the case is {names}", lambda who, what: bool(_duties(who, what) & set(duties)))


def _duties(who: Any, what: Any) -> frozenset[Duty]:
    case = getattr(what, "case", None)
    return duties_of(who, case) if case is not None else frozenset()


def _lead_is_able(case: Any) -> bool:
    return any(
        held.duty is Duty.LEAD and held.is_working and held.user.is_active and Duty.LEAD in duties_of(held.user, case)
        for held in case.assignments
    )


ANYBODY = Rule("anybody", lambda who, what: True)
SIGNED_IN = Rule("anybody who is signed in", lambda who, what: getattr(who, "id", None) is not None)
THE_PROGRAM = Rule("the program itself, once", lambda who, what: who is SYSTEM)
STAFF = duty(*Duty)
TEAM_OF_CASE = duty(*sorted(TEAM))
OUTSIDE_TEAM = Rule("neither leads nor investigates it", lambda who, what: not _duties(who, what) & TEAM)
HERSELF = Rule("it is their own", lambda who, what: getattr(what, "user_id", getattr(what, "id", None)) == who.id)
ABOUT_LEAD = Rule("it concerns the lead", lambda who, what: _concerns_lead(what))
LEADERLESS = Rule("the case has no lead who can act", lambda who, what: not _lead_is_able(what.case))


def _concerns_lead(what: Any) -> bool:
    return any(
        held.duty is Duty.LEAD and held.ended_at is None and held.user_id == what.user_id
        for held in what.case.assignments
    )


LEADS = duty(Duty.LEAD)
COUNSEL_OR_DECIDER = duty(Duty.COUNSEL, Duty.DECIDER)
INDEPENDENT = Rule(
    "wrote none of its texts and never led, investigated or decided the case, under any account", is_independent
)
NEITHER = Rule(
    "never led, investigated or reviewed the case, under any account", lambda who, what: never_reviewed(who, what.case)
)
ANOTHER = Rule("another person proposed it", lambda who, what: not is_same(who, what.by_id))
REVEALED = Rule("the name was revealed to them less than an hour ago", is_revealed)
DISPOSES = duty(Duty.LEAD, Duty.INVESTIGATOR, Duty.COUNSEL, Duty.DECIDER)
MAY_REVEAL = duty(Duty.REVIEWER, Duty.DECIDER)
REVIEWS = duty(Duty.REVIEWER) & INDEPENDENT
DECIDES = duty(Duty.DECIDER) & NEITHER

RULES: dict[Permission, Rule] = {
    Permission.ANYONE: ANYBODY,
    Permission.SIGNED_IN: SIGNED_IN,
    Permission.FOUND_REGISTER: THE_PROGRAM,
    Permission.MANAGE_ACCOUNTS: account(Kind.ADMINISTRATOR),
    Permission.READ_LEDGER: account(Kind.AUDITOR),
    Permission.OPEN_CASE: account(Kind.MEMBER),
    Permission.READ_CASE: STAFF,
    Permission.READ_NAMES: duty(Duty.LEAD, Duty.INVESTIGATOR, Duty.COUNSEL) | (MAY_REVEAL & REVEALED),
    Permission.REVEAL_NAME: MAY_REVEAL,
    Permission.READ_CASE_LEDGER: duty(Duty.LEAD, Duty.COUNSEL),
    Permission.EDIT_CASE: LEADS,
    Permission.ASSIGN_DUTY: LEADS,
    Permission.ANSWER_DUTY: HERSELF,
    Permission.WAKE_DUTY: (LEADS & ~ABOUT_LEAD) | (COUNSEL_OR_DECIDER & ABOUT_LEAD & ~HERSELF),
    Permission.NAME_LEAD: LEADERLESS & (COUNSEL_OR_DECIDER | account(Kind.ADMINISTRATOR)),
    Permission.SETTLE_WALL: (LEADS & ~ABOUT_LEAD) | (COUNSEL_OR_DECIDER & ABOUT_LEAD & ~HERSELF),
    Permission.SCREEN_CASE: duty(Duty.COUNSEL) & OUTSIDE_TEAM,
    Permission.RECORD_DISCLOSURE: TEAM_OF_CASE,
    Permission.RECORD_MATERIAL: TEAM_OF_CASE,
    Permission.RECORD_PERSON: TEAM_OF_CASE,
    Permission.RECORD_ACCESS: TEAM_OF_CASE,
    Permission.IMPORT_LOG: TEAM_OF_CASE,
    Permission.RECORD_RIVAL: TEAM_OF_CASE,
    Permission.READ_EXPOSURE: STAFF,
    Permission.MANAGE_TEXTS: account(Kind.ADMINISTRATOR),
    Permission.READ_TEXTS: account(Kind.ADMINISTRATOR) | account(Kind.MEMBER),
    Permission.READ_INTERVIEW: STAFF,
    Permission.RECORD_INTERVIEW: TEAM_OF_CASE,
    Permission.SIGN_INTERVIEW: TEAM_OF_CASE,
    Permission.READ_EVALUATION: TEAM_OF_CASE,
    Permission.READ_EXHIBIT: STAFF,
    Permission.RECORD_EXHIBIT: TEAM_OF_CASE,
    Permission.CONFIRM_DISPOSAL: DISPOSES & ANOTHER,
    Permission.DECLINE_DISPOSAL: DISPOSES,
    Permission.RECORD_CONTACT: TEAM_OF_CASE,
    Permission.KEEP_PRIVILEGED: duty(Duty.COUNSEL) & OUTSIDE_TEAM,
    Permission.PURSUE_LINE: TEAM_OF_CASE,
    Permission.TEST_HYPOTHESIS: TEAM_OF_CASE,
    Permission.PROPOSE_EXCLUSION: TEAM_OF_CASE,
    Permission.REVIEW_EXCLUSION: REVIEWS,
    Permission.DESIGNATE_SUBJECT: LEADS,
    Permission.SIGN_DESIGNATION: duty(Duty.COUNSEL) & OUTSIDE_TEAM & ANOTHER,
    Permission.END_DESIGNATION: LEADS | (duty(Duty.COUNSEL) & OUTSIDE_TEAM),
    Permission.WRITE_FINDING: TEAM_OF_CASE,
    Permission.SUBMIT_FINDING: LEADS,
    Permission.COMMENT_FINDING: duty(Duty.LEAD, Duty.INVESTIGATOR, Duty.REVIEWER, Duty.COUNSEL),
    Permission.REVIEW_FINDING: REVIEWS,
    Permission.PUT_REPLY: duty(Duty.LEAD, Duty.INVESTIGATOR, Duty.COUNSEL),
    Permission.APPRAISE_CASE: LEADS,
    Permission.REVIEW_APPRAISAL: REVIEWS,
    Permission.FORGO_REVIEW: COUNSEL_OR_DECIDER,
    Permission.MOVE_STAGE: LEADS,
    Permission.FLAG_CASE: duty(Duty.LEAD, Duty.COUNSEL),
    Permission.LOG_DECISION: duty(Duty.LEAD, Duty.INVESTIGATOR, Duty.COUNSEL, Duty.DECIDER),
    Permission.DRAFT_OUTCOME: DECIDES,
    Permission.REVIEW_OUTCOME: REVIEWS,
    Permission.CLOSE_CASE: DECIDES,
    Permission.REOPEN_CASE: DECIDES,
    Permission.EXPORT_CASE: duty(Duty.LEAD, Duty.INVESTIGATOR, Duty.REVIEWER, Duty.COUNSEL, Duty.DECIDER),
    Permission.EXPORT_NAMES: duty(Duty.LEAD, Duty.INVESTIGATOR, Duty.COUNSEL),
}
assert set(RULES) == set(Permission), "a permission without a rule"


def allows(who: Any, needs: Permission, what: Any = None) -> bool:
    """Whether `who` may do this to `what`. Who is not signed in, or disabled, may do nothing."""
    if needs is not Permission.ANYONE and not getattr(who, "is_active", False):
        return False
    return RULES[needs].holds(who, what)
