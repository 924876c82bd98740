"""Reading a finding: its parts at once, its texts as they were kept, and which of them somebody has read before.

`[7]` in a text is a link to citation 7, which stands in the margin beside that part.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from markupsafe import Markup, escape
from sqlalchemy.orm import defer, joinedload, selectinload, undefer

from tracker.analysis.differences import Change, Piece, differences
from tracker.audit.entries import name_of
from tracker.base import db
from tracker.models.access.people import pseudonym
from tracker.models.findings.citations import Citation
from tracker.models.findings.comments import Comment
from tracker.models.findings.findings import TEXTS, Finding
from tracker.models.findings.reviews import Review
from tracker.models.findings.revisions import FindingRevision
from tracker.models.findings.words import Bearing, Cited, Conclusion, Standard
from tracker.models.register.accounts import Account
from tracker.models.register.audit_log import AuditEntry
from tracker.web.guard import Area

LISTS = {"standard": Standard, "conclusion": Conclusion}
READS = 100  # of somebody's readings of one finding, the newest that are looked at
MARK = re.compile(r"\[(\d{1,9})\]")
HOME = {Bearing.SUPPORTS: "evidence_for", Bearing.CONTRADICTS: "evidence_against"}
Beside = Mapping[str, Sequence[Citation]]  # by the part they stand beside


@dataclass(frozen=True)
class Part:
    """One part of a text, with what differs in it from another text."""

    name: str
    label: str
    pieces: list[Piece]

    @property
    def is_changed(self) -> bool:
        """Whether anything differs."""
        return any(piece.change is not Change.SAME for piece in self.pieces)


def whole(finding: Finding, *more: Any) -> Finding:
    """The finding with its verdicts, and what else a page shows of it, in few statements."""
    verdicts = selectinload(Finding.reviews).joinedload(Review.reviewer)
    those = sa.select(Finding).where(Finding.id == finding.id)
    return db.session().scalars(those.options(joinedload(Finding.person), verdicts, *more)).unique().one()


def remarks() -> Any:
    """To be loaded along: what was remarked, by whom, and who answered."""
    return selectinload(Finding.comments).options(joinedload(Comment.by), joinedload(Comment.answered_by))


def history() -> Any:
    """To be loaded along: who saved which revision, without its text."""
    kept = joinedload(FindingRevision.by), defer(FindingRevision.text)
    return selectinload(Finding.revisions).options(*kept)


def saved_texts(finding: Finding, *numbers: int | None) -> list[FindingRevision]:
    """These of its texts as they were kept, in their order."""
    those = sa.select(FindingRevision).where(FindingRevision.finding_id == finding.id)
    some = those.where(FindingRevision.revision.in_([one for one in numbers if one is not None]))
    return list(db.session().scalars(some.options(undefer(FindingRevision.text)).order_by(FindingRevision.revision)))


def compare_texts(before: FindingRevision, after: FindingRevision) -> list[Part]:
    """Part by part, in reading order, what differs between two kept texts."""
    old, new = _part_texts(before), _part_texts(after)
    labels = {**TEXTS, "cites": "Citations"}
    return [Part(name, label, differences(old[name], new[name])) for name, label in labels.items()]


def last_read_revision(reader: Account, finding: Finding) -> int | None:
    """The revision a reviewer knows: the one they last gave a verdict on, or last read before the current one."""
    judged = [one.revision for one in finding.reviews if one.reviewer_id == reader.id]
    read = [one for one in _revisions_read(reader, finding) if one < finding.revision]
    return next(iter([*judged[-1:], *read]), None)


def _revisions_read(reader: Account, finding: Finding) -> list[int]:
    """From the audit log, the newest first."""
    mine = sa.select(AuditEntry.line).where(
        AuditEntry.actor == reader.uid, AuditEntry.action == "finding.read", AuditEntry.record == name_of(finding)
    )
    lines = db.session().scalars(mine.order_by(AuditEntry.seq.desc()).limit(READS))
    return [json.loads(line)["d"]["revision"] for line in lines]


def _part_texts(kept: FindingRevision) -> dict[str, str]:
    """The parts of a kept text as a reader sees them, by their names; `cites` among them."""
    said = kept.said
    words: dict[str, Any] = {name: said[name] or "" for name in TEXTS}
    for name, closed in LISTS.items():
        words[name] = closed(said[name]).label if said[name] else ""
    return words | {"cites": "\n".join(map(_citation_words, said["cites"]))}


def _citation_words(said: dict[str, Any]) -> str:
    """A kept citation in one line: what is cited, exactly which, and what was noted."""
    what, exactly = f"{Cited(said['kind']).label} {said['number']}", ""
    if "disclosure" in said:
        what = f"{Cited.CLAIM.label} C{said['number']} of disclosure {said['disclosure']}"
        quote, sha256 = said["quote"], said["sha256"]
        exactly = f', "{quote}", SHA-256 {sha256}'
    elif "person" in said:
        exactly = f", of {pseudonym(said['person'])}, seal {said['seal'] or 'none'}"
    elif "sha256" in said:
        exactly = f", SHA-256 {said['sha256']}"
    elif "seal" in said:
        exactly = f", seal {said['seal']}"
    note = f" ({said['note']})" if said["note"] else ""
    return f"{Bearing(said['bearing']).label}: {what}{exactly}{note}"


def place_citations(finding: Finding, citations: Sequence[Citation]) -> dict[str, list[Citation]]:
    """Each citation that stands, beside the first part whose text has its mark; else beside the evidence it is of."""
    marked: dict[int, str] = {}
    for name in TEXTS:
        for number in MARK.findall(finding.part(name)):
            marked.setdefault(int(number), name)
    found: dict[str, list[Citation]] = {}
    for one in sorted((one for one in citations if one.stands), key=lambda one: one.number):
        found.setdefault(marked.get(one.number, HOME[one.bearing]), []).append(one)
    return found


def mark_citations(text: str, beside: Beside) -> Markup:
    """The text with each mark of a citation as a raised link to it; other brackets stay as they were typed."""
    known = {one.number for some in beside.values() for one in some}
    pieces, start = Markup(""), 0
    for found in MARK.finditer(text):
        if int(found[1]) in known:
            pieces += escape(text[start : found.start()].rstrip(" ")) + _raised(int(found[1]))
            start = found.end()
    return pieces + escape(text[start:])


def other_marks(text: str, beside: Sequence[Citation]) -> Markup:
    """The marks of the citations beside a part whose text does not name them, for its end."""
    named = {int(number) for number in MARK.findall(text)}
    return Markup("").join(_raised(one.number) for one in beside if one.number not in named)


def _raised(number: int) -> Markup:
    link = '<sup class="cite"><a href="#citation-{0}"><span class="visually-hidden">citation </span>{0}</a></sup>'
    return Markup("\N{WORD JOINER}" + link).format(number)  # noqa: S704  # the words are ours


def in_eights(sha256: str) -> str:
    """A hash as people compare it: in groups of eight."""
    return " ".join(sha256[at : at + 8] for at in range(0, len(sha256), 8))


def add_filters(area: Area) -> None:
    """Give them to templates, with the area of the findings."""
    for draw in (mark_citations, other_marks, in_eights):
        area.add_app_template_filter(draw)
