"""Importing a log: the file with what all its rows share, its columns, its people, and the word to take it in."""

from pathlib import Path
from typing import Any

from flask import abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from tracker.actions import logs as actions
from tracker.analysis.csvfile import preview
from tracker.analysis.digits import read_number
from tracker.audit.doors import Refused
from tracker.forms import RecordForm
from tracker.guard import Area, me
from tracker.imports.check import Report
from tracker.imports.choosing import begun, undecided
from tracker.imports.memory import remember
from tracker.imports.plan import NEW, Plan
from tracker.imports.reading import borrowed, date_formats, looked_into, proposed, samples, stored
from tracker.imports.taking import said_same
from tracker.models.accounts import folded
from tracker.models.cases import Case
from tracker.models.logs import AccessLog
from tracker.models.words.logs import LogKind
from tracker.policy import Permission
from tracker.rendering import page
from tracker.uploads import shown_name, store, take_in
from tracker.views.columns import columns_form, reading_form
from tracker.views.fitness import ImportForm
from tracker.views.logs import shown

area = Area("imports", __name__)


@area.form("/cases/<ref:case>/access/import", needs=Permission.IMPORT_LOG, of=Case)
def access(case: Case) -> ResponseReturnValue:
    """Import an access log."""
    return _new(case, LogKind.ACCESS)


@area.form("/cases/<ref:case>/whereabouts/import", needs=Permission.IMPORT_LOG, of=Case)
def whereabouts(case: Case) -> ResponseReturnValue:
    """Import a log of where people were."""
    return _new(case, LogKind.WHEREABOUTS)


def _new(case: Case, kind: LogKind) -> ResponseReturnValue:
    form = ImportForm(case, kind)
    if form.validate_on_submit():
        with form.conflicts():
            log = _receive(case, kind, form)
            return _next(log)
    return page("imports/new.html", form=form, case=case, kind=kind)


def _receive(case: Case, kind: LogKind, form: ImportForm) -> AccessLog:
    """Look into the file, keep it, and ask for the dry run at once when nothing is left to be chosen."""
    file = form.file.data
    source = borrowed(file.stream)
    reading = looked_into(source)
    plan = begun(case, kind, source, reading, fixed=form.fixed(), zone=form.zone.data, system=form.system.data)
    file.stream.seek(0)
    kept = take_in(file)
    log = actions.receive_log(
        me(), case, kind=kind, name=shown_name(file), sha256=kept.sha256, size=kept.size, plan=plan.as_json(),
        **form.fitness(),
    )  # fmt: skip
    if undecided(plan, file_of(log)) is None:
        _ask(log, plan)
    return log


def _next(log: AccessLog) -> ResponseReturnValue:
    """To the page where the log waits for somebody."""
    place = "logs.show"
    if not log.is_running:
        place = "imports.columns" if Plan.of(log).reading.encoding else "imports.reading"
    return redirect(url_for(place, case=log.case.reference, number=log.number), 303)


def file_of(log: AccessLog) -> Path:
    """The stored file, to be read where a Path is asked for."""
    return stored(store(), log.sha256)


def _ask(log: AccessLog, plan: Plan) -> None:
    """Ask for the dry run, wake the worker, and remember the columns for the next file of this system."""
    case, kind, system = log.case, log.kind, log.system
    actions.ask_check(me(), log)
    remember(case, kind, system, plan)
    wake()


def wake() -> None:
    """There is something to do for the worker of this program, if it has one."""
    if (worker := current_app.extensions.get("imports")) is not None:
        worker.set()


@area.form("/cases/<ref:case>/access-logs/<number:number>/reading", needs=Permission.IMPORT_LOG, of=AccessLog)
def reading(access_log: AccessLog) -> ResponseReturnValue:
    """How the file is written: encoding, separator, line of the names."""
    plan, source = Plan.of(access_log), file_of(access_log)
    form = reading_form(plan.reading)
    if form.validate_on_submit():
        with form.conflicts():
            _read_again(access_log, plan, form.given())
            return redirect(url_for(".columns", case=access_log.case.reference, number=access_log.number), 303)
    shown = [(name, preview(source, name, 3)) for name, _ in _codecs(form)]
    return page("imports/reading.html", form=form, case=access_log.case, log=access_log, shown=shown)


def _codecs(form: Any) -> list[tuple[str, str]]:
    return [(choice.value, choice.label) for choice in form.encoding.choices if not choice.value.startswith("utf-16")]


def _read_again(log: AccessLog, plan: Plan, given: dict[str, Any]) -> None:
    source = file_of(log)
    found = looked_into(source, **given)
    saved = plan.mapping if plan.reading.header == found.header else None
    mapping, _ = proposed(source, found, plan.mapping.kind, saved)
    fixed = {"fixed": plan.mapping.fixed, "zone": plan.mapping.zone}
    again = Plan(found, type(mapping)(**{**mapping.as_json(), **fixed}), plan.kind, plan.people)
    actions.map_log(me(), log, plan=again.as_json())


@area.form("/cases/<ref:case>/access-logs/<number:number>/columns", needs=Permission.IMPORT_LOG, of=AccessLog)
def columns(access_log: AccessLog) -> ResponseReturnValue:
    """Which column means what, and how dates are written."""
    plan, source = Plan.of(access_log), file_of(access_log)
    if plan.reading.encoding is None:
        return _next(access_log)
    rows = samples(source, plan.reading)
    found = date_formats(source, plan.reading, plan.mapping)
    form = columns_form(plan, rows, found, access_log.case)
    if form.validate_on_submit():
        with form.conflicts():
            _map(access_log, form.plan(plan))
            return redirect(url_for("logs.show", case=access_log.case.reference, number=access_log.number), 303)
    return page("imports/columns.html", form=form, case=access_log.case, log=access_log, plan=plan, samples=rows)


def _map(log: AccessLog, plan: Plan) -> None:
    if lack := undecided(plan, file_of(log)):
        raise Refused(lack)
    actions.map_log(me(), log, plan=plan.as_json())
    _ask(log, plan)


@area.form("/cases/<ref:case>/access-logs/<number:number>/people", needs=Permission.IMPORT_LOG, of=AccessLog)
def people(access_log: AccessLog) -> ResponseReturnValue:
    """Who the people are that the file leaves unsure."""
    unsure = Report.from_json(access_log.report).unsure or abort(404)
    form = _people_form(unsure)
    if form.validate_on_submit():
        with form.conflicts():
            _settle(
                access_log, [(key, name, _said(form, at, names)) for at, (key, name, _, names) in enumerate(unsure)]
            )
            return redirect(url_for("logs.show", case=access_log.case.reference, number=access_log.number), 303)
    return page("imports/people.html", form=form, case=access_log.case, log=access_log, unsure=unsure)


def _people_form(unsure: list[Any]) -> Any:
    """A choice for each, and one for all of whom nothing is chosen."""
    made = type("PeopleForm", (RecordForm,), {})
    rest = [("", "Ask again"), ("first", "The first person offered"), (NEW, "A new person")]
    made.rest = SelectField("People left open", choices=[SelectChoice(*one) for one in rest])  # type: ignore[attr-defined]
    for at, (key, name, why, names) in enumerate(unsure):
        choices = [("", "Left open"), *((one, f"Same person as {one}") for one in names), (NEW, "A new person")]
        label = f"{key} ({name})" if name and name != key else key
        field = SelectField(label, choices=[SelectChoice(*one) for one in choices], description=why)
        setattr(made, f"who_{at}", field)
    return made()


def _said(form: Any, at: int, names: list[str]) -> str:
    rest = names[0] if form.rest.data == "first" else str(form.rest.data or "")
    return str(form[f"who_{at}"].data or rest)


def _settle(log: AccessLog, said: list[tuple[str, str, str]]) -> None:
    plan = Plan.of(log)
    answers = {folded(key): answer for key, _, answer in said if answer}
    if not answers:
        raise Refused("Choose a person for at least one unsure match.")
    actions.settle_people(me(), log, answers=answers, same=said_same(log.case, plan, said))
    _ask(log, plan)


@area.post("/cases/<ref:case>/access-logs/<number:number>/check", needs=Permission.IMPORT_LOG, of=AccessLog)
def check(access_log: AccessLog) -> ResponseReturnValue:
    """Try the file again, as it is to be read."""
    plan = Plan.of(access_log)
    if lack := undecided(plan, file_of(access_log)):
        raise Refused(lack)
    _ask(access_log, plan)
    return redirect(url_for("logs.show", case=access_log.case.reference, number=access_log.number), 303)


@area.post("/cases/<ref:case>/access-logs/<number:number>/start", needs=Permission.IMPORT_LOG, of=AccessLog)
def start(access_log: AccessLog) -> ResponseReturnValue:
    """Take in what was tried: all, or all but the rows that are named."""
    form = RecordForm()
    with form.conflicts():
        actions.start_import(me(), access_log, left_out=_lines(request.form.get("left_out", "")))
        wake()
        return redirect(url_for("logs.show", case=access_log.case.reference, number=access_log.number), 303)
    return shown(access_log, form)


def _lines(text: str) -> list[int]:
    """Line numbers as they are typed: "5, 17, 20"."""
    parts = text.replace(",", " ").split()
    if wrong := [part for part in parts if read_number(part) is None]:
        raise Refused(f'"{wrong[0][:40]}" is not a line number. Enter line numbers separated by commas.')
    return [int(part) for part in parts]
