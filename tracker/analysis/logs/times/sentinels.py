"""Dates that systems write where they have no time, and words for the same: each is asked once, never taken as a time.

`is_apart` is what the quick readers ask of an hour: the time is then read with care, and there the question is asked.
"""

from datetime import datetime, time

from tracker.analysis.logs.times.unsettled import Choices, Unsettled

# Day zero of systems: of Java and .NET, FILETIME, SQL Server, spreadsheets and databases of offices.
WHOLE_DAYS = {"0001-01-01", "0001-01-02", "1601-01-01", "1753-01-01", "1899-12-30", "1899-12-31", "1900-01-01",
               "9999-12-30", "9999-12-31"}  # fmt: skip
_MIDNIGHTS = {"1904-01-01", "1970-01-01", "1980-01-01"}  # hours of these days were lived in
_YEARS = {int(day[:4]) for day in WHOLE_DAYS | _MIDNIGHTS}
_EVE = "1969-12-31"  # where the clocks were behind UTC when 1970 began there
_LEAST, _MOST = "1800", "2079"  # years: no log has times before, and none after
WORDS = {"", "0000-00-00 00:00:00", "not set", "not available", "no date"}.union(
    "- -- --- ? n/a na n.a. #n/a null (null) <null> none nil nan nat empty (empty) blank (blank) missing never".split(),
    r"undefined \n 0 0000-00-00 00/00/0000 00.00.0000".split(),
)
NO_TIME, REAL, ERROR = "none", "real", "error"
_CHOICES: Choices = ((NO_TIME, "No time: import the lines with an unknown time"), (REAL, "A real date and time"))
_WORD_CHOICES: Choices = (_CHOICES[0], (ERROR, "An error: leave the lines out"))


def is_apart(iso: str) -> bool:
    """Whether a time that begins like this, "1970-01-01T00", may be none."""
    return not _LEAST < iso < _MOST or iso[:10] in WHOLE_DAYS or iso[:10] in _MIDNIGHTS or iso[:10] == _EVE


def doubt(local: datetime, text: str) -> Unsettled | None:
    """The question whether a time as the clocks showed it is one; None where it is certainly one."""
    if local.year not in _YEARS and int(_LEAST) <= local.year < int(_MOST):
        return None
    day = local.date().isoformat()
    if day in WHOLE_DAYS or (day in _MIDNIGHTS and local.time() == time.min):
        return _question(day, f"{day} often stands for “no time”", text)
    if day < _LEAST:
        return _question("old", f"The file has times before the year {_LEAST}", text)
    if day > _MOST:
        return _question("far", f"The file has times after the year {int(_MOST) - 1}", text)
    return None


def zero(text: str) -> Unsettled:
    """The question whether second zero of 1970 is a time, on whatever clocks it was written."""
    return _question("1970-01-01", "1 January 1970, 00:00 UTC often stands for “no time”", text)


def _question(key: str, why: str, text: str) -> Unsettled:
    return Unsettled(f"none:{key}", f"{why}. What does it mean in this file?", _CHOICES,
                     f'"{text}" may stand for “no time”. Say what it means in this file.')  # fmt: skip


def no_word(text: str) -> Unsettled | None:
    """The question what a word such as N/A means in a column of times; None for any other text."""
    if text.casefold() not in WORDS or not text:
        return None
    return Unsettled("none:words", "Some lines have a word where the time should be. What does it mean in this file?",
                     _WORD_CHOICES, f'"{text}" is no time. Say what it means in this file.')  # fmt: skip
