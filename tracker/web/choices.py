"""Choices among things of the case whose page this is: one of few, several, or one of many that is searched for."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import request, url_for
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.datalist import DataList, DataListChoice
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.base import db
from tracker.models.access.people import Person, read_number
from tracker.models.case.cases import Case
from tracker.policy.mask import people_like, sees_names, shown_to
from tracker.web.fields import CHOOSE, HIDDEN
from tracker.web.forms import FilterForm
from tracker.web.guard import me

MOST_OFFERED, MOST_NAMED = 100, 5


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
        super().__init__(label, choices=choices, coerce=self._find_thing, **kwargs)

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Where a choice is needed and there is only one, it is made."""
        only = next(iter(self.things.values())) if self.flags.required and len(self.things) == 1 else None
        super().process(formdata, only if data is None else data, extra_filters)

    def process_formdata(self, valuelist: list[str]) -> None:
        """What is not on the list, or no longer, is refused in words."""
        try:
            super().process_formdata(valuelist)
        except ValueError as other:
            raise ValueError(CHOOSE) from other

    def _find_thing(self, given: Any) -> Any:
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
        super().__init__(label, choices=choices, coerce=self._find_thing, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """What is not on the list, or no longer, is refused in words."""
        try:
            super().process_formdata(valuelist)
        except ValueError as other:
            raise ValueError(CHOOSE) from other

    def _find_thing(self, given: Any) -> Any:
        """The thing of a sent key; one that is a thing already is of what the form is opened over."""
        if not isinstance(given, str):
            return given
        if given not in self.things:
            raise ValueError(given)
        return self.things[given]


class Picker(StringField):
    """One thing of many, named by its reference or searched for by words. Its data is the thing, or None.

    The box offers the first ones. Where there are more, the browser asks the server for those that fit what is typed;
    without scripts the error names them. A subclass says at which endpoint (`searched_at`) the server is asked, and
    `always_asks` if the first ones are never all, however few they are.
    """

    searched_at: str
    always_asks = False
    data: Any

    def __init__(self, label: str, checks: Any = (), **kwargs: Any) -> None:
        self.case: Case = _subject(kwargs["_form"]).case
        self.named = ""
        self.first: list[DataListChoice] = []
        offered = DataList(lambda _form, _field: self.first[:MOST_OFFERED])
        super().__init__(label, checks, datalist=offered, **kwargs)

    def offers(self, text: str) -> list[DataListChoice]:
        """What fits the text, at most MOST_OFFERED and one more; for no text the first ones."""
        raise NotImplementedError

    def find(self, text: str) -> Any:
        """The thing that this text is the reference of; None if it is none."""
        raise NotImplementedError

    def reference(self, thing: Any) -> str:
        """The text that names a thing."""
        raise NotImplementedError

    def is_reference(self, text: str) -> bool:
        """Whether a text is written as a reference, which names its own thing or nothing."""
        raise NotImplementedError

    def refusal(self, text: str) -> str:
        """What is said of a text that nothing fits."""
        raise NotImplementedError

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Tell a thing from the text that names one."""
        super().process(formdata, data, extra_filters)
        given, self.data = self.data, None
        self.named = (given or "").strip() if isinstance(given, str | None) else self.reference(given)

    def _value(self) -> str:
        return self.named

    def pre_validate(self, form: Any) -> None:
        """What names nothing but fits one thing alone is that thing; else it is answered with what it fits."""
        text = HIDDEN.sub("", self.named)[:200]
        self.data = self.find(text) if text else None
        if text and self.data is None:
            offered = self.offers(text)
            if len(offered) == 1 and not self.is_reference(text):
                self.named = offered[0].value
                self.data = self.find(self.named)
                return
            fitting = [choice.label for choice in offered[:MOST_NAMED]]
            raise StopValidation(f"Enter one of these: {'; '.join(fitting)}." if fitting else self.refusal(text))

    def __call__(self, **kwargs: Any) -> Any:
        """The box, which asks for the rest where it does not offer all."""
        self.first = self.offers("")
        asks = {} if len(self.first) <= MOST_OFFERED and not self.always_asks else {
            "hx-get": url_for(self.searched_at, case=self.case.reference), "hx-include": "this",
            "hx-trigger": "input changed delay:200ms", "hx-target": f"#{self.id}-datalist", "hx-swap": "innerHTML",
            "hx-sync": "this:replace",
        }  # fmt: skip
        return super().__call__(**{"autocomplete": "off"} | asks | kwargs)


def asked_text() -> str:
    """The text for which a box asks the server; it comes under the name of the box."""
    return HIDDEN.sub("", next(iter(request.args.values()), ""))[:200].strip()


class PersonField(Picker):
    """A person of the case, by pseudonym, or by post, unit, name or identifier as far as whoever asks sees them."""

    searched_at = "people.choices"

    def __init__(self, label: str = "Person", checks: Any = (), **kwargs: Any) -> None:
        hint = "The pseudonym, such as P-014, or a word of the post, the unit or the name."
        super().__init__(label, checks, **{"description": hint} | kwargs)

    def offers(self, text: str) -> list[DataListChoice]:
        """People in the order of their numbers."""
        return people_offered(self.case, text)

    def find(self, text: str) -> Person | None:
        """The person of this number."""
        number = read_number(text)
        found = Person.of(self.case).where(Person.number == number)
        return db.session().scalar(found) if number is not None else None

    def reference(self, thing: Person) -> str:
        """The pseudonym."""
        return thing.pseudonym

    def is_reference(self, text: str) -> bool:
        """A pseudonym, or its number."""
        return read_number(text) is not None

    def refusal(self, _text: str) -> str:
        """Whoever is not there can be added."""
        return "No person in this case has this pseudonym. Add the person first."


def people_offered(case: Case, text: str) -> list[DataListChoice]:
    """Those whom the text fits, as whoever asks sees them."""
    names, found = sees_names(me(), case), Person.of(case).order_by(Person.number).limit(MOST_OFFERED + 1)
    people = db.session().scalars(found.where(people_like(me(), case, text)) if text else found)
    known = ((one, shown_to(me(), one).name if names else "") for one in people)
    return [DataListChoice(one.pseudonym, person_words(one, name)) for one, name in known]


def person_words(person: Person, name: str = "") -> str:
    """A person as a choice shows them, with the name where it is shown to whoever asks."""
    return ", ".join(filter(None, (person.pseudonym, name, person.post, person.unit)))


def all_of(model: Any) -> Callable[[Any], list[Any]]:
    """To `find` all things of a model in the case, by their numbers."""
    return lambda subject: list(db.session().scalars(model.of(subject.case).order_by(model.number)))


def _subject(form: Any) -> Any:
    """What the page is of: the case of a filter, else what its address names."""
    return form.case if isinstance(form, FilterForm) else next(iter((request.view_args or {}).values()))
