"""Citations: from a finding, a hypothesis or a subject status to one thing that supports or contradicts it."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from tracker.base.db import UTC, Base
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.snapshots import Snapshot
from tracker.models.access.whereabouts import Whereabouts
from tracker.models.access.words import LogState
from tracker.models.case.cases import Numbered
from tracker.models.disclosure.claims import SAID, Claim
from tracker.models.findings.words import Bearing, Cited
from tracker.models.inquiry.exhibits import Exhibit
from tracker.models.inquiry.interviews import Interview
from tracker.models.inquiry.press_contacts import PressContact
from tracker.models.inquiry.words import InterviewState
from tracker.models.recorded import Recorded
from tracker.models.register.accounts import Account
from tracker.models.register.audit_log import AuditEntry
from tracker.models.words import Answer, one_of

if TYPE_CHECKING:
    from tracker.models.findings.findings import Finding
    from tracker.models.findings.subject_status import SubjectStatus
    from tracker.models.inquiry.hypotheses import Hypothesis

CITING = ("finding", "hypothesis", "subject_status")
MODELS: dict[Cited, Any] = {
    Cited.ACCESS_RECORD: AccessRecord,
    Cited.WHEREABOUTS: Whereabouts,
    Cited.INTERVIEW: Interview,
    Cited.EXHIBIT: Exhibit,
    Cited.CLAIM: Claim,
    Cited.PRESS_CONTACT: PressContact,
    Cited.SNAPSHOT: Snapshot,
}


def _exactly_one(columns: tuple[str, ...]) -> str:
    return " + ".join(f"CASE WHEN {name}_id IS NULL THEN 0 ELSE 1 END" for name in columns) + " = 1"


class Citation(Recorded, Numbered, Base):
    """One link to evidence. It is withdrawn with a reason, never removed."""

    __tablename__ = "citation"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "number"),
        sa.CheckConstraint(_exactly_one(CITING), name="one_thing_cites"),
        sa.CheckConstraint(_exactly_one(tuple(kind.value for kind in Cited)), name="one_thing_is_cited"),
        sa.Index("ix_citation_finding", "finding_id"),
        sa.Index("ix_citation_hypothesis", "hypothesis_id"),
        sa.Index("ix_citation_subject_status", "subject_status_id"),
        sa.Index("ix_citation_claim", "claim_id"),
    )

    finding_id: Mapped[int | None] = mapped_column(sa.ForeignKey("finding.id"))
    hypothesis_id: Mapped[int | None] = mapped_column(sa.ForeignKey("hypothesis.id"))
    subject_status_id: Mapped[int | None] = mapped_column(sa.ForeignKey("subject_status.id"))
    access_record_id: Mapped[int | None] = mapped_column(sa.ForeignKey("access_record.id"))
    whereabouts_id: Mapped[int | None] = mapped_column(sa.ForeignKey("whereabouts.id"))
    interview_id: Mapped[int | None] = mapped_column(sa.ForeignKey("interview.id"))
    exhibit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("exhibit.id"))
    claim_id: Mapped[int | None] = mapped_column(sa.ForeignKey("claim.id"))
    press_contact_id: Mapped[int | None] = mapped_column(sa.ForeignKey("press_contact.id"))
    snapshot_id: Mapped[int | None] = mapped_column(sa.ForeignKey("snapshot.id"))
    bearing: Mapped[Bearing] = mapped_column(one_of(Bearing))
    note: Mapped[str] = mapped_column(sa.String(500), default="")
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTC)
    withdrawn_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    why_withdrawn: Mapped[str] = mapped_column(sa.Text, default="")

    finding: Mapped["Finding | None"] = relationship(back_populates="citations")
    hypothesis: Mapped["Hypothesis | None"] = relationship()
    subject_status: Mapped["SubjectStatus | None"] = relationship(back_populates="citations")
    access_record: Mapped[AccessRecord | None] = relationship()
    whereabouts: Mapped[Whereabouts | None] = relationship()
    interview: Mapped[Interview | None] = relationship()
    exhibit: Mapped[Exhibit | None] = relationship()
    claim: Mapped[Claim | None] = relationship()
    press_contact: Mapped[PressContact | None] = relationship()
    snapshot: Mapped[Snapshot | None] = relationship()
    withdrawn_by: Mapped[Account | None] = relationship(foreign_keys=[withdrawn_by_id])

    @classmethod
    def of_thing(cls, thing: Any) -> "sa.Select[Citation]":
        """Those of a finding, a hypothesis or a subject status, with what they cite: what contradicts stands first."""
        mine = getattr(cls, f"{thing.__tablename__}_id") == thing.id
        return sa.select(cls).where(mine).options(*cls._whole()).order_by(cls.bearing, cls.number)

    @classmethod
    def weighing_options(cls) -> list[Any]:
        """To be loaded along where it is asked what carries a text, and which: what is cited, and what became of it."""
        log = (AccessLog.number, AccessLog.state)
        rows = [
            joinedload(cls.access_record).options(
                joinedload(AccessRecord.corrected_by), joinedload(AccessRecord.log).load_only(*log)
            ),
            joinedload(cls.whereabouts).options(
                joinedload(Whereabouts.corrected_by), joinedload(Whereabouts.log).load_only(*log)
            ),
            joinedload(cls.press_contact).joinedload(PressContact.corrected_by),
        ]
        asked = joinedload(cls.interview).options(*Interview.in_short(), joinedload(Interview.person))
        return [
            *rows,
            asked,
            joinedload(cls.exhibit),
            joinedload(cls.snapshot),
            joinedload(cls.claim).joinedload(Claim.disclosure),
        ]

    @classmethod
    def _whole(cls) -> list[Any]:
        """What a list says of each: the same, whether an exhibit is gone or damaged, and who cited it."""
        became = joinedload(cls.exhibit).options(
            joinedload(Exhibit.ended), joinedload(Exhibit.alarm).load_only(AuditEntry.seq)
        )
        return [*cls.weighing_options(), became, joinedload(cls.by), joinedload(cls.withdrawn_by)]

    @property
    def whole(self) -> Any:
        """The finding, hypothesis or subject status that cites; the citation is a part of it."""
        return self.finding or self.hypothesis or self.subject_status

    @property
    def kind(self) -> Cited:
        """What kind of thing is cited."""
        return next(kind for kind in Cited if getattr(self, f"{kind.value}_id") is not None)

    @property
    def thing(self) -> Any:
        """What is cited."""
        return getattr(self, self.kind.value)

    @property
    def cited_label(self) -> str:
        """`Exhibit 3`, `Claim C2 of disclosure 1`, as a list names what is cited."""
        if self.claim is not None:
            return f"Claim {self.claim.label} of disclosure {self.claim.disclosure.number}"
        return f"{self.kind.label} {self.thing.number}"

    @property
    def stands(self) -> bool:
        """Whether it was not withdrawn."""
        return self.withdrawn_at is None

    @property
    def is_opportunity(self) -> bool:
        """Whether it shows no more than that somebody could have: access, whereabouts, a contact without content.

        Nor does a claim: what was published says the same of everybody who had it. A snapshot is a result about access.
        """
        return self.kind in {Cited.ACCESS_RECORD, Cited.WHEREABOUTS, Cited.CLAIM, Cited.SNAPSHOT} or (
            self.press_contact is not None and self.press_contact.content_known is not Answer.YES
        )

    @property
    def is_unsealed(self) -> bool:
        """Whether an interview is cited whose words may still change, or were never signed."""
        return self.interview is not None and self.interview.state is not InterviewState.SIGNED

    @property
    def reverted_log(self) -> AccessLog | None:
        """The log of the cited row, when it was reverted: its rows count nowhere."""
        log = getattr(self.thing, "log", None)
        return log if log is not None and log.state is not LogState.VISIBLE else None

    @property
    def changed_since(self) -> str | None:
        """What became of the cited row since; a reader must not take it for what it was."""
        if (newer := getattr(self.thing, "corrected_by", None)) is not None:
            return f"corrected by record {newer.number}"
        return f"access log L{log.number} was reverted" if (log := self.reverted_log) is not None else None

    @property
    def is_void(self) -> bool:
        """Whether it counts for nothing: withdrawn, or what it cites was corrected or reverted."""
        return not self.stands or self.changed_since is not None

    @property
    def carries(self) -> bool:
        """Whether a finding about a person or a subject status may rest on it."""
        return not (self.is_void or self.is_opportunity or self.is_unsealed)

    def spell(self, of_claim: tuple[str, ...] = SAID) -> dict[str, Any]:
        """What belongs to the text of what cites: kind, number, and the hash of what is cited; no word of a screen.

        `of_claim` are the columns of a claim that its hash covers: a signature fixes its words alone, since what is
        found out of them goes on.
        """
        about = {"kind": self.kind, "number": self.thing.number, "bearing": self.bearing, "note": self.note}
        if self.interview is not None:
            return {**about, "person": self.interview.person.number, "seal": self.interview.seal}
        if self.exhibit is not None:
            is_file = self.exhibit.sha256 is not None
            return {**about, "sha256": self.exhibit.sha256} if is_file else {**about, "seal": self.exhibit.seal}
        if self.snapshot is not None:
            return {**about, "sha256": self.snapshot.sha256}
        if self.claim is not None:
            said = {"disclosure": self.claim.disclosure.number, "quote": self.claim.quote}
            return {**about, **said, "sha256": self.claim.sha256_of(of_claim)}
        return about
