"""What the forms and filters of accesses and whereabouts share: a person, times, and where the fact comes from."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from wtforms import SelectField, ValidationError
from wtforms.fields.choices import SelectChoice

from tracker.analysis.moments import Moment, MomentFault
from tracker.analysis.typed.pieces import NO_DATE, TwoReadings
from tracker.analysis.typed.reading import read_time
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.people import Person, read_number
from tracker.web.choices import PersonField
from tracker.web.clocks import zone_of_addresses
from tracker.web.fields import LongText, ShortText, needed
from tracker.web.forms import FilterForm, RecordForm
from tracker.web.moment_field import MomentField, how_typed

_LOG = re.compile(r"(?:l-?)?(\d{1,9})", re.IGNORECASE | re.ASCII)


def log_number(text: str) -> int | None:
    """The number in `L3` or `3`; None when there is none."""
    found = _LOG.fullmatch(text.strip())
    return int(found[1]) if found else None


def must_hold_number(read: Callable[[str], int | None], sentence: str) -> Callable[[Any, Any], None]:
    """A check of a field: refuse, in this sentence, what holds no number as it is read."""

    def check(_form: Any, field: Any) -> None:
        if field.data and read(field.data) is None:
            raise ValidationError(sentence)

    return check


def must_be_time(_form: Any, field: Any) -> None:
    """A check of a field: a day or a time."""
    try:
        if field.data and not read_asked(field.data):
            raise ValidationError(NO_DATE)
    except TwoReadings as fault:
        raise ValidationError(
            f"Enter the month as a word, such as Mar. {field.data} can be read in two ways."
        ) from fault
    except MomentFault as fault:
        raise ValidationError(str(fault)) from fault


def read_asked(text: str) -> Moment:
    """The time that a text of the filter says; raises MomentFault."""
    return read_time(text or "", how_typed(zone_of_addresses()))


def read_bound(text: str, *, last: bool = False) -> datetime | None:
    """The first or the last time that a text of the filter may mean."""
    found = read_asked(text)
    return (found.latest or found.earliest) if last else (found.earliest or found.latest)


class BoundText(ShortText):
    """A day or a time that bounds a list, on the clocks of the case; its hint names their zone."""

    def __init__(self, label: str, hint: str = "", **options: Any) -> None:
        hint = f"{hint} Times are in {zone_of_addresses()}.".strip()
        super().__init__(label, [must_be_time], longest=80, description=hint, **options)


class AboutPersonFilter(FilterForm):
    """Narrow a list to what is about one person."""

    person = ShortText(
        "Person", [must_hold_number(read_number, "Enter the pseudonym in the form P-014.")], longest=80,
        description="The pseudonym, such as P-014.",
    )  # fmt: skip

    def by_person(self, select: Any, text: str) -> Any:
        """What is about one person."""
        return select.where(self.model.person.has(Person.number == read_number(text)))


class CorrectedFilter(AboutPersonFilter):
    """Narrow a list of rows that later rows correct."""

    state = SelectField(
        "Records",
        default="",
        coerce=lambda text: "" if text in {None, "all"} else text,
        choices=[SelectChoice("", "All"), SelectChoice("uncorrected", "Without corrected records")],
    )

    def by_state(self, select: Any, _state: str) -> Any:
        """Leave out what a later row corrects."""
        return select.where(self.model.uncorrected())


class AboutPersonForm(RecordForm):
    """A fact about one person of the case."""

    person = PersonField(checks=[needed("Enter the pseudonym, such as P-014.")])


class OccurrenceForm(AboutPersonForm):
    """One row of who, from when to when, on what ground."""

    since = MomentField("From", required=True)
    until = MomentField("Until")
    source = ShortText("Source", description="The list, exhibit or interview that shows it.")
    note = LongText("Note")


class WhyCorrected:
    """Mixed into a form: a row is corrected with a reason."""

    why_corrected = LongText("Reason for the correction", [needed("Enter the reason for the correction.")])


def row_data(row: Any, *names: str) -> dict[str, Any]:
    """What the form shows of a row that is to be corrected: what every row says, and more `names` of it."""
    source = row.origin if row.log is not None else row.source
    shown = {name: getattr(row, name) for name in (*names, "since", "until", "note")}
    return {**shown, "person": row.person, "source": source[:300]}


class OccurrenceFilter(CorrectedFilter):
    """Narrow a list of such rows."""

    since_from = BoundText("From", "Records that may start then or later.")
    since_to = BoundText("To", "Records that may start by then.")
    log = ShortText(
        "Access log", [must_hold_number(log_number, "Enter the number of the access log in the form L3.")], longest=80,
        description="The number of the log, such as L3.",
    )  # fmt: skip
    q = ShortText("Text in note or source")

    def by_person(self, select: Any, text: str) -> Any:
        """Rows about one person, along the index of the person: there may be a million."""
        here = sa.select(Person.id).where(Person.case_id == self.case.id, Person.number == read_number(text))
        return select.where(self.model.person_id == here.scalar_subquery())

    def by_log(self, select: Any, text: str) -> Any:
        """Rows of one imported file."""
        here = sa.select(AccessLog.id).where(AccessLog.case_id == self.case.id, AccessLog.number == log_number(text))
        return select.where(self.model.log_id == here.scalar_subquery())

    def by_since_from(self, select: Any, text: str) -> Any:
        """Rows whose latest possible beginning is not earlier."""
        return select.where(self.model.since_latest >= read_bound(text))

    def by_since_to(self, select: Any, text: str) -> Any:
        """Rows whose earliest possible beginning is not later."""
        return select.where(self.model.since_earliest <= read_bound(text, last=True))
