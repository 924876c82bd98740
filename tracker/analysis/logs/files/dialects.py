"""How a file is written: found by looking, shown, and changed by whoever knows better."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any, Self

from tracker.analysis.logs.files.headers import normal, recipient_fields

SEPARATORS = (",", ";", "\t", "|")
SEPARATOR_WORDS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "blanks"}
QUOTE_WORDS = {'"': "double", "'": "single", "": "none"}
ESCAPE_WORDS = {"": "none", "\\": "backslash"}
CSV, JSON, WORKBOOK, PATTERN, MAIL, CALENDAR = "csv", "json", "workbook", "pattern", "mail", "calendar"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is written: every field down to `pattern` can be changed by passing it to `sniff`.

    `encoding` None: the account must choose one (`ENCODINGS`, `preview`); until then the header is shown as the first.
    `header_line` is the line of the header, 0 for none, and then `first_line` is that of the first row. `last_line` is
    the last line of the table, 0 for that of the file.
    `lines` counts the lines of the table, for progress. `member` is a file of an archive, `sheet` one of a workbook.
    `comments` and `repeats`: lines that are comments, or repeat the header, stand in the table and are left out.
    `cells` is the number of columns in the file itself; `json_fields` the fields of JSON cells that are columns too.
    `recipients` is a column with several recipients in a cell, each of whom is a row.
    `zone` is what the lines above the table say of the zone of its times.
    `chosen` names what was given and not found out. `notes` are sentences on what was found; `tables`, `sheets` and
    `members` can be chosen.
    """

    encoding: str | None = "utf-8"
    separator: str = ","
    header_line: int = 1
    header: tuple[str, ...] = ()
    lines: int = 0
    quote: str = '"'
    escape: str = ""
    first_line: int = 0
    last_line: int = 0
    member: str = ""
    sheet: str = ""
    pattern: str = ""
    kind: str = CSV
    blank_after_quote: bool = False
    comments: bool = False
    repeats: bool = False
    cells: int = 0
    json_fields: tuple[str, ...] = ()
    recipients: str = ""
    zone: str = ""
    chosen: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    members: tuple[str, ...] = ()

    def narrowed_to(self, names: Iterable[str]) -> Self:
        """The same without the fields of JSON cells, which are slow to read, if none of these columns is one."""
        names = [*map(normal, names)]
        fields = {normal(field) for field in self.json_fields}
        return self.divided_for(names) if fields & {*names} else replace(self.divided_for(names), json_fields=())

    def divided_for(self, names: Iterable[str]) -> Self:
        """The same with a row for each line, and not for each recipient, if none of these columns is of a recipient."""
        fields = {*map(normal, recipient_fields(self.recipients))}
        return self if fields & {*map(normal, names)} else replace(self, recipients="")

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """The dialect whose fields were kept as JSON; what another release knew besides is left out."""
        there: dict[str, Any] = {}
        for name in {known.name for known in fields(cls)} & set(values):
            there[name] = tuple(values[name]) if isinstance(values[name], list) else values[name]
        return cls(**there)
