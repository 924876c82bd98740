"""How far a case has come, asked in one statement, and the picture of its course."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

import sqlalchemy as sa
from markupsafe import Markup

from tracker.analysis.exposure import first_of
from tracker.analysis.moments import Moment, from_sql_text
from tracker.analysis.typed.writing import write_day
from tracker.analysis.zones import find_zone
from tracker.audit.cache import remember_of
from tracker.base import db
from tracker.base.db import EVER_AFTER, EVER_BEFORE
from tracker.models.access.people import Person
from tracker.models.case.cases import Case
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.versions import Coverage, Version
from tracker.models.disclosure.words import Point
from tracker.models.findings.decisions import Decision
from tracker.models.findings.findings import Finding
from tracker.models.findings.reviews import Review
from tracker.models.inquiry.interviews import Interview
from tracker.models.inquiry.words import InterviewState
from tracker.pictures.axis import Bounds
from tracker.pictures.timeline import Course, draw_timeline
from tracker.web.clocks import zone_here

MOST_INTERVIEWS = 500  # in the picture
NEVER = (InterviewState.CANCELLED.value, InterviewState.PLANNED.value)


@dataclass
class Progress:
    """Counts of a case by what they are of, when its interviews were, the next, and the last decision or review."""

    counts: dict[tuple[str, str], int] = field(default_factory=dict)
    interviews: list[tuple[datetime, datetime]] = field(default_factory=list)
    coming: tuple[int, str, datetime] | None = None
    last: tuple[str, datetime] | None = None

    def count(self, kind: str, *words: str) -> int:
        """How many there are of a kind, in these states or in all."""
        return sum(count for (one, word), count in self.counts.items() if one == kind and (not words or word in words))

    @property
    def held(self) -> int:
        """How many interviews took place."""
        return self.count("interview") - self.count("interview", *NEVER)


def progress_of(case: Case) -> Progress:
    """How far the case has come; it holds until something of the case changes."""
    return remember_of(case, case.changed, lambda: _ask(case), "progress")


def _ask(case: Case) -> Progress:
    found = Progress()
    last: list[tuple[datetime, str]] = []
    rows = db.session().execute(sa.union_all(*_counts(case), *_times(case))).all()
    for kind, number, word, earliest, latest in rows:
        if not earliest:
            found.counts[kind, word] = number
        elif kind == "held":
            found.interviews.append((from_sql_text(earliest), from_sql_text(latest)))
        elif kind == "coming":
            found.coming = number, word, from_sql_text(earliest)
        else:
            words = f"Decision {number}" if kind == "decision" else f"Finding {number} {word}"
            last.append((from_sql_text(earliest), words))
    if last:
        when, words = max(last)
        found.last = words, when
    return found


def _counts(case: Case) -> list[sa.Select[Any]]:
    def count(kind: str, model: Any, word: Any, *where: Any) -> sa.Select[Any]:
        none = sa.literal("")
        asked = sa.select(sa.literal(kind), sa.func.count(), word, none, none).where(model.case_id == case.id, *where)
        return asked.group_by(word) if word is not none and not isinstance(word, sa.BindParameter) else asked

    text = sa.literal("")
    return [
        count("interview", Interview, sa.type_coerce(Interview.state, sa.String)),
        count("finding", Finding, sa.type_coerce(Finding.state, sa.String)),
        count("version", Version, text, ~Version.corrected_by.has()),
        count("channel", Coverage, text, Coverage.resolved_at.is_(None), Coverage.point != Point.GROUP),
    ]


def _times(case: Case) -> list[sa.Select[Any]]:
    def raw(column: Any) -> Any:
        return sa.type_coerce(column, sa.String)

    def some(kind: str, number: Any, word: Any, first: Any, last: Any, *rest: Any, most: int, by: Any) -> Any:
        asked = sa.select(sa.literal(kind).label("kind"), number.label("number"), word.label("word"))
        asked = asked.add_columns(raw(first).label("first"), raw(last).label("last"))
        return sa.select(asked.where(*rest).order_by(by).limit(most).subquery())

    talk, text = Interview.__table__.c, sa.literal("")
    ours, who = talk.case_id == case.id, sa.cast(Person.number, sa.String)
    known = [raw(talk.started_earliest) != EVER_BEFORE, raw(talk.started_latest) != EVER_AFTER]
    planned = [talk.state == InterviewState.PLANNED, raw(talk.planned_for_earliest) != EVER_BEFORE]
    verdict = raw(Review.verdict)
    return [
        some("held", talk.number, text, talk.started_earliest, talk.started_latest, ours, *known,
             most=MOST_INTERVIEWS, by=talk.number),
        some("coming", talk.number, who, talk.planned_for_earliest, talk.planned_for_earliest, ours, *planned,
             Person.id == talk.person_id, most=1, by=raw(talk.planned_for_earliest)),
        some("decision", Decision.number, text, Decision.at, Decision.at, Decision.case_id == case.id,
             most=1, by=Decision.number.desc()),
        some("review", Finding.number, verdict, Review.at, Review.at, Review.case_id == case.id,
             Finding.id == Review.finding_id, most=1, by=Review.number.desc()),
    ]  # fmt: skip


def draw_course(progress: Progress, claims: list[Claim]) -> Markup:
    """The picture, on the clocks that the zone of the page had at the publication."""
    matched = [claim for claim in claims if claim.version is not None]
    starts = [claim.version.made or claim.version.material.created for claim in matched if claim.version]
    ends = [one for claim in claims for one in (claim.disclosure.comment_requested, claim.disclosure.published) if one]
    published = first_of(claim.disclosure.published for claim in claims if claim.disclosure.published)
    known = [one for one in (published, *starts) if one]
    clocks = next((one.latest or one.earliest for one in known), None) or next(iter(progress.interviews), (None,))[0]
    zone = find_zone(zone_here())[1]
    local = timezone((clocks.astimezone(zone).utcoffset() or timedelta()) if clocks else timedelta())

    def bounds(moment: Moment | None) -> Bounds | None:
        ends = (moment.earliest or moment.latest, moment.latest) if moment else ()
        try:
            return Bounds(*(one.astimezone(local) for one in ends if one)) if all(ends) and ends else None
        except OverflowError:
            return None

    came = bounds(published)
    said = f"Published {write_day(came.latest)}, {came.latest:%H:%M}" if came else ""
    talks = [Bounds(first.astimezone(local), last.astimezone(local)) for first, last in progress.interviews]
    last = progress.last and (progress.last[0], Bounds(*(progress.last[1].astimezone(local),) * 2))
    start = bounds(first_of(one for one in starts if one)) if all(starts) else None
    drawn = draw_timeline(Course(start, bounds(first_of(ends)), came, said, talks, last))
    return Markup(drawn)  # noqa: S704  # the picture escapes every text itself
