"""What a file is, told by its first bytes; one that holds no table is named, with what to do about it."""

import re
from pathlib import Path

from tracker.analysis.logs.files.csv_faults import CsvFault
from tracker.analysis.logs.files.dialects import CALENDAR, CSV, JSON, MAIL, WORKBOOK
from tracker.analysis.logs.files.sources.json_tables import parse_object

_LOOKED_AT = 1 << 16
_TABLE = "Ask for the table in it as CSV or XLSX."
_UNPACK = "Ask for a .zip or .gz archive."
_WRONG = (
    (b"%PDF-", "a PDF document", _TABLE),
    (b"{\\rtf", "an RTF document", _TABLE),
    (b"ElfFile\0", "a Windows event log (EVTX)", "Open it in Event Viewer and save the events as CSV."),
    (b"!BDN", "an Outlook data file (PST)", "Export its messages as .eml or .mbox."),
    (b"SQLite format 3\0", "an SQLite database", "Export the table as CSV."),
    (b"PAR1", "a Parquet file", "Export the table as CSV."),
    (b"\x89PNG", "an image", _TABLE),
    (b"\xff\xd8\xff", "an image", _TABLE),
    (b"GIF8", "an image", _TABLE),
    (b"II*\0", "an image", _TABLE),
    (b"MM\0*", "an image", _TABLE),
    (b"\x7fELF", "a program", "Choose the log itself."),
    (b"MZ\x90", "a program", "Choose the log itself."),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\0", "an xz archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (b"Rar!", "a RAR archive", _UNPACK),
    (b"\x1f\x8b", "an archive in an archive", "Unpack it once, and choose the archive in it."),
    (b"\xd4\xc3\xb2\xa1", "a network capture", "Export the packets as CSV."),
    (b"\x0a\x0d\x0d\x0a", "a network capture", "Export the packets as CSV."),
    (b"bplist", "a property list", "Export the records as CSV."),
)
_MARKUP = re.compile(rb"\s*<(\?xml|!doctype html|html|!--)", re.IGNORECASE)
_MAIL_HEADS = re.compile(rb"(?im)^(from|to|date|subject|message-id|received|return-path|mime-version|delivered-to):")
_HEAD = re.compile(rb"[!-9;-~]+:")
_MBOX = re.compile(rb"From \S+ .*\d\d:\d\d")
_OLE = b"\xd0\xcf\x11\xe0"
_OFFICE = ((b"word/document", "a Word document"), (b"ppt/presentation", "a presentation"),
           (b"opendocument.text", "a text document"), (b"opendocument.presentation", "a presentation"),
           (b"META-INF/MANIFEST", "a program"))  # fmt: skip


def find_kind(path: Path) -> str:
    """CSV, JSON, WORKBOOK, MAIL or CALENDAR. CsvFault, with the name of the kind, for a file of any other."""
    with path.open("rb") as file:
        start = file.read(_LOOKED_AT)
        if start.startswith((b"PK\x03\x04", _OLE)):
            return _office(start + file.read(64 << 20))
    for magic, name, advice in _WRONG:
        if start.startswith(magic):
            raise wrong(name, advice)
    if start[257:262] == b"ustar":
        raise wrong("a tar archive", "Choose one of the files in it.")
    if _MARKUP.match(start):
        raise wrong("an XML or HTML page", "Ask for the records as CSV or XLSX.")
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"BEGIN:VCALENDAR"):
        return CALENDAR
    if _is_mail(text):
        return MAIL
    return JSON if _is_json(text, whole=len(start) < _LOOKED_AT) else CSV


def wrong(name: str, advice: str) -> CsvFault:
    """The sentence for a file of another kind."""
    return CsvFault(None, None, f"This is {name}, not a log. {advice}")


def _office(data: bytes) -> str:
    if data.startswith(_OLE):
        if "Workbook".encode("utf-16-le") in data:
            return WORKBOOK
        is_mail = "__substg1.0_".encode("utf-16-le") in data
        raise wrong(*(("an Outlook message (MSG)", "Save it as .eml.") if is_mail else ("an Office document", _TABLE)))
    if b"xl/workbook" in data or b"opendocument.spreadsheet" in data:
        return WORKBOOK
    for sign, name in _OFFICE:
        if sign in data:
            raise wrong(name, _TABLE)
    raise wrong("an archive in an archive", "Unpack it once, and choose the archive in it.")


def _is_mail(text: bytes) -> bool:
    """Whether it begins as a mailbox does, or with lines that are the head of a message."""
    if _MBOX.match(text):
        return True
    head = re.split(rb"\r?\n\r?\n", text, maxsplit=1)[0]
    lines = head.splitlines()
    is_head = all(_HEAD.match(line) or line[:1] in {b" ", b"\t"} for line in lines)
    return is_head and len({one.lower() for one in _MAIL_HEADS.findall(head)}) > 2


def _is_json(text: bytes, *, whole: bool) -> bool:
    """Whether it is a list of objects, or one object a line. CsvFault for a single object over several lines."""
    if re.match(rb"\[\s*(\{|\])", text):
        return True
    first, _, rest = text.partition(b"\n")
    if not re.match(rb"\{\s*(\"|\}|$)", first):
        return False
    record = parse_object(first.decode("utf-8", "replace").strip())
    if record is None and not whole and len(first) == len(text):
        return True  # one line, longer than what was looked at
    holds_list = record and any(isinstance(value, list) and value and isinstance(value[0], dict)
                                for value in record.values())  # fmt: skip
    if record is None or (holds_list and not rest.strip()):
        raise wrong("a single JSON object", "Ask for its records as JSON lines or as a list, or as CSV.")
    return True
