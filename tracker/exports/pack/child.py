"""The program that sets documents, in a process of its own: what goes wrong in it harms nobody else.

From standard input it takes lines of JSON, each a document; for each it writes a line of JSON to standard output, with
the size of the PDF that follows, or a fault. The template is ours and is given the document as data: nothing in it is
ever read as markup. The only argument is a folder with further fonts, or nothing.
"""

import json
import resource
import sys
import tempfile
from calendar import timegm
from pathlib import Path
from typing import Any

MEMORY, SECONDS = 8 << 30, 600  # bytes of addresses, which are more than what is used; and seconds of the processor
STANDARDS = ["ua-1", "a-2a"]  # tagged for readers who do not see it, and for archives
TEMPLATE = Path(__file__).with_name("document.typ")
NO_LETTER = "could not be displayed", "contains the codepoint"  # of what no font has, or no archive may hold
LISTED = 40  # letters that are named one by one
WITHOUT = (
    "This document does not keep to PDF/UA and PDF/A, because no font at hand has these letters: {}. They are boxes "
    "here, and are right where the text is copied. The operator can add fonts."
)


def main(fonts: str) -> None:
    """Answer each line until there are no more."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    import typst

    paths = [fonts] if fonts else []
    added = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)
    with tempfile.TemporaryDirectory() as empty:
        for line in sys.stdin.buffer:
            document = json.loads(line)
            document["head"]["fonts"] = sorted(added.families())
            answer(typst, document, {"root": empty, "font_paths": paths, "ignore_system_fonts": True})


def answer(typst: Any, document: dict[str, Any], where: dict[str, Any]) -> None:
    """One document, and how many pages it has; without the standards where no font has a letter of it."""
    made = timegm(document["head"]["date"])
    try:
        try:
            data = compile_pdf(typst, document, made, STANDARDS, where)
        except typst.TypstError as fault:
            if not any(words in fault.message for words in NO_LETTER):
                raise
            document["head"]["warning"] = WITHOUT.format(name_missing(typst, document, made, where, fault))
            data = compile_pdf(typst, document, made, [], where)
    except typst.TypstError as fault:
        say({"fault": fault.message}, b"")
        return
    say({"size": len(data), "pages": pages_of(data), "standards": "warning" not in document["head"]}, data)


def name_missing(typst: Any, document: dict[str, Any], made: int, where: dict[str, Any], fault: Any) -> str:
    """The letters that no font has, by their numbers in Unicode: a letter without a font cannot be printed to name it.

    The compiler names one at a time, so the letters of the document are tried without those that it has named.
    """
    left = {letter for letter in json.dumps(document, ensure_ascii=False) if not letter.isascii()}
    missing: set[str] = set()
    while (named := left & set(fault.message if fault is not None else "")) and len(missing) <= LISTED:
        missing, left, fault = missing | named, left - named, None
        trial = document | {"blocks": [{"k": "p", "t": " ".join(sorted(left))}]}
        try:
            compile_pdf(typst, trial, made, STANDARDS, where)
        except typst.TypstError as another:
            fault = another
    words = ", ".join(f"U+{ord(letter):04X}" for letter in sorted(missing)[:LISTED])
    return f"{words} and others" if len(missing) > LISTED else words


def compile_pdf(typst: Any, document: dict[str, Any], made: int, standards: list[str], where: dict[str, Any]) -> bytes:
    """The bytes of the PDF; the same document at the same time gives the same bytes."""
    given = {"document": json.dumps(document)}
    data: bytes = typst.compile(
        TEMPLATE.read_bytes(), sys_inputs=given, format="pdf", pdf_standards=standards, timestamp=made, **where
    )
    return data


def pages_of(data: bytes) -> int:
    """How many pages a PDF says that it has, in its metadata, which are never packed."""
    return int(data.rpartition(b"<xmpTPg:NPages>")[2].partition(b"<")[0])


def say(about: dict[str, Any], data: bytes) -> None:
    """One answer for the other process."""
    sys.stdout.buffer.write(json.dumps(about).encode() + b"\n" + data)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1])
