"""Cells that leave in a CSV: a spreadsheet must show them and never run them; taken back in, they are what they were.

Text that begins like a formula gets a leading quote, and so does text that begins like a quoted formula: what is
taken off is always what was put on.
"""

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_STARTS = frozenset("'=+-@\t\r＝＋－＠")


def guard(cell: str) -> str:
    """The cell as it may leave."""
    return f"'{cell}" if cell[:1] in _STARTS and _FORMULA.match(cell) else cell


def unguard(cell: str) -> str:
    """The cell as it was before `guard`."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell


def unwrap(cell: str) -> str:
    """What a spreadsheet was told to keep as text: `="00123"` and `'00123` as the cell shows them."""
    if len(cell) > 3 and cell.startswith('="') and cell.endswith('"'):
        return cell[2:-1].strip()
    return cell[1:] if cell.startswith("'") and not cell.endswith("'") else cell
