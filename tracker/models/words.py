"""Closed lists: every choice of the record is one of these words, and each knows how it reads on the screen."""

from enum import StrEnum
from typing import Self

import sqlalchemy as sa


class Word(StrEnum):
    """A value that is the same word in the form, the CSV and the database.

    `NAME = "value"` reads as the value with a capital, `NAME = "value", "Label"` as that label.
    """

    _value_: str

    def __new__(cls, value: str, *_texts: str) -> Self:
        word = str.__new__(cls, value)
        word._value_ = value
        return word

    def __init__(self, value: str, label: str = "") -> None:
        text = label or value.replace("_", " ")
        self._label = text[:1].upper() + text[1:]

    @property
    def label(self) -> str:
        """The word as a reader sees it."""
        return self._label


def one_of(words: type[Word], name: str | None = None) -> sa.Enum:
    """A column type that holds one of `words`; `name` tells two such columns of a table apart."""
    return sa.Enum(
        words,
        native_enum=False,
        create_constraint=True,
        length=32,
        name=name or words.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


class Answer(Word):
    """Unknown is an answer."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
