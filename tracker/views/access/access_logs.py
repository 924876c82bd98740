"""Access logs: the list, one log with its reliability, its dry run and its rows, and taking it back."""

from dataclasses import dataclass
from typing import Any, Self

import sqlalchemy as sa
from flask import make_response, request
from flask.typing import ResponseReturnValue

from tracker.actions.access import access_logs as actions
from tracker.actions.case.recusal_questions import is_answered, questions_of
from tracker.analysis.logs.rows import Problem
from tracker.base import db
from tracker.imports.effects import read_effect
from tracker.imports.report import Report
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Person
from tracker.models.access.whereabouts import Whereabouts
from tracker.models.access.words import LogKind, LogState
from tracker.models.inquiry.press_contacts import PressContact
from tracker.policy import Permission
from tracker.views.access.reliability import ReliabilityForm
from tracker.web.fields import ShortText, WordField
from tracker.web.forms import FilterForm, ReasonForm, RecordForm
from tracker.web.guard import Area, me
from tracker.web.listing import Listing
from tracker.web.lists import Tab, register
from tracker.web.places import address, to
from tracker.web.rendering import page
from tracker.web.uploads import send

area = Area("access_logs", __name__)
AGAIN = "2"  # seconds after which the page of a running import is asked for again
HAVE_ROWS = (LogState.VISIBLE, LogState.REVERTED)
ROWS: dict[LogKind, tuple[Any, Any, dict[str, Any]]] = {  # the model, the log that its rows came with, and their orders
    LogKind.ACCESS: (AccessRecord, AccessRecord.log_id,
                     {"line": AccessRecord.line, "since": AccessRecord.since_earliest}),
    LogKind.WHEREABOUTS: (Whereabouts, Whereabouts.log_id,
                          {"line": Whereabouts.line, "since": Whereabouts.since_earliest}),
    LogKind.PRESS_CONTACTS: (PressContact, PressContact.log_id,
                             {"line": PressContact.line, "since": PressContact.__table__.c.at_earliest}),
    LogKind.PEOPLE: (Person, Person.came_with_id, {"line": Person.number}),
}  # fmt: skip


class LogFilter(FilterForm):
    """Narrow the list of logs."""

    model = AccessLog
    searched = (AccessLog.name, AccessLog.system)
    q = ShortText("File or system")
    kind = WordField("Kind", LogKind, empty="Any")
    state = WordField("State", LogState, empty="Any")


LIST = register(
    area, AccessLog, "access-logs", tab=Tab.ACCESS, title="Access logs", noun="access log", filter=LogFilter,
    sorts={"number": AccessLog.number, "name": AccessLog.name, "imported": AccessLog.imported}, sort="-number",
    template="access/access_logs/list.html", load=(sa.orm.joinedload(AccessLog.imported_by),),
    counts=AccessLog.state == LogState.VISIBLE,
    columns=(
        "number", "kind", "state", "name", "sha256", "size", "system", "obtained_from", "obtained", "covers_since",
        "covers_until", "gaps", "clock_offset", "zone", "rows", "faults", "repeats", "new_people", "imported_by",
        "imported", "reverted", "reverted_by", "reverted_why", "nobody_rows",
    ),
)  # fmt: skip


@area.route("/cases/<ref:case>/access-logs/<number:number>", needs=Permission.READ_CASE, of=AccessLog)
def show(access_log: AccessLog) -> ResponseReturnValue:
    """One log: how far it has come, what it rests on, its rows. It asks for itself again while somebody is at it."""
    answer = make_response(log_page(access_log))
    if access_log.is_running:
        answer.headers["Refresh"] = AGAIN
    return answer


def log_page(log: AccessLog, form: RecordForm | None = None) -> ResponseReturnValue:
    """The page of a log; `form` is what was sent from it and refused, which is shown again."""
    report = Report.from_json(log.report)
    rows = _rows(log) if log.state in HAVE_ROWS else None
    found = Check.of(log, report) if log.state is LogState.CHECKED else None
    return page("access/access_logs/show.html", form, log=log, report=report, listing=rows, check=found)


@dataclass(frozen=True)
class Check:
    """A checked file as its page shows it: the numbers that add up to its lines, and what is still open."""

    lines: int
    to_import: int
    left_out: int
    nobody: int
    unread: int
    joined: int
    records: int
    open: list[Problem]
    people_now: int
    records_now: int
    must_ask: bool
    is_asked: bool
    access: tuple[str, Any] | None

    @classmethod
    def of(cls, log: AccessLog, report: Report) -> Self:
        """What a dry run found, less what was left out since."""
        unread = [one for one in report.problems if not one.is_stay]
        still_open = [one for one in report.problems if not log.leaves_out(one)]
        blocked = sum(one.lines for one in unread if one in still_open)
        named = len(log.named_lines - {line for line, *_ in report.listed})
        model, _, _ = ROWS[log.kind]
        people, records = (sa.select(sa.func.count()).select_from(of.of(log.case).subquery()).scalar_subquery()
                           for of in (Person, model))  # fmt: skip
        now = db.session().execute(sa.select(people, records)).one()
        left_out = report.ruled_out + report.unread - blocked + named
        return cls(report.lines, report.read - named, left_out, report.nameless, blocked, report.left,
                   report.rows - named, still_open, *now, not is_answered(log), bool(questions_of(log)),
                   read_effect(me(), log.case, report))  # fmt: skip


def _rows(log: AccessLog) -> Listing:
    """The rows of a log, also of one that was reverted: they are shown here and nowhere else."""
    model, came_with, sorts = ROWS[log.kind]
    parts = [getattr(model, name) for name in ("person", "material") if hasattr(model, name)]
    return Listing(
        sa.select(model).where(came_with == log.id).options(*map(sa.orm.joinedload, parts)),
        path=address(log),
        args=request.args,
        noun="record",
        key=model.id,
        sorts=sorts,
        default="line",
        csv=False,
    )


@area.form("/cases/<ref:case>/access-logs/<number:number>/edit", needs=Permission.IMPORT_LOG, of=AccessLog)
def edit(access_log: AccessLog) -> ResponseReturnValue:
    """Change what is known of its reliability."""
    return ReliabilityForm(access_log).takes(actions.edit_log, access_log, "access/access_logs/edit.html")


@area.form("/cases/<ref:case>/access-logs/<number:number>/revert", needs=Permission.IMPORT_LOG, of=AccessLog)
def revert(access_log: AccessLog) -> ResponseReturnValue:
    """Take the whole log back."""
    form = ReasonForm.asking("Enter the reason for reverting the import.", longest=2000)
    return form.takes(
        lambda me, log, reason: actions.revert_log(me, log, why=reason), access_log, "access/access_logs/revert.html"
    )


@area.post("/cases/<ref:case>/access-logs/<number:number>/drop", needs=Permission.IMPORT_LOG, of=AccessLog)
def drop(access_log: AccessLog) -> ResponseReturnValue:
    """Give up a file that was not taken in."""
    actions.drop_log(me(), access_log)
    return to(access_log)


@area.route("/cases/<ref:case>/access-logs/<number:number>/file", needs=Permission.READ_NAMES, of=AccessLog)
def file(access_log: AccessLog) -> ResponseReturnValue:
    """The file as it came."""
    name, sha256, here = access_log.name, access_log.sha256, address(access_log)
    return send(name, sha256, access_log, read=lambda: actions.read_log_file(me(), access_log), at=here)
