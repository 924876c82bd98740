"""Month names and words for the half of the day in one language at a time: *srp* is August in one, July in another."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple, cast

from babel import localedata
from babel.localedata import LocaleDataDict

ENGLISH = "English"
LANGUAGES = {
    "English": "en", "French": "fr", "German": "de", "Spanish": "es", "Italian": "it", "Portuguese": "pt",
    "Dutch": "nl", "Polish": "pl", "Russian": "ru", "Ukrainian": "uk", "Swedish": "sv", "Danish": "da",
    "Norwegian": "nb", "Finnish": "fi", "Icelandic": "is", "Czech": "cs", "Slovak": "sk", "Hungarian": "hu",
    "Romanian": "ro", "Bulgarian": "bg", "Greek": "el", "Croatian": "hr", "Bosnian": "bs", "Serbian": "sr",
    "Slovenian": "sl", "Macedonian": "mk", "Albanian": "sq", "Lithuanian": "lt", "Latvian": "lv", "Estonian": "et",
    "Irish": "ga", "Welsh": "cy", "Maltese": "mt", "Catalan": "ca", "Basque": "eu", "Galician": "gl", "Turkish": "tr",
    "Azerbaijani": "az", "Georgian": "ka", "Armenian": "hy", "Kazakh": "kk", "Belarusian": "be", "Arabic": "ar",
    "Hebrew": "he", "Persian": "fa", "Urdu": "ur", "Hindi": "hi", "Bengali": "bn", "Thai": "th", "Vietnamese": "vi",
    "Indonesian": "id", "Malay": "ms", "Filipino": "fil", "Swahili": "sw", "Afrikaans": "af", "Chinese": "zh",
    "Japanese": "ja", "Korean": "ko", "Mongolian": "mn", "Nepali": "ne", "Tamil": "ta",
}  # the likeliest first: where several languages read every line alike, the first is proposed  # fmt: skip
_SHORT_ENGLISH = {"sept": 9}
_NOON = 720  # minutes


class Words(NamedTuple):
    """The words of a language: folded month -> number, folded word for the half of the day -> "a" or "p"."""

    months: dict[str, int]
    halves: dict[str, str]


def fold_word(word: str) -> str:
    """A word as it is compared: letter case, dots, blanks and the "de" before a month do not matter."""
    word = unicodedata.normalize("NFKC", word).casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return word.removeprefix("de ").removeprefix("d'").replace(".", "").replace(" ", "")


@cache
def words_of(language: str) -> Words:
    """The words of one language of LANGUAGES, as the locale library has them."""
    data = _data(language)
    months = {fold_word(name): number for number, name in _names(data["months"])}
    halves = {fold_word(word): half for word, half in _halves(data)}
    localedata._cache.clear()  # a look at all languages would keep 60 MB of what is never asked again
    return Words(months | (_SHORT_ENGLISH if language == ENGLISH else {}), halves)


def _data(language: str) -> Any:
    return LocaleDataDict(cast(Any, localedata.load(LANGUAGES[language])))


def _names(table: Any) -> Iterator[tuple[Any, str]]:
    for context in ("format", "stand-alone"):
        for width in ("abbreviated", "wide"):
            yield from dict(table[context][width]).items()


def _halves(data: Any) -> Iterator[tuple[str, str]]:
    """AM and PM, and each other part of the day that lies wholly before noon or wholly after it."""
    halves = {"am": "a", "pm": "p"}
    for name, spans in dict(dict(data.get("day_period_rules", {})).get(None, {})).items():
        for span in spans:
            first, last = int(span.get("from", 0)) // 60, int(span.get("before", 0)) // 60
            if first < last <= _NOON or _NOON <= first < last:
                halves[name] = "a" if last <= _NOON else "p"
    for name, word in _names(data["day_periods"]):
        if name in halves:
            yield word, halves[name]


@cache
def english_zone_names() -> frozenset[str]:
    """The long English names of zones, such as "Eastern Standard Time"."""
    data = _data(ENGLISH)
    return frozenset(name for zone in data["meta_zones"].values() for name in dict(zone.get("long", {})).values())
