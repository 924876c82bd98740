"""Short words for telling an example: moments in the place's own time, and logs taken in as a user would."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from tracker.actions.logs import ask_check, receive_log, start_import
from tracker.analysis.csvfile import sniff
from tracker.analysis.moments import Moment, Precision, stated
from tracker.files import FileStore
from tracker.imports import reading, worker
from tracker.imports.plan import Plan
from tracker.models.accounts import User
from tracker.models.cases import Case
from tracker.models.evidence import LogKind
from tracker.models.logs import AccessLog
from tracker.models.words import IdentifierKind

UNKNOWN = Moment.of()
HERE = Path(__file__).parent


def local(text: str, zone: str, precision: Precision | None = None, latest: str | None = None) -> Moment:
    """A time as the clocks of `zone` showed it."""
    return stated(text, zone, precision, latest)


def take_in(
    importer: User,
    case: Case,
    files: FileStore,
    name: str,
    kind: LogKind,
    *,
    fixed: dict[str, str],
    columns: dict[str, Sequence[str]],
    identifiers: IdentifierKind,
    **fitness: Any,
) -> AccessLog:
    """Import one of the example's files in one go: received, tried, taken in."""
    stored = files.put(BytesIO((HERE / name).read_bytes()))
    source = HERE / name
    dialect = sniff(source)
    mapping, _ = reading.proposed(source, dialect, kind.value, None)
    mapping = replace(mapping, columns={**mapping.columns, **columns}, fixed=fixed, zone="UTC")
    log = receive_log(
        importer,
        case,
        kind=kind,
        name=name,
        sha256=stored.sha256,
        size=stored.size,
        plan=Plan(dialect, mapping, identifiers).as_json(),
        **fitness,
    )
    ask_check(importer, log, at_once=True)
    worker.run(log, files)
    start_import(importer, log, left_out=[], at_once=True)
    worker.run(log, files)
    if log.failure:
        raise RuntimeError(log.failure)
    return log
