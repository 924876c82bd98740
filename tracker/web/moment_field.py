"""A time in a form: text, zone and how precisely it is known. Nothing is invented."""

from typing import Any

from wtforms import Form, FormField, SelectField, StringField, validators
from wtforms.fields.choices import SelectChoice

from tracker.analysis.moments import Moment, MomentFault, Precision, stated


class MomentForm(Form):
    """A time as people state it: text, zone and how precisely it is known. Nothing is invented."""

    when = StringField(
        "Date and time",
        [validators.Length(max=40)],
        render_kw={"placeholder": "2018-03-20 19:15", "autocomplete": "off"},
    )
    latest = StringField("End (for between)", [validators.Length(max=40)], render_kw={"autocomplete": "off"})
    zone = StringField(
        "Time zone", [validators.Length(max=64)], default="UTC", render_kw={"list": "zones", "autocomplete": "off"}
    )
    precision = SelectField(
        "Precision",
        default="",
        choices=[SelectChoice("", "As written"), *(SelectChoice(word, word.capitalize()) for word in Precision)],
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
            self.moment = self._read()
        except MomentFault as fault:
            self.fault = str(fault)
        said = self.fault or self.moment or self.form.precision.data
        if self.required and not said:
            self.fault = f"Enter {self.label.text.lower()}, or choose “Unknown”."
        return sound and self.fault is None

    def _read(self) -> Moment:
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


def _parts(value: Moment) -> dict[str, str]:
    when, latest, zone = value.parts()
    return {"when": when, "latest": latest, "zone": zone, "precision": value.precision.value if when else ""}
