"""What the gates look at: each part of the record is asked for at most once, and only when a gate needs it."""

from datetime import datetime
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, object_session, selectinload

from tracker.models.access.access_records import AccessRecord
from tracker.models.access.eliminations import Elimination
from tracker.models.access.recusal_questions import with_recorders
from tracker.models.case.assessed_claims import assessed_sha256, claims_of
from tracker.models.case.assessments import Assessment
from tracker.models.case.assignments import Assignment, RecusalMatch
from tracker.models.case.cases import Case
from tracker.models.case.independence import assignments_of
from tracker.models.case.stages import Event, events_of
from tracker.models.case.words import Course, ProtectionResult, Role, Stage
from tracker.models.disclosure.claims import Claim
from tracker.models.findings.citations import Citation
from tracker.models.findings.findings import Finding
from tracker.models.findings.outcomes import Outcome
from tracker.models.findings.referrals import Referral
from tracker.models.findings.reviews import Review
from tracker.models.findings.words import Ending
from tracker.models.inquiry.file_alarms import alarms_in
from tracker.models.inquiry.hypotheses import Hypothesis
from tracker.models.inquiry.interviews import Interview
from tracker.models.inquiry.lines_of_inquiry import LineOfInquiry
from tracker.models.inquiry.words import InterviewState
from tracker.models.register.accounts import Account
from tracker.policy.roles import stands_apart

EARLY = frozenset({Stage.INTAKE, Stage.INQUIRY})


class Facts:
    """A case as its gates see it at this moment."""

    def __init__(self, case: Case) -> None:
        self.case = case

    def _all(self, select: sa.Select[Any]) -> list[Any]:
        session: Any = object_session(self.case)
        return list(session.scalars(select).unique())

    @cached_property
    def assignments(self) -> list[Assignment]:
        """Every role that was ever proposed, with its people and by what each of them may be known."""
        return assignments_of(self.case)

    @cached_property
    def recusals(self) -> list[RecusalMatch]:
        """The recusals that stand, of accounts with a role."""
        standing = (RecusalMatch.case_id == self.case.id, RecusalMatch.in_force(), RecusalMatch.of_holders())
        those = sa.select(RecusalMatch).where(*standing)
        return self._all(those.order_by(RecusalMatch.id).options(joinedload(RecusalMatch.account), *with_recorders()))

    def at_work(self, role: Role) -> Account | None:
        """Who can act in this role today: it works, no recusal stands, the account can sign in."""
        recused = {match.account_id for match in self.recusals}
        held = [
            one for one in self.assignments if one.role is role and one.is_working and one.account_id not in recused
        ]
        return next((one.account for one in held if one.account.is_active), None)

    def unable(self, role: Role) -> Account | None:
        """Who has this role and cannot act in it: it is inactive or recused, or the account cannot sign in."""
        held = [one.account for one in self.assignments if one.role is role and one.accepted_at and not one.is_over]
        return held[-1] if held and self.at_work(role) is None else None

    def not_apart(self, role: Role) -> Account | None:
        """Who has this role and is refused in it: under another account they had one that must stand apart from it."""
        account = self.at_work(role)
        return account if account is not None and not stands_apart(account, self.case, role) else None

    @cached_property
    def events(self) -> list[Event]:
        """Moves, suspensions and waived review, oldest first."""
        return events_of(self.case)

    @property
    def suspension(self) -> Event | None:
        """The suspension that stands."""
        return next((one for one in self.events if one.kind == "suspension" and one.stands), None)

    @property
    def reopened(self) -> Event | None:
        """The last move out of a closing; none while the case is closed, or never was."""
        moves = [one for one in self.events if one.from_stage is Stage.CLOSED]
        return moves[-1] if moves and not self.case.is_closed else None

    @property
    def waived(self) -> Event | None:
        """The review that was waived, where that counts still."""
        return next((one for one in reversed(self.events) if one.kind == "waived" and one.stands), None)

    @cached_property
    def claims(self) -> list[Claim]:
        """The claims with their answers."""
        return claims_of(self.case)

    @cached_property
    def assessment(self) -> Assessment | None:
        """The newest assessment of what came out: it alone counts."""
        newest = Assessment.of(self.case).order_by(Assessment.number.desc()).options(joinedload(Assessment.reviews))
        highest = sa.select(sa.func.max(Assessment.number)).where(Assessment.case_id == self.case.id).scalar_subquery()
        return next(iter(self._all(newest.where(Assessment.number == highest))), None)

    @property
    def assessment_is_current(self) -> bool:
        """Whether no claim was changed since it was made."""
        return self.assessment is not None and self.assessment.text_sha256 == assessed_sha256(
            self.assessment, self.claims
        )

    @property
    def to_review(self) -> Event | None:
        """The last move to the review."""
        return next((one for one in reversed(self.events) if one.to_stage is Stage.REVIEW), None)

    @property
    def skipped_investigation(self) -> bool:
        """Whether the case came to its review with nothing to investigate."""
        move = self.to_review
        return move is not None and move.from_stage in EARLY and not move.stops

    @property
    def is_stopped(self) -> bool:
        """Whether counsel's check says to stop and refer; with nothing to investigate there is nothing to stop."""
        check = self.case.protection_check if self.assignments else None  # they bring it along
        stops = check is not None and check.result is ProtectionResult.STOP_AND_REFER
        return stops and not self.skips_investigation

    @property
    def course(self) -> Course:
        """How the case goes to its end from where it stands."""
        if self.skips_investigation:
            return Course.SHORT
        return Course.STOPPED if self.is_stopped else Course.REGULAR

    @property
    def ending(self) -> Ending:
        """How a case would end that is closed by an outcome now."""
        return Ending.STOPPED_AND_REFERRED if self.is_stopped else Ending.DECIDED

    @property
    def skips_investigation(self) -> bool:
        """Whether the next step is that of a case with nothing to investigate."""
        if self.case.stage in EARLY:
            return self.assessment is not None and self.assessment.is_short
        return self.case.stage is Stage.REVIEW and self.skipped_investigation

    @cached_property
    def findings(self) -> list[Finding]:
        """The findings with their reviews and replies, and with what they rest on."""
        cited = selectinload(Finding.citations).options(*Citation.weighing_options())
        those = Finding.of(self.case).order_by(Finding.number)
        about = (joinedload(Finding.person), joinedload(Finding.reviews), joinedload(Finding.replies))
        return self._all(those.options(*about, cited))

    @cached_property
    def alarms(self) -> dict[int, datetime]:
        """Since when the file of an exhibit (by id) is known to be damaged."""
        return alarms_in(self.case)

    @cached_property
    def eliminations(self) -> list[Elimination]:
        """The eliminations by which somebody is eliminated now."""
        answers = joinedload(Elimination.reviews).joinedload(Review.reviewer)
        found = self._all(Elimination.of(self.case).order_by(Elimination.number).options(answers))
        return [one for one in found if one.confirmation is not None]

    @cached_property
    def referrals(self) -> list[Referral]:
        """To whom the case was referred."""
        return self._all(Referral.of(self.case).order_by(Referral.number))

    PILLARS = ("interview", "access record", "finding")

    @cached_property
    def lacking(self) -> list[str]:
        """Which of the PILLARS of a case nobody recorded; an interview that was not held is none."""
        session: Any = object_session(self.case)
        never = [InterviewState.PLANNED, InterviewState.CANCELLED]
        held = Interview.of(self.case).where(Interview.state.not_in(never))
        rows = (held, AccessRecord.of(self.case), Finding.of(self.case))
        there = session.execute(sa.select(*(sa.exists(of.with_only_columns(sa.literal(1))) for of in rows))).one()
        return [name for name, is_there in zip(self.PILLARS, there, strict=True) if not is_there]

    @cached_property
    def lines(self) -> list[LineOfInquiry]:
        """The lines of inquiry."""
        return self._all(LineOfInquiry.of(self.case).order_by(LineOfInquiry.number))

    @cached_property
    def hypotheses(self) -> list[Hypothesis]:
        """The hypotheses."""
        return self._all(Hypothesis.of(self.case).order_by(Hypothesis.number))

    @cached_property
    def outcome(self) -> Outcome | None:
        """The outcome that is being drafted."""
        those = Outcome.of(self.case).where(Outcome.closed_at.is_(None)).order_by(Outcome.number.desc())
        answers = joinedload(Outcome.reviews).joinedload(Review.reviewer)
        return next(iter(self._all(those.options(answers, joinedload(Outcome.by)))), None)
