"""The form in which the columns of a file get their meaning: one row for each column that the file has."""

import hashlib
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Names
from typing import Any, NamedTuple

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from tracker.analysis.logs.access_log import Mapping
from tracker.analysis.logs.conditions import TESTS, Condition, join_values
from tracker.analysis.logs.files.headers import normal
from tracker.analysis.logs.mapping import FIELDS, TRIPLES
from tracker.analysis.logs.questions import Question
from tracker.analysis.logs.times.dates import DateFormat, format_choices
from tracker.imports.lines.look import Look
from tracker.imports.plan import Plan
from tracker.models.access.words import Channel, IdentifierKind, Level
from tracker.models.case.cases import Case
from tracker.views.access.imports.value_tables import ValueTable, tables_of
from tracker.views.access.reliability import materials_of
from tracker.web.fields import ShortText, WordField, word_choices
from tracker.web.forms import RecordForm

LABELS = {
    "person": "Person", "name": "Name", "identifier": "Identifier",
    "more_people": "More people", "material": "Material", "version": "Version",
    "copy": "Copy", "channel": "Channel", "level": "Evidence level", "place": "Place", "since": "From",
    "until": "Until", "duration": "Duration", "source": "Source", "note": "Note", "event": "In or out",
    "post": "Post", "unit": "Unit",
    "involvement": "Involvement", "with_whom": "Contact with", "minutes": "Length", "medium": "Channel",
    "basis": "Basis", "content_known": "Content known", "content": "Content", "explanation": "Person's explanation",
}  # fmt: skip
NO_COLUMN, OPEN_AT_MOST = "Do not import", 12


class Rule(NamedTuple):
    """The three boxes of one condition."""

    place: int
    column: Any
    test: Any
    values: Any


class MappingForm(RecordForm):
    """Which column means what. Fields for columns, values, conditions and questions are added by `mapping_form`."""

    plan: Plan
    look: Look
    tables: Sequence[ValueTable] = ()
    questions: Sequence[Question] = ()
    fixed_names: Sequence[str] = ()
    dates = SelectField("Date format")
    zone = ShortText(
        "Time zone of the file", longest=64, render_kw={"list": "zones", "autocomplete": "off"},
        description="For times without a zone. Examples: Europe/Berlin, -04:00.",
    )  # fmt: skip
    kind = WordField(
        "Kind of identifier", IdentifierKind, description="For new people. A value with an @ is an email address."
    )

    def columns(self) -> list[tuple[Any, Any, bool]]:
        """Each column with its choice of a field, and whether it stands in sight."""
        shown = [(column, self[f"column_{at}"]) for at, column in enumerate(self.look.columns)]
        few = len(shown) <= OPEN_AT_MOST
        return [(column, field, few or bool(field.data) or bool(field.errors)) for column, field in shown]

    def rules(self) -> Iterator[Rule]:
        """The conditions, and an empty one at the end."""
        for at in range(len(self.plan.mapping.where) + 1):
            yield Rule(at, *(self[f"where_{at}_{part}"] for part in ("column", "test", "values")))

    def fixed(self) -> list[Any]:
        """The fields with one value for every line."""
        return [self[f"fixed_{name}"] for name in self.fixed_names]

    def asked(self) -> list[tuple[Question, Any]]:
        """The questions on this file, with the choice of an answer."""
        return [(one, self[f"answer_{slug(one.key)}"]) for one in self.questions]

    def validate(self, extra_validators: Any = None) -> bool:
        """A field has a column, or one value for every line: nobody could say which of both was meant.

        Only the date of every line stands beside a column with its times of day.
        """
        sound = super().validate(extra_validators)
        for name, field in zip(self.fixed_names, self.fixed(), strict=True):
            if field.data and name in self.plan.mapping.columns and name != "since":
                field.errors = ["Choose a column or one value for every line, not both."]
                sound = False
        return bool(sound)

    def values(self) -> dict[str, Any]:
        """The plan with what was chosen."""
        return {"plan": self.plan}


def mapping_form(plan: Plan, look: Look, found: list[tuple[DateFormat, str]], questions: Sequence[Question], case: Case,
                 unseen: Names[str, Sequence[str]], *, looks: bool) -> MappingForm:  # fmt: skip
    """The form of one file, filled in with its plan. `looks`: nothing is sent, the form is shown as the plan has it.

    `found`: the formats that its dates can be read in, with what each makes of the first; `unseen`: header -> values
    that a check met further down.
    """
    tables = tables_of(plan.mapping, look, case, unseen)
    fields: dict[str, Any] = {"plan": plan, "look": look, "tables": tables, "questions": questions}
    fields |= _column_fields(plan.mapping, look)
    fields |= {one.name: one.field() for table in tables for one in table.values}
    fields |= _rule_fields(plan.mapping, look)
    fields |= {f"answer_{slug(one.key)}": _answer_field(one) for one in questions}
    names = [
        name
        for name in FIELDS[plan.mapping.kind]
        if name not in plan.mapping.columns or name in plan.mapping.fixed or (name == "since" and not found)
    ]
    fields |= {f"fixed_{name}": _fixed_field(name, case) for name in names}
    made = type("MappingOfFile", (MappingForm,), {**fields, "fixed_names": names})
    form: MappingForm = made(**({"formdata": None} if looks else {}), data=_data(plan, tables, questions))
    form.dates.choices = [SelectChoice("", "Choose"), *(SelectChoice(name, words)
                          for name, words in format_choices(found, plan.mapping.dates))]  # fmt: skip
    form.dates.description = _dates_hint(found)
    return form


def slug(text: str) -> str:
    """A short name for any text, fit for a field of a form."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:12]


def label_of(name: str) -> str:
    """The word for a field, or for several that one column stands for."""
    first, *more = (LABELS.get(part, part) for part in name.split("+"))
    return " and ".join([first, *(word.lower() for word in more)])


def meaning_of(mapping: Mapping, header: str) -> str:
    """The field that a column stands for, "" for none; several are joined by +."""
    return "+".join(name for name, names in mapping.columns.items() if normal(header) in map(normal, names))


def _column_fields(mapping: Mapping, look: Look) -> dict[str, Any]:
    there = {normal(one.name) for one in look.columns}
    names = [*FIELDS[mapping.kind], *(name for name in TRIPLES if normal(name) in there)]
    names += ["event"] if mapping.kind in {"access", "whereabouts"} else []
    names += ["level+channel"] if "level" in names else []
    names += sorted({meaning for one in look.columns if (meaning := meaning_of(mapping, one.name))} - set(names))
    choices = [SelectChoice("", NO_COLUMN), *(SelectChoice(name, label_of(name)) for name in names)]
    return {f"column_{at}": SelectField(one.name, choices=choices) for at, one in enumerate(look.columns)}


def _rule_fields(mapping: Mapping, look: Look) -> dict[str, Any]:
    names = [one.name for one in look.columns]
    tests = [SelectChoice(test, words) for test, words in TESTS.items()]
    fields: dict[str, Any] = {}
    for at, one in enumerate([*mapping.where, Condition("", "is")]):
        lost = [SelectChoice(one.column, f"{one.column} (not in this file)")] if one.column not in {"", *names} else []
        columns = [SelectChoice("", "Choose a column"), *lost, *(SelectChoice(name, name) for name in names)]
        fields[f"where_{at}_column"] = SelectField(
            f"Column of condition {at + 1}", choices=columns, validate_choice=False
        )
        fields[f"where_{at}_test"] = SelectField(f"Test of condition {at + 1}", choices=tests, validate_choice=False)
        fields[f"where_{at}_values"] = ShortText(f"Values of condition {at + 1}", longest=2000)
    return fields


def _answer_field(question: Question) -> Any:
    choices = [SelectChoice("", "Choose"), *(SelectChoice(value, words) for value, words in question.choices)]
    return SelectField(question.text, choices=choices, validate_choice=False, description=question.seen.words)


def _fixed_field(name: str, case: Case) -> Any:
    label = f"{label_of(name)} of every line"
    if name in {"level", "channel"}:
        words: Any = Level if name == "level" else Channel
        return SelectField(label, choices=word_choices(words, "Not set"), validate_choice=False)
    if name == "material":
        return SelectField(label, choices=materials_of(case, "Not set"), validate_choice=False)
    if name == "since":
        return ShortText(label, longest=60, description="Enter a date if the column has only times of day: 2018-03-20.")
    return ShortText(label, longest=200)


def _data(plan: Plan, tables: Sequence[ValueTable], questions: Sequence[Question]) -> dict[str, Any]:
    mapping = plan.mapping
    data: dict[str, Any] = {"dates": mapping.dates, "zone": mapping.zone, "kind": plan.kind}
    data |= {f"column_{at}": meaning_of(mapping, name) for at, name in enumerate(plan.reading.header)}
    data |= {one.name: one.chosen for table in tables for one in table.values}
    data |= {f"fixed_{name}": value for name, value in mapping.fixed.items()}
    data |= {f"answer_{slug(one.key)}": mapping.answers.get(one.key, "") for one in questions}
    for at, one in enumerate(mapping.where):
        data |= {f"where_{at}_column": one.column, f"where_{at}_test": one.test}
        data[f"where_{at}_values"] = join_values(one.values)
    return data


def _dates_hint(found: list[tuple[DateFormat, str]]) -> str:
    if not found:
        return "No date format reads every line of the column chosen for From."
    names = " or ".join(one.name for one, _ in found)
    if len(found) == 1:
        return f"Found in the file: {names}."
    return f"The dates can be read as {names}. Choose the format."
