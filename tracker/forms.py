"""Forms: shape only. The base knows the version a form was opened at, and how to show what was saved meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import g, request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField

from tracker.audit.doors import Refused, Stale

NOT_VALUES = {"csrf_token", "row", "form_token"}


class RecordForm(FlaskForm):
    """A form that changes the record. It answers 422 when its shape is wrong and 409 when the record says no."""

    refusal: str | None = None
    rival: dict[str, Any] | None = None
    of_closed = False  # whether the case it is of is closed: most forms are then not shown

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if (typed := g.pop("typed", None)) is not None:
            kwargs["formdata"] = typed  # typed before the session ended: shown again, not saved
        elif self.is_submitted():
            kwargs.pop("obj", None)  # what was not sent is empty, not what it was before
        super().__init__(*args, **kwargs)

    def is_submitted(self) -> bool:
        """A form carried over from an ended session is shown, not taken as sent."""
        return bool(super().is_submitted())

    def values(self) -> dict[str, Any]:
        """What the action takes: the fields by their names."""
        return {name: value for name, value in self.data.items() if name not in NOT_VALUES}

    @contextmanager
    def conflicts(self, thing: Any = None) -> Iterator[None]:
        """Run an action; when the record refuses, the form shows the sentence and keeps what was typed."""
        try:
            yield
        except Stale as stale:
            self.refusal = str(stale)
            self.rival = {
                field.name: _readable(getattr(stale.thing, field.name, None))
                for field in self
                if field.name not in NOT_VALUES and _differs(field, stale.thing)
            }
            if "row" in self:
                self["row"].data = stale.thing.row
        except Refused as refused:
            self.refusal = str(refused)

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows this form."""
        if self.refusal:
            return 409
        return 422 if self.errors else 200


class EditForm(RecordForm):
    """A form over an existing thing: it carries the version it was opened at."""

    row = HiddenField(
        filters=[lambda text: int(text) if str(text or "").isascii() and str(text or "").isdigit() else 0]
    )


class FilterForm(Form):
    """A list's filter, read from the address. Subclasses say how each field narrows the select.

    `lasting` says of a class that its choices never change: two forms of it are alike when the same was typed, and what
    was drawn of one can stand for the other.
    """

    lasting = False

    def __init__(self, args: MultiDict[str, str] | None = None) -> None:
        super().__init__(request.args if args is None else args)
        self.validate()
        for field in self:
            if not field.data and not any(field.raw_data or ()):
                field.errors = ()  # what is not asked for narrows nothing, and is nothing to correct

    def _typed(self) -> tuple[Any, ...]:
        return (type(self), *(tuple(field.raw_data or ()) for field in self)) if self.lasting else (id(self),)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FilterForm) and self._typed() == other._typed()

    def __hash__(self) -> int:
        return hash(self._typed())

    def apply(self, select: Any) -> Any:
        """Narrow the select by every field that is filled in and well formed."""
        for field in self:
            if field.data not in (None, "") and not field.errors:
                select = getattr(self, f"by_{field.name}")(select, field.data)
        return select


def _differs(field: Any, thing: Any) -> bool:
    return hasattr(thing, field.name) and getattr(thing, field.name) != field.data


def _readable(value: Any) -> Any:
    return getattr(value, "words", None) or getattr(value, "label", None) or value
