"""The chapter on the register: people, who had access, the records of it, eliminations, contacts."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tracker.actions.access.exposure import Answer, who_had_access
from tracker.analysis.exposure import Standing
from tracker.analysis.pitfalls import OF_EXPOSURE
from tracker.base import db
from tracker.exports.bundle import OPPORTUNITY
from tracker.exports.pack.blocks import Block, bullets, facts, heading, note, small, table
from tracker.exports.pack.chapters.disclosures import disclosures_of
from tracker.exports.pack.voice import Voice
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.eliminations import Elimination
from tracker.models.access.people import Person, pseudonym
from tracker.models.access.whereabouts import Whereabouts
from tracker.models.access.words import LogState
from tracker.models.inquiry.press_contacts import PressContact
from tracker.models.register.words import Profile

MOST = 2_000  # rows of one table of the record: the CSV files of a case export hold all
TOO_LONG = "The first {:,} of {:,} rows are printed. The case export holds all of them as CSV."


def register_chapter(voice: Voice) -> Iterator[Block]:
    """The register as far as the reader sees it: people, who had access, records, eliminations, contacts."""
    yield note(OPPORTUNITY)
    if voice.profile is Profile.PUBLICATION:
        yield small("The register of people is not in this profile. The statistics count it without persons.")
        return
    yield heading(2, "People")
    people = [one for one in db.session().scalars(Person.of(voice.case).order_by(Person.number)) if voice.shows(one)]
    rows = ([voice.who(one), one.post, one.unit, one.involvement.label] for one in people)
    yield table(["Person", "Post", "Unit", "Involvement"], rows, [1.4, 1.5, 1.2, 0.9], "No person is recorded.")
    yield from _answers(voice)
    yield heading(2, "Access records")
    yield from _access(voice)
    yield heading(2, "Whereabouts")
    yield from _whereabouts(voice)
    yield from _eliminations(voice)
    yield heading(2, "Press contacts")
    yield from _contacts(voice)
    if voice.is_whole:
        yield heading(2, "Access logs")
        yield from _logs(voice)


def _answers(voice: Voice) -> Iterator[Block]:
    """Who had access before each disclosure, by class; nobody stands higher for what is recorded of them."""
    yield heading(2, "Who had access")
    if voice.withheld:
        yield note(voice.withheld)
        return
    for one in disclosures_of(voice):
        yield heading(3, f"Before disclosure {one.number}: {voice.text(one.heading)}")
        answer = who_had_access(one, one.claims, say=voice.say)
        if voice.own is not None:
            found = (
                standing.value.capitalize()
                for standing in Standing
                if {*voice.mine.values()} & {*answer.exposure.of(standing)}
            )
            yield from facts(("Your recorded access", ", ".join(found) or "None"))
        else:
            rows = ([standing.value.capitalize(), *_counted(answer, standing)] for standing in Standing)
            yield table(["Class", "People", "Who"], rows, [0.9, 0.8, 4])
        yield from bullets(answer.coverage if voice.is_whole else _without_versions(answer))
        yield from bullets(answer.pitfalls if voice.is_whole else OF_EXPOSURE)


def _without_versions(answer: Answer) -> Iterator[str]:
    """How complete the answer is; which version it is of would confirm what a protected claim is from."""
    for span, line in zip(answer.spans, answer.coverage, strict=True):
        yield line.removeprefix(f"{span.version.heading}: ") if span.version is not None else line


def _counted(answer: Answer, standing: Standing) -> list[str]:
    who = ", ".join(pseudonym(number) for number in sorted(answer.exposure.of(standing))[:MOST])
    return [answer.exposure.number_words(standing), who]


def _rows(voice: Voice, model: Any, *loads: Any) -> tuple[list[Any], int]:
    """The rows of a model that the reader sees, up to the most, and how many there are."""
    those = model.of(voice.case).where(model.uncorrected())
    if not voice.is_whole:
        those = those.where(model.person_id.in_(list(voice.mine)))
    total = db.session().scalar(sa.select(sa.func.count()).select_from(those.order_by(None).subquery())) or 0
    found = those.order_by(model.number).limit(MOST).options(joinedload(model.person), *loads)
    return list(db.session().scalars(found)), total


def _printed(block: Block, printed: int, total: int) -> Iterator[Block]:
    yield block
    if total > printed:
        yield small(TOO_LONG.format(printed, total))


def _access(voice: Voice) -> Iterator[Block]:
    version = joinedload(AccessRecord.version).load_only(
        sa.inspect(AccessRecord).relationships["version"].mapper.class_.label
    )
    found, total = _rows(voice, AccessRecord, joinedload(AccessRecord.material), version, joinedload(AccessRecord.log))
    rows = (
        [
            str(one.number),
            voice.who(one.person),
            voice.text(" ".join(filter(None, (one.material.identifier, one.version and one.version.label)))),
            f"{one.level.value}: {one.level.says}",
            voice.say(one.since),
            voice.text(one.origin),
        ]
        for one in found
    )
    head = ["No.", "Person", "Material", "Level", "Since", "Source"]
    yield from _printed(table(head, rows, [0.5, 1, 1, 1.2, 1.4, 1.3], "No access record."), len(found), total)
    yield small("E0, E1 and E7 are possible access, E2 is delivery, E3 to E6 are confirmed access.")


def _whereabouts(voice: Voice) -> Iterator[Block]:
    found, total = _rows(voice, Whereabouts, joinedload(Whereabouts.log))
    rows = (
        [
            str(one.number),
            voice.who(one.person),
            voice.text(one.place),
            voice.say(one.since),
            voice.say(one.until),
            voice.text(one.origin),
        ]
        for one in found
    )
    head = ["No.", "Person", "Place", "Since", "Until", "Source"]
    yield from _printed(table(head, rows, [0.5, 1, 1.2, 1.3, 1.3, 1.2], "No whereabouts."), len(found), total)


def _eliminations(voice: Voice) -> Iterator[Block]:
    yield heading(2, "Eliminations")
    if voice.withheld:
        yield note(voice.withheld)
        return
    whole = (
        joinedload(Elimination.person),
        joinedload(Elimination.disclosure),
        joinedload(Elimination.claim),
        joinedload(Elimination.reviews),
    )
    found = db.session().scalars(Elimination.of(voice.case).order_by(Elimination.number).options(*whole)).unique()
    rows = (
        [
            str(one.number),
            voice.who(one.person),
            _about(one),
            f"{one.ground.label}, {one.strength.label}",
            one.state.capitalize(),
            voice.text(
                " ".join(filter(None, (one.evidence, one.why_wrong and f"Records overruled, because: {one.why_wrong}")))
            ),
        ]
        for one in found
        if voice.shows(one.person)
    )
    head = ["No.", "Person", "For", "Ground and strength", "State", "Evidence"]
    yield table(head, rows, [0.5, 1, 1.1, 1.4, 0.9, 2], "No elimination.")


def _about(one: Elimination) -> str:
    claim = f", claim {one.claim.label}" if one.claim is not None else ""
    return f"Disclosure {one.disclosure.number}{claim}"


def _contacts(voice: Voice) -> Iterator[Block]:
    found, total = _rows(voice, PressContact)
    rows = (
        [
            str(one.number),
            voice.who(one.person),
            voice.say(one.at),
            voice.text(", ".join(filter(None, (one.with_whom, one.channel)))),
            f"Content known: {one.content_known.label.lower()}. {voice.text(one.content)}",
            voice.text(one.explanation),
        ]
        for one in found
    )
    head = ["No.", "Person", "When", "With", "Content", "Explanation"]
    yield from _printed(table(head, rows, [0.5, 1, 1.3, 1.2, 1.5, 1.3], "No press contact."), len(found), total)
    if found:
        yield small("A contact says nothing of what was said.")


def _logs(voice: Voice) -> Iterator[Block]:
    found = db.session().scalars(
        AccessLog.of(voice.case).where(AccessLog.state == LogState.VISIBLE).order_by(AccessLog.number)
    )
    rows = (
        [
            f"L{one.number}",
            one.name,
            one.system,
            f"{voice.say(one.covers_since)} to {voice.say(one.covers_until)}",
            one.gaps or "not said",
            one.clock_offset or "not said",
        ]
        for one in found
    )
    yield table(
        ["Log", "Name", "System", "Covers", "Gaps", "Clock offset"], rows, [0.4, 1.3, 1, 1.6, 1, 0.9], "No access log."
    )
