"""Lines of the file of a log: which are left out and why, and the line that a record comes from."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue

from tracker.actions.access import access_logs as actions
from tracker.analysis.cells import guard
from tracker.analysis.letters import read_number
from tracker.analysis.logs.rows import Problem
from tracker.audit.doors import Refused
from tracker.imports.check import faulty_lines
from tracker.imports.lines.tracing import left_out_lines, trace_line
from tracker.imports.plan import Plan
from tracker.imports.report import Report
from tracker.models.access.access_logs import AccessLog
from tracker.models.register.accounts import Account
from tracker.policy import Permission
from tracker.views.access.imports.area import area
from tracker.views.access.imports.mapping_form import LABELS
from tracker.views.access.imports.steps import file_of
from tracker.web.fields import LongText, ShortText, needed
from tracker.web.forms import RecordForm
from tracker.web.guard import me
from tracker.web.places import to
from tracker.web.rendering import page
from tracker.web.uploads import disposition

SHOWN = 100


class LeaveOutForm(RecordForm):
    """Which lines are left out, and why."""

    lines = ShortText("Line numbers", longest=2000, description="Separate several numbers with commas.")
    why = LongText("Reason", [needed("Enter the reason for leaving out these lines.")], longest=2000,
                   description="The reason stays on the log.")  # fmt: skip


@area.form("/cases/<ref:case>/access-logs/<number:number>/left-out", needs=Permission.IMPORT_LOG, of=AccessLog)
def leave_out(access_log: AccessLog) -> ResponseReturnValue:
    """Leave out the lines of a problem, or lines that are named, with the reason."""
    problem, form = _problem(access_log), LeaveOutForm()
    if problem is not None:
        del form.lines

    def act(account: Account, log: AccessLog, *, why: str, lines: str = "") -> None:
        causes = [problem.cause] if problem is not None else []
        actions.leave_out_lines(account, log, problems=causes, lines=_numbers(lines), why=why)

    return form.takes(act, access_log, "access/imports/leave_out.html", problem=problem)


def _problem(log: AccessLog) -> Problem | None:
    """The problem that the address names: `2` is the second rule with all its values, `2.3` its third value."""
    at, _, part = request.args.get("problem", "").partition(".")
    group, value = read_number(at), read_number(part)
    rules = Report.from_json(log.report).rules
    if not group or group > len(rules):
        return None
    whole, found = rules[group - 1]
    return found[value - 1] if value and value <= len(found) else whole


def _numbers(text: str) -> list[int]:
    """Line numbers as they are typed: "5, 17, 20"."""
    parts = text.replace(",", " ").split()
    if wrong := [part for part in parts if read_number(part) is None]:
        raise Refused(f'"{wrong[0][:40]}" is not a line number. Enter line numbers separated by commas.', "lines")
    return [int(part) for part in parts]


@area.post("/cases/<ref:case>/access-logs/<number:number>/include", needs=Permission.IMPORT_LOG, of=AccessLog)
def include(access_log: AccessLog) -> ResponseReturnValue:
    """Include lines again that were left out."""
    actions.include_lines(me(), access_log, at=(read_number(request.form.get("at")) or 0) - 1)
    return to(access_log)


@area.route("/cases/<ref:case>/access-logs/<number:number>/lines", needs=Permission.READ_NAMES, of=AccessLog)
def lines_left_out(access_log: AccessLog) -> ResponseReturnValue:
    """The first lines that rules leave out, read again from the file."""
    rule = request.args.get("rule", "")
    plan = Plan.of(access_log)
    found = list(islice(left_out_lines(file_of(access_log), plan, rule), SHOWN + 1))
    actions.read_log_lines(me(), access_log, lines="left out")
    return page("access/imports/lines.html", log=access_log, header=plan.reading.header, found=found[:SHOWN],
                more=len(found) > SHOWN, rule=rule)  # fmt: skip


@area.route("/cases/<ref:case>/access-logs/<number:number>/lines.csv", needs=Permission.READ_NAMES, of=AccessLog)
def lines_csv(access_log: AccessLog) -> ResponseReturnValue:
    """Every line that a rule leaves out, read again from the file while it is sent."""
    plan, name = Plan.of(access_log), f"{access_log.receipt.replace('/', '-')}-lines-left-out.csv"
    found = left_out_lines(file_of(access_log), plan, request.args.get("rule", ""))
    actions.read_log_lines(me(), access_log, lines="left out")
    return _send_csv(
        name, ["left out because", *plan.reading.header], ([line, why, *cells] for line, why, cells in found)
    )


@area.route("/cases/<ref:case>/access-logs/<number:number>/faults.csv", needs=Permission.READ_NAMES, of=AccessLog)
def faults(access_log: AccessLog) -> ResponseReturnValue:
    """Every line with an error and its reason: as the check listed them, or read again where it listed only some."""
    report, name = Report.from_json(access_log.report), f"{access_log.receipt.replace('/', '-')}-faults.csv"
    found: Iterable[Any] = report.listed
    if report.faults > len(report.listed):
        again = faulty_lines(file_of(access_log), Plan.of(access_log), access_log.case)
        found = ((one.line, one.column, one.value, one.reason) for one in again)
    actions.read_log_faults(me(), access_log)
    return _send_csv(name, ["column", "value", "reason"], found)


def _send_csv(name: str, header: Sequence[str], found: Iterable[Sequence[Any]]) -> Response:
    """Lines of a log as a file: the number of each line, and texts."""
    answer = Response(_csv(header, found), mimetype="text/csv")
    answer.headers["Content-Disposition"] = disposition(name)
    return answer


def _csv(header: Sequence[str], found: Iterable[Sequence[Any]]) -> Iterator[str]:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["line", *map(guard, header)])
    for line, *texts in found:
        writer.writerow([line, *map(guard, texts)])
        if text.tell() > 1 << 16:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


@area.route("/cases/<ref:case>/access-logs/<number:number>/line", needs=Permission.READ_NAMES, of=AccessLog)
def line(access_log: AccessLog) -> ResponseReturnValue:
    """One line as the file has it, with what made it count."""
    number, plan = read_number(request.args.get("line")) or 0, Plan.of(access_log)
    trace = trace_line(file_of(access_log), plan, number)
    actions.read_log_lines(me(), access_log, lines=str(number))
    conditions: list[Any] = [one.words for one in plan.mapping.where]
    return page("access/imports/line.html", log=access_log, trace=trace, number=number, conditions=conditions,
                labels=LABELS)  # fmt: skip
