"""Sealing an interview, and what comes after: addenda only, each sealed at once. The evaluation stands apart."""

from tracker.actions.checks import add_numbered, must_have_been, must_say
from tracker.actions.inquiry.interview_rules import check_subject_status, open_points
from tracker.actions.inquiry.interviews import must_be_open
from tracker.analysis.moments import Moment
from tracker.audit.doors import Refused, action, note, seal
from tracker.models.inquiry.addenda import Addendum, Evaluation
from tracker.models.inquiry.interviews import Interview
from tracker.models.inquiry.words import AddendumKind, InterviewState
from tracker.models.register.accounts import Account
from tracker.models.sealed import sha256_of
from tracker.policy import Permission

UNASKED = {InterviewState.PLANNED, InterviewState.CANCELLED}


@action(Permission.SIGN_INTERVIEW, "interview.sealed")
def seal_interview(investigator: Account, interview: Interview, *, statement_sha256: str) -> None:
    """Seal the very statement that whoever seals has seen; from now on nothing in it can change."""
    must_be_open(interview)
    for interview_rule in open_points(interview):
        raise Refused(interview_rule.says)
    check_subject_status(interview)
    if statement_sha256 != sha256_of(interview.statement()):
        raise Refused("The statement has changed since you opened it. Read it again, then sign and seal it.")
    interview.state = InterviewState.SIGNED
    seal(interview)
    note(statement_sha256=interview.seal)


@action(Permission.SIGN_INTERVIEW, "addendum.sealed")
def add_addendum(
    investigator: Account, interview: Interview, *, kind: AddendumKind, text: str, signed_by: str, signed: Moment
) -> Addendum:
    """Add to a sealed interview: new facts, the person's correction, or a clerical error. The original stays."""
    if interview.state is not InterviewState.SIGNED:
        raise Refused("Only a sealed interview can have addenda. Change the interview itself until it is sealed.")
    must_say(text, "Enter the text.", "text")
    must_say(signed_by, "Enter who signs the addendum.", "signed_by")
    must_have_been(signed, "The time of signature", "signed")
    _must_follow(interview, signed)
    addendum = add_numbered(
        Addendum, interview=interview, kind=kind, text=text, signed_by=signed_by, signed=signed, by_id=investigator.id
    )
    seal(addendum)
    return addendum


def _must_follow(interview: Interview, signed: Moment) -> None:
    """Nothing is added to words before they were signed; where that time is not known, before they were said."""
    first = (interview.signed or interview.ended or interview.started).earliest
    if first is not None and signed.latest is not None and signed.latest < first:
        raise Refused("The time of signature is before the interview. Correct the time.")


@action(Permission.READ_EVALUATION, "evaluation.read", changes=False)
def read_evaluation(reader: Account, interview: Interview) -> None:
    """Who read what the team thinks of an interview is evidence too."""


@action(Permission.READ_EVALUATION, "evaluation.written")
def write_evaluation(investigator: Account, interview: Interview, *, text: str) -> Evaluation:
    """Say what the team thinks of the interview. It never becomes part of the statement, and stays as it is."""
    if interview.state in UNASKED:
        raise Refused("This interview was not held, so it cannot be evaluated.")
    must_say(text, "Enter the evaluation.", "text")
    return add_numbered(Evaluation, interview=interview, text=text, by_id=investigator.id)
