"""Every column with text is indexed by the declaration of its model, or named here with the reason why not."""

import sqlalchemy as sa

from tracker.audit.search.documents import models
from tracker.base.db import UTC, Base
from tracker.models import all as _every_model  # noqa: F401
from tracker.views.answers.search_results.facets import KINDS

TABLES = {
    "account": "people who work, not what they found", "account_alias": "of accounts", "invitation": "of accounts",
    "acknowledgement": "of the register, for auditors", "export": "what was exported, in its own list",
    "assignment": "the team, not the inquiry", "recusal_match": "shown to few, and about accounts",
    "recusal_question": "shown to few, and about accounts",
    "login_session": "housekeeping", "login_attempt": "housekeeping", "form_token": "housekeeping",
    "import_mapping": "housekeeping", "list_view": "housekeeping", "standard_text": "of the register, in their list",
    "audit": "found by its actions (find_logged)", "audit_detail": "old values", "audit_record": "keys",
    "sealed_text": "the words stand in the records that were sealed", "search_text": "the index itself",
    "protection_check": "counsel's compartment", "protection_answers": "counsel's compartment",
    "snapshot": "a person-level result, withheld until counsel's check",
    "elimination": "a person-level result, withheld until counsel's check", "subject_status": "a person-level result",
    "review": "verdicts on other records", "citation": "a link between records", "derivation": "a link between records",
    "reveal": "why a name was revealed: for who reviews reveals", "person_merge": "how one person came of two",
    "related_case": "tells of another case", "stage_move": "how the case moved", "suspension": "how the case moved",
    "review_waiver": "how the case moved", "step_time": "dates of steps",
}  # fmt: skip
COLUMNS = {
    "version.text": "texts of versions are never indexed", "version.file_name": "files of versions are never indexed",
    "cases.zone": "a zone", "cases.marking": "one of a few words", "material.marking": "one of a few words",
    "cases.happened": "one of a few words", "cases.breach": "one of a few words", "cases.source": "one of a few words",
    "cases.ending": "one of a few words", "access_log.zone": "a zone", "access_log.clock_offset": "a number",
    "access_log.failure": "a sentence of the program", "access_log.reverted_why": "a reverted log leaves the index",
    "access_log.mapping": "how the file is read", "access_log.report": "what a dry run found",
    "access_log.left_out": "numbers of lines",
    "conflict.thing": "a kind", "conflict.field": "a field", "comment.field": "a field",
    "outcome.sources": "a list of words",
    "outcome.as_it_stood": "the record at the closing, which is indexed itself",
}  # fmt: skip


def is_text(column):
    """Whether a column holds words that somebody typed; a moment and one of a list of words are none."""
    kind = column.type.impl if isinstance(column.type, sa.types.TypeDecorator) else column.type
    return isinstance(kind, sa.String | sa.JSON) and not isinstance(column.type, sa.Enum)


def is_plain(column):
    stem = column.name.rpartition("_")[0]
    is_of_moment = f"{stem}_earliest" in column.table.columns
    return (
        is_of_moment
        or column.info.get("derived")
        or column.name.endswith(("sha256", "seal", "salt"))
        or isinstance(column.type, UTC)
    )


def test_every_text_is_indexed_or_named_with_a_reason():
    indexed = {f"{kind}.{name}" for kind, model in models().items() for one in model.SEARCHED for name in one.fields}
    texts = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        if table.name not in TABLES
        for column in table.columns
        if is_text(column) and not is_plain(column)
    }
    assert sorted(texts - indexed - COLUMNS.keys()) == []
    assert sorted(indexed & COLUMNS.keys()) == []
    assert sorted(COLUMNS.keys() - texts) == []
    assert TABLES.keys() <= Base.metadata.tables.keys()


def test_every_thing_under_which_a_text_is_found_is_a_kind_of_results():
    under = {one.under or kind for kind, model in models().items() for one in model.SEARCHED}
    assert under == KINDS.keys()
