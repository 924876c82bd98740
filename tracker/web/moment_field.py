"""A time in a form: one text as people type it, its zone, and how it was read. Nothing is invented."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import g, request, url_for
from wtforms import Field, ValidationError

from tracker.analysis.moments import Moment, MomentFault, Precision
from tracker.analysis.typed.pieces import NO_DATE, DateOrder, TwoReadings
from tracker.analysis.typed.reading import Typing, read_day, read_time
from tracker.analysis.typed.writing import say_reading, write_day, write_time, zone_label
from tracker.analysis.zones import find_zone
from tracker.audit.doors import now
from tracker.models.case.cases import Case
from tracker.models.case.zones import zones_used

OTHER = "other"  # the choice in the list of zones that opens a box for any other
PARTS = ("zone", "other_zone", "precision", "latest", "order")
CHOICES = [  # "Exact" is what the text says, to its last digit
    (Precision.EXACT, "Exact"), (Precision.HOUR, "Hour"), (Precision.DAY, "Day"), (Precision.BEFORE, "Before"),
    (Precision.BETWEEN, "Between"), (Precision.UNKNOWN, "Unknown"),
]  # fmt: skip
EXAMPLES = {None: "20 Mar 2018 7:15 pm", "day_first": "20/03/2018 7:15 pm", "month_first": "03/20/2018 7:15 pm"}


@dataclass(slots=True)
class Typed:
    """The texts of one time, as they were sent."""

    text: str = ""
    zone: str = ""
    other_zone: str = ""
    precision: str = ""
    latest: str = ""
    order: str = ""

    @property
    def less_than_exact(self) -> str:
        """The precision that was chosen, unless it is that of the text."""
        return "" if self.precision == Precision.EXACT else self.precision

    @property
    def chosen_zone(self) -> str:
        """The zone from the list, or the one that was typed. MomentFault where both differ, or none was."""
        other = self.other_zone.strip()
        if other and self.zone != OTHER:
            raise MomentFault("Choose “Other zone”, or leave the box for it empty.")
        if self.zone == OTHER and not other and self.text.strip():
            raise MomentFault("Enter the other zone, such as America/New_York or -04:00.")
        return other or (case_zone() if self.zone == OTHER else self.zone.strip())


class MomentField(Field):
    """A Moment in a form. It is one text `<name>`, with its zone `<name>-zone` and the parts of approximate times."""

    is_day = False

    def __init__(self, label: str, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.required = required
        self.typed, self.fault, self.days = Typed(), "", dict[str, str]()

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read what was sent, or write the time that is there."""
        given = data if isinstance(data, Moment) else self.default() if callable(self.default) else None
        self.data = given or Moment.of()
        self.process_errors: list[str] = []
        if formdata is not None:
            sent = {part: formdata.get(f"{self.name}-{part}", "") for part in PARTS}
            self.typed = Typed(formdata.get(self.name, ""), **sent)
            self.typed.zone = self.typed.zone or case_zone()
            self._read()
        else:
            self.typed.text, self.typed.zone = write_time(self.data, case_zone())

    def _read(self) -> None:
        """Fill `data`, or `fault` and, where it could be either of two days, `days`."""
        typed = self.typed
        try:
            typing = how_typed(find_zone(typed.chosen_zone)[0])
            try:
                self.data = self._take(typing)
            except TwoReadings as two:
                self.days = {order.value: write_day(day) for order, day in two.days.items()}
                if typed.order not in set(DateOrder):
                    raise
                self.data = self._take(replace(typing, order=DateOrder(typed.order)))
        except MomentFault as fault:
            self.data, self.fault = Moment.of(), str(fault)

    def _take(self, typing: Typing) -> Moment:
        return read_time(self.typed.text, typing, self.typed.less_than_exact, self.typed.latest)

    def pre_validate(self, form: Any) -> None:
        """One sentence of what is wrong; a required time may be unknown, but must be said to be."""
        if self.fault:
            raise ValidationError(self.fault)
        if self.required and not self.data and not self.typed.less_than_exact and not self.typed.text.strip():
            raise ValidationError(self.missing)

    @property
    def missing(self) -> str:
        """The sentence that asks for what is required."""
        return f"Enter {self.label.text.lower()}, or choose “Unknown”."

    @property
    def reading(self) -> tuple[str, str] | None:
        """How the text was read, and what to add; nothing where nothing was typed or read."""
        return say_reading(self.data, self.data.offset or "UTC") if self.data and self.typed.text else None

    @property
    def zones(self) -> list[tuple[str, str]]:
        """The zones of its list, each with the offset it had at the typed time: that of the case first."""
        names = dict.fromkeys([case_zone(), "UTC", *_zones_used(), self.typed.zone])
        when = self.data.earliest or self.data.latest or now()
        labels = [(name, label) for name in names if name != OTHER and (label := _label(name, when))]
        return [*labels, (OTHER, "Other zone")]

    @property
    def is_approximate(self) -> bool:
        """Whether a choice under "Approximate time" was made, which is then shown."""
        return bool(self.typed.less_than_exact or self.typed.latest)

    @property
    def marked(self) -> str | None:
        """The choice that is marked: "Exact" stands for what the text says, where that is a time."""
        said = not self.data or self.data.precision in {Precision.EXACT, Precision.MINUTE}
        return self.typed.precision or (Precision.EXACT if said else None)

    @property
    def precisions(self) -> list[tuple[str, str]]:
        """The choices under "Approximate time"."""
        return [(str(word), label) for word, label in CHOICES]

    @property
    def example(self) -> str:
        """How a time is written here."""
        return EXAMPLES[_case_order()]

    @property
    def reading_url(self) -> str:
        """Where a browser asks how the text is read."""
        case = _case()
        page = "time_readings.read_date" if self.is_day else "time_readings.read"
        return url_for(page, case=case.reference, field=self.name) if case else ""


class DayField(MomentField):
    """A plain date, such as a due date: one box, and a Moment of the precision "day" in the zone of the case."""

    is_day = True

    @property
    def day(self) -> str:
        """The date as ISO 8601 writes it; empty for none."""
        return self.data.day.isoformat() if self.data.day else ""

    def _take(self, typing: Typing) -> Moment:
        try:
            return read_day(self.typed.text, typing)
        except MomentFault as fault:
            if str(fault) != NO_DATE:
                raise
            raise MomentFault(f"Enter a date with a year, such as {self.example}.") from None

    @property
    def missing(self) -> str:
        """The sentence that asks for what is required."""
        return f"Enter the {self.label.text.lower()}, such as {self.example}."

    @property
    def reading(self) -> tuple[str, str] | None:
        """The date that was read."""
        found = super().reading
        return (found[0].removesuffix(", time not recorded"), "") if found else None

    @property
    def example(self) -> str:
        """How a date is written here."""
        return super().example.partition(" 7:")[0]


def _case() -> Case | None:
    """The case whose page this is."""
    thing = next(iter(request.view_args.values()), None) if request and request.view_args else None
    return getattr(thing, "case", None)


def case_zone() -> str:
    """The zone in which times of the case are typed unless another one is chosen."""
    case = _case()
    return (case.zone if case else "") or "UTC"


def today() -> Moment:
    """The day that it is on the clocks of the case: what most steps that are recorded are dated."""
    return read_day("today", how_typed(case_zone()))


def how_typed(zone: str) -> Typing:
    """How the texts of this page are to be read on the clocks of a zone."""
    return Typing(zone, _case_order(), now())


def _case_order() -> DateOrder | None:
    case = _case()
    return DateOrder(case.date_order) if case and case.date_order else None


def _zones_used() -> Iterable[str]:
    """The zones that the record of the case holds, asked once a page."""
    if (case := _case()) is None:
        return []
    if "zones_used" not in g:
        g.zones_used = zones_used(case)
    return list(g.zones_used)


def _label(name: str, when: datetime) -> str:
    """A zone in the list; nothing for what is no zone."""
    try:
        return zone_label(name, when)
    except (MomentFault, OverflowError):
        return ""
