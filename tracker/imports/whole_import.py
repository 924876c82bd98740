"""The whole way of a file in one go, for whoever waits for it: the shell, and examples that are built."""

from pathlib import Path
from typing import Any

from tracker.actions.access.access_logs import ask_check, leave_out_lines, receive_log, settle_people, start_import
from tracker.base import db
from tracker.base.files import FileStore
from tracker.imports.check import Progress, Report
from tracker.imports.plan import Plan
from tracker.imports.who.matches import identifier_in, kind_of
from tracker.imports.worker import run, save_report
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.people import Person, number_of
from tracker.models.access.words import IdentifierKind, LogKind
from tracker.models.case.cases import Case
from tracker.models.register.accounts import Account


def receive_file(
    files: FileStore, actor: Account, case: Case, kind: LogKind, file: Path, plan: Plan, reliability: dict[str, Any]
) -> AccessLog:
    """The file in the store and its log; Refused when the same bytes are here already."""
    with file.open("rb") as stream:
        stored = files.put(stream)
    return receive_log(
        actor, case, kind=kind, name=file.name[:255], sha256=stored.sha256, size=stored.size, plan=plan.as_json(),
        **reliability,
    )  # fmt: skip


def import_log(
    files: FileStore,
    actor: Account,
    log: AccessLog,
    report: Report,
    progress: Progress = lambda _: None,
    why_left_out: str = "These lines have errors.",
) -> None:
    """Import what a dry run of the file has found but for its faulty lines; the log says how that ended."""
    if report.answered:
        settle_people(actor, log, answers={}, same=confirmed_identifiers(log.case, Plan.of(log), report.answered))
    ask_check(actor, log, at_once=True)
    save_report(log, report)
    if report.problems:
        causes = [whole.cause for whole, _ in report.rules]
        leave_out_lines(actor, log, problems=causes, why=why_left_out)
    start_import(actor, log, at_once=True)
    run(log, files, progress)


def confirmed_identifiers(
    case: Case, plan: Plan, answered: list[tuple[str, str, str]]
) -> list[tuple[Person, IdentifierKind, str]]:
    """Of key, name and pseudonym of each: the identifiers that turned out to be those of a person of the case."""
    numbers = [number_of(answer) for _, _, answer in answered]
    people = db.session().scalars(Person.of(case).where(Person.number.in_({number for number in numbers if number})))
    by_number = {person.number: person for person in people}
    return [
        (by_number[number], kind_of(value, plan.kind), value)
        for (key, name, _), number in zip(answered, numbers, strict=True)
        if number in by_number and (value := identifier_in(key, name))
    ]
