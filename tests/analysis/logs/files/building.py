"""Small files of every kind, as bytes, for those who read them."""

import gzip
import io
import zipfile
from datetime import datetime

import xlsxwriter

CSV = "who,doc,at\nann@example.org,MAT-1,2020-03-10 09:15:30\nben@example.org,MAT-1,2020-03-11 10:00:00\n"
ODS_HEAD = (
    '<?xml version="1.0"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    '<office:body><office:spreadsheet><table:table table:name="Log">'
)
ODS = "application/vnd.oasis.opendocument.spreadsheet"
APACHE = '192.0.2.1 - ann [10/Mar/2020:09:15:30 +0100] "GET /MAT-1.pdf HTTP/1.1" 200 2326\n'
COMBINED = APACHE.replace("\n", ' "-" "a \\"b\\" c"\n')
SYSLOG = "Mar 10 09:15:30 gate sshd[12]: Accepted for ann: ok\nMar  1 09:16:30 gate cron: done\n"
MESSAGE = (
    "Received: from x\nFrom: =?utf-8?q?Ann_M=C3=BCller?= <ann@example.org>\nTo: ben@example.org,\n cy@example.org\n"
    "Date: Tue, 10 Mar 2020 09:15:30 +0100\nSubject: Plan\nMessage-ID: <1@example.org>\n\nFrom: nobody\nTo: all\n"
)
MBOX = f"From ann Tue Mar 10 09:15:30 2020\n{MESSAGE}\nFrom ben Tue Mar 10 09:16:30 2020\n{MESSAGE}"
CALENDAR = (
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;TZID=Europe/Berlin:20200310T091530\r\nDTEND:20200310T091530Z\r\n"
    "SUMMARY:Plan\\, first\r\nATTENDEE;CN=Ann:mailto:ann@\r\n example.org\r\nATTENDEE:mailto:ben@example.org\r\n"
    "UID:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
JSON_LINES = (
    '{"who": "ann", "at": "2020-03-10", "more": {"n": 1.50, "list": ["x", "y"]}}\n{"who": "ben", "late": true}\n'
)
W3C = (
    "#Software: x\n#Fields: date time user\n2020-03-10 09:15:30 ann\n#Fields: date time user\n2020-03-11 10:00:00 ben\n"
)


def workbook(*sheets: tuple[str, list[list[object]]]) -> bytes:
    """An .xlsx with these sheets; times are serial numbers with a format, as a spreadsheet has them."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy hh:mm:ss"}) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return file.getvalue()


LOG = workbook(
    ("About", [["An export"]]),
    ("Log", [["Report"], [], ["who", "at", "n"], ["ann", datetime(2020, 3, 10, 9, 15, 30), 7.0], ["ben", "", 0.5]]),  # noqa: DTZ001
)


def ods(*rows: list[str]) -> bytes:
    """An .ods with one sheet of texts."""
    cells = "".join(
        "<table:table-row>"
        + "".join(f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
                  for cell in row)
        + "</table:table-row>"
        for row in rows
    )  # fmt: skip
    whole = f"{ODS_HEAD}{cells}</table:table></office:spreadsheet></office:body></office:document-content>"
    names = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entry = f'<m:file-entry m:full-path="/" m:media-type="{ODS}"/>'
    manifest = f'<?xml version="1.0"?><m:manifest xmlns:m="{names}">{entry}</m:manifest>'
    return archive({"mimetype": ODS, "content.xml": whole, "META-INF/manifest.xml": manifest})


def archive(members: dict[str, str | bytes]) -> bytes:
    """A .zip of these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return file.getvalue()


EVERY_KIND = {
    "csv": CSV.encode(),
    "utf-16": CSV.encode("utf-16"),
    "report": f"Report\n#x\n{CSV}# note\nTotal: 2\n".encode(),
    "tables": f"1. A\n{CSV}\n2. B\nx\ty\n1\t2020-01-01\n".encode(),
    "json": JSON_LINES.encode(),
    "array": f"[{JSON_LINES.strip().replace(chr(10), ',')}]".encode(),
    "json cells": b'who,data\nann,"{""a"": {""b"": [1, 2]}}"\nben,"{""c"": null}"\n',
    "like a log": b"at,who,what\n" + b"2020-03-10T09:15:30Z,ann; ben,mail of 10: done\n" * 12,
    "apache": COMBINED.encode(),
    "syslog": SYSLOG.encode(),
    "w3c": W3C.encode(),
    "eml": MESSAGE.encode(),
    "mbox": MBOX.encode(),
    "ics": CALENDAR.encode(),
    "gz": gzip.compress(CSV.encode()),
    "zip": archive({"a.csv": CSV, "b.log": APACHE}),
    "xlsx": LOG,
    "ods": ods(["who", "at"], ["ann", "2020-03-10"]),
}
