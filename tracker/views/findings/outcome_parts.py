"""What stands on the pages of an outcome beside its own words: each allegation, and who was replaced on the way."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import joinedload, load_only

from tracker.base import db
from tracker.models.case.assignments import Assignment
from tracker.models.case.cases import Case
from tracker.models.findings.closings import ClosedFinding, closing_of
from tracker.models.findings.findings import Finding
from tracker.models.findings.outcomes import Outcome
from tracker.policy.roles import OUTSIDE


@dataclass(frozen=True)
class Allegations:
    """The fourth axis: what the findings of a case conclude, as they stand now or as they stood when it was closed."""

    findings: Sequence[Finding | ClosedFinding]
    counts: dict[str, int] | None = None

    @property
    def in_short(self) -> str:
        """`2 findings: 1 substantiated, 1 unfounded`."""
        words = Counter(one.conclusion.label.lower() if one.conclusion else "not concluded" for one in self.findings)
        noun = "finding" if len(self.findings) == 1 else "findings"
        return f"{len(self.findings)} {noun}: {', '.join(f'{number} {word}' for word, number in words.items())}"


def allegations_of(case: Case) -> Allegations:
    """The findings of a case, with whom they are about, and without their texts."""
    shown = load_only(Finding.number, Finding.case_id, Finding.person_id, Finding.conclusion, Finding.state)
    those = Finding.of(case).order_by(Finding.number).options(shown, joinedload(Finding.person))
    return Allegations(list(db.session().scalars(those)))


def allegations_in(outcome: Outcome) -> Allegations:
    """The findings on which the case was closed, as they stood; of a draft, as they stand now."""
    if not outcome.as_it_stood:
        return allegations_of(outcome.case)
    closing = closing_of(outcome.as_it_stood)
    return Allegations(closing.findings, closing.counts)


def replaced_roles(assignments: Iterable[Assignment], until: datetime | None = None) -> list[Assignment]:
    """Reviewers, counsel and deciding officials whose role ended, with the reason; for a closing those until then."""
    over = [one for one in assignments if one.role in OUTSIDE and one.accepted_at and one.ended_at]
    return [one for one in over if until is None or (one.ended_at is not None and one.ended_at <= until)]
