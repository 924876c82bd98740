"""What the gates look at: each part of the record is asked for at most once, and only when a gate needs it."""

from datetime import datetime
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, object_session, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from tracker.models.accounts import Alias, User
from tracker.models.appraisals import Appraisal
from tracker.models.appraised import appraised_sha256, claims_of
from tracker.models.cases import Case
from tracker.models.citations import Citation
from tracker.models.claims import Claim
from tracker.models.duties import Assignment, WallMatch
from tracker.models.exclusions import Exclusion
from tracker.models.findings import Finding
from tracker.models.hashing import alarms_in
from tracker.models.hypotheses import Hypothesis
from tracker.models.independence import know_spellings
from tracker.models.lines import LineOfInquiry
from tracker.models.outcomes import Outcome
from tracker.models.reviews import Review
from tracker.models.stages import Event, events_of
from tracker.models.words.cases import Flag, Stage
from tracker.models.words.duties import Duty
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
        """Every duty that was ever proposed, with its people and by what each of them may be known."""
        session: Any = object_session(self.case)
        those = sa.select(Assignment, Alias.value_folded).outerjoin(Alias, Alias.user_id == Assignment.user_id)
        those = those.where(Assignment.case_id == self.case.id).order_by(Assignment.id)
        screens = joinedload(Assignment.case).joinedload(Case.screens)  # the next gates ask for them
        people = (joinedload(Assignment.user), joinedload(Assignment.by))
        rows = session.execute(those.options(*people, screens)).unique().all()
        know_spellings(session, ((one.user, alias) for one, alias in rows))
        found = list(dict.fromkeys(one for one, _ in rows))
        set_committed_value(self.case, "assignments", found)  # whoever asks the case for them is spared a question
        return found

    @cached_property
    def walls(self) -> list[WallMatch]:
        """The walls that stand."""
        those = sa.select(WallMatch).where(WallMatch.case_id == self.case.id, WallMatch.in_force())
        return self._all(those.order_by(WallMatch.id).options(joinedload(WallMatch.user), joinedload(WallMatch.person)))

    def at_work(self, duty: Duty) -> User | None:
        """Who can act in this duty today: it works, no wall stands, the account can sign in."""
        walled = {match.user_id for match in self.walls}
        held = [one for one in self.assignments if one.duty is duty and one.is_working and one.user_id not in walled]
        return next((one.user for one in held if one.user.is_active), None)

    def unable(self, duty: Duty) -> User | None:
        """Who has this duty and cannot act in it: it sleeps, or a wall stands, or the account cannot sign in."""
        held = [one.user for one in self.assignments if one.duty is duty and one.accepted_at and not one.is_over]
        return held[-1] if held and self.at_work(duty) is None else None

    def not_apart(self, duty: Duty) -> User | None:
        """Who has this duty and is refused in it: under another account she had one that must stand apart from it."""
        user = self.at_work(duty)
        return user if user is not None and not stands_apart(user, self.case, duty) else None

    @cached_property
    def events(self) -> list[Event]:
        """Moves, flags and forgone reviews, oldest first."""
        return events_of(self.case)

    @property
    def flags(self) -> list[Event]:
        """The flags that stand."""
        return [one for one in self.events if one.kind == "flag" and one.stands]

    @property
    def suspension(self) -> Event | None:
        """The flag that says the case is suspended."""
        return next((one for one in self.flags if one.flag is Flag.SUSPENDED), None)

    @property
    def reopened(self) -> Event | None:
        """The last move out of a closing; none while the case is closed, or never was."""
        moves = [one for one in self.events if one.from_stage is Stage.CLOSED]
        return moves[-1] if moves and not self.case.is_closed else None

    @property
    def forgone(self) -> Event | None:
        """The review that was forgone, where that counts still."""
        return next((one for one in reversed(self.events) if one.kind == "forgone" and one.stands), None)

    @cached_property
    def claims(self) -> list[Claim]:
        """The claims with their answers."""
        return claims_of(self.case)

    @cached_property
    def appraisal(self) -> Appraisal | None:
        """The newest appraisal of what came out: it alone counts."""
        newest = Appraisal.of(self.case).order_by(Appraisal.number.desc()).options(joinedload(Appraisal.reviews))
        highest = sa.select(sa.func.max(Appraisal.number)).where(Appraisal.case_id == self.case.id).scalar_subquery()
        return next(iter(self._all(newest.where(Appraisal.number == highest))), None)

    @property
    def appraisal_is_current(self) -> bool:
        """Whether no claim was changed since it was made."""
        return self.appraisal is not None and self.appraisal.text_sha256 == appraised_sha256(
            self.appraisal, self.claims
        )

    @property
    def came_short(self) -> bool:
        """Whether the case came to its review with nothing to investigate."""
        moves = [one for one in self.events if one.to_stage is Stage.REVIEW]
        return bool(moves) and moves[-1].from_stage in EARLY

    @property
    def goes_short(self) -> bool:
        """Whether the next step is that of a case with nothing to investigate."""
        if self.case.stage in EARLY:
            return self.appraisal is not None and self.appraisal.is_short
        return self.case.stage is Stage.REVIEW and self.came_short

    @cached_property
    def findings(self) -> list[Finding]:
        """The findings with their reviews and replies, and with what they rest on."""
        cited = selectinload(Finding.citations).options(*Citation.weighed())
        those = Finding.of(self.case).order_by(Finding.number)
        about = (joinedload(Finding.person), joinedload(Finding.reviews), joinedload(Finding.replies))
        return self._all(those.options(*about, cited))

    @cached_property
    def alarms(self) -> dict[int, datetime]:
        """Since when the file of an exhibit (by id) is known to be damaged."""
        return alarms_in(self.case)

    @cached_property
    def exclusions(self) -> list[Exclusion]:
        """The exclusions by which somebody is excluded now."""
        answers = joinedload(Exclusion.reviews).joinedload(Review.reviewer)
        found = self._all(Exclusion.of(self.case).order_by(Exclusion.number).options(answers))
        return [one for one in found if one.confirmation is not None]

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
