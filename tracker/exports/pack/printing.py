"""Documents to PDF: by another process, in bundles of so many pages at most."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self, cast

from tracker.exports.pack.blocks import CONTENTS, Block, Document, heading, size_of, title
from tracker.policy.refusals import Refused

MOST_PAGES = 300  # of one bundle
ABOUT = 150  # pages, by estimate, at which a document is cut: it may have twice as many
TIRED = 600  # pages that one process sets before another takes over: it remembers all it has set
_PROGRAM = Path(__file__).with_name("child.py")
FAILED = "A document of the pack cannot be set: {}"


def fonts_in(instance: Path) -> Path | None:
    """The folder of fonts that an operator adds for Chinese, Japanese, Korean or emoji, if there is one."""
    folder = instance / "fonts"
    return folder if folder.is_dir() else None


class Printer:
    """The other process, as long as it is needed. `fonts` is a folder with further fonts, or None."""

    def __init__(self, head: dict[str, Any], fonts: Path | None) -> None:
        self._head, self._fonts = head, fonts
        self._process: subprocess.Popen[bytes] | None = None
        self._pages = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def bundles(self, document: Document) -> Iterator[tuple[str, int, bytes]]:
        """The name, the pages and the bytes of each PDF of a document: one, or several of MOST_PAGES at most."""
        waiting = list(share_out(document.blocks))
        number, several = 1, len(waiting) > 1
        while waiting:
            blocks, part = waiting.pop(0), f"part {number}" if several else ""
            front = _front(document, part, blocks) if number > 1 else []
            pages, data = self._print(document, [*front, *blocks], part)
            if pages > MOST_PAGES and (halves := halve(blocks)) is not None:
                waiting, several = [*halves, *waiting], True
                continue
            yield f"{document.name}{f'-{number}' if several else ''}.pdf", pages, data
            number += 1

    def _print(self, document: Document, blocks: list[Block], part: str) -> tuple[int, bytes]:
        head = self._head | {
            "title": ", ".join(filter(None, (document.title, part))),
            "short": ", ".join(filter(None, (document.short, part))),
        }
        about, data = self._ask({"head": head, "blocks": blocks})
        if "fault" in about:
            raise Refused(FAILED.format(about["fault"]))
        return about["pages"], data

    def _ask(self, job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        if self._pages > TIRED:
            self._end()
        process = self._process = self._process or self._start()
        given, told = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
        try:
            given.write(json.dumps(job).encode() + b"\n")
            given.flush()
        except BrokenPipeError:
            raise Refused(FAILED.format("it takes too much memory or time.")) from None
        if not (line := told.readline()):
            raise Refused(FAILED.format("it takes too much memory or time."))
        about = json.loads(line)
        self._pages += about.get("pages", 0)
        return about, told.read(about.get("size", 0))

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-I", str(_PROGRAM), str(self._fonts or "")]
        return subprocess.Popen(  # noqa: S603  # our own program
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}
        )

    def _end(self) -> None:
        process, self._process, self._pages = self._process, None, 0
        if process is not None:
            for pipe in (process.stdin, process.stdout):
                with suppress(BrokenPipeError):
                    cast(IO[bytes], pipe).close()
            process.kill()
            process.wait()


def _front(document: Document, part: str, blocks: list[Block]) -> list[Block]:
    """What a further bundle begins with; no level of heading is skipped, where it was cut in the midst of a record."""
    first = next((block["n"] for block in blocks if block["k"] == "h"), 1)
    return [title(document.short, part), CONTENTS, *([heading(2, "Continued")] if first > 2 else [])]


def share_out(blocks: list[Block]) -> Iterator[list[Block]]:
    """The blocks in parts of about ABOUT pages, cut where a chapter or a record begins."""
    part, size = list[Block](), 0.0
    for block in blocks:
        if size > ABOUT and (block["k"] in {"break", "record"}):
            yield part
            part, size = [], 0.0
        part.append(block)
        size += size_of(block)
    yield part


def halve(blocks: list[Block]) -> tuple[list[Block], list[Block]] | None:
    """Two halves of a part that has too many pages; of a single table two tables. None for what has no halves."""
    if len(blocks) > 1:
        return blocks[: len(blocks) // 2], blocks[len(blocks) // 2 :]
    [one] = blocks
    if len(rows := one.get("rows", [])) > 1:
        middle = len(rows) // 2
        return [one | {"rows": rows[:middle]}], [one | {"rows": rows[middle:]}]
    return None
