"""Lists: each is declared once, in its view, and all that shows it is drawn from there.

That is: its page with filter, order and pages; its place among the tabs of a case, with a count; the same rows as a
file at the same address, through the same filter; its file in the zip of a whole case. So none of them can differ.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from flask import Response, abort, request
from flask.typing import ResponseReturnValue

from tracker.actions.checks import must_be_available
from tracker.actions.register import exports as actions
from tracker.audit.doors import Denied, witness
from tracker.exports.columns import Column, Table, column_of
from tracker.exports.labels import Labels
from tracker.exports.results import Result
from tracker.exports.streams import Stream
from tracker.exports.writing import lines
from tracker.gates import withheld_reason
from tracker.models.case.cases import Case
from tracker.models.register.exports import Export
from tracker.models.register.list_views import Looks
from tracker.policy import Permission, allows
from tracker.web.forms import FilterForm
from tracker.web.guard import Area, admit_again, me
from tracker.web.limits.export_turns import take_turn
from tracker.web.listing import Listing
from tracker.web.places import this_page
from tracker.web.rendering import page
from tracker.web.transfer.downloads import send_written
from tracker.web.transfer.formats import ENDINGS, asked_filter, asked_format, shape_of

STARTS = {  # the action under which a list leaves, by what its reader needs; the others are read by who reads the case
    Permission.READ_CASE_AUDIT_LOG: actions.start_case_audit_log,
    Permission.OPEN_CASE: actions.start_cases,
    Permission.READ_AUDIT_LOG: actions.start_audit_log,
}


class Tab(StrEnum):
    """The groups of tabs of a case, in their order; the overview stands before them."""

    DISCLOSURE = "Disclosure"
    ACCESS = "Who had access"
    INQUIRY = "Inquiry"
    CHRONOLOGY = "Chronology"
    FINDINGS = "Findings"
    TEAM = "Team"


@dataclass(frozen=True, eq=False)
class List:
    """One list, as it was declared.

    The file: `columns`, each a Column or the name of what it shows of the model, in the order of the SQL columns
    `order` (its number); `of` gives the rows of a case (all of the model's); `person_level`, `of_persons` and `shown`
    are those of Table. It stands at `/cases/<case>/<at>.csv` and `.xlsx`, or at `/<at>.csv` where rows come from
    `everywhere` that exists for an account; `in_zip` says that it leaves with the whole case. A list without columns
    has no file.

    The page, of a list with a `template`: at the same address without `.csv`. `filter` is built of the case, `sorts`
    maps a word of the address to a column, `sort` is the word to begin with, `key` is unique and breaks ties (its id).
    `joins` and `load` are put to the rows, `reads` and `counted` are those of Listing. `also` gives the template more,
    of case and listing.

    `tab` and `title` put the room's page `endpoint` among the tabs of a case, with a count (of those of which `counts`
    is true, of none if it is False) if it is a page like that of any other list. `noun` is what one row is.

    `keeps` says of case and filter what stands beside the rows: such a result can be kept as a snapshot.
    """

    area: Area
    model: Any
    name: str
    _: KW_ONLY
    columns: Sequence[Column | str] = ()
    order: tuple[Any, ...] = ()
    of: Callable[[Any], sa.Select[Any]] | None = None
    needs: Permission = Permission.READ_CASE
    person_level: bool = False
    of_persons: tuple[Any, ...] = ()
    shown: Callable[[Any, Any], tuple[Any, ...]] | None = None
    at: str = ""
    everywhere: Callable[[Any], sa.Select[Any]] | None = None
    in_zip: bool = True
    template: str | None = None
    filter: Callable[[Any], FilterForm] | None = None
    sorts: Mapping[str, Any] = field(default_factory=dict)
    sort: str = "number"
    key: Any = None
    joins: tuple[Any, ...] = ()
    load: tuple[Any, ...] = ()
    reads: tuple[Any, ...] = ()
    counted: Callable[[Any], sa.Select[Any]] | None = None
    also: Callable[[Any, Listing], dict[str, Any]] | None = None
    tab: Tab | None = None
    title: str = ""
    endpoint: str = "list_page"
    counts: Any = None
    noun: str = ""
    keeps: Callable[[Any, Any], Result] | None = None

    @cached_property
    def table(self) -> Table:
        """Its file."""
        order = self.order or (self.model.number,)
        of = self.of or self.model.of
        columns = (column_of(self.model, one) if isinstance(one, str) else one for one in self.columns)
        return Table(self.name, of, order, tuple(columns), self.needs, self.person_level, self.of_persons, self.shown)

    @property
    def address(self) -> str:
        """The rule of its page's address; with the ending of a format that of its file."""
        return f"{'' if self.everywhere else '/cases/<ref:case>'}/{self.at or self.name}"

    @property
    def is_counted(self) -> bool:
        """Whether its tab says how many there are: it does for a list with a page like that of any other."""
        return self.tab is not None and self.template is not None and self.counts is not False

    def rows(self, case: Any) -> sa.Select[Any]:
        """What whoever asks may see of it, before any filter."""
        return self.everywhere(me()) if self.everywhere else self.table.rows_for(me(), case)

    def listing(self, case: Case | None = None) -> Listing:
        """The page of it that the address asks for."""
        rows = self.rows(case)
        for part in self.joins:
            rows = rows.join(part)
        return Listing(
            rows.options(*self.load) if self.load else rows,
            path=this_page(),
            args=request.args,
            noun=self.noun,
            key=self.key or self.model.id,
            sorts=dict(self.sorts),
            default=self.sort,
            form=self.filter(case) if self.filter else None,
            csv=bool(self.columns),
            columns=self.reads,
            counted=self.counted(me()) if self.counted else None,
            looks=Looks.of(me(), self.name, case) if me() else None,
        )

    def page(self, case: Case | None = None) -> ResponseReturnValue:
        """Its page; in place of an answer about persons the sentence of the screen, while that is shut."""
        shut = withheld_reason(case) if self.person_level and case is not None else None
        listing = None if shut else self.listing(case)
        more = self.also(case, listing) if self.also is not None and listing is not None else {}
        return page(self.template or "", listing=listing, shut=shut, **more)

    def file(self, case: Case | None = None) -> ResponseReturnValue:
        """The same rows through the same filter as a file without names; that it leaves is recorded first."""
        must_be_asked_here(case)
        if self.person_level and case is not None:
            must_be_available(case)
        _, rows = self.asked(case)
        start: Any = STARTS.get(self.needs, actions.start_list)
        with take_turn():
            export, table = start(me(), case, what=self.name, filter=asked_filter(), format=asked_format()), self.table
            case_id, shape = export.case_id, shape_of(export)
            made = lambda connection, tally: lines(  # noqa: E731  # told to the stream, which calls it after the request
                Labels(connection, case_id, names=False), table, rows, tally, shape
            )
            return sent(export, Stream(export, made))

    def asked(self, case: Case | None = None) -> tuple[FilterForm | None, sa.Select[Any]]:
        """The filter of the address, and the rows that it leaves."""
        form, rows = self.filter(case) if self.filter is not None else None, self.rows(case)
        return form, rows if form is None else _narrow(rows, form)


LISTS: list[List] = []


def register(area: Area, model: Any, name: str, **parts: Any) -> List:
    """Declare the list of a model: the parts are those of List. Its page and its file are registered with the area."""
    declared = List(area, model, name, **parts)
    subject = None if declared.everywhere else Case
    if declared.template:
        area.route(declared.address, needs=declared.needs, of=subject, endpoint=declared.endpoint)(_view(declared.page))
    if declared.columns:
        endpoint = f"{'' if subject else 'all_'}{name.replace('-', '_')}_file"
        rule = f"{declared.address}.{ENDINGS}"
        area.route(rule, needs=declared.needs, of=subject, endpoint=endpoint)(_view(declared.file))
    LISTS.append(declared)
    return declared


def arrange(areas: Iterable[Area]) -> None:
    """Put the lists in the order of their rooms: so they stand in tabs and in the zip."""
    place = {area.name: number for number, area in enumerate(areas)}
    LISTS.sort(key=lambda one: place[one.area.name])


def zip_tables() -> list[Table]:
    """The files of a whole case, in their order."""
    return [one.table for one in LISTS if one.in_zip and one.columns]


def must_be_asked_here(case: Case | None) -> None:
    """No page of another site may start a download, not even by a link."""
    if request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}:
        witness("access.denied", me(), outcome="denied", case=case, needs="same_origin")
        abort(403)


def sent(export: Export, body: Stream) -> Response:
    """A download under the export's number: written down first, then asked again whether it may leave."""
    case, names = export.case, export.names

    def ask() -> None:
        admit_again()
        if names and not allows(me(), Permission.EXPORT_NAMES, case):
            raise Denied(Permission.EXPORT_NAMES, case)

    headers = {"Content-Disposition": f'attachment; filename="{export.file_name}"'}
    return send_written(body.spool, export.format.media_type, headers, ask=ask)


def _narrow(rows: sa.Select[Any], form: FilterForm) -> sa.Select[Any]:
    """What the filter of the address shows; one that cannot be read must not let everything out."""
    for asked in form:
        if asked.errors and request.args.get(asked.name, "").strip():
            abort(422, f"Correct the filter first. {asked.label.text}: {asked.errors[0]}")
    return form.apply(rows)


def _view(shows: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """A function of its own for each route: the door writes on it what it needs."""
    return lambda case=None, **_: shows(case)
