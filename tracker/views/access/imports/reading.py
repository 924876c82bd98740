"""How a file is written: what was found in it, shown with its first lines, and each of it changeable."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask.typing import ResponseReturnValue
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from tracker.actions.access import access_logs as actions
from tracker.analysis.letters import read_number
from tracker.analysis.logs.files.csv_file import ENCODINGS, MIXED, Dialect, preview
from tracker.analysis.logs.files.dialects import (
    CSV,
    ESCAPE_WORDS,
    JSON,
    PATTERN,
    QUOTE_WORDS,
    SEPARATOR_WORDS,
    WORKBOOK,
)
from tracker.analysis.logs.files.sources.patterns import PATTERNS, W3C
from tracker.imports.plan import Plan, initial_plan
from tracker.imports.reading import inspect_file, samples
from tracker.models.access.access_logs import AccessLog
from tracker.policy import Permission
from tracker.views.access.imports.area import area
from tracker.views.access.imports.steps import file_of, next_page
from tracker.web.fields import ShortText
from tracker.web.forms import RecordForm
from tracker.web.guard import me
from tracker.web.rendering import page

KINDS = {
    CSV: "CSV or other separated text", JSON: "JSON records", WORKBOOK: "workbook", PATTERN: "lines of a log",
    "mail": "messages", "calendar": "calendar",
}  # fmt: skip
_BY_KIND = {
    CSV: ("encoding", "pattern", "separator", "quote", "escape", "table", "header_line", "last_line"),
    PATTERN: ("encoding", "pattern", "own_pattern", "last_line"),
    WORKBOOK: ("table", "header_line", "last_line"),
    JSON: ("encoding",),
    "calendar": ("encoding",),
}
_WHICH_FILE = ("member", "sheet", "pattern")  # another file, sheet or pattern: all else is found anew


def _choices(words: dict[str, str]) -> list[SelectChoice]:
    return [SelectChoice(sign, word) for sign, word in words.items()]


class ReadingForm(RecordForm):
    """How the file is written. What a file of this kind does not have is taken out by `reading_form`."""

    shown: Dialect
    member = SelectField("File in the archive")
    sheet = SelectField("Sheet")
    encoding = SelectField("Encoding")
    pattern = SelectField("Lines", description="A table is cut at a separator. Lines of a log are cut by a pattern.")
    own_pattern = ShortText("Pattern", longest=1000, description="Each {name} becomes a column.")
    separator = SelectField("Separator")
    quote = SelectField("Quote around a cell", choices=_choices(QUOTE_WORDS))
    escape = SelectField("Sign before a quote in a cell", choices=_choices(ESCAPE_WORDS))
    table = SelectField("Table")
    header_line = ShortText(
        "Header line", longest=7, description="Enter 0 if the file has no column names. Leave it empty to find it."
    )
    last_line = ShortText("Last line of the table", longest=9, description="Enter 0 for the end of the file.")

    def values(self) -> dict[str, Any]:
        """What is passed to `sniff`: what is changed here, and what was chosen before."""
        typed = {name: self._value(name) for name in (*_WHICH_FILE, *_BY_KIND[CSV]) if name in self}
        if "own_pattern" in self and typed["pattern"] and self.own_pattern.data != self.shown.pattern:
            typed["pattern"] = self.own_pattern.data
        was = {name: getattr(self.shown, name, None) for name in typed} | {"table": table_of(self.shown)}
        changed = {name for name, value in typed.items() if value != was[name]}
        kept = set() if changed & set(_WHICH_FILE) else set(self.shown.chosen)
        if "table" in changed:
            kept -= {"header_line", "last_line"}
        if "header_line" in changed or "header_line" in kept:
            kept.discard("table")
        return {name: typed[name] for name in typed if name in changed or name in kept}

    def _value(self, name: str) -> Any:
        data = self[name].data
        if name in {"header_line", "last_line", "table"}:
            return read_number(data or "") if data else None
        return data or ""


def reading_form(reading: Dialect) -> ReadingForm:
    """The form for how a file is written, filled in with what was found."""
    data = {name: getattr(reading, name) for name in ("member", "sheet", "separator", "quote", "escape", "pattern")}
    data |= {
        "encoding": reading.encoding or ENCODINGS[0],
        "own_pattern": reading.pattern,
        "table": str(table_of(reading)),
    }
    data |= {name: str(getattr(reading, name)) for name in ("header_line", "last_line")}
    form: ReadingForm = type("ReadingOfFile", (ReadingForm,), {"shown": reading})(data=data)
    form.member.choices = [SelectChoice(name) for name in reading.members]
    form.sheet.choices = [SelectChoice(name) for name in reading.sheets]
    form.encoding.choices = _with([SelectChoice(one) for one in ("utf-8", "utf-16", *ENCODINGS, *MIXED)],
                                  reading.encoding or "")  # fmt: skip
    form.separator.choices = _with(_choices(SEPARATOR_WORDS), reading.separator)
    form.quote.choices = _with(_choices(QUOTE_WORDS), reading.quote)
    form.escape.choices = _with(_choices(ESCAPE_WORDS), reading.escape)
    form.pattern.choices = _with([SelectChoice("", "A table"), SelectChoice(W3C, "W3C extended (#Fields:)"),
                                  *(SelectChoice(text, name) for name, text in PATTERNS.items())],
                                 reading.pattern)  # fmt: skip
    form.table.choices = [SelectChoice(str(number), name) for number, name in enumerate(reading.tables, 1)]
    _drop(form, reading)
    return form


def table_of(reading: Dialect) -> int | None:
    """The number of the table that is read, where there are several."""
    end = f", line {reading.header_line or reading.first_line}"
    return next((number for number, name in enumerate(reading.tables, 1) if name.endswith(end)), None)


def _with(choices: list[SelectChoice], value: str) -> list[SelectChoice]:
    """The choices, and the value that is chosen if it is none of them."""
    known = {choice.value for choice in choices}
    return choices if value in known or not value else [*choices, SelectChoice(value)]


def _drop(form: ReadingForm, reading: Dialect) -> None:
    """Take out what a file of this kind does not have."""
    there = {*_BY_KIND.get(reading.kind, ()), *_which_file(reading)}
    there -= set() if reading.tables else {"table"}
    there -= {"own_pattern"} if reading.pattern == W3C else set()
    for name in {"member", "sheet", *_BY_KIND[CSV], "own_pattern"} - there:
        del form[name]


def _which_file(reading: Dialect) -> Sequence[str]:
    return [name for name, names in (("member", reading.members), ("sheet", reading.sheets)) if names]


@area.form("/cases/<ref:case>/access-logs/<number:number>/reading", needs=Permission.IMPORT_LOG, of=AccessLog)
def reading(access_log: AccessLog) -> ResponseReturnValue:
    """How the file is written, as it was found and as it is to be read."""
    plan, source = Plan.of(access_log), file_of(access_log)
    form = reading_form(plan.reading)
    if form.validate_on_submit():
        with form.conflicts():
            _read_again(access_log, plan, form.values())
            return next_page(access_log)
    rows = samples(source, plan.reading)
    shown = _encodings_shown(source, plan.reading) if "encoding" in form else []
    return page("access/imports/reading.html", form, shown=shown, reading=plan.reading, rows=rows, kinds=KINDS)


def _encodings_shown(source: Path, reading: Dialect) -> list[tuple[str, list[str]]]:
    """How the first lines with special characters read in each encoding; in two at once if the file mixes some."""
    is_mixed = reading.encoding in MIXED or any(" mixes " in note for note in reading.notes)
    names = ["utf-8", *(name for name in ENCODINGS if not name.startswith("utf-16")), *(MIXED if is_mixed else ())]
    return [(name, preview(source, name, 3, member=reading.member)) for name in names]


def _read_again(log: AccessLog, plan: Plan, given: dict[str, Any]) -> None:
    """Read the file as it is chosen now; what its columns mean is kept if they are the same."""
    source = file_of(log)
    found = inspect_file(source, **given)
    if found.header == plan.reading.header:
        again = replace(plan, reading=found)
    else:
        fixed, zone = plan.mapping.fixed, plan.mapping.zone
        again = initial_plan(log.case, log.kind, source, found, fixed=fixed, zone=zone, system=log.system)
        again = replace(again, people=plan.people)
    actions.map_log(me(), log, plan=again.as_json())
