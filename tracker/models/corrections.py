"""Rows that are never changed: a later row corrects one, and names it."""

from typing import Any

import sqlalchemy as sa


class Correctable:
    """Mixed into a model with `corrects_id`."""

    @classmethod
    def uncorrected(cls) -> sa.ColumnElement[bool]:
        """Rows that no later row corrects; the list of corrected ones is short, however many rows there are."""
        table: Any = cls
        later = sa.orm.aliased(table)
        return table.id.not_in(sa.select(later.corrects_id).where(later.corrects_id.is_not(None)))
