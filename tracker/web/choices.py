"""Choices among things of the case whose page this is: one of them, or several."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import request
from wtforms import SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.base import db
from tracker.web.fields import CHOOSE
from tracker.web.forms import FilterForm


class ThingField(SelectField):
    """A choice whose data is the thing itself, or None.

    `find` gives the things for the subject of the page (the one that its address names); `key` is what the form sends
    for one of them, `empty` the label of "none of them". Things are shown by their `label`.
    """

    def __init__(
        self,
        label: str,
        find: Callable[[Any], Iterable[Any]],
        *,
        empty: str,
        key: Callable[[Any], str] = lambda thing: str(thing.number),
        words: Callable[[Any], str] = lambda thing: str(thing.label),
        **kwargs: Any,
    ) -> None:
        self.things = {key(thing): thing for thing in find(_subject(kwargs["_form"]))}
        choices = [SelectChoice("", empty), *(SelectChoice(word, words(one)) for word, one in self.things.items())]
        super().__init__(label, choices=choices, coerce=self._thing, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """What is not on the list, or no longer, is refused in words."""
        try:
            super().process_formdata(valuelist)
        except ValueError as other:
            raise ValueError(CHOOSE) from other

    def _thing(self, given: Any) -> Any:
        """What a sent key stands for; ValueError, which WTForms says is no valid choice, for any other."""
        if given in {None, "", "None"}:
            return None
        if not isinstance(given, str):
            return given
        if given not in self.things:
            raise ValueError(given)
        return self.things[given]


class ThingsField(SelectMultipleField):
    """Boxes of which several may be ticked; its data are the things themselves."""

    widget, option_widget = ListWidget(prefix_label=False), CheckboxInput()

    def __init__(
        self,
        label: str,
        find: Callable[[Any], Iterable[Any]],
        *,
        key: Callable[[Any], str] = lambda thing: str(thing.number),
        words: Callable[[Any], str] = lambda thing: str(thing.label),
        **kwargs: Any,
    ) -> None:
        self.things = {key(thing): thing for thing in find(_subject(kwargs["_form"]))}
        choices = [SelectChoice(sent, words(one)) for sent, one in self.things.items()]
        super().__init__(label, choices=choices, coerce=self._thing, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """What is not on the list, or no longer, is refused in words."""
        try:
            super().process_formdata(valuelist)
        except ValueError as other:
            raise ValueError(CHOOSE) from other

    def _thing(self, given: Any) -> Any:
        """The thing of a sent key; one that is a thing already is of what the form is opened over."""
        if not isinstance(given, str):
            return given
        if given not in self.things:
            raise ValueError(given)
        return self.things[given]


def all_of(model: Any) -> Callable[[Any], list[Any]]:
    """To `find` all things of a model in the case, by their numbers."""
    return lambda subject: list(db.session().scalars(model.of(subject.case).order_by(model.number)))


def _subject(form: Any) -> Any:
    """What the page is of: the case of a filter, else what its address names."""
    return form.case if isinstance(form, FilterForm) else next(iter((request.view_args or {}).values()))
