"""`tracker check`: configuration, modes, versions, schema, audit log and files, in words an operator can act on."""

import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import sqlalchemy as sa

from tracker.audit import guards, schema
from tracker.audit.doors import witness
from tracker.audit.upkeep import why_nothing_is_written
from tracker.audit.verify import chain
from tracker.audit.verify.chain import Since
from tracker.audit.verify.files import DamagedFile, damaged_files
from tracker.audit.verify.reading import Progress, silent
from tracker.audit.verify.scope import EVERYTHING
from tracker.base import db
from tracker.base.connections import Unusable, sqlite
from tracker.base.damage import find_damage, sentence_for_damage
from tracker.base.files import in_words
from tracker.base.trouble import free_bytes
from tracker.cli.base import register
from tracker.models.case.cases import Case
from tracker.policy import SYSTEM
from tracker.web.guard import settings
from tracker.web.uploads import store

Finding = tuple[bool, str]
LITTLE_ROOM = 100 << 20  # bytes
LOSES = ". A power cut can lose acknowledged changes. Set it to on in the configuration of the server"
GUARDS = "the database guards the audit log"
OWNS_AUDIT = (
    "the program's database role owns the table of the audit log, so only triggers protect its rows. "
    "Run 'tracker init' with TRACKER_DATABASE_OWNER_URL to give it a role of its own"
)


@click.command()
def check() -> None:
    """Print the settings and any problems. Exits with 1 if there is a problem."""
    with register():
        for name, value in settings().printable():
            click.echo(f"{name} = {value}")
        findings = [finding for part in (_files, _room, _database, _audit_log) for finding in _findings(part)]
    for sound, sentence in findings:
        click.echo(f"{'ok  ' if sound else 'FIX '} {sentence}", err=not sound)
    sys.exit(not all(sound for sound, _ in findings))


def _findings(part: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """What a part of the check finds; it ends in a sentence, whatever is damaged."""
    try:
        with sentence_for_damage():
            yield from part()
    except Unusable as found:
        yield False, str(found)


def _files() -> Iterator[Finding]:
    here = settings()
    paths = [here.instance, *sorted(here.instance.iterdir()), here.storage_key_file]
    if here.is_sqlite:
        paths.append(Path(str(sa.engine.make_url(here.database_url).database)))
    for path in dict.fromkeys(paths):
        if path.exists():
            mode = stat.S_IMODE(path.stat().st_mode)
            sound = not mode & 0o077
            yield sound, f"{path} has mode {mode:04o}" + ("" if sound else ". Others can read it. Run chmod go= on it")


def _room() -> Iterator[Finding]:
    cause, free = why_nothing_is_written(), free_bytes(settings().instance)
    yield cause is None, cause.sentence if cause else "changes can be written"
    yield free > LITTLE_ROOM, f"{in_words(free)} are free where the data folder lies"


def _database() -> Iterator[Finding]:
    with db.engine().connect() as connection:
        if settings().is_sqlite:
            journal = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
            sync = connection.exec_driver_sql("PRAGMA synchronous").scalar()
            version = f"SQLite {sqlite.sqlite_version}, journal {journal}, synchronous {sync}"
            yield journal == "wal" and sync == 2, version
            found = find_damage(connection)
            yield not found, f"SQLite's own check says {found or 'ok'}"
        difference = schema.first_difference(connection)
        yield not difference, f"the schema differs: {difference}" if difference else "the schema is the program's"
        if settings().is_sqlite:
            return
        yield True, str(connection.exec_driver_sql("SELECT version()").scalar()).split(",")[0]
        changes = connection.exec_driver_sql("SELECT has_table_privilege('audit', 'UPDATE, DELETE, TRUNCATE')").scalar()
        yield not changes, OWNS_AUDIT if changes else "the program's database role cannot change rows of the audit log"
        for name in ("synchronous_commit", "fsync", "full_page_writes"):  # the first is the program's own to set
            value = connection.exec_driver_sql(f"SHOW {name}").scalar()
            yield value != "off", f"{name} is {value}" + (LOSES if value == "off" else "")


def _audit_log() -> Iterator[Finding]:
    with db.engine().connect() as connection:
        altered = guards.altered(connection)
        yield not altered, f"the database no longer guards the record: {', '.join(altered)}" if altered else GUARDS
        verdict = chain.verify(connection)
        yield verdict.fault is None, str(verdict.fault or f"the audit log is sound: {verdict.entries:,} entries")
    damaged = first_damaged()
    yield not damaged, " ".join(map(str, damaged)) or "every stored file is unchanged"


def first_damaged(since: Since | None = None, progress: Progress = silent) -> list[DamagedFile]:
    """The first file that was changed or lost, by each exhibit it is that of; the audit log hears of every one."""
    with db.engine().connect() as connection:
        damaged = damaged_files(connection, store(), since.scope if since else EVERYTHING, progress)
        first = next(damaged, None)
        found = [first, *(one for one in damaged if one.sha256 == first.sha256)] if first else []
    for one in found:
        case = db.session().scalar(sa.select(Case).where(Case.reference == one.case))
        witness("file.damaged", SYSTEM, outcome="failed", case=case, record=one.record, sha256=one.sha256)
    return found
