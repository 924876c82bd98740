"""The report of an inquiry, and with it all documents of a pack, by the profile of its reader."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.base import db
from tracker.exports.bundle import FREE_TEXT, OPPORTUNITY
from tracker.exports.pack.blocks import BREAK, CONTENTS, Block, Document, bullets, facts, heading, mono, note, title
from tracker.exports.pack.chapters.case import case_chapter, closed_words
from tracker.exports.pack.chapters.chronology import chronology_chapter
from tracker.exports.pack.chapters.disclosures import disclosures_chapter
from tracker.exports.pack.chapters.findings import findings_chapter
from tracker.exports.pack.chapters.inquiry import inquiry_chapter
from tracker.exports.pack.chapters.interviews import interviews_chapter, record_documents
from tracker.exports.pack.chapters.materials import materials_chapter
from tracker.exports.pack.chapters.outcome import decisions_chapter, open_points_chapter, outcome_chapter
from tracker.exports.pack.chapters.register import register_chapter
from tracker.exports.pack.letters import clearance_letters, reply_letters
from tracker.exports.pack.memo import closing_memo
from tracker.exports.pack.questions import questions_document
from tracker.exports.pack.statistics import statistics_document
from tracker.exports.pack.voice import Voice
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.findings.findings import Finding
from tracker.models.inquiry.interviews import Interview
from tracker.models.register.exports import Export
from tracker.models.register.words import Profile

ALL = frozenset(Profile)
INSIDE = frozenset({Profile.FULL, Profile.REVIEWER})
CHAPTERS: tuple[tuple[str, frozenset[Profile], Callable[[Voice], Iterator[Block]]], ...] = (
    ("The case", ALL, case_chapter),
    ("Disclosures and claims", ALL, disclosures_chapter),
    ("Materials", INSIDE, materials_chapter),
    ("Register", ALL, register_chapter),
    ("Chronology", ALL, chronology_chapter),
    ("Interviews", ALL, interviews_chapter),
    ("Hypotheses and evidence", ALL, inquiry_chapter),
    ("Findings", ALL, findings_chapter),
    ("Decisions", INSIDE, decisions_chapter),
    ("Outcome", ALL, outcome_chapter),
    ("Open points", INSIDE, open_points_chapter),
)
SHORT = 2  # blocks of a chapter that follows on the page before: a sentence is no reason for a page
LEFT_OUT = "Counsel's notes and answers, evaluations and the planning of interviews are in no pack."
MASKED = (
    "Names, identifiers and pseudonyms of others are replaced, also in free text, as far as the record knows them. "
    "Read it before you hand it over: a person can be recognised without a name."
)


@dataclass(frozen=True)
class Seal:
    """Where the record stood: how many entries the case had before the export, and the hash of the last of them."""

    entries: int
    entry_hash: str


def documents_of(voice: Voice, export: Export, seal: Seal) -> Iterator[Document]:
    """Every document of a pack. What its reader may not read is not in them, and nothing is composed of it."""
    yield _report(voice, export, seal)
    if voice.is_whole:
        yield questions_document(voice)
    yield from record_documents(voice)
    yield from reply_letters(voice)
    yield from clearance_letters(voice)
    if voice.is_whole:
        yield from closing_memo(voice)
    if voice.profile is not Profile.PERSON:
        yield statistics_document(voice)


def _report(voice: Voice, export: Export, seal: Seal) -> Document:
    blocks = [*_front(voice, export, seal), heading(1, "Summary"), *_summary(voice)]
    for name, profiles, chapter in CHAPTERS:
        if voice.profile in profiles:
            told = list(chapter(voice))
            starts_page = voice.is_whole and name != CHAPTERS[0][0] and len(told) > SHORT
            blocks += [*([BREAK] if starts_page else []), heading(1, name), *told]
    return Document("report", f"Inquiry report, {voice.case.reference}", "Inquiry report", blocks)


def _front(voice: Voice, export: Export, seal: Seal) -> Iterator[Block]:
    yield title(voice.text(voice.case.title), "Inquiry report")
    for_whom = voice.who(voice.own) if voice.own is not None else ""
    yield from facts(
        ("Case", voice.case.reference), ("Marking", voice.case.marking), ("Stage", voice.case.stage.label),
        ("Profile", voice.profile.label), ("About", for_whom), ("Made", voice.clock(export.at)),
        ("Export", str(export.number)), ("Purpose", voice.text(export.purpose)),
        ("Recipient", voice.text(export.recipient)),
        ("Names", "Included" if export.names else "Not included"),
        ("Entries before", f"{seal.entries:,} in the audit log of the case"),
        ("Hash of the last", mono(seal.entry_hash)),
    )  # fmt: skip
    yield note(OPPORTUNITY)
    yield from bullets([FREE_TEXT if voice.is_whole else MASKED, LEFT_OUT])
    yield CONTENTS
    yield BREAK


def _summary(voice: Voice) -> Iterator[Block]:
    """What there is, in sentences that weigh nothing."""
    counted: list[Any] = [Disclosure, Claim, Interview, Finding]
    asked = (
        sa.select(sa.func.count()).select_from(model.of(voice.case).subquery()).scalar_subquery() for model in counted
    )
    disclosures, claims, interviews, findings = db.session().execute(sa.select(*asked)).one()
    case, closed = voice.case, closed_words(voice)
    yield from bullets([
        f"The case was opened on {voice.step('opening', case.opened)}. Its stage is {case.stage.label.lower()}.",
        f"It records {_number(disclosures, 'disclosure')} with {_number(claims, 'claim')}.",
        f"It records {_number(interviews, 'interview')} and {_number(findings, 'finding')}." if voice.is_whole else "",
        f"The case was closed on {closed}." if closed else "The inquiry is not closed.",
        "A missing record eliminates nobody. A record of access makes nobody responsible.",
    ])  # fmt: skip


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
