"""Access logs: a file received, read in a certain way, taken in as a whole or not at all, and reverted as a whole."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.actions.access import recusal
from tracker.actions.case.recusal_questions import is_answered
from tracker.actions.checks import add_numbered, must_say
from tracker.actions.disclosure.aliases import learn_aliases
from tracker.analysis.identifiers.written import fold_identifier
from tracker.analysis.logs.rows import Cause, is_covered
from tracker.audit.doors import Refused, action, note, now
from tracker.base import db
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.people import Identifier, Person
from tracker.models.access.words import IdentifierKind, LogKind, LogState
from tracker.models.case.cases import Case
from tracker.models.register.accounts import Account
from tracker.policy import Permission

OPEN = {LogState.RECEIVED, LogState.CHECKED}
COUNTERS = {  # of a list of people, each person is numbered as any other
    LogKind.ACCESS: "accesses_numbered", LogKind.WHEREABOUTS: "whereabouts_numbered",
    LogKind.PRESS_CONTACTS: "press_contacts_numbered",
}  # fmt: skip
RELIABILITY = ("system", "obtained_from", "obtained", "covers_since", "covers_until", "gaps", "clock_offset")


@action(Permission.IMPORT_LOG, "access_log.received")
def receive_log(
    investigator: Account,
    case: Case,
    *,
    kind: LogKind,
    name: str,
    sha256: str,
    size: int,
    plan: dict[str, Any],
    **reliability: Any,
) -> AccessLog:
    """Note that a file is in the store, and what is known of its reliability. The same bytes are recognised."""
    again = AccessLog.of(case).where(AccessLog.sha256 == sha256, AccessLog.kind == kind)
    again = again.where(AccessLog.state.not_in([LogState.FAILED, LogState.REVERTED]))
    if (earlier := db.session().scalar(again)) is not None:
        at = f"{earlier.imported:%Y-%m-%d %H:%M} UTC"
        raise Refused(f"This file is already in the case as {earlier.receipt}, received {at}. Continue with that log.")
    log = add_numbered(
        AccessLog, case=case, kind=kind, name=name, sha256=sha256, size=size, mapping=plan, imported_by=investigator,
        imported=now(), zone=plan["mapping"]["zone"], **reliability,
    )  # fmt: skip
    note(sha256=sha256, size=size)
    return log


@action(Permission.IMPORT_LOG, "access_log.mapped")
def map_log(investigator: Account, log: AccessLog, *, plan: dict[str, Any]) -> None:
    """Say how the file is written and what its columns mean. What a dry run found before no longer holds."""
    _must_be_open(log)
    log.mapping, log.zone, log.left_out = plan, plan["mapping"]["zone"], []
    log.state, log.report = LogState.RECEIVED, {}


@action(Permission.IMPORT_LOG, "access_log.check_asked")
def ask_check(investigator: Account, log: AccessLog, *, at_once: bool = False) -> None:
    """Ask for a dry run. `at_once`: whoever asks does it at once, and no worker is to begin with it."""
    _must_be_open(log)
    log.state, log.report, log.done_rows = LogState.CHECKING, {}, 0
    log.begun = now() if at_once else None


@action(Permission.IMPORT_LOG, "access_log.people_settled")
def settle_people(
    investigator: Account, log: AccessLog, *, answers: dict[str, str], same: list[tuple[Person, IdentifierKind, str]]
) -> None:
    """Say who the people are that the file leaves unsure; `same` are identifiers found to be those of a person.

    `answers`: folded key -> pseudonym or `new`. A dry run has to follow.
    """
    _must_be_open(log)
    log.mapping = {**log.mapping, "people": {**log.mapping["people"], **answers}}
    for person, kind, value in same:
        if person.case_id != log.case_id:
            raise Refused("Choose people in this case.")
        text = fold_identifier(value)
        held = sa.select(Identifier.id).join(Person, Person.id == Identifier.person_id)
        if db.session().scalar(held.where(Identifier.case_id == log.case_id, Identifier._value_folded == text)) is None:
            db.session().add(Identifier(case=log.case, person=person, by=investigator, kind=kind, _value=value))
    log.state, log.report = LogState.RECEIVED, {}
    db.session().flush()  # the recusal is asked about the new identifiers too
    recusal.match_case(log.case)


@action(Permission.IMPORT_LOG, "access_log.lines_left_out")
def leave_out_lines(
    investigator: Account, log: AccessLog, *, why: str, problems: Collection[Cause] = (), lines: Collection[int] = ()
) -> None:
    """Leave out every line with an error of these causes, and the lines that are named; the reason stays on the log."""
    _must_be_checked(log)
    must_say(why, "Enter the reason for leaving out these lines.", "why")
    if not problems and not lines:
        raise Refused("Enter the numbers of the lines to leave out.", "lines")
    new = [{"column": cause[0], "rule": cause[1], "value": cause[2], "lines": _count_lines(log, cause), "why": why}
           for cause in dict.fromkeys(problems) if not is_covered(cause, log.causes_left_out)]  # fmt: skip
    named = sorted(set(lines) - log.named_lines)
    log.left_out = [*log.left_out, *new, *([{"named": named, "lines": len(named), "why": why}] if named else [])]


def _count_lines(log: AccessLog, cause: Cause) -> int:
    """The lines with an error of this cause that are not left out yet. Refused where the file has no such error."""
    found = [one for one in log.problems if is_covered(one.cause, {cause})]
    if not found:
        raise Refused(f"The file has no such error any more: {cause[1]} Check the file again.")
    return sum(one.lines for one in found if not is_covered(one.cause, log.causes_left_out))


@action(Permission.IMPORT_LOG, "access_log.lines_included")
def include_lines(investigator: Account, log: AccessLog, *, at: int) -> None:
    """Include lines again that were left out; `at` is their place among those left out."""
    _must_be_checked(log)
    if not 0 <= at < len(log.left_out):
        raise Refused("These lines are included already.")
    log.left_out = [one for place, one in enumerate(log.left_out) if place != at]


def _must_be_checked(log: AccessLog) -> None:
    if log.state is not LogState.CHECKED:
        raise Refused("Check the file first. Only a checked file can be imported.")


@action(Permission.IMPORT_LOG, "access_log.started")
def start_import(investigator: Account, log: AccessLog, *, at_once: bool = False) -> None:
    """Begin to import what the dry run found, but for what is left out; numbers are set aside for it."""
    _must_be_checked(log)
    _must_be_whole(log)
    if counter := COUNTERS.get(log.kind):
        log.first_number = getattr(log.case, counter) + 1
        setattr(log.case, counter, getattr(log.case, counter) + log.rows)
    log.done_rows, log.new_people = 0, 0
    log.state, log.begun = LogState.STAGING, now() if at_once else None


def _must_be_whole(log: AccessLog) -> None:
    """Refuse errors that nobody left out, people nobody is sure of, and nothing at all."""
    if not log.report["rows"]:
        raise Refused("No line of this file can be imported.")
    for one in log.problems:
        if not log.leaves_out(one):
            lines = "has an error" if one.lines == 1 else f"and {one.lines - 1:,} more have an error"
            raise Refused(f"Line {one.first[0]} {lines}. Leave out lines with errors, or correct the columns.")
    if log.report["unsure"]:
        raise Refused("Settle the unsure matches of this file first.")
    if not is_answered(log):
        raise Refused("This import would recuse everybody who can settle a recusal. Ask somebody else first.")


@action(Permission.IMPORT_LOG, "access_log.imported")
def receive_access_log(investigator: Account, log: AccessLog) -> None:
    """Make the rows visible that were laid out, all at once; whoever they concern is shut out from now on."""
    if log.state is not LogState.STAGING:
        raise Refused("This import was stopped.")
    if clash := _find_newly_known(log):
        raise Refused(f"{clash} was added meanwhile with an identifier from this file. Check the file again.")
    log.state, log.rows, log.finished, log.begun = LogState.VISIBLE, log.done_rows, now(), None
    learn_aliases(investigator, log, log.mapping["mapping"].get("values", {}).get("material", {}))
    db.session().flush()  # the new people are in the case now, and the recusal match must see them
    recusal.match_log(log)
    ruled_out = sum(log.report["left_out"].values())
    note(left_out=sum(one["lines"] for one in log.left_out), ruled_out=ruled_out,
         sha256=log.sha256, rows=log.rows, repeats=log.repeats, new_people=log.new_people,
         faults=log.faults, rows_sha256=log.rows_sha256)  # fmt: skip


def _find_newly_known(log: AccessLog) -> str | None:
    """A person of the case with an identifier of somebody who came with this file: two cannot share one."""
    came, theirs = aliased(Identifier), aliased(Person)
    clash = (
        sa.select(Person)
        .join(Identifier, Identifier.person_id == Person.id)
        .join(came, sa.and_(came._value_folded == Identifier._value_folded, came.case_id == Identifier.case_id))
        .join(theirs, theirs.id == came.person_id)
        .where(theirs.came_with_id == log.id, Person.id != theirs.id, Person.counted(), Person.case_id == log.case_id)
    )
    found = db.session().scalars(clash.limit(1)).first()
    return found.pseudonym if found is not None else None


@action(Permission.IMPORT_LOG, "access_log.dropped")
def drop_log(investigator: Account, log: AccessLog) -> None:
    """Give up a file that was received and not taken in."""
    _must_be_open(log)
    log.state, log.failure, log.finished = LogState.FAILED, "The import was cancelled. Nothing was imported.", now()


@action(Permission.IMPORT_LOG, "access_log.changed", edits=True)
def edit_log(investigator: Account, log: AccessLog, **reliability: Any) -> None:
    """Change what is known of the log's reliability; old values stay in the audit log's details."""
    for name in RELIABILITY:
        setattr(log, name, reliability.get(name, getattr(log, name)))


@action(Permission.IMPORT_LOG, "access_log.reverted")
def revert_log(investigator: Account, log: AccessLog, *, why: str) -> None:
    """Take the whole log back: its rows stay, count nowhere, and are shown on its own page alone."""
    if log.state is not LogState.VISIBLE:
        raise Refused("Only an imported log can be reverted.")
    must_say(why, "Enter the reason for reverting the import.", "why")
    if log.kind is LogKind.PEOPLE and (used := _find_used(log)) is not None:
        raise Refused(f"{used.pseudonym} is named by other records, so this list of people cannot be reverted.")
    log.state, log.reverted, log.reverted_by, log.reverted_why = LogState.REVERTED, now(), investigator, why
    note(sha256=log.sha256, rows=log.rows)


def _find_used(log: AccessLog) -> Person | None:
    """One of the people who came with a list whom something else of the case names."""
    came = sa.select(Person.id).where(Person.came_with_id == log.id)
    names = (
        key.parent
        for table in Person.metadata.tables.values()
        for key in table.foreign_keys
        if key.references(Person.__table__) and table.name not in {"identifier", "recusal_match"}  # type: ignore[arg-type]
    )
    ids = sa.union_all(*(sa.select(column.label("id")).where(column.in_(came)) for column in names)).subquery()
    used = sa.select(Person).where(Person.id.in_(sa.select(ids.c.id))).order_by(Person.number)
    return db.session().scalars(used.limit(1)).first()


@action(Permission.READ_NAMES, "access_log.file_read", changes=False)
def read_log_file(reader: Account, log: AccessLog) -> None:
    """Note that somebody took the file itself, which names people."""
    note(sha256=log.sha256)


@action(Permission.READ_NAMES, "access_log.lines_read", changes=False)
def read_log_lines(reader: Account, log: AccessLog, *, lines: str) -> None:
    """Note that somebody read lines of the file, which names people: a line by its number, or those left out."""
    note(sha256=log.sha256, lines=lines)


@action(Permission.READ_NAMES, "access_log.faults_read", changes=False)
def read_log_faults(reader: Account, log: AccessLog) -> None:
    """Note that somebody took the list of faulty rows, which quotes the file."""
    note(faults=log.faults)


def _must_be_open(log: AccessLog) -> None:
    if log.state not in OPEN:
        raise Refused(f"This log is {log.state.label.lower()}, so its import can no longer be changed.")
