"""Reading what the ids of an export stand for: each kind of label once, in the export's own transaction."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import sqlalchemy as sa

Names = dict[Any, Any]


class Lookups:
    """The labels of a case (None: of the register), each kind read once it is asked for.

    `names` says whether names and identifiers leave; without them nothing here gives one.
    """

    KINDS: ClassVar[Mapping[str, Callable[[Any], Names]]]

    def __init__(self, connection: sa.Connection, case_id: int | None, *, names: bool) -> None:
        self.connection, self.case_id, self.names = connection, case_id, names
        self._kept: dict[str, Names] = {}

    def of(self, kind: str) -> Names:
        """id -> label; `kind` is one of KINDS."""
        if kind not in self._kept:
            self._kept[kind] = self.KINDS[kind](self)
        return self._kept[kind]

    def read(self, *columns: Any, model: Any) -> list[Any]:
        """Columns of the rows of a model that belong to the case."""
        return list(self.connection.execute(sa.select(*columns).where(model.case_id == self.case_id)))
