"""Forms: shape only. The base knows the version a form was opened at, and how to show what was saved meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import g, request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Form, FormField, HiddenField, SelectField, StringField, TextAreaField, validators
from wtforms.fields.choices import SelectChoice

from tracker.analysis.moments import Moment, MomentFault, Precision, stated
from tracker.ledger import Refused, Stale
from tracker.models.words import Word

SHORT, LINE, LONG = 80, 300, 20_000
NOT_VALUES = {"csrf_token", "row", "form_token"}


class RecordForm(FlaskForm):
    """A form that changes the record. It answers 422 when its shape is wrong and 409 when the record says no."""

    refusal: str | None = None
    rival: dict[str, Any] | None = None

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


class MomentForm(Form):
    """A time as people state it: text, zone and how precisely it is known. Nothing is invented."""

    when = StringField(
        "Date and time",
        [validators.Length(max=40)],
        render_kw={"placeholder": "2018-03-20 19:15", "autocomplete": "off"},
    )
    latest = StringField("and (for between)", [validators.Length(max=40)], render_kw={"autocomplete": "off"})
    zone = StringField(
        "Zone", [validators.Length(max=64)], default="UTC", render_kw={"list": "zones", "autocomplete": "off"}
    )
    precision = SelectField(
        "How precisely known",
        default="",
        choices=[SelectChoice("", "as written"), *(SelectChoice(word.value, word.value) for word in Precision)],
    )


class MomentField(FormField):
    """A Moment in a form: shows an existing one, gives a Moment back, and says what is wrong in one sentence."""

    def __init__(self, label: str, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(MomentForm, label, **kwargs)
        self.required = required
        self.fault: str | None = None

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Fill the parts from a Moment."""
        value = data if isinstance(data, Moment) else None
        super().process(formdata, data=_parts(value) if value is not None else None, extra_filters=extra_filters)

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Read the parts; the sentence of what is wrong stands at the whole field."""
        sound = super().validate(form, extra_validators)
        try:
            self.moment = self._stated()
        except MomentFault as fault:
            self.fault = str(fault)
        if (
            self.required
            and not self.fault
            and self.moment.precision is Precision.UNKNOWN
            and not self.form.precision.data
        ):
            self.fault = f"Enter {self.label.text.lower()}, or choose 'unknown'."
        return sound and self.fault is None

    def _stated(self) -> Moment:
        parts = self.form
        precision = Precision(parts.precision.data) if parts.precision.data in set(Precision) else None
        if not (parts.when.data or "").strip() and precision in {None, Precision.UNKNOWN}:
            return Moment.of(None, None, None, Precision.UNKNOWN)
        return stated(parts.when.data or "", parts.zone.data or "UTC", precision, parts.latest.data or None)

    @property
    def data(self) -> Moment:
        """The moment that was stated."""
        return self.moment if hasattr(self, "moment") else Moment.of(None, None, None, Precision.UNKNOWN)

    @property
    def errors(self) -> Any:
        """One sentence, or what is wrong with the parts."""
        return [self.fault] if self.fault else [text for texts in self.form.errors.values() for text in texts]

    def populate_obj(self, obj: Any, name: str) -> None:
        """Moments are replaced as a whole."""
        setattr(obj, name, self.data)


def word_choices(words: type[Word], empty: str | None = None) -> list[SelectChoice]:
    """Choices of a closed list; `empty` is the label of "none of them"."""
    choices = [SelectChoice(word.value, word.label) for word in words]
    return [SelectChoice("", empty), *choices] if empty is not None else choices


class WordField(SelectField):
    """A choice from a closed list; its data is the word, or None."""

    def __init__(self, label: str, words: type[Word], *, empty: str | None = None, **kwargs: Any) -> None:
        super().__init__(label, choices=word_choices(words, empty), coerce=lambda text: _word(words, text), **kwargs)


class Line(StringField):
    """One line of text, blanks around it taken off."""

    def __init__(self, label: str, checks: Any = (), *, longest: int = LINE, **kwargs: Any) -> None:
        limit = validators.Length(max=longest, message=f"Use at most {longest:,} characters.")
        super().__init__(label, [*checks, limit, no_control_characters], filters=[_stripped], **kwargs)


class Text(TextAreaField):
    """Several lines of text."""

    def __init__(self, label: str, checks: Any = (), *, longest: int = LONG, **kwargs: Any) -> None:
        limit = validators.Length(max=longest, message=f"Use at most {longest:,} characters.")
        super().__init__(label, [*checks, limit, no_control_characters], filters=[_stripped, _one_line_end], **kwargs)


def needed(sentence: str) -> validators.DataRequired:
    """A field that must be filled in, with the sentence that says so."""
    return validators.DataRequired(sentence)


def no_control_characters(_form: Any, field: Any) -> None:
    """Refuse what cannot be seen or stored: NUL and its like, lone surrogates, direction overrides."""
    hidden = [
        c
        for c in field.data or ""
        if (ord(c) < 32 and c not in "\t\n\r")
        or ord(c) == 127
        or 0xD800 <= ord(c) <= 0xDFFF
        or c in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
    ]
    if hidden:
        raise validators.ValidationError(f"Remove the invisible character U+{ord(hidden[0]):04X}.")


def _word(words: type[Word], text: Any) -> Word | None:
    if text in (None, "", "None"):
        return None
    return words(text)


def _stripped(text: Any) -> str:
    return text.strip() if isinstance(text, str) else (text or "")


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _parts(value: Moment) -> dict[str, str]:
    when, latest, zone = value.parts()
    return {"when": when, "latest": latest, "zone": zone, "precision": value.precision.value if when else ""}


def _differs(field: Any, thing: Any) -> bool:
    return hasattr(thing, field.name) and getattr(thing, field.name) != field.data


def _readable(value: Any) -> Any:
    return getattr(value, "words", None) or getattr(value, "label", None) or value
