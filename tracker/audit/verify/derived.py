"""Derived columns (`info={"derived": True}`): no entry records them, so they are computed again and compared."""

from collections.abc import Callable, Collection, Iterator
from typing import Any

import sqlalchemy as sa

from tracker.analysis.identifiers.near import name_key, near_key
from tracker.analysis.identifiers.written import fold_identifier
from tracker.base.text import fold
from tracker.models.access.people import Identifier, Person
from tracker.models.case.cases import Case
from tracker.models.disclosure.aliases import MaterialAlias, alias_key
from tracker.models.register.accounts import Account, Alias
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


def _folding_rule(
    key: Any, source: Any, column: Any, follow: Callable[[str], str] = fold_identifier
) -> Callable[[sa.Connection], Iterator[int]]:
    def wrong(connection: sa.Connection) -> Iterator[int]:
        for one, said, found in connection.execute(sa.select(key, source, column).order_by(key)):
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


RULES: dict[str, Callable[[sa.Connection], Iterator[int]]] = {
    "account.email_folded": _folding_rule(Account.id, Account.email, Account.email_folded),
    "account.name_folded": _folding_rule(Account.id, Account.name, Account.name_folded, fold),
    "account_alias.value_folded": _folding_rule(Alias.id, Alias.value, Alias.value_folded),
    "material_alias.value_folded": _folding_rule(
        MaterialAlias.id, MaterialAlias.value, MaterialAlias.value_folded, alias_key
    ),
    "identifier.value_folded": _folding_rule(Identifier.id, Identifier._value, Identifier._value_folded),
    "identifier.value_near": _folding_rule(
        Identifier.id, Identifier._value, Identifier._value_near, lambda said: near_key(fold_identifier(said))
    ),
    "person.name_near": _folding_rule(Person.id, Person._name, Person._name_near, name_key),
    "cases.changed": _wrong_last_changes,
}
