"""Importing a log: the file with what all its rows share, its columns, its people, and the word to take it in."""

from collections.abc import Sequence
from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from tracker.actions.access import access_logs as actions
from tracker.actions.case.recusal_questions import ask_about_recusals
from tracker.analysis.identifiers.nobody import NOBODY
from tracker.analysis.identifiers.written import identity
from tracker.audit.doors import Refused
from tracker.imports.plan import NEW, Plan, initial_plan, open_choice
from tracker.imports.reading import inspect_file, uploaded_file
from tracker.imports.report import Report
from tracker.imports.systems.catalogue import recognise
from tracker.imports.who.matches import ALIKE
from tracker.imports.whole_import import confirmed_identifiers
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.words import LogKind
from tracker.models.case.cases import Case
from tracker.models.register.accounts import Account
from tracker.policy import Permission
from tracker.views.access.access_logs import log_page
from tracker.views.access.imports.area import area
from tracker.views.access.imports.steps import ask, file_of, next_page, reactivate
from tracker.views.access.reliability import ImportForm
from tracker.web.forms import RecordForm
from tracker.web.guard import me
from tracker.web.places import to
from tracker.web.uploads import shown_name, store_upload

A_NEW_ONE = SelectChoice(NEW, "A new person")
NO_ONE = SelectChoice(NOBODY, "Nobody: a system, a service or an unknown")


@area.form("/cases/<ref:case>/access/import", needs=Permission.IMPORT_LOG, of=Case, takes_files=True)
def access(case: Case) -> ResponseReturnValue:
    """Import an access log."""
    return _new(case, LogKind.ACCESS)


@area.form("/cases/<ref:case>/whereabouts/import", needs=Permission.IMPORT_LOG, of=Case, takes_files=True)
def whereabouts(case: Case) -> ResponseReturnValue:
    """Import a log of where people were."""
    return _new(case, LogKind.WHEREABOUTS)


@area.form("/cases/<ref:case>/press-contacts/import", needs=Permission.IMPORT_LOG, of=Case, takes_files=True)
def press_contacts(case: Case) -> ResponseReturnValue:
    """Import records of calls as press contacts."""
    return _new(case, LogKind.PRESS_CONTACTS)


def _new(case: Case, kind: LogKind) -> ResponseReturnValue:
    return ImportForm(case, kind).takes(_receive, case, "access/imports/new.html", to=next_page, kind=kind)


def _receive(
    account: Account, case: Case, *, file: Any, kind: LogKind, fixed: dict[str, str], zone: str, **reliability: Any
) -> AccessLog:
    """Look into the file, keep it, and ask for the dry run at once when nothing is left to be chosen."""
    source = uploaded_file(file.stream)
    reading = inspect_file(source)
    if not reliability["system"] and (system := recognise(reading.header)):
        reliability["system"] = system.title  # so that what is chosen is remembered for its next file
    plan = initial_plan(case, kind, source, reading, fixed=fixed, zone=zone, system=reliability["system"])
    file.stream.seek(0)
    kept = store_upload(file, case=case)
    log = actions.receive_log(
        account,
        case,
        kind=kind,
        name=shown_name(file),
        sha256=kept.sha256,
        size=kept.size,
        plan=plan.as_json(),
        **reliability,
    )
    if open_choice(plan, file_of(log)) is None:
        ask(log, plan)
    return log


@area.form("/cases/<ref:case>/access-logs/<number:number>/people", needs=Permission.IMPORT_LOG, of=AccessLog)
def people(access_log: AccessLog) -> ResponseReturnValue:
    """Who the people are that the file leaves unsure."""
    unsure = Report.from_json(access_log.report).unsure or abort(404)
    return _people_form(unsure).takes(_settle, access_log, "access/imports/people.html")


class PeopleForm(RecordForm):
    """Who the people are whom a file leaves unsure: a choice for each, and one for all of whom nothing is chosen."""

    unsure: Sequence[Any] = ()
    rest = SelectField(
        "People left open",
        choices=[SelectChoice("", "Ask again"), SelectChoice("first", "The first person offered"), A_NEW_ONE],
    )

    def values(self) -> dict[str, Any]:
        """What the file calls each, by key and name, and who that is."""
        offered = enumerate(self.unsure)
        return {"said": [(key, name, self._who(at, names)) for at, (key, name, _, names) in offered]}

    def _who(self, at: int, names: list[str]) -> str:
        rest = (names or [""])[0] if self.rest.data == "first" else self.rest.data
        return str(self[f"who_{at}"].data or rest or "")


def _people_form(unsure: Sequence[Any]) -> PeopleForm:
    fields = {f"who_{at}": _who_field(*one) for at, one in enumerate(unsure)}
    made: PeopleForm = type("PeopleOfFile", (PeopleForm,), {**fields, "unsure": unsure})()
    return made


def _who_field(key: str, name: str, why: str, names: list[str]) -> Any:
    same = [SelectChoice(one, f"Same person as {_shown(one)}") for one in names]
    label = f"{key} ({name})" if name and name != key else key
    return SelectField(label, choices=[SelectChoice("", "Left open"), *same, A_NEW_ONE, NO_ONE], description=why)


def _shown(choice: str) -> str:
    return f'"{choice.removeprefix(ALIKE)}" in this file' if choice.startswith(ALIKE) else choice


def _settle(account: Account, log: AccessLog, *, said: list[tuple[str, str, str]]) -> None:
    plan = Plan.of(log)
    answers = {identity(key): answer for key, _, answer in said if answer}
    if not answers:
        raise Refused("Choose a person for at least one unsure match.")
    actions.settle_people(account, log, answers=answers, same=confirmed_identifiers(log.case, plan, said))
    ask(log, plan)


@area.post("/cases/<ref:case>/access-logs/<number:number>/ask", needs=Permission.IMPORT_LOG, of=AccessLog)
def ask_first(access_log: AccessLog) -> ResponseReturnValue:
    """Ask somebody else before everybody who settles recusals is recused."""
    ask_about_recusals(me(), access_log)
    return to(access_log)


@area.post("/cases/<ref:case>/access-logs/<number:number>/check", needs=Permission.IMPORT_LOG, of=AccessLog)
def check(access_log: AccessLog) -> ResponseReturnValue:
    """Try the file again, as it is to be read."""
    plan = Plan.of(access_log)
    if lack := open_choice(plan, file_of(access_log)):
        raise Refused(lack)
    ask(access_log, plan)
    return to(access_log)


@area.post("/cases/<ref:case>/access-logs/<number:number>/start", needs=Permission.IMPORT_LOG, of=AccessLog)
def start(access_log: AccessLog) -> ResponseReturnValue:
    """Import what was checked, but for what is left out."""
    form = RecordForm()
    with form.conflicts():
        actions.start_import(me(), access_log)
        reactivate()
        return to(access_log)
    return log_page(access_log, form)
