"""The briefing book and the cue cards."""

from tracker.actions.materials import record_copy, record_coverage, register_material, resolve_coverage
from tracker.actions.versions import Content, record_version
from tracker.analysis.moments import Precision
from tracker.demo.telling import Telling, local
from tracker.models.evidence import CopyForm, Point
from tracker.models.materials import Material, Version
from tracker.models.words import HoldersKnown

ZONE = "America/New_York"


def register(telling: Telling) -> tuple[Material, Material, Version]:
    """Two materials with their versions, copies and the ways they spread that no log shows."""
    by, case, settings = telling.by, telling.case, telling.settings
    book = register_material(
        by,
        case,
        identifier="BOOK-0319",
        title="Overnight briefing book",
        originator="Staff secretary",
        custodian="Staff secretary",
        marking="official-sensitive",
        retention="Returned the next day",
        created=local("2018-03-19 18:00", ZONE, Precision.HOUR),
    )
    cards = register_material(
        by,
        case,
        identifier="CARDS-0320",
        title="Four cue cards for the telephone call",
        originator="Security council staff",
        custodian="Staff secretary",
        marking="official-sensitive",
        retention="Collected after the call",
        created=local("2018-03-19 14:05", ZONE),
    )
    draft = record_version(
        by,
        cards,
        label="Draft",
        content=Content(),
        settings=settings,
        made=local("2018-03-19 14:05", ZONE),
        author="Country officer",
        changes="Four points; the first in ordinary letters.",
        holders_known=HoldersKnown.UNKNOWN_SMALL,
        holders=None,
        identifier="",
    )
    final = record_version(
        by,
        cards,
        label="Final",
        settings=settings,
        made=local("2018-03-19 17:20", ZONE),
        content=Content(
            text="DO NOT CONGRATULATE ON ELECTION WIN\n\nCondemn the use of a nerve agent on our ally's soil.",
            reason="Needed to compare the published words with the card.",
        ),
        author="Deputy regional director",
        changes="First card in capitals; third card shortened.",
        holders_known=HoldersKnown.UNKNOWN_SMALL,
        holders=None,
        identifier="",
    )
    record_version(
        by,
        book,
        label="As delivered",
        content=Content(),
        settings=settings,
        made=local("2018-03-19 21:00", ZONE),
        author="Staff secretary",
        changes="",
        holders_known=HoldersKnown.ABOUT,
        holders=9,
        identifier="",
    )
    for number, holder in enumerate(("Residence", "Office of the leader", "Call room"), start=1):
        record_copy(by, cards, form=CopyForm.PAPER, holder=holder, version=final, label=f"Set {number}", mark="")
    printer = record_coverage(
        by, final, point=Point.UNLOGGED_PRINTER, note="Printer beside the adviser's office keeps no log."
    )
    record_coverage(by, final, point=Point.INTERPRETER, note="Whether the interpreter saw the cards is not known.")
    record_coverage(by, final, point=Point.COURIER, note="Who carried the book to the residence is not written down.")
    desk = record_coverage(by, draft, point=Point.SHARED_MAILBOX, note="The desk's mailbox is read by several.")
    resolve_coverage(by, desk, resolution="Three readers of the mailbox; all three stand in the portal log.")
    assert printer.resolved_at is None
    return book, cards, final
