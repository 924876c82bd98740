"""Several people in one cell: recipients separated by semicolons, line breaks, or commas between addresses."""

import re

_PIECE = re.compile(r"""(?:"(?:[^"\\]|\\.)*"|<[^<>]*>|\\.|[^;\r\n])+""", re.DOTALL)
_TOKEN = re.compile(r"""(?:"(?:[^"\\]|\\.)*"|<[^<>]*>|\([^()]*\)|\\.|[^,])+""", re.DOTALL)
_MAY_BE_SEVERAL = re.compile(r"[;,\r\n]")


def split_people(cell: str) -> list[str]:
    """The people of a cell as they are written, in its order; a cell with one, or none, comes back as it is.

    A comma separates only where an address stands: "Surname, First" is one person. Quotes and brackets are respected.
    """
    if _MAY_BE_SEVERAL.search(cell) is None:
        return [cell]
    pieces = [piece.strip() for piece in _PIECE.findall(cell)]
    people = [person for piece in pieces if piece.strip(", ") for person in _split_addresses(piece)]
    return people or [cell]


def _split_addresses(piece: str) -> list[str]:
    """The addresses of one piece; a surname before a comma goes with the first name and address that follow it."""
    if "@" not in piece or "," not in piece:
        return [piece]
    people: list[str] = []
    surname = ""
    for token in filter(None, map(str.strip, _TOKEN.findall(piece))):
        if "@" in token and surname and re.search(r"[<(\[]", token):
            people.append(f"{surname}, {token}")
        elif "@" in token:
            people += [surname, token] if surname else [token]
        else:
            people += [surname] if surname else []
            surname = token
            continue
        surname = ""
    return people + ([surname] if surname else [])
