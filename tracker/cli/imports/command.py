"""Import of access and whereabouts from the shell: the same reading, trying and taking in as on the pages."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from tracker.analysis.identifiers.written import identity
from tracker.analysis.logs.access_log import CsvFault, Mapping, MappingFault
from tracker.analysis.moments import Moment, MomentFault, stated
from tracker.audit.doors import Denied, Refused
from tracker.base.text import counted
from tracker.cli.base import case_of, progress_bar, with_actor
from tracker.cli.imports.file_options import file_choices, with_file_options
from tracker.cli.imports.report import print_report
from tracker.cli.known_systems import list_systems
from tracker.imports.check import check
from tracker.imports.effects import read_effect
from tracker.imports.lists.distribution import inspect_list, person_columns, shared_facts
from tracker.imports.plan import Plan, choose_plan, detect_format, save_mapping
from tracker.imports.report import Report
from tracker.imports.rules import typed_conditions, with_events, with_values
from tracker.imports.systems.catalogue import recognise
from tracker.imports.who.matches import ALIKE, is_answer
from tracker.imports.whole_import import import_log, receive_file
from tracker.imports.worker import tidy, turn
from tracker.models.access.words import IdentifierKind, LogKind, LogState
from tracker.models.case.cases import Case
from tracker.models.register.accounts import Account
from tracker.policy import Permission, allows
from tracker.web.guard import settings
from tracker.web.uploads import store

SYNONYMS = {"from": "since", "to": "until"}
UNKNOWN = "unknown"
WHO = "Who an unsure match is: P-014, new, nobody, or as:KEY for another key of the file."
KINDS = [kind.value for kind in IdentifierKind]
KINDS_OF_FILE = {
    "access": LogKind.ACCESS, "whereabouts": LogKind.WHEREABOUTS, "people": LogKind.PEOPLE,
    "contacts": LogKind.PRESS_CONTACTS, "list": LogKind.ACCESS,
}  # fmt: skip


@click.command("import", short_help="Import a file of access records, whereabouts, people, press contacts, or a list.")
@click.option("--list-systems", is_flag=True, is_eager=True, expose_value=False, callback=list_systems,
              help="List the known systems, whose files are recognised, and end.")  # fmt: skip
@click.argument("kind", type=click.Choice(KINDS_OF_FILE))
@click.argument("case", metavar="CASE")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_actor
@click.option("--map", "maps", multiple=True, metavar="FIELD=COLUMN", help="The column of a field; twice joins two.")
@click.option("--fixed", multiple=True, metavar="FIELD=VALUE", help="One value for every line.")
@click.option("--zone", default="", help="The zone of times without a zone, such as Europe/Berlin or -04:00.")
@click.option("--date-format", default="", help='The date format, such as "m/d/y"; detected if unambiguous.')
@with_file_options
@click.option("--event", multiple=True, metavar="COLUMN", help="The column that says in or out.")
@click.option("--enter", multiple=True, metavar="VALUE", help="A value of that column for going in.")
@click.option("--leave", multiple=True, metavar="VALUE", help="A value of that column for going out.")
@click.option("--skip", multiple=True, metavar="VALUE", help="A value of that column to leave out.")
@click.option("--where", multiple=True, metavar="CONDITION", help='Use only such lines: "Result is not denied".')
@click.option("--value", "values", multiple=True, metavar="COLUMN:VALUE=MEANING", help="Such as Action:print=E4.")
@click.option("--answer", "answers", multiple=True, metavar="KEY=VALUE", help="The answer to a question on the file.")
@click.option("--identifier-kind", type=click.Choice(KINDS), help="The kind of identifier of new people.")
@click.option("--person", "people", multiple=True, metavar="KEY=P-014", help=WHO)
@click.option(
    "--system", default="", help="The system of the file: a name from --list-systems, or your own. Remembered."
)
@click.option("--obtained-from", default=UNKNOWN, help="Who gave the file.")
@click.option("--covers-since", default="", help="The time from which the log is complete.")
@click.option("--covers-until", default="", help="The time until which the log is complete.")
@click.option("--gaps", default=UNKNOWN, help="Known gaps of the log.")
@click.option("--clock-offset", default=UNKNOWN, help="The clock offset of the system.")
@click.option("--skip-faults", is_flag=True, help="Leave out lines with errors and import all others.")
@click.option("--dry-run", is_flag=True, help="Check the file only; nothing is stored.")
def import_file(kind: str, case: str, file: Path, actor: Account, **options: Any) -> None:
    """Import a whole file, or nothing. --skip-faults leaves out lines with errors. Prints the receipt.

    A file is CSV, a workbook (.xlsx, .ods), JSON lines, or the log of a web server or system. Messages (.eml, .mbox)
    and calendars (.ics) are read too. Each of them may be in a .gz or .zip archive.

    The kind "list" is a distribution list. Name what was sent with --fixed material=MAT-1. Add --fixed level=E2 if it
    was delivered.
    """
    subject = case_of(actor, case)
    if not allows(actor, Permission.IMPORT_LOG, subject):
        raise Denied(Permission.IMPORT_LOG, subject)
    plan = _plan(subject, kind, file, options)
    try:
        with progress_bar("Checking", plan.reading.lines) as progress:
            report = check(file, plan, subject, progress, _covers(plan, options))
    except (CsvFault, MappingFault) as fault:
        raise Refused(str(fault)) from None
    system = recognise(plan.reading.header)
    zone_note = system.zone_note(plan.mapping.kind, plan.mapping.zone) if system else ""
    click.echo("\n".join(filter(None, (*plan.reading.notes, zone_note))))
    print_report(report)
    if effect := read_effect(actor, subject, report):
        click.echo(effect[0])
    if report.faults and not options["skip_faults"]:
        click.echo("Nothing was stored. Correct the file or the columns, or leave lines out with --skip-faults.")
        sys.exit(1)
    _must_be_sure(report)
    if not options["dry_run"]:
        _import_log(actor, subject, file, plan, report, options)


def _plan(case: Case, kind: str, file: Path, options: dict[str, Any]) -> Plan:
    """How the file is to be read, by the options and by what is certain."""
    people = {identity(key): answer for key, answer in _pairs("--person", options["people"])}
    if wrong := [answer for answer in people.values() if not is_answer(answer)]:
        raise click.UsageError(f'--person takes P-014, new, nobody or as:KEY, not "{wrong[0]}".')
    columns: dict[str, Any] = {}
    for field, column in [*_pairs("--map", options["maps"]), *(("event", name) for name in options["event"])]:
        columns.setdefault(SYNONYMS.get(field, field), []).append(column)
    given = file_choices(options)
    fixed = {SYNONYMS.get(field, field): value for field, value in _pairs("--fixed", options["fixed"])}
    reading = detect_format(file, **given)
    if kind == "list":
        reading = inspect_list(file, **{**given, "encoding": reading.encoding})
        columns, fixed = columns or {**person_columns(file, reading)}, shared_facts(fixed)
    identifiers = options["identifier_kind"]
    plan = choose_plan(
        case, KINDS_OF_FILE[kind], file, reading, columns=columns, dates=options["date_format"],
        system=options["system"], fixed=fixed,
        identifiers=IdentifierKind(identifiers) if identifiers else None, zone=options["zone"],
        rules=lambda mapping: _with_rules(mapping, reading.header, options),
    )  # fmt: skip
    return replace(plan, people=people)


def _with_rules(mapping: Mapping, header: Sequence[str], options: dict[str, Any]) -> Mapping:
    """The mapping with the rules on lines, the meanings of values and the answers that the options name."""
    where = (*mapping.where, *typed_conditions(options["where"], header))
    answers = {**mapping.answers, **dict(_pairs("--answer", options["answers"]))}
    mapping = replace(mapping, where=tuple(dict.fromkeys(where)), answers=answers)
    mapping = with_events(mapping, *(options[name] for name in ("enter", "leave", "skip")))
    return with_values(mapping, options["values"], header)


def _must_be_sure(report: Report) -> None:
    if not report.rows:
        raise Refused("No line of this file can be imported.")
    if report.shut_out:
        names = ", ".join(dict.fromkeys(name for _, name, *_ in report.shut_out))
        raise Refused(f"This import would recuse everybody who can settle a recusal: {names}. Import the file on the "
                      "pages of the case, where somebody else is asked first. Nothing was stored.")  # fmt: skip
    if report.unsure:
        key, _, _, choices = report.unsure[0]
        same = f'"{key}={choices[0] if choices else "P-014"}"'
        raise Refused(
            f'Settle the unsure matches with --person {same}, "{key}=new" or "{key}=nobody". Nothing was stored.'
        )


def _import_log(actor: Account, case: Case, file: Path, plan: Plan, report: Report, options: dict[str, Any]) -> None:
    """Store the file, lay its rows out and let them be seen; one process of this machine at a time."""
    with turn(settings(), wait=True):
        tidy()
        log = receive_file(store(), actor, case, LogKind(plan.mapping.kind), file, plan, _reliability(plan, options))
        with progress_bar("Importing", report.rows) as progress:
            import_log(store(), actor, log, report, progress, "Left out by --skip-faults.")
    if log.state is not LogState.VISIBLE:
        raise Refused(log.failure)
    save_mapping(case, log.kind, log.system, plan)
    new = counted(log.new_people, "new person", "new people")
    click.echo(f"Imported as {log.receipt}: {counted(log.rows, 'record')}, {new}.")
    click.echo(f"SHA-256 of the file: {log.sha256}")


def _covers(plan: Plan, options: dict[str, Any]) -> tuple[Moment, Moment]:
    """Since and until when the log is said to be complete."""
    zone, texts = plan.mapping.zone or "UTC", (options["covers_since"], options["covers_until"])
    try:
        since, until = (stated(text, zone) if text else Moment.of() for text in texts)
    except MomentFault as fault:
        raise click.UsageError(str(fault)) from None
    return since, until


def _reliability(plan: Plan, options: dict[str, Any]) -> dict[str, Any]:
    since, until = _covers(plan, options)
    texts = {name: options[name] for name in ("system", "obtained_from", "gaps", "clock_offset")}
    return {**texts, "covers_since": since, "covers_until": until, "obtained": Moment.of()}


def _pairs(option: str, texts: tuple[str, ...]) -> list[tuple[str, str]]:
    """NAME and VALUE of each; the name of a person may hold a = of its own."""
    if wrong := [text for text in texts if "=" not in text]:
        raise click.UsageError(f'{option} takes NAME=VALUE, not "{wrong[0]}".')
    cut = [_cut(text) if option == "--person" else text.partition("=") for text in texts]
    return [(name.strip(), value.strip()) for name, _, value in cut]


def _cut(text: str) -> tuple[str, str, str]:
    """A key may hold a = of its own, and so may the other key of `as:`."""
    key, alike, other = text.partition(f"={ALIKE}")
    return (key, "=", f"{ALIKE}{other}") if alike else text.rpartition("=")
