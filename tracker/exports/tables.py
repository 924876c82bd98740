"""Every file of an export. The names of the columns are those of the forms and of the import, and do not change.

The first columns of each file stand in the order that is promised to its readers; new ones are put after them.
"""

from dataclasses import replace

from tracker.exports.cases import CASES, RIVALS, TEAM
from tracker.exports.columns import Table
from tracker.exports.disclosed import CAPTURES, CHECKS, CLAIMS, DISCLOSURES
from tracker.exports.exclusions import EXCLUSIONS
from tracker.exports.exhibits import CUSTODY, DISPOSALS, EXHIBITS
from tracker.exports.findings import COMMENTS, FINDINGS, REPLIES, REVIEWS, REVISIONS
from tracker.exports.inquiry import CITATIONS, CONTACTS, HYPOTHESES, LINES
from tracker.exports.interviews import ADDENDA, INTERVIEWS, PRESENCE
from tracker.exports.judgement import APPRAISALS, DECISIONS, OUTCOMES
from tracker.exports.materials import COPIES, COVERAGE, MATERIALS, VERSIONS
from tracker.exports.persons import ACCESS, LOGS, PEOPLE, WHEREABOUTS
from tracker.exports.records import EXPORTS, LEDGER
from tracker.exports.stages import FLAGS, FORGONE, MOVES, SCREENS
from tracker.exports.subjects import DESIGNATIONS, REVEALS
from tracker.gates import shut_for_persons
from tracker.models.accounts import User
from tracker.models.audit import AuditEvent
from tracker.models.cases import Case
from tracker.policy import Permission, allows

LISTS = (
    DISCLOSURES, CLAIMS, CHECKS, CAPTURES, MATERIALS, VERSIONS, COPIES, COVERAGE, PEOPLE, ACCESS, LOGS, WHEREABOUTS,
    TEAM, RIVALS, INTERVIEWS, ADDENDA, PRESENCE, EXHIBITS, CUSTODY, DISPOSALS, CONTACTS, LINES, HYPOTHESES, CITATIONS,
    EXCLUSIONS, DESIGNATIONS, REVEALS, FINDINGS, REVISIONS, COMMENTS, REPLIES, REVIEWS, APPRAISALS, DECISIONS, OUTCOMES,
    MOVES, FLAGS, FORGONE, SCREENS,
)  # fmt: skip  # each is a file at its own address too
IN_CASE = (CASES, *LISTS, EXPORTS)
TABLES: dict[str, Table] = {table.name: table for table in (*IN_CASE, LEDGER)}


def tables_for(reader: User, case: Case) -> tuple[Table, ...]:
    """The files of a whole case that this reader may have, and that counsel's screen lets out."""
    shut = shut_for_persons(case) is not None
    may = [table for table in (*IN_CASE, LEDGER) if allows(reader, table.needs, case)]
    return tuple(for_reader(table, reader, case) for table in may if not (table.screened and shut))


def for_reader(table: Table, reader: User, case: Case) -> Table:
    """A file without the rows that this reader may not have now.

    The ledger of a case tells nobody but counsel that there are privileged notes; and while the screen is shut, no
    file answers about persons.
    """
    if table is LEDGER and not allows(reader, Permission.KEEP_PRIVILEGED, case):
        return replace(table, of=lambda case: LEDGER.of(case).where(~AuditEvent.of_privileged()))
    if table.of_persons and shut_for_persons(case) is not None:
        others = [column.is_(None) for column in table.of_persons]
        return replace(table, of=lambda case: table.of(case).where(*others))
    return table
