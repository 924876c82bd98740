"""What documents are made of: plain values for the template, which draws them. Text is never markup."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Block = dict[str, Any]
CONTENTS: Block = {"k": "contents"}  # with its heading
BREAK: Block = {"k": "break"}
RECORD: Block = {"k": "record"}  # a record begins: on a new page, if that is asked for
PIECE = 20_000  # characters of a text that stay together


@dataclass(frozen=True)
class Document:
    """One document: `name` is that of its file without the ending, `short` stands at the head of each page."""

    name: str
    title: str
    short: str
    blocks: list[Block]
    names: bool = False


def heading(level: int, text: str) -> Block:
    """A heading; those of the first two levels stand in the contents."""
    return {"k": "h", "n": level, "t": text}


def title(text: str, below: str = "") -> Block:
    """The title of the document, on its first page."""
    return {"k": "title", "t": text, "sub": below}


def paragraphs(text: str, kind: str = "p") -> Iterator[Block]:
    """A text as it was written: its paragraphs one by one, so that a long one can go over pages and bundles."""
    for part in text.strip().replace("\r\n", "\n").split("\n\n"):
        for start in range(0, len(part), PIECE):
            if piece := part[start : start + PIECE].strip():
                yield {"k": kind, "t": piece}


def quote(text: str) -> Iterator[Block]:
    """Words of somebody else."""
    return paragraphs(text, "quote")


def small(text: str) -> Block:
    """What is said beside."""
    return {"k": "small", "t": text}


def note(text: str) -> Block:
    """What must not be missed."""
    return {"k": "note", "t": text}


def bullets(items: Iterable[str]) -> Iterator[Block]:
    """A list; none where there is nothing."""
    if found := [one for one in items if one]:
        yield {"k": "list", "items": found}


def mono(text: str | None) -> Any:
    """A hash."""
    return {"mono": text} if text else ""


def facts(*rows: tuple[str, Any]) -> Iterator[Block]:
    """Names and values, without those that have none."""
    if found := [[name, value] for name, value in rows if value]:
        yield {"k": "facts", "rows": found}


def table(head: Sequence[str], rows: Iterable[Sequence[Any]], widths: Sequence[float], empty: str = "") -> Block:
    """A table with a head on every page; without rows the sentence that says so."""
    found = [list(row) for row in rows]
    return {"k": "table", "head": list(head), "rows": found, "widths": list(widths)} if found else small(empty)


def signatures(*lines: str) -> Block:
    """Lines to sign on."""
    return {"k": "sign", "lines": list(lines)}


def passage(name: str, text: str, level: int = 3) -> Iterator[Block]:
    """A text under its name; nothing where there is none."""
    if text.strip():
        yield heading(level, name)
        yield from paragraphs(text)


def size_of(block: Block) -> float:
    """About how many pages a block takes: only to share out long documents."""
    if block["k"] in {"break", "contents"}:
        return 0.5
    rows: list[Any] = block.get("rows") or block.get("items") or []
    return (len(str(block)) / 90 + 1.5 * (1 + len(rows))) / 50
