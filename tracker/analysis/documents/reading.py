"""The text of a document. What is not plain text is read by a process of its own, with limits, as workbooks are."""

import json
import subprocess
import sys
from pathlib import Path, PurePosixPath

PLAIN, OTHERS = {".txt", ".text", ".md"}, {".docx", ".pdf", ".html", ".htm", ".xhtml"}
LARGEST, PATIENCE = 64 << 20, 60  # bytes of a file; seconds
MOST = 2_000_000  # characters of a text
_PROGRAM = Path(__file__).with_name("child.py")
_ENDED = "This file needs too much memory or time, or is broken. Paste its text instead."


class DocumentFault(Exception):
    """A file has no text that can be read here; the sentence says what to do."""


def text_of(name: str, data: bytes) -> str:
    """The text of a file that is called `name`. DocumentFault for what has none, is broken or is too large."""
    ending = PurePosixPath(name.lower()).suffix
    if ending not in PLAIN | OTHERS:
        raise DocumentFault("Text can be read from TXT, HTML, DOCX and PDF files only. Paste the text instead.")
    if len(data) > LARGEST:
        raise DocumentFault(f"This file is larger than {LARGEST >> 20} MB. Paste its text instead.")
    text = _decoded(data) if ending in PLAIN else _read_by_child(ending, data)
    if not text.strip():
        raise DocumentFault("This file has no text, only pictures of it perhaps. Paste the text instead.")
    return text[:MOST]


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise DocumentFault("This file is not UTF-8 or UTF-16 text. Paste its text instead.") from None


def _read_by_child(ending: str, data: bytes) -> str:
    command = [sys.executable, "-I", str(_PROGRAM), ending, str(MOST)]
    try:
        done = subprocess.run(  # noqa: S603  # our own program
            command, input=data, capture_output=True, timeout=PATIENCE, env={}, check=True
        )
        told = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        raise DocumentFault(_ENDED) from None
    if "fault" in told:
        raise DocumentFault(told["fault"])
    text: str = told["text"]
    return text
