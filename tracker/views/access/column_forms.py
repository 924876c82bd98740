"""The form in which columns of a file get their meaning: ours on the left, the file's beside it with a sample."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from tracker.analysis.letters import read_number
from tracker.analysis.logs.files.csv_file import ENCODINGS, Dialect
from tracker.analysis.logs.files.headers import normal
from tracker.analysis.logs.mapping import FIELDS, NEEDED, TRIPLES
from tracker.analysis.logs.times.dates import FORMATS, DateFormat
from tracker.imports.plan import Plan
from tracker.imports.rules import with_events
from tracker.models.access.words import Channel, IdentifierKind, Level
from tracker.models.case.cases import Case
from tracker.views.access.reliability import materials_of
from tracker.web.fields import ShortText, WordField, word_choices
from tracker.web.forms import RecordForm

LABELS = {
    "person": "Person", "name": "Name", "identifier": "Identifier", "material": "Material", "version": "Version",
    "copy": "Copy", "channel": "Channel", "level": "Evidence level", "place": "Place", "since": "From",
    "until": "Until", "source": "Source", "note": "Note", "event": "In or out",
}  # fmt: skip
HINTS = {
    "person": "A pseudonym, or another value that names the person if there is no identifier.",
    "identifier": "An account, an email address or a badge. People are matched by it.",
    "since": "You can join a date column and a time column.",
    "level": "E0 to E7. Lines without a level count as E0, possible access.",
    "event": "Only for a log of people going in and out.",
}
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


class ReadingForm(RecordForm):
    """How the file is written."""

    encoding = SelectField("Encoding", choices=[SelectChoice(name) for name in ("utf-8", "utf-16", *ENCODINGS)])
    separator = SelectField("Separator", choices=[SelectChoice(sign, word) for sign, word in SEPARATORS.items()])
    header_line = ShortText("Header line", longest=6, description="Enter 0 if the file has no column names.")

    def values(self) -> dict[str, Any]:
        """What is passed to `sniff`."""
        number = read_number(self.header_line.data)
        return {"encoding": self.encoding.data, "separator": self.separator.data, "header_line": number}


class ColumnsForm(RecordForm):
    """Which column means what. The fields for the columns are added by `columns_form`."""

    plan: Plan
    names: Sequence[str] = ()
    dates = SelectField("Date format")
    zone = ShortText(
        "Time zone of the file", longest=64, render_kw={"list": "zones", "autocomplete": "off"},
        description="For times without a zone. Examples: Europe/Berlin, -04:00.",
    )  # fmt: skip
    kind = WordField(
        "Kind of identifier", IdentifierKind, description="For new people. A value with an @ is an email address."
    )
    enter = ShortText("Values for going in", description="Separate several values with a semicolon.")
    leave = ShortText("Values for going out")
    skip = ShortText("Values to skip")

    def rows(self) -> Iterator[tuple[str, bool, Any, Any, Any]]:
        """Field, whether something must be said of it, its column, a second one, and its value for every row."""
        required = NEEDED[self.plan.mapping.kind]
        for name in self.names:
            second, fixed = (self[key] if (key := f"{name}_{part}") in self else None for part in ("and", "fixed"))
            yield name, name in required and f"{name}_utc" not in self.names, self[name], second, fixed

    def validate(self, extra_validators: Any = None) -> bool:
        """A field has a column, or one value for every line: nobody could say which of both was meant."""
        sound = super().validate(extra_validators)
        for _, _, column, _, fixed in self.rows():
            if fixed is not None and fixed.data and column.data:
                fixed.errors = ["Choose a column or one value for every line, not both."]
                sound = False
        return bool(sound)

    def values(self) -> dict[str, Any]:
        """The plan with what was chosen."""
        columns, fixed = {}, {}
        for name, _, column, second, value in self.rows():
            columns[name] = [field.data for field in (column, second) if field is not None and field.data]
            fixed[name] = str(value.data or "") if value is not None else ""
        enter, leave, skip = (_split_values(self[name].data) for name in ("enter", "leave", "skip"))
        mapping = replace(self.plan.mapping, columns=columns, fixed=fixed, values={})
        mapping = with_events(mapping, enter, leave, skip)
        mapping = replace(mapping, dates=self.dates.data or "", zone=self.zone.data or "")
        return {"plan": replace(self.plan, mapping=mapping, kind=self.kind.data or IdentifierKind.ACCOUNT)}


def columns_form(plan: Plan, samples: list[list[str]], found: list[DateFormat], case: Case) -> ColumnsForm:
    """The form for one file, filled in with its plan. `found`: the formats that its dates can be read in."""
    header, mapping = plan.reading.header, plan.mapping
    there = {normal(name) for name in header}
    triples = [name for name in TRIPLES if normal(name) in there]
    names = [*FIELDS[mapping.kind], *triples, "event"]
    choices = [SelectChoice("", "No column"), *(SelectChoice(name, _column_label(name, at, samples))
               for at, name in enumerate(header))]  # fmt: skip
    made = type("ColumnsOfFile", (ColumnsForm,), {"names": names, "plan": plan})
    for name in names:
        label = LABELS.get(name, name)
        setattr(made, name, SelectField(label, choices=choices, description=HINTS.get(name, "")))
        if name not in {*triples, "event"}:
            setattr(made, f"{name}_and", SelectField(f"{label}, joined with", choices=choices))
            setattr(made, f"{name}_fixed", _fixed_field(name, f"{label} of every line", case))
    form: ColumnsForm = made(data=_form_data(plan))
    form.dates.choices = [SelectChoice("", "Choose"), *(SelectChoice(one.name, f"{one.name}, such as {one.example}")
                          for one in FORMATS)]  # fmt: skip
    form.dates.description = _dates_hint(found)
    return form


def _fixed_field(name: str, label: str, case: Case) -> Any:
    if name in {"level", "channel"}:
        words: Any = Level if name == "level" else Channel
        return SelectField(label, choices=word_choices(words, "By column"))
    if name == "material":
        return SelectField(label, choices=materials_of(case, "By column"))
    return ShortText(label, longest=200)


def _form_data(plan: Plan) -> dict[str, Any]:
    mapping = plan.mapping
    data: dict[str, Any] = {"dates": mapping.dates, "zone": mapping.zone, "kind": plan.kind}
    said = mapping.values.get("event", {})
    data |= {name: "; ".join(value for value, meaning in said.items() if meaning == word)
             for name, word in (("enter", "enter"), ("leave", "leave"), ("skip", ""))}  # fmt: skip
    for name, headers in mapping.columns.items():
        data |= {name: headers[0], f"{name}_and": headers[1] if len(headers) > 1 else ""}
    return data | {f"{name}_fixed": value for name, value in mapping.fixed.items()}


def _column_label(name: str, at: int, samples: list[list[str]]) -> str:
    sample = next((cells[at] for cells in samples if cells[at]), "")
    return f"{name} ({sample[:30]})" if sample else name


def _dates_hint(found: list[DateFormat]) -> str:
    if not found:
        return "No dates were found in the column chosen for From."
    names = " or ".join(one.name for one in found)
    if len(found) == 1:
        return f"Found in the file: {names}."
    return f"The dates can be read as {names}. Choose the format."


def _split_values(text: str) -> tuple[str, ...]:
    return tuple(value for part in (text or "").split(";") if (value := part.strip()))


def reading_form(reading: Dialect) -> ReadingForm:
    """The form for how a file is written, filled in with what was found."""
    data = {"encoding": reading.encoding or ENCODINGS[0], "separator": reading.separator}
    return ReadingForm(data={**data, "header_line": str(reading.header_line)})
