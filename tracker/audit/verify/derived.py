"""Derived columns (`info={"derived": True}`): no entry records them, so they are computed again and compared."""

from collections.abc import Callable, Collection, Iterator

import sqlalchemy as sa

from tracker.analysis.identifiers.near import name_key, near_key
from tracker.analysis.identifiers.written import fold_identifier
from tracker.base.db import Base
from tracker.base.text import fold
from tracker.models.case.cases import Case
from tracker.models.disclosure.aliases import alias_key
from tracker.models.register.audit_log import AuditEntry

NO_CHANGE = ("name.revealed",)  # read, and yet a row of its own


def faults(connection: sa.Connection, acknowledged: Collection[str] = ()) -> Iterator[tuple[None, str]]:
    """A sentence for every row with a derived column that does not follow from what it is derived from.

    Of an `acknowledged` row it is known that it was changed past the program.
    """
    for name, wrong in RULES.items():
        table, _, column = name.partition(".")
        for key in wrong(connection):
            if f"{table}:{key}" in acknowledged:
                continue
            yield None, f"{table}:{key} has a {column} that does not follow from the rest of the record."


def _folding_rule(name: str, source: str, follow: Callable[[str], str]) -> Callable[[sa.Connection], Iterator[int]]:
    table, _, column = name.partition(".")

    def wrong(connection: sa.Connection) -> Iterator[int]:
        of = Base.metadata.tables[table].c
        for one, said, found in connection.execute(sa.select(of.id, of[source], of[column]).order_by(of.id)):
            if found != follow(said):
                yield one

    return wrong


def _wrong_last_changes(connection: sa.Connection) -> Iterator[int]:
    """Cases whose `changed` is not the time of the newest entry that changed something in them."""
    changing = AuditEntry.line.contains('"detail":', autoescape=True), AuditEntry.action.not_in(NO_CHANGE)
    last = sa.select(AuditEntry.case_ref, sa.func.max(AuditEntry.at)).where(*changing).group_by(AuditEntry.case_ref)
    at = {reference: newest for reference, newest in connection.execute(last)}  # noqa: C416  # a row is no pair to mypy
    raw = sa.select(Case.id, Case.reference, sa.type_coerce(Case.changed, sa.String)).order_by(Case.id)
    yield from (key for key, reference, changed in connection.execute(raw) if at.get(reference) != changed)


FOLLOWS: dict[str, tuple[str, Callable[[str], str]]] = {  # a column, the one it follows from, and how
    "account.email_folded": ("email", fold_identifier),
    "account.name_folded": ("name", fold),
    "account_alias.value_folded": ("value", fold_identifier),
    "material_alias.value_folded": ("value", alias_key),
    "identifier.value_folded": ("value", fold_identifier),
    "identifier.value_near": ("value", lambda said: near_key(fold_identifier(said))),
    "person.name_near": ("name", name_key),
}
RULES: dict[str, Callable[[sa.Connection], Iterator[int]]] = {
    **{name: _folding_rule(name, *follows) for name, follows in FOLLOWS.items()},
    "cases.changed": _wrong_last_changes,
}
