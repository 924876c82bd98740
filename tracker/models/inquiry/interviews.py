"""Interviews: planned, held, signed and sealed."""

import hashlib
import json
from typing import TYPE_CHECKING, Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.analysis.moments import Moment, Precision
from tracker.base.db import Base, index_of_few, moment
from tracker.base.text import dumps
from tracker.models.access.people import Person
from tracker.models.case.cases import Numbered, NumberedPart
from tracker.models.inquiry.words import (
    Acknowledged,
    Capacity,
    Companion,
    InterviewState,
    Mode,
    Recording,
    Signature,
    Voluntary,
)
from tracker.models.recorded import Editable, Recorded
from tracker.models.register.standard_texts import StandardText
from tracker.models.register.words import TextRule
from tracker.models.sealed import Format, Sealed
from tracker.models.searched import Reading, Searched
from tracker.models.words import one_of

if TYPE_CHECKING:
    from tracker.models.inquiry.addenda import Addendum, Evaluation

STATEMENT = (  # what the person signs; planning and evaluation are no part of it
    "number", "state", "capacity", "voluntary", "notice", "notice_given", "acknowledged", "declination", "offered",
    "companion", "companion_words", "confidentiality", "place", "mode", "started", "ended", "break_minutes",
    "recording", "recorder", "engaged", "narrative", "learned", "answers", "clarified", "shown", "deviation", "closure",
    "read_back", "corrections", "signature", "refusal", "signed",
)  # fmt: skip
LONG = (
    "planning", "notice", "confidentiality", "engaged", "narrative", "answers", "clarified", "shown", "deviation",
    "closure", "corrections", "refusal", "why_ended",
)  # fmt: skip
FINAL = {
    InterviewState.SIGNED: "This interview is sealed. Add an addendum, a correction or an erratum.",
    InterviewState.STOPPED: "This interview was stopped and handed over. It can no longer be changed.",
    InterviewState.CANCELLED: "This interview was cancelled. Plan a new interview.",
}


class Interview(Sealed, Editable, Recorded, Numbered, Base):
    """One conversation with one person. Texts a reader may see only on its page are secret in the audit log."""

    __tablename__ = "interview"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "number"),
        sa.Index("ix_interview_person", "person_id"),
        index_of_few("ix_interview_open", "by_id", "state IN ('planned', 'held')"),
    )

    SEARCHED: ClassVar[tuple[Searched, ...]] = (
        Searched(
            (
                "notice", "declination", "companion_words", "confidentiality", "engaged", "place", "recorder",
                "narrative", "answers", "clarified", "shown", "deviation", "closure", "corrections", "refusal",
                "why_ended",
            ),
            Reading.STATEMENT, at="started", only=lambda: Interview.seal.is_not(None),
        ),
        Searched(("planning",), Reading.EVALUATION, at="started"),
    )  # fmt: skip
    FORMATS: ClassVar[tuple[Format, ...]] = (
        Format("interview/1", (
            *STATEMENT, "case_id", "person_id", "questions_id", "advisement_id", "whistleblower_id", "counsel_text_id",
            "planned_for", "why_ended", "by_id", "at",
        )),
    )  # fmt: skip
    FREE: ClassVar[tuple[str, ...]] = ("lock_version",)
    TEXTS: ClassVar[tuple[str, ...]] = ("questions", "advisement", "whistleblower", "counsel_text")
    PARTS: ClassVar[tuple[str, ...]] = ("case", "person", *TEXTS, "present")

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    capacity: Mapped[Capacity] = mapped_column(one_of(Capacity), default=Capacity.WITNESS)
    voluntary: Mapped[Voluntary] = mapped_column(one_of(Voluntary), default=Voluntary.VOLUNTARY)
    state: Mapped[InterviewState] = mapped_column(one_of(InterviewState), default=InterviewState.PLANNED)
    # planning and preparation
    questions_id: Mapped[int | None] = mapped_column(sa.ForeignKey("standard_text.id"))
    planned_for: Mapped[Moment] = moment("planned_for")
    planning: Mapped[str] = mapped_column(sa.Text, default="", info={"secret": True})
    notice_given: Mapped[Moment] = moment("notice_given")
    notice: Mapped[str] = mapped_column(sa.Text, default="")
    # engage and explain
    advisement_id: Mapped[int | None] = mapped_column(sa.ForeignKey("standard_text.id"))
    acknowledged: Mapped[Acknowledged | None] = mapped_column(one_of(Acknowledged))
    declination: Mapped[str] = mapped_column(sa.String(200), default="")
    offered: Mapped[Moment] = moment("offered")
    companion: Mapped[Companion] = mapped_column(one_of(Companion), default=Companion.NOT_OFFERED)
    companion_words: Mapped[str] = mapped_column(sa.String(200), default="")
    confidentiality: Mapped[str] = mapped_column(sa.Text, default="")
    whistleblower_id: Mapped[int | None] = mapped_column(sa.ForeignKey("standard_text.id"))
    counsel_text_id: Mapped[int | None] = mapped_column(sa.ForeignKey("standard_text.id"))
    engaged: Mapped[str] = mapped_column(sa.Text, default="", info={"secret": True})
    place: Mapped[str] = mapped_column(sa.String(200), default="")
    mode: Mapped[Mode | None] = mapped_column(one_of(Mode))
    started: Mapped[Moment] = moment("started")
    ended: Mapped[Moment] = moment("ended")
    break_minutes: Mapped[int | None]
    recording: Mapped[Recording | None] = mapped_column(one_of(Recording))
    recorder: Mapped[str] = mapped_column(sa.String(200), default="")
    # narrative, clarification, challenge
    narrative: Mapped[str] = mapped_column(sa.Text, default="", info={"secret": True})
    learned: Mapped[Moment] = moment("learned")  # when they first learned of the material, as they say
    answers: Mapped[str] = mapped_column(sa.Text, default="", info={"secret": True})  # core_questions.py says how
    clarified: Mapped[str] = mapped_column(sa.Text, default="", info={"secret": True})
    shown: Mapped[str] = mapped_column(sa.Text, default="", info={"secret": True})
    deviation: Mapped[str] = mapped_column(sa.Text, default="")
    # closure
    closure: Mapped[str] = mapped_column(sa.Text, default="", info={"secret": True})
    read_back: Mapped[bool] = mapped_column(default=False)
    corrections: Mapped[str] = mapped_column(sa.Text, default="", info={"secret": True})
    signature: Mapped[Signature | None] = mapped_column(one_of(Signature))
    refusal: Mapped[str] = mapped_column(sa.Text, default="", info={"secret": True})
    signed: Mapped[Moment] = moment("signed")
    why_ended: Mapped[str] = mapped_column(sa.Text, default="")

    person: Mapped[Person] = relationship()
    questions: Mapped[StandardText | None] = relationship(foreign_keys=[questions_id])
    advisement: Mapped[StandardText | None] = relationship(foreign_keys=[advisement_id])
    whistleblower: Mapped[StandardText | None] = relationship(foreign_keys=[whistleblower_id])
    counsel_text: Mapped[StandardText | None] = relationship(foreign_keys=[counsel_text_id])
    present: Mapped[list["Presence"]] = relationship(back_populates="interview", order_by="Presence.id")
    addenda: Mapped[list["Addendum"]] = relationship(back_populates="interview", order_by="Addendum.number")
    evaluations: Mapped[list["Evaluation"]] = relationship(back_populates="interview", order_by="Evaluation.id")

    def sealed_parts(self) -> dict[str, Any]:
        """Who was asked, with which texts, who was there; how it was planned, which is not said here, stays as well."""
        texts = {name: getattr(self, name) for name in self.TEXTS}
        return {
            "case": self.case.reference,
            "person": self.person.number,
            "planning_sha256": hashlib.sha256(self.planning.encode()).hexdigest(),
            **{name: text and [text.key, text.version, text.text_sha256] for name, text in texts.items()},
            "present": [[one.who, one.why, one.is_counsel] for one in self.present],
        }

    def statement(self) -> str:
        """The exact text that was sealed; of an open interview, what would be sealed now."""
        text = self.sealed_text()
        return text if self.is_sealed else dumps(json.loads(text) | {"state": InterviewState.SIGNED})

    @property
    def statement_sha256(self) -> str | None:
        """SHA-256 of the exact statement that was sealed."""
        return self.seal

    @property
    def why_refused(self) -> str:
        """The reason for not signing, under the name of its field: `refusal` of a form is what the record refuses."""
        return self.refusal

    @property
    def has_begun(self) -> bool:
        """Whether it was held: it has a start time, or the day on which written answers came."""
        return bool(self.started) or (self.mode is Mode.WRITTEN and bool(self.ended))

    @property
    def rule(self) -> TextRule:
        """What the advisement that was given demands."""
        return self.advisement.rule if self.advisement else TextRule.NONE

    @property
    def klass(self) -> str:
        """The class of interviewee: whose core questions were put."""
        return self.questions.name if self.questions else "No core questions"

    @property
    def label(self) -> str:
        """Number and person, as a choice shows it."""
        return f"{self.number}: {self.person.pseudonym}"

    @property
    def why_final(self) -> str | None:
        """Why it can no longer be changed by anybody; None while it can."""
        return FINAL.get(self.state)

    @property
    def is_open(self) -> bool:
        """Whether its words may still change."""
        return self.state in {InterviewState.PLANNED, InterviewState.HELD}

    @classmethod
    def was_held(cls) -> sa.ColumnElement[bool]:
        """Whether it began, so that it says how the person was treated: what was stopped before that says nothing."""
        begun = cls.__table__.c.started_precision != Precision.UNKNOWN.value
        return cls.state.in_((InterviewState.HELD, InterviewState.SIGNED)) | (
            (cls.state == InterviewState.STOPPED) & begun
        )

    @classmethod
    def in_short(cls) -> list[Any]:
        """Options of a select that lists many: their long texts stay where they are."""
        return [sa.orm.defer(getattr(cls, name)) for name in LONG]


class Presence(NumberedPart, Base):
    """Somebody who is present at an interview, and why."""

    __tablename__ = "presence"

    SEARCHED: ClassVar[tuple[Searched, ...]] = (
        Searched(
            ("who", "why"), Reading.STATEMENT, under="interview", follows="interview_id",
            only=lambda: Presence.interview_id.in_(sa.select(Interview.id).where(Interview.seal.is_not(None))),
        ),
    )  # fmt: skip
    WITHIN: ClassVar[Any] = Interview
    SEALED_WITH: ClassVar[str] = "interview"

    interview_id: Mapped[int] = mapped_column(sa.ForeignKey("interview.id"))
    who: Mapped[str] = mapped_column(sa.String(200))
    why: Mapped[str] = mapped_column(sa.String(300))
    is_counsel: Mapped[bool] = mapped_column(default=False)

    interview: Mapped[Interview] = relationship(back_populates="present")
