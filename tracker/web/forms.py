"""Forms: shape only. The base knows the version a form was opened at, and how to show what was saved meanwhile."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Self

import sqlalchemy as sa
from flask import flash, g, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import FieldList, Form, HiddenField
from wtforms.validators import ValidationError

from tracker.analysis.letters import read_number
from tracker.audit.doors import Refused, Stale
from tracker.web.fields import LongText, needed
from tracker.web.guard import me
from tracker.web.places import to
from tracker.web.rendering import page

NOT_VALUES = {"csrf_token", "lock_version", "form_token"}
NOWHERE = object()


class RecordForm(FlaskForm):
    """A form that changes the record. It answers 422 when its shape is wrong and 409 when the record says no."""

    refusal: str | None = None
    is_fresh: bool  # nothing was sent or carried over: the page may propose something
    is_refused = False  # by the record, at the field that mends it or in `refusal`
    conflict: dict[str, Any] | None = None
    of_closed = False  # whether the case it is of is closed: most forms are then not shown

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.over = kwargs.get("obj")  # what it is opened over
        typed = g.pop("typed", None)
        self.is_fresh = typed is None and not self.is_submitted()
        if typed is not None:
            kwargs["formdata"] = typed  # typed before the session ended: shown again, not saved
        elif self.is_submitted():
            kwargs.pop("obj", None)  # what was not sent is empty, not what it was before
        super().__init__(*args, **kwargs)

    def is_submitted(self) -> bool:
        """A form carried over from an ended session is shown, not taken as sent."""
        return bool(super().is_submitted())

    def values(self) -> dict[str, Any]:
        """What the action takes: the fields by their names, and the version of the thing the form was opened over."""
        given = {name: value for name, value in self.data.items() if name not in NOT_VALUES}
        return (
            given | {"lock_version": self["lock_version"].data}
            if self.over is not None and "lock_version" in self
            else given
        )

    @contextmanager
    def conflicts(self, thing: Any = None) -> Iterator[None]:
        """Run an action; when the record refuses, the form shows the sentence and keeps what was typed."""
        try:
            yield
        except Stale as stale:
            self.refusal = str(stale)
            saved = thing if thing is not None else stale.thing  # a person only as they are shown to whoever asks
            self.conflict = {
                field.name: _readable(value)
                for field in self
                if field.name not in NOT_VALUES
                and (value := self.saved(saved, field.name)) not in (NOWHERE, field.data)
            }
            if "lock_version" in self:
                self["lock_version"].data = stale.thing.lock_version
        except Refused as refused:
            self.is_refused = True
            for one in refused.each:
                if one.field in self:
                    _say_at(self[one.field], str(one))
                else:
                    self.refusal = " ".join(filter(None, (self.refusal, str(one))))

    def saved(self, thing: Any, name: str) -> Any:
        """What is saved of a thing where the field of this name stands; NOWHERE if nothing is."""
        return getattr(thing, name, NOWHERE)

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows this form."""
        if self.refusal or self.is_refused:
            return 409
        return 422 if self.errors else 200

    def act(
        self,
        verb: Callable[..., Any],
        subject: Any,
        *,
        to: Callable[[Any], ResponseReturnValue] = to,
        done: str | Callable[[Any], str] = "",
    ) -> ResponseReturnValue | None:
        """Do `verb(me(), subject, **self.values())` if the form was sent well-formed, and go on; None if it is to show.

        `to` makes the answer of what the verb gave (of the subject, if it gave nothing): the thing's own page, unless
        told otherwise. `done` is a sentence for that page, or makes one of the same.
        """
        if self.validate_on_submit():
            with self.conflicts():
                made = verb(me(), subject, **self.values())
                made = subject if made is None else made
                if done:
                    flash(done if isinstance(done, str) else done(made), "success")
                return to(made)
        return None

    def takes(
        self,
        verb: Callable[..., Any],
        subject: Any,
        template: str,
        *,
        to: Callable[[Any], ResponseReturnValue] = to,
        done: str | Callable[[Any], str] = "",
        **values: Any,
    ) -> ResponseReturnValue:
        """The whole of a form's view: `act`, and if the form was not sent, or refused, the page that shows it.

        That is of `template` and gets `values`; it answers 200, 422 for a wrong shape, 409 when the record said no.
        """
        return self.act(verb, subject, to=to, done=done) or page(template, self, **values)

    def carry(self, **seen: Any) -> Self:
        """Put into the hidden fields which text the page now shows: what is sent is said of that text and no other."""
        for name, value in seen.items():
            self[name].data = value
        return self


class EditForm(RecordForm):
    """A form over an existing thing: it carries the version it was opened at, and gives it to the action.

    `obj` is shown in the fields as it stands; of `over` nothing is shown, it is only what the form is about.
    """

    lock_version = HiddenField(filters=[lambda text: read_number(text) or 0])

    def __init__(self, *args: Any, over: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs if over is None else {"data": {"lock_version": over.lock_version}, **kwargs})
        self.over = over or self.over


class ReasonForm(RecordForm):
    """Only the reason for what its button does."""

    reason = LongText("Reason", [needed("Enter the reason.")], longest=5000)

    @classmethod
    def asking(cls, sentence: str, *, longest: int = 5000, hint: str = "") -> "ReasonForm":
        """One that says in this sentence that the reason is needed, and takes so many characters."""
        asks = {"reason": LongText("Reason", [needed(sentence)], longest=longest, description=hint)}
        kind: type[ReasonForm] = type("ReasonForm", (cls,), asks)
        return kind()


class NamesForm(RecordForm):
    """A form with `names`, `purpose` and `recipient`: names leave only for a purpose, and to somebody."""

    names: Any

    def validate_purpose(self, field: Any) -> None:
        """Names leave for a purpose."""
        if self.names.data and not field.data:
            raise ValidationError("Enter the purpose. Say why the names are needed.")

    def validate_recipient(self, field: Any) -> None:
        """Names leave to somebody."""
        if self.names.data and not field.data:
            raise ValidationError("Enter the recipient. Say who receives the names.")


class FilterForm(Form):
    """A list's filter, read from the address. Subclasses name the `model` of the list.

    A field narrows the select to the rows that have its word in the column of its name, `q` to those that have its text
    in one of the columns `searched`, and any other as the method `by_<its name>` says, which takes select and value.

    Two forms with the same `look` are drawn alike, so what was drawn of one can stand for the other.
    """

    model: Any = None
    searched: tuple[Any, ...] = ()

    def __init__(self, case: Any = None) -> None:
        self.case = case
        super().__init__(request.args)
        self.validate()
        for field in self:
            if not field.data and not any(field.raw_data or ()):
                field.errors = ()  # what is not asked for narrows nothing, and is nothing to correct

    @property
    def look(self) -> tuple[Any, ...]:
        """Everything that tells this form from another of its class on a page: what was typed, said and offered."""
        return (type(self), *(_look(field) for field in self))

    def apply(self, select: Any) -> Any:
        """Narrow the select by every field that is filled in and well formed."""
        return self.apply_but("", select)

    def apply_but(self, name: str, select: Any) -> Any:
        """The same, but for the field of this name."""
        for field in self:
            if field.data not in (None, "") and not field.errors and field.name != name:
                by = getattr(self, f"by_{field.name}", None)
                select = by(select, field.data) if by else select.where(getattr(self.model, field.name) == field.data)
        return select

    def by_q(self, select: Any, text: str) -> Any:
        """The rows that have this text in one of the columns `searched`, in whatever case."""
        return select.where(sa.or_(*(column.icontains(text, autoescape=True) for column in self.searched)))


def _look(field: Any) -> tuple[Any, ...]:
    choices = ((one.value, one.label) for one in getattr(field, "choices", None) or ())
    return field.label.text, field.description, tuple(field.raw_data or ()), tuple(field.errors), tuple(choices)


def _say_at(field: Any, sentence: str) -> None:
    """Put a refusal at its field; of rows of fields at the first of the first row."""
    field.errors = [*field.errors, sentence]
    if isinstance(field, FieldList):
        first = next(iter(field.entries[0].form))
        first.errors = [*first.errors, sentence]


def _readable(value: Any) -> Any:
    return getattr(value, "words", None) or getattr(value, "label", None) or value
