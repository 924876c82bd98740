"""Exports: every list as CSV at its own address, and the page on which a whole case leaves as a zip."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from flask import Response, abort, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload
from wtforms import BooleanField
from wtforms.validators import ValidationError

from tracker.actions import exports as actions
from tracker.actions.exposures import must_be_screened
from tracker.audit.doors import witness
from tracker.exports.bundle import case_started
from tracker.exports.columns import Table
from tracker.exports.labels import Labels
from tracker.exports.streams import Stream
from tracker.exports.tables import LISTS, TABLES, for_reader
from tracker.exports.writing import lines
from tracker.fields import Line, Text
from tracker.forms import FilterForm, RecordForm
from tracker.guard import Area, ask_again, is_fresh, me
from tracker.listing import Listing
from tracker.models.audit import AuditEvent
from tracker.models.cases import Case
from tracker.models.exports import Export
from tracker.policy import Permission, allows
from tracker.rendering import page
from tracker.views.accesses import AccessFilter
from tracker.views.cases import CaseFilter
from tracker.views.contacts import ContactFilter
from tracker.views.disclosures import DisclosureFilter
from tracker.views.drafting import FindingFilter
from tracker.views.exclusions import ExclusionFilter
from tracker.views.intake import ExhibitFilter
from tracker.views.interviews import InterviewFilter
from tracker.views.ledger import LedgerFilter, RegisterFilter
from tracker.views.lines import LineFilter
from tracker.views.logs import LogFilter
from tracker.views.materials import MaterialFilter
from tracker.views.people import PersonFilter
from tracker.views.rivals import RivalFilter
from tracker.views.whereabouts import WhereaboutsFilter

area = Area("exports", __name__)
FILTERS: dict[str, Callable[[Case], FilterForm]] = {
    "access": AccessFilter,
    "access-logs": lambda case: LogFilter(),
    "contacts": lambda case: ContactFilter(),
    "disclosures": lambda case: DisclosureFilter(),
    "exclusions": lambda case: ExclusionFilter(),
    "exhibits": lambda case: ExhibitFilter(),
    "findings": lambda case: FindingFilter(),
    "interviews": lambda case: InterviewFilter(),
    "lines-of-inquiry": LineFilter,
    "materials": lambda case: MaterialFilter(),
    "people": lambda case: PersonFilter(names=allows(me(), Permission.READ_NAMES, case)),
    "rivals": lambda case: RivalFilter(),
    "whereabouts": WhereaboutsFilter,
}


class ExportForm(RecordForm):
    """The whole case: with names only for a purpose, and to somebody."""

    names = BooleanField("With names and identifiers of people")
    purpose = Text("Purpose", longest=2000, description="What it is needed for. Names leave only if this is said.")
    recipient = Line("Recipient", description="Who receives it, by post. Names leave only if this is said.")

    def validate_purpose(self, field: Any) -> None:
        """Names leave for a purpose."""
        if self.names.data and not field.data:
            raise ValidationError("Say what the names are needed for.")

    def validate_recipient(self, field: Any) -> None:
        """Names leave to somebody."""
        if self.names.data and not field.data:
            raise ValidationError("Say who receives the names.")


@area.before_request
def only_from_here() -> None:
    """No page of another site may start a download, not even by a link."""
    if request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}:
        subject = next(iter((request.view_args or {}).values()), None)
        witness("access.denied", me(), out="denied", case=getattr(subject, "case", None), needs="same_origin")
        abort(403)


def csv_of(name: str) -> Callable[[Case], ResponseReturnValue]:
    """The view of one list of a case as CSV."""

    def view(case: Case) -> ResponseReturnValue:
        table = for_reader(TABLES[name], me(), case)
        if table.screened:
            must_be_screened(case)
        rows = narrowed(table.of(case), FILTERS[name](case) if name in FILTERS else None)
        export = actions.start_list(me(), case, what=name, filter=asked())
        return sent_list(export, table, rows)

    return view


for _list in LISTS:
    area.route(f"/cases/<ref:case>/{_list.name}.csv", needs=_list.needs, of=Case, endpoint=_list.name)(
        csv_of(_list.name)
    )


@area.route("/cases/<ref:case>/ledger.csv", needs=Permission.READ_CASE_LEDGER, of=Case)
def ledger_of_case(case: Case) -> ResponseReturnValue:
    """The ledger of one case, without contents."""
    rows = narrowed(for_reader(TABLES["ledger"], me(), case).of(case), LedgerFilter())
    return sent_list(actions.start_case_ledger(me(), case, what="ledger", filter=asked()), TABLES["ledger"], rows)


@area.route("/cases/<ref:case>/export.csv", needs=Permission.EXPORT_CASE, of=Case)
def exports_of_case(case: Case) -> ResponseReturnValue:
    """What has left the case so far."""
    export = actions.start_list(me(), case, what="exports", filter="")
    return sent_list(export, TABLES["exports"], Export.of(case))


@area.route("/cases.csv", needs=Permission.OPEN_CASE)
def cases() -> ResponseReturnValue:
    """My cases."""
    rows = narrowed(Case.visible_to(me()), CaseFilter())
    return sent_list(actions.start_cases(me(), None, what="cases", filter=asked()), TABLES["cases"], rows)


@area.route("/ledger.csv", needs=Permission.READ_LEDGER)
def ledger() -> ResponseReturnValue:
    """The ledger of every case, without contents."""
    rows = narrowed(sa.select(AuditEvent), RegisterFilter())
    return sent_list(actions.start_ledger(me(), None, what="ledger", filter=asked()), TABLES["ledger"], rows)


@area.form("/cases/<ref:case>/export", needs=Permission.EXPORT_CASE, of=Case)
def whole(case: Case) -> ResponseReturnValue:
    """The whole case as a zip, and what has left it so far."""
    form = ExportForm()
    if form.validate_on_submit():
        if form.names.data and not is_fresh():
            return ask_again()
        with form.conflicts():
            return sent(*case_started(me(), case, **form.values()), "application/zip")
    listing = Listing(
        Export.of(case).options(joinedload(Export.by)),
        path=url_for(".whole", case=case.reference),
        args=request.args,
        noun="export",
        key=Export.id,
        sorts={"number": Export.number},
        default="-number",
    )
    return page("exports/show.html", form=form, case=case, listing=listing)


def narrowed(rows: sa.Select[Any], form: FilterForm | None) -> sa.Select[Any]:
    """What the filter of the address shows; one that cannot be read must not let everything out."""
    if form is None:
        return rows
    for field in form:
        if field.errors and request.args.get(field.name, "").strip():
            abort(422, f"Correct the filter first. {field.label.text}: {field.errors[0]}")
    return form.apply(rows)


def asked() -> str:
    """The filter as the address has it."""
    return request.query_string.decode("utf-8", "replace")[:2000]


def sent_list(export: Export, table: Table, rows: sa.Select[Any]) -> Response:
    """One list, without names."""
    case_id = export.case_id
    body = Stream(export, lambda connection, tally: lines(Labels(connection, case_id, names=False), table, rows, tally))
    return sent(export, body, "text/csv")


def sent(export: Export, body: Stream, kind: str) -> Response:
    """A download under the export's number."""
    return Response(body, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{export.file_name}"'})
