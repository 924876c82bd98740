"""Questions of sets: who has one version and not another, before a time, with what evidence, and so on, all at once."""

import re
from functools import cached_property
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, defer, joinedload
from sqlalchemy.orm.attributes import set_committed_value
from wtforms import SelectField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Regexp

from tracker.actions.answers import holdings
from tracker.actions.answers.narrowing.windows import subjects_of
from tracker.analysis.exposure import Standing
from tracker.analysis.letters import read_number
from tracker.analysis.moments import Moment
from tracker.base import db
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Person
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.versions import Version
from tracker.views.access.occurrence_forms import BoundText, read_asked
from tracker.web.clocks import say
from tracker.web.fields import ShortText
from tracker.web.forms import FilterForm

YES_NO = [SelectChoice("", "Any"), SelectChoice("no", "No"), SelectChoice("yes", "Yes")]
EVIDENCE = [
    SelectChoice("", "Any record"), SelectChoice("delivered", "Delivered or confirmed"),
    SelectChoice("confirmed", "Confirmed"),
]  # fmt: skip
SURE, MAY = "", "may"
NUMBERS = re.compile(r"\s*\d{1,6}(\s*[,;]\s*\d{1,6})*\s*\Z", re.ASCII)


class MatrixFilter(FilterForm):
    """Narrow the people of a case by what they have. Every question that is filled in must hold."""

    model = Person
    has = SelectField("Has version", default="", choices=lambda form, _field: form.version_choices)
    lacks = SelectField("Has no record of", default="", choices=lambda form, _field: form.version_choices)
    before = BoundText("Before", "Records that began before then.")
    evidence = SelectField("Evidence", default="", choices=EVIDENCE)
    unit = ShortText("Unit", longest=200, description="The unit of the person, as it is recorded.")
    meeting = SelectField("At the meeting", default="", choices=lambda form, _field: form.meeting_choices)
    second_meeting = SelectField("Second meeting", default="", choices=lambda form, _field: form.meeting_choices)
    all_of = ShortText(
        "Before all of these disclosures", [Regexp(NUMBERS, message="Enter the numbers of disclosures, such as 1, 2.")],
        longest=200, description="Their numbers, such as 1, 2.",
    )  # fmt: skip
    interviewed = SelectField("Interviewed", default="", choices=YES_NO)
    eliminated = SelectField("Eliminated", default="", choices=YES_NO)
    reading = SelectField(
        "Unclear records", default="",
        choices=[SelectChoice(SURE, "Leave out"), SelectChoice(MAY, "Take the other way")],
    )  # fmt: skip

    def validate_all_of(self, field: Any) -> None:
        """Each of the disclosures is one of the case."""
        if missing := [number for number in self._numbers() if number not in self._windows]:
            raise ValidationError(f"This case has no disclosure {missing[0]}. Enter numbers of its disclosures.")

    @cached_property
    def versions(self) -> list[Version]:
        """The versions of the case without those that were corrected, by material."""
        every = sa.select(Version).join(Version.material).where(Material.case_id == self.case.id)
        every = every.options(contains_eager(Version.material), joinedload(Version.coverage), defer(Version.text))
        found = db.session().scalars(every.order_by(Material.number, Version.number)).unique().all()
        for material, some in groupby(found, key=lambda one: one.material):
            set_committed_value(material, "versions", list(some))
        corrected = {one.corrects_id for one in found}
        return [one for one in found if one.id not in corrected]

    def reload(self) -> None:
        """Read the versions again: what was read before an entry was written has expired."""
        del self.versions

    @property
    def version_choices(self) -> list[SelectChoice]:
        """Those to choose from."""
        return [SelectChoice("", "Any"), *(SelectChoice(_key(one), one.heading) for one in self.versions)]

    @cached_property
    def meeting_choices(self) -> list[SelectChoice]:
        """The meetings of the case: records of a meeting that began at the same time are one."""
        is_meeting = (AccessRecord.case_id == self.case.id, AccessRecord.channel.in_(holdings.MEETINGS),
                      AccessRecord.counted(), AccessRecord.uncorrected())  # fmt: skip
        first, last = AccessRecord.since_earliest, AccessRecord.since_latest
        found = sa.select(sa.func.min(AccessRecord.number), first, last, sa.func.count()).where(*is_meeting)
        rows = db.session().execute(found.group_by(first, last).order_by(first).limit(200)).all()
        choices = [
            SelectChoice(str(number), f"{say(Moment.of(low, high))}, {count} {'record' if count == 1 else 'records'}")
            for number, low, high, count in rows
        ]
        return [SelectChoice("", "Any"), *choices]

    @property
    def when(self) -> Moment | None:
        """The time before which records count."""
        return read_asked(self.before.data) if self.before.data and not self.before.errors else None

    @property
    def chosen(self) -> Version | None:
        """The version of which a record is asked for."""
        return self._version(self.has.data) if self.is_asked("has") else None

    def is_asked(self, name: str) -> bool:
        """Whether this question is filled in and well formed."""
        field = self[name]
        return bool(field.data) and not field.errors

    def conditions(self, *, may: bool) -> list[sa.ColumnElement[bool]]:
        """What every record that is asked for must meet, whatever it is of."""
        found = [holdings.is_before(self.when, may=may)] if self.when else []
        if self.is_asked("evidence"):
            found.append(AccessRecord.level.in_(holdings.levels_of(Standing(self.evidence.data))))
        return found

    def narrow(self, select: Any, *, may: bool) -> Any:
        """The people of whom everything that is asked holds: surely, or possibly."""
        case, every = self.case, self.conditions(may=may)
        if self.is_asked("has"):
            having = holdings.is_of(self._version(self.has.data), may=may)
            select = select.where(Person.id.in_(holdings.holders(case, having, *every)))
        elif every:
            select = select.where(Person.id.in_(holdings.holders(case, *every)))
        if self.is_asked("lacks"):
            lacking = [holdings.is_of(self._version(self.lacks.data), may=not may)]
            lacking += [holdings.is_before(self.when, may=not may)] if self.when else []
            select = select.where(Person.id.not_in(holdings.holders(case, *lacking)))
        for name in ("meeting", "second_meeting"):
            if self.is_asked(name):
                select = select.where(Person.id.in_(self._at_meeting(read_number(self[name].data) or 0)))
        if self.is_asked("all_of"):
            for windows in [self._windows[number] for number in self._numbers()]:
                select = select.where(Person.id.in_(holdings.holders_inside(case, windows, *every)))
        return self._by_state(select)

    def _by_state(self, select: Any) -> Any:
        if self.is_asked("unit"):
            select = select.where(Person.unit == self.unit.data)
        if self.is_asked("interviewed"):
            among = Person.id.in_(holdings.interviewed(self.case))
            select = select.where(among if self.interviewed.data == "yes" else ~among)
        if self.is_asked("eliminated"):
            among = Person.id.in_(self._eliminated)
            select = select.where(among if self.eliminated.data == "yes" else ~among)
        return select

    @cached_property
    def _eliminated(self) -> set[int]:
        return holdings.eliminated(self.case)

    def apply(self, select: Any) -> Any:
        """Narrow by all questions together."""
        return self.narrow(select, may=self.reading.data == MAY)

    def _version(self, key: str) -> Version:
        return next(one for one in self.versions if _key(one) == key)

    def _at_meeting(self, number: int) -> Any:
        one = sa.select(AccessRecord.since_earliest, AccessRecord.since_latest)
        bounds = one.where(AccessRecord.case_id == self.case.id, AccessRecord.number == number)
        same = sa.tuple_(AccessRecord.since_earliest, AccessRecord.since_latest).in_(bounds)
        return holdings.holders(self.case, same, AccessRecord.channel.in_(holdings.MEETINGS))

    @cached_property
    def _windows(self) -> dict[int, Any]:
        """The windows before each disclosure of the case, by its number."""
        return {one.disclosure.number: one.windows for one in subjects_of([self.case]) if not one.claim}

    def _numbers(self) -> list[int]:
        typed = (self.all_of.data or "").replace(";", ",").split(",")
        return sorted({number for one in typed if (number := read_number(one.strip())) is not None})


def _key(version: Version) -> str:
    return f"{version.material.number}.{version.number}"
