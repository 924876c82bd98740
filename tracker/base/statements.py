"""Statements that are spelt out once: for what is asked so often that spelling it costs more than asking it."""

from typing import Any

import sqlalchemy as sa


def spell_out(select: sa.Select[Any], dialect: str) -> Any:
    """The statement as text of a database (`sqlite` or `postgresql`), with the types of its columns, by their places.

    Its values stand in the text. What it takes each time is written into it as a literal column, such as `:me`.
    """
    compiler: Any = sa.dialects.registry.load(dialect)(paramstyle="named")
    text = sa.text(str(select.compile(dialect=compiler, compile_kwargs={"literal_binds": True})))
    columns = enumerate(select.selected_columns)
    return text.columns(*(sa.column(f"c{number}", one.type) for number, one in columns))
