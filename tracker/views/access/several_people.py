"""Several people at once: a table to type into or to fill from pasted lines, checked before all of it is saved."""

from collections import defaultdict
from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue
from werkzeug import Response
from wtforms import FieldList, Form, FormField, ValidationError

from tracker.actions.access import people as actions
from tracker.actions.checks import must_be_fair
from tracker.analysis.identifiers.lists import IdentifierFault, read_identifiers
from tracker.analysis.identifiers.written import fold_identifier
from tracker.analysis.typed.tables import read_people
from tracker.audit.doors import Refused
from tracker.models.access.people import Person
from tracker.models.access.words import IdentifierKind
from tracker.models.case.cases import Case
from tracker.policy import Permission
from tracker.policy.mask import holders_of
from tracker.views.access.people import say_recused
from tracker.web.fields import LongText, ShortText
from tracker.web.forms import RecordForm
from tracker.web.guard import Area
from tracker.web.places import go
from tracker.web.rendering import page

area = Area("several_people", __name__)
AT_FIRST, AT_MOST = 10, 100


def _fair(_form: Any, field: Any) -> None:
    try:
        must_be_fair(field.data or "")
    except Refused as refused:
        raise ValidationError(str(refused)) from refused


class RowForm(Form):
    """One person of the table."""

    name = ShortText("Name", [_fair], longest=200, render_kw={"autocomplete": "off"})
    post = ShortText("Post", [_fair], longest=200, render_kw={"autocomplete": "off"})
    unit = ShortText("Unit", [_fair], longest=200, render_kw={"autocomplete": "off"})
    identifiers = ShortText("E-mail or account", longest=2000, render_kw={"autocomplete": "off"})

    pairs: list[tuple[str, str]] = []

    def validate_identifiers(self, field: Any) -> None:
        """An e-mail address, an account, or kind and value; several are apart by semicolons."""
        try:
            self.pairs = read_identifiers(field.data or "", IdentifierKind)
        except IdentifierFault as fault:
            raise ValidationError(str(fault)) from fault

    @property
    def is_blank(self) -> bool:
        """Whether nothing was entered."""
        return not any(self.data.values())


class SeveralForm(RecordForm):
    """The table, and the lines that fill it."""

    lines = LongText(
        "Lines",
        longest=50_000,
        description="One person per line: name, post, unit, e-mail or account. Copy the cells of a spreadsheet, or "
        "separate them by commas. A first line with the names of the columns is understood.",
    )
    rows = FieldList(FormField(RowForm), "People", min_entries=AT_FIRST, max_entries=AT_MOST)

    def __init__(self, case: Case) -> None:
        self.case = case
        super().__init__()

    @property
    def filled(self) -> list[tuple[int, RowForm]]:
        """The rows that hold something, with their places in the table."""
        return [(place, row.form) for place, row in enumerate(self.rows, 1) if not row.form.is_blank]

    def fill(self) -> None:
        """Put the pasted lines into the table, behind what it holds, and check all of it. Nothing is saved."""
        if not self.validate():
            return
        pasted = read_people(self.lines.data)
        held = [row.data for _, row in self.filled]
        if len(held) + len(pasted) > AT_MOST:
            self.lines.errors = [f"Add at most {AT_MOST} people at once. Import an access log to add more."]
            return
        self.lines.data = ""
        self.rows.process(None, [*held, *pasted])
        self.validate()

    def validate(self, extra_validators: Any = None) -> bool:
        """Each row alone, then the identifiers of all of them; every error names its row."""
        super().validate(extra_validators)
        if not self.lines.data and not self.filled:
            self.rows[0].form["name"].errors = ["Enter at least one person."]
        taken = self._find_taken()
        for place, row in self.filled:
            field = row["identifiers"]
            clashes = [taken[fold_identifier(value)] for _, value in row.pairs]
            who = next((one for several in clashes for one in several if one != f"row {place}"), None)
            if who:
                field.errors = [*field.errors, f"This identifier also stands at {who}. Each belongs to one person."]
            for cell in row:
                cell.errors = [f"Row {place}: {error}" for error in cell.errors]
        self.rows.errors = [row.errors for row in self.rows if row.errors]
        return not self.errors

    def _find_taken(self) -> dict[str, list[str]]:
        """Who has each identifier of the table: rows of it, and people of the case."""
        taken = defaultdict(list)
        for place, row in self.filled:
            for _, value in row.pairs:
                taken[fold_identifier(value)].append(f"row {place}")
        for value, person in holders_of(self.case, taken):
            taken[value].append(person.pseudonym)
        return taken

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {"people": {place: {**row.data, "identifiers": row.pairs} for place, row in self.filled}}


@area.form("/cases/<ref:case>/people/several", needs=Permission.RECORD_PERSON, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Add several people: pasted lines are shown in the table first; then all are added, or none."""
    form = SeveralForm(case)
    if form.is_submitted() and form.lines.data and not case.is_closed:
        form.fill()
        return page("access/people/several.html", form)
    return form.takes(actions.add_people, case, "access/people/several.html", to=_to_people)


def _to_people(added: list[Person]) -> Response:
    first, last = added[0].pseudonym, added[-1].pseudonym
    flash(f"{len(added)} people added: {first} to {last}." if len(added) > 1 else f"{first} added.", "success")
    return say_recused(added) or go("people.list_page", added[0].case)
