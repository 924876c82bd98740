"""The heads of messages as a table: who wrote to whom, when; of an .eml file one, of an .mbox file many."""

import re
from collections.abc import Iterator
from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser
from pathlib import Path

from tracker.analysis.logs.files.csv_faults import CELL

HEADER = ("Date", "From", "To", "Cc", "Subject", "Message-ID")
_HEAD = 1 << 20  # bytes of one head
_LINE = 1 << 16
_FROM = re.compile(rb"From \S+ .*\d\d:\d\d")


def read_heads(path: Path) -> Iterator[tuple[int, list[str]]]:
    """A row for each message, with the line in which it begins. The text of a message is passed over."""
    parser = BytesHeaderParser()
    for line, head in _heads(path):
        message = parser.parsebytes(head)
        yield line, [", ".join(_decoded(str(one)) for one in message.get_all(name, [])) for name in HEADER]


def _heads(path: Path) -> Iterator[tuple[int, bytes]]:
    """Each head: what stands after a line "From ..." that follows a blank one, up to the next blank line."""
    head, begin, inside, after_blank = bytearray(), 1, True, True
    with path.open("rb") as file:
        for number, text in enumerate(iter(lambda: file.readline(_LINE), b""), 1):
            is_blank = not text.strip()
            if after_blank and _FROM.match(text):
                if head:
                    yield begin, bytes(head)
                head, begin, inside = bytearray(), number, True
            elif inside and is_blank and head:
                inside = False
                yield begin, bytes(head)
                head = bytearray()
            elif inside and not is_blank and len(head) < _HEAD:
                head += text
            after_blank = is_blank
    if head:
        yield begin, bytes(head)


def _decoded(text: str) -> str:
    """A field of a head as it reads; as it is written where that cannot be told."""
    try:
        whole = str(make_header(decode_header(text)))
    except (HeaderParseError, MessageError, LookupError, ValueError):
        whole = text
    return " ".join(whole.encode("utf-8", "replace").decode().split())[:CELL]
