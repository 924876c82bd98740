"""Snapshots: keeping the result that an address gives, their list, and one as it was."""

import io
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from tracker.actions.answers import snapshots as actions
from tracker.actions.checks import must_be_available
from tracker.analysis.letters import read_number
from tracker.audit.doors import Refused, now
from tracker.base.files import Damaged
from tracker.exports.columns import plain, text
from tracker.exports.results import MOST, Kept, last_entry_of, read_kept, rows_of
from tracker.gates import withheld_reason
from tracker.models.access.snapshots import Snapshot
from tracker.models.case.cases import Case
from tracker.models.register.accounts import Account
from tracker.policy import Permission
from tracker.policy.refusals import CLOSED
from tracker.views.access.who_had_access import keep_who_had_access
from tracker.views.answers.comparison.kept import keep_comparison
from tracker.views.answers.narrowing.pages import keep_narrowing
from tracker.views.answers.overlap import keep_overlap
from tracker.web.fields import LongText, needed
from tracker.web.forms import RecordForm
from tracker.web.guard import Area, me
from tracker.web.lists import LISTS, List, Tab, register
from tracker.web.places import address
from tracker.web.rendering import page
from tracker.web.uploads import DAMAGED, send, store, stored_while_written

area = Area("snapshots", __name__)
ALL = "/cases/<ref:case>/snapshots"
ONE = f"{ALL}/<number:number>"
AT_ONCE = 200  # rows on one page
ONCE = {"coverage", "read_this"}  # columns that say in every row what the page says once
CHANGED = "The record changed while the result was put together. Try again."
OWN: dict[str, tuple[str, Callable[[Case], Kept]]] = {  # results that are no list, by the page they stand at
    "who-had-access": ("Who had access", keep_who_had_access), "narrowing": ("Narrowing", keep_narrowing),
    "overlap": ("Overlap", keep_overlap), "comparison": ("Text comparison", keep_comparison),
}  # fmt: skip
register(
    area, Snapshot, "snapshots", tab=Tab.ACCESS, title="Snapshots", noun="snapshot", person_level=True,
    needs=Permission.READ_EXPOSURE, sorts={"number": Snapshot.number}, sort="-number",
    template="answers/snapshots/list.html",
    columns=(
        "number", "page", "query", "title", "sentence", plain("rows", Snapshot.rows), "entries", "last_entry",
        "sha256", "size", text("why", Snapshot.why), "by", "at",
    ),
)  # fmt: skip


class KeepForm(RecordForm):
    """Which result is kept, and why."""

    of = SelectField("Result", [needed("Choose the result to keep.")], choices=lambda _form, _field: _choices())
    why = LongText("Purpose", longest=2000, description="Why the result is kept, for whoever reads it later.")


@area.form(f"{ALL}/new", needs=Permission.KEEP_SNAPSHOT, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Keep the result of the list that the address names, through the filter that it holds."""
    form = KeepForm(data={"of": request.args.get("of")})
    return form.takes(_keep, case, "answers/snapshots/new.html", shut=withheld_reason(case), most=MOST)


@area.route(ONE, needs=Permission.READ_EXPOSURE, of=Snapshot)
def show(snapshot: Snapshot) -> ResponseReturnValue:
    """One snapshot as it was."""
    if reason := withheld_reason(snapshot.case):
        return page("answers/snapshots/show.html", shut=reason)
    actions.read_snapshot(me(), snapshot)
    try:
        said = read_kept(b"".join(store().chunks(snapshot.sha256)))
    except Damaged:
        return page("answers/snapshots/show.html", damaged=DAMAGED)
    number = max(read_number(request.args.get("page")) or 1, 1)
    start = (number - 1) * AT_ONCE
    shown = [at for at, head in enumerate(said["header"]) if head not in ONCE]
    rows = [[row[at] for at in shown] for row in said["rows"][start : start + AT_ONCE]]
    heads = [said["header"][at] for at in shown]
    return page(
        "answers/snapshots/show.html", said=said, heads=heads, rows=rows, start=start, number=number, at_once=AT_ONCE,
        current=_current(snapshot),
    )  # fmt: skip


@area.route(f"{ONE}/file", needs=Permission.READ_EXPOSURE, of=Snapshot)
def download(snapshot: Snapshot) -> ResponseReturnValue:
    """The exact bytes, as a download; that they were taken is recorded."""
    must_be_available(snapshot.case)
    name = f"{snapshot.case.reference}-snapshot-{snapshot.number}.json"
    return send(
        name, snapshot.sha256, snapshot, read=lambda: actions.read_snapshot(me(), snapshot), at=address(snapshot)
    )


def _current(snapshot: Snapshot) -> str:
    """Where the same result stands today; nothing where that page is no more."""
    declared = next((one for one in LISTS if one.name == snapshot.page), None)
    at = f"/cases/{snapshot.case.reference}/{declared.at or declared.name}" if declared else ""
    return f"{request.script_root}{at}?{snapshot.query}".removesuffix("?") if at else ""


def _lists() -> dict[str, List]:
    """The lists whose result can be kept."""
    return {one.name: one for one in LISTS if one.keeps}


def _choices() -> list[SelectChoice]:
    """The results that can be kept."""
    named = [(name, title) for name, (title, _) in OWN.items()] + [(name, one.title) for name, one in _lists().items()]
    return [SelectChoice("", "Choose"), *(SelectChoice(*one) for one in named)]


def _find_result(case: Case, name: str) -> Kept:
    """This result through the filter of the address, as it is now."""
    if name in OWN:
        _, keep = OWN[name]
        return keep(case)
    declared: Any = _lists()[name]
    form, rows = declared.asked(case)
    query = urlencode([(key, word) for key, word in request.args.items() if key != "of" and word])
    table, result = declared.table, declared.keeps(case, form)
    return Kept(declared.title, name, query, result, table.header, rows_of(case, table, rows))


def _keep(keeper: Account, case: Case, *, of: str, why: str) -> Snapshot:
    if case.is_closed:
        raise Refused(CLOSED)
    must_be_available(case)
    entries, last_entry = last_entry_of(case)
    kept = _find_result(case, of)
    if kept.is_too_long:
        raise Refused(f"This result has more than {MOST:,} rows. Narrow it with filters, then keep it.")
    if last_entry_of(case) != (entries, last_entry):
        raise Refused(CHANGED)
    file = FileStorage(io.BytesIO(kept.spell(case, now(), entries, last_entry)), "snapshot.json")
    with stored_while_written(file, case=case) as stored:
        return actions.keep_snapshot(
            keeper, case, page=kept.page, query=kept.query, title=kept.title, sentence=kept.result.sentence,
            rows=len(kept.rows), entries=entries, last_entry=last_entry, file=stored, why=why,
        )  # fmt: skip
