"""Fields: lines, texts, choices and what they refuse."""

import re
from typing import Any

from wtforms import SelectField, StringField, TextAreaField, validators
from wtforms.fields.choices import SelectChoice

from tracker.analysis.letters import says
from tracker.analysis.zones import MomentFault, find_zone
from tracker.models.words import Word

LINE, LONG = 300, 20_000
CHOOSE = "Choose an option from the list."
HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u202a\u202b\u202d\u202e\u2066-\u2068]")


def word_choices(words: type[Word], empty: str | None = None) -> list[SelectChoice]:
    """Choices of a closed list; `empty` is the label of "none of them"."""
    choices = [SelectChoice(word.value, word.label) for word in words]
    return [SelectChoice("", empty), *choices] if empty is not None else choices


class WordField(SelectField):
    """A choice from a closed list; its data is the word, or None."""

    def __init__(self, label: str, words: type[Word], *, empty: str | None = None, **kwargs: Any) -> None:
        super().__init__(label, choices=word_choices(words, empty), coerce=lambda text: _word(words, text), **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """What is not on the list is refused in words."""
        try:
            super().process_formdata(valuelist)
        except ValueError as other:
            raise ValueError(CHOOSE) from other


class ShortText(StringField):
    """One line of text, blanks around it taken off."""

    def __init__(self, label: str, checks: Any = (), *, longest: int = LINE, **kwargs: Any) -> None:
        limit = validators.Length(max=longest, message=f"Use at most {longest:,} characters.")
        super().__init__(label, [*checks, limit, no_control_characters], filters=[_strip], **kwargs)


class EmailText(ShortText):
    """An email address, which the browser does not fill in unless told as what."""

    def __init__(self, label: str, checks: Any = (), *, autocomplete: str = "off", **kwargs: Any) -> None:
        look = {"type": "email", "autocomplete": autocomplete}
        super().__init__(label, checks, longest=254, render_kw=look, **kwargs)


class LongText(TextAreaField):
    """Several lines of text."""

    def __init__(self, label: str, checks: Any = (), *, longest: int = LONG, **kwargs: Any) -> None:
        limit = validators.Length(max=longest, message=f"Use at most {longest:,} characters.")
        super().__init__(label, [*checks, limit, no_control_characters], filters=[_strip, _one_line_end], **kwargs)


class Needed(validators.DataRequired):
    """Words must be filled in."""

    def __call__(self, form: Any, field: Any) -> None:
        """A dash, a blank that is a letter, or letters of no width say nothing."""
        if isinstance(field.data, str) and not says(field.data):
            field.errors = []
            raise validators.StopValidation(self.message)
        super().__call__(form, field)


class ZoneField(ShortText):
    """A time zone, by name or offset; its data is the one spelling, or empty."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        look = {"list": "zones", "autocomplete": "off"}
        super().__init__(label, longest=64, render_kw=look, **kwargs)

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        """What is no zone is refused in words."""
        given = str(getattr(self, "data", ""))
        if given and not validation_stopped:
            try:
                self.data = find_zone(given)[0]
            except MomentFault as fault:
                raise validators.ValidationError(str(fault)) from fault


def needed(sentence: str) -> validators.DataRequired:
    """A field that must be filled in, with the sentence that says so."""
    return Needed(sentence)


def no_control_characters(_form: Any, field: Any) -> None:
    """Refuse what cannot be seen or stored: NUL and its like, lone surrogates, direction overrides."""
    if hidden := HIDDEN.search(field.data or ""):
        raise validators.ValidationError(f"Remove the invisible character U+{ord(hidden[0]):04X}.")


def _word(words: type[Word], text: Any) -> Word | None:
    if text in (None, "", "None"):
        return None
    return words(text)


def _strip(text: Any) -> str:
    return text.strip() if isinstance(text, str) else (text or "")


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
