"""The chapter on what leaked: materials, versions, copies, and how far they spread."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from tracker.base import db
from tracker.exports.pack.blocks import RECORD, Block, bullets, facts, heading, mono, note, small, table
from tracker.exports.pack.voice import Voice
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.versions import Version


def materials_chapter(voice: Voice) -> Iterator[Block]:
    """What leaked, its versions and copies, and how far it spread."""
    whole = (
        selectinload(Material.versions).options(sa.orm.defer(Version.text), selectinload(Version.coverage)),
        selectinload(Material.copies),
    )
    found = list(db.session().scalars(Material.of(voice.case).order_by(Material.number).options(*whole)))
    if not found:
        yield small("No material is recorded.")
    for one in found:
        yield RECORD
        yield heading(2, f"{one.identifier}: {one.title}")
        yield from facts(
            ("Originator", one.originator), ("Custodian", one.custodian), ("Marking", one.marking),
            ("Created", voice.say(one.created)), ("Retention", one.retention),
        )  # fmt: skip
        yield table(
            ["Version", "Made", "Author and changes", "Holders", "SHA-256 begins"],
            (_version_row(voice, version) for version in one.versions if version.corrected_by is None),
            [0.8, 1.2, 1.5, 0.9, 1.2], "No version is recorded.",
        )  # fmt: skip
        yield from bullets(_spread(one))
        if one.copies:
            yield table(
                ["Copy", "Form", "Holder", "Mark"], (_copy_row(voice, copy) for copy in one.copies), [0.6, 0.6, 1.5, 1]
            )
    if found and voice.withheld:
        yield note("Holders and marks of copies are left out. " + voice.withheld)


def _version_row(voice: Voice, one: Version) -> list[Any]:
    about = "; ".join(filter(None, (one.author, one.changes)))
    return [one.label, voice.say(one.made), about, one.holders_words, mono((one.text_sha256 or "")[:16])]


def _spread(material: Material) -> Iterator[str]:
    for version in material.versions:
        for way in version.coverage:
            state = f"Resolved: {way.resolution}" if way.resolved_at else "Not resolved."
            yield f"{version.label}, {way.point.label.lower()}. {way.note} {state}".replace("  ", " ")


def _copy_row(voice: Voice, copy: Any) -> list[str]:
    holder = voice.who(copy.holder_person) or copy.holder
    return [copy.label or str(copy.number), copy.form.label, *(("", "") if voice.withheld else (holder, copy.mark))]
