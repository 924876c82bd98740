"""The forms of exhibits: what narrows their list, what is asked when one is taken in, what may change later."""

from typing import Any

import sqlalchemy as sa
from flask_wtf.file import FileField
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, Regexp

from tracker.actions.inquiry.exhibits import Custody
from tracker.models.inquiry.custody import CustodyEntry, Disposal
from tracker.models.inquiry.exhibits import Exhibit
from tracker.models.inquiry.words import ExhibitForm, InformationGrade, Original, SourceGrade
from tracker.web.fields import LongText, ShortText, WordField, needed
from tracker.web.forms import EditForm, FilterForm, RecordForm
from tracker.web.guard import me
from tracker.web.moment_field import MomentField

HASH = Regexp(r"[0-9a-fA-F]{64}\Z", message="Enter a SHA-256 of 64 characters, 0 to 9 and a to f.")
STATES = {"kept": "In custody", "waits": "Disposal proposed", "disposed": "Disposed of"}


class ExhibitFilter(FilterForm):
    """Narrow the list of exhibits."""

    model = Exhibit
    searched = (Exhibit.title, Exhibit.name, Exhibit.obtained_from, Exhibit.note)
    q = ShortText("Title, file, source or note")
    form = WordField("Type", ExhibitForm, empty="Any")
    holder = ShortText("Holder", longest=200, description="Who holds it now.")
    source_grade = WordField("Source grade", SourceGrade, empty="Any")
    information_grade = WordField("Information grade", InformationGrade, empty="Any")
    state = SelectField(
        "State", default="", choices=[SelectChoice("", "Any"), *(SelectChoice(*one) for one in STATES.items())]
    )

    def by_holder(self, select: Any, text: str) -> Any:
        """Those whose last handover went to somebody called so; what was disposed of is held by nobody."""
        mine = sa.select(sa.func.max(CustodyEntry.number)).where(CustodyEntry.exhibit_id == Exhibit.id)
        last = sa.exists().where(
            CustodyEntry.exhibit_id == Exhibit.id,
            CustodyEntry.number == mine.correlate(Exhibit).scalar_subquery(),
            CustodyEntry.to_holder.icontains(text, autoescape=True),
        )
        return select.where(last, ~_disposal(Disposal.confirmed_at.is_not(None)))

    def by_state(self, select: Any, state: str) -> Any:
        """Kept, waiting for a second person, or gone."""
        disposed = _disposal(Disposal.confirmed_at.is_not(None))
        waits = _disposal(Disposal.confirmed_at.is_(None), Disposal.declined_at.is_(None))
        return select.where({"kept": ~disposed & ~waits, "waits": waits, "disposed": disposed}[state])


def _disposal(*such: Any) -> Any:
    return sa.exists().where(Disposal.exhibit_id == Exhibit.id, *such)


class Graded:
    """What is judged of an exhibit; it may be judged anew."""

    title = ShortText(
        "Title", [needed("Enter a title.")], description="Neutral: what the exhibit is, not what it shows."
    )
    original = WordField("Original or copy", Original, empty="Not known")
    source_grade = WordField(
        "Source reliability", SourceGrade, empty="Not graded", description="Grade the source in general."
    )
    information_grade = WordField(
        "Information credibility", InformationGrade, empty="Not graded",
        description="Grade it apart from the source. The two grades are never merged.",
    )  # fmt: skip
    note = LongText("Note")


class GradingForm(Graded, EditForm):
    """What may change of an exhibit."""


class HandoverFields:
    """What is said of every handover."""

    why = ShortText("Reason", [needed("Enter the reason for the handover.")], longest=500)
    seal_number = ShortText("Seal number", longest=80)
    condition = ShortText("Condition", description="Intact, opened or damaged, as the receiver found it.")


class IntakeForm(HandoverFields, Graded, RecordForm):
    """A file or an object, where it comes from, and who holds it first."""

    form = WordField("Type", ExhibitForm, default=ExhibitForm.FILE)
    file = FileField("File", description="The file is stored unchanged and encrypted, under its SHA-256.")
    declared = ShortText(
        "Declared SHA-256", [Optional(), HASH], longest=64, render_kw={"autocomplete": "off"},
        description="As stated by the source. A file with a different SHA-256 is rejected.",
    )  # fmt: skip
    again = BooleanField(
        "The same file is already an exhibit, and this copy came from another source",
        description="Tick this only if an error asks for it.",
    )
    obtained = MomentField("Time obtained", required=True)
    obtained_from = ShortText(
        "Obtained from", [needed("Enter where the exhibit was obtained from.")], longest=200,
        description="A post, an office or a system.",
    )  # fmt: skip
    how = LongText(
        "Method and legal basis", [needed("Enter how it was obtained and on what legal basis.")],
        description="For example: handed over on request, exported by the custodian, by consent.",
    )  # fmt: skip
    holder = ShortText("First holder", [needed("Enter the first holder.")], longest=200, default=lambda: me().name)
    why = ShortText("Reason", [needed("Enter the reason.")], longest=500, default="Received as evidence")
    seal_number = ShortText("Seal number", longest=80, description="Needed for an object.")

    def facts(self) -> dict[str, Any]:
        """What the action takes, but for the file."""
        given = self.values()
        first = Custody(*(given.pop(name) for name in ("holder", "why", "seal_number", "condition")))
        return {name: given[name] for name in given if name not in {"form", "file", "declared", "again"}} | {
            "custody": first
        }
