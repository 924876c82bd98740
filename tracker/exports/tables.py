"""Every file of an export. The names of the columns are those of the forms and of the import, and do not change.

The first columns of each file stand in the order that is promised to its readers; new ones are put after them.
"""

from tracker.exports.cases import CASES, RIVALS, TEAM
from tracker.exports.columns import Table
from tracker.exports.disclosed import CAPTURES, CHECKS, CLAIMS, DISCLOSURES
from tracker.exports.materials import COPIES, COVERAGE, MATERIALS, VERSIONS
from tracker.exports.persons import ACCESS, LOGS, PEOPLE, WHEREABOUTS
from tracker.exports.records import EXPORTS, LEDGER

IN_CASE = (
    CASES, TEAM, DISCLOSURES, CLAIMS, CHECKS, CAPTURES, MATERIALS, VERSIONS, COPIES, COVERAGE, PEOPLE, ACCESS, LOGS,
    WHEREABOUTS, RIVALS, EXPORTS,
)  # fmt: skip  # all may read these who may export the case; the ledger is for fewer
TABLES: dict[str, Table] = {table.name: table for table in (*IN_CASE, LEDGER)}


def tables_for(*, ledger: bool) -> tuple[Table, ...]:
    """The files of a whole case, for a reader who may or may not read its ledger."""
    return (*IN_CASE, LEDGER) if ledger else IN_CASE
