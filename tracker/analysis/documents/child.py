"""The program that reads a document, in a process of its own: what goes wrong in it harms nobody else.

From standard input it takes the bytes; to standard output it writes one line of JSON: the text, or a fault.
"""

import io
import json
import re
import resource
import sys
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

MEMORY, SECONDS, UNPACKED = 1 << 30, 30, 100 << 20  # bytes, seconds of the processor, bytes of a part
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
BLOCKS = {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "title", "blockquote", "section", "article"}
UNSEEN = {"script", "style", "template", "noscript", "svg"}
BROKEN = "This file is broken or cut off. Get it again, or paste its text."


class Fault(Exception):
    """The sentence that says why there is no text."""


def main(ending: str, most: str) -> None:
    """Read the document that is sent, of the kind that its ending tells; at most so many characters."""
    data = sys.stdin.buffer.read()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        said = {"text": READERS[ending](data)[: int(most)]}
    except Fault as fault:
        said = {"fault": str(fault)}
    sys.stdout.write(json.dumps(said))


def read_docx(data: bytes) -> str:
    """The paragraphs of a DOCX, with its headers, footers and notes."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [one for one in archive.infolist() if PARTS.fullmatch(one.filename)]
            if sum(one.file_size for one in parts) > UNPACKED:
                raise Fault("Unpacked, this file is too large. Paste its text instead.")
            parts.sort(key=lambda one: one.filename != "word/document.xml")
            return "\n\n".join("\n\n".join(paragraphs(archive.read(one))) for one in parts)
    except (zipfile.BadZipFile, ET.ParseError, OSError, ValueError, RuntimeError, KeyError):
        raise Fault(BROKEN) from None


def paragraphs(part: bytes) -> list[str]:
    """The text of each paragraph of a part; what was deleted with track changes is no text of it."""
    spoken = {f"{WORD}tab": "\t", f"{WORD}br": "\n", f"{WORD}noBreakHyphen": "-"}
    found = []
    for paragraph in ET.fromstring(part).iter(f"{WORD}p"):  # noqa: S314  # under limits, and expat refuses bombs
        pieces = ((one.text or "") if one.tag == f"{WORD}t" else spoken.get(one.tag, "") for one in paragraph.iter())
        found.append("".join(pieces))
    return [one for one in found if one.strip()]


def read_pdf(data: bytes) -> str:
    """The text of the pages of a PDF."""
    try:
        import pypdf
        from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError
    except ImportError:
        sentence = "PDF files cannot be read here. Paste the text, or ask the operator to install the extra documents."
        raise Fault(sentence) from None
    try:
        return "\n\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    except (FileNotDecryptedError, DependencyError):
        raise Fault("This file has a password. Ask for it without one, or paste its text.") from None
    except (PyPdfError, ValueError, LookupError, TypeError, AttributeError, OSError, RecursionError):
        raise Fault(BROKEN) from None


class Page(HTMLParser):
    """The words of a web page that a reader sees."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        """A new block begins on a line of its own."""
        self.unseen += tag in UNSEEN
        if tag in BLOCKS:
            self.pieces.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        """And ends there."""
        self.unseen -= tag in UNSEEN and self.unseen > 0
        if tag in BLOCKS:
            self.pieces.append("\n\n")

    def handle_data(self, data: str) -> None:
        """Words, unless they belong to a script or the like."""
        if not self.unseen:
            self.pieces.append(re.sub(r"\s+", " ", data))


def read_html(data: bytes) -> str:
    """The words of a saved web page."""
    named = re.search(rb"charset=[\"']?([\w-]+)", data[:4096])
    for encoding in ("utf-8-sig", named[1].decode() if named else "cp1252", "cp1252"):
        try:
            text = data.decode(encoding)
            break
        except (UnicodeDecodeError, LookupError):
            continue
    else:
        text = data.decode("cp1252", "replace")
    page = Page()
    page.feed(text)
    page.close()
    return re.sub(r"\n\s*\n\s*", "\n\n", "".join(page.pieces)).strip()


READERS = {".docx": read_docx, ".pdf": read_pdf, ".html": read_html, ".htm": read_html, ".xhtml": read_html}

if __name__ == "__main__":
    main(*sys.argv[1:])
