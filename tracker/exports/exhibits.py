"""Exhibits, every handover of them and their end as files; the exhibits' own files do not leave here."""

from typing import Any

import sqlalchemy as sa

from tracker.exports.columns import Table, instant, label, moment, plain, text
from tracker.models.custody import CustodyEntry, Disposal
from tracker.models.exhibits import Exhibit


def _grade() -> Any:
    """`B2`, as `Exhibit.grade` says it; a dash for what was not judged, nothing where neither was."""
    source, information = (
        sa.func.coalesce(sa.type_coerce(column, sa.String), "-")
        for column in (Exhibit.source_grade, Exhibit.information_grade)
    )
    return sa.func.nullif(source + information, "--", type_=sa.String)


EXHIBITS = Table(
    "exhibits",
    Exhibit.of,
    (Exhibit.number,),
    (
        plain("number", Exhibit.number),
        text("title", Exhibit.title),
        plain("form", Exhibit.form),
        plain("sha256", Exhibit.sha256),
        plain("size", Exhibit.size),
        moment("obtained", Exhibit),
        text("obtained_from", Exhibit.obtained_from),
        text("grade", _grade()),
        text("file_name", Exhibit.name),
        text("how", Exhibit.how),
        plain("original", Exhibit.original),
        text("note", Exhibit.note),
        label("twin", "exhibit_numbers", Exhibit.twin_id),
        label("by", "accounts", Exhibit.by_id),
        instant("at", Exhibit.at),
        plain("seal", Exhibit.seal),
    ),
)

CUSTODY = Table(
    "custody",
    CustodyEntry.of,
    (CustodyEntry.exhibit_id, CustodyEntry.number),
    (
        label("exhibit", "exhibit_numbers", CustodyEntry.exhibit_id),
        plain("number", CustodyEntry.number),
        text("from_holder", CustodyEntry.from_holder),
        text("to_holder", CustodyEntry.to_holder),
        moment("at", CustodyEntry),
        text("why", CustodyEntry.why),
        plain("seal", CustodyEntry.seal),
        text("seal_number", CustodyEntry.seal_number),
        text("condition", CustodyEntry.condition),
        label("by", "accounts", CustodyEntry.by_id),
        instant("recorded", CustodyEntry.recorded),
    ),
)

DISPOSALS = Table(
    "disposals",
    Disposal.of,
    (Disposal.exhibit_id, Disposal.number),
    (
        label("exhibit", "exhibit_numbers", Disposal.exhibit_id),
        plain("number", Disposal.number),
        text("reason", Disposal.reason),
        label("by", "accounts", Disposal.by_id),
        instant("at", Disposal.at),
        label("confirmed_by", "accounts", Disposal.confirmed_by_id),
        instant("confirmed", Disposal.confirmed_at),
        instant("declined", Disposal.declined_at),
    ),
)
