"""Asking somebody else before an import recuses everybody who could settle it, and the answer."""

import sqlalchemy as sa

from tracker.actions.access import recusal
from tracker.actions.checks import must_say
from tracker.audit.doors import Refused, action, now
from tracker.base import db
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.recusal_questions import RecusalQuestion
from tracker.models.case.words import MatchState
from tracker.models.register.accounts import Account
from tracker.policy import Permission


@action(Permission.IMPORT_LOG, "recusal.asked")
def ask_about_recusals(investigator: Account, log: AccessLog) -> list[RecusalQuestion]:
    """Ask about everybody who settles recusals and whom the checked log would recuse; each pair once."""
    asked = {(one.account_id, one.of_person) for one in questions_of(log)}
    pairs = [(account, mine, theirs) for uid, _, mine, theirs, _ in log.report.get("shut_out", ())
             if (account := db.session().scalar(sa.select(Account).where(Account.uid == uid))) is not None
             and (account.id, theirs) not in asked]  # fmt: skip
    if not pairs:
        raise Refused("Nobody has to be asked about this import, or everybody was asked.")
    return [recusal.ask(log.case, *pair, log=log, by_id=investigator.id) for pair in pairs]


@action(Permission.ANSWER_RECUSAL, "recusal.answered", when_closed=True)
def answer_recusal(answerer: Account, question: RecusalQuestion, *, state: MatchState, reason: str) -> None:
    """Say whether the account is the person. Of an account without a role this settles its recusal."""
    if state is MatchState.OPEN:
        raise Refused("Choose whether it is the same person.")
    if question.state is not MatchState.OPEN:
        raise Refused("This question is already answered.")
    must_say(reason, "Enter the reason. Say how you know.", "reason")
    question.state, question.reason, question.settled_at, question.settled_by = state, reason, now(), answerer
    if question.match is not None:
        recusal.settle(question.match, state, reason, answerer)


def questions_of(log: AccessLog) -> list[RecusalQuestion]:
    """What was asked about a log."""
    asked = sa.select(RecusalQuestion).where(RecusalQuestion.log_id == log.id).order_by(RecusalQuestion.number)
    return list(db.session().scalars(asked))


def is_answered(log: AccessLog) -> bool:
    """Whether the log shuts nobody out who is needed, or everything was asked and answered."""
    answered = {(one.account.uid, one.of_person) for one in questions_of(log) if one.state is not MatchState.OPEN}
    return {(uid, theirs) for uid, _, _, theirs, _ in log.report.get("shut_out", ())} <= answered
