"""Identifiers of a person: reading them as they are typed, and saying when the periods of two of one kind overlap."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from tracker.analysis.moments import Moment, Precision

LONGEST = 254
_DATED = {Precision.EXACT, Precision.MINUTE, Precision.HOUR, Precision.DAY}


class IdentifierFault(Exception):
    """What was typed is no list of identifiers; the text is a sentence for the account."""


@dataclass(frozen=True)
class Use:
    """An identifier from its first to its last recorded use. `says` is how it is called: "badge pyoung001"."""

    kind: str
    says: str
    first: Moment
    last: Moment
    rows: int = 0


def read_identifiers(text: str, kinds: Iterable[str]) -> list[tuple[str, str]]:
    """Kind and value of each of "p.young@tracker.example; pyoung; badge:pyoung001"; IdentifierFault for anything else.

    What names no kind is an e-mail address if it has an @, and else an account.
    """
    known, found = list(kinds), []
    for part in filter(None, (piece.strip() for piece in text.replace("\n", ";").split(";"))):
        kind, colon, value = (piece.strip() for piece in part.partition(":"))
        kind = kind.casefold().replace("-", "")  # e-mail is written both ways
        if not colon:
            kind, value = "email" if "@" in part else "account", part
        if kind not in known or not value:
            raise IdentifierFault(f'Write "{part[:60]}" as kind:value. The kinds are {", ".join(known)}.')
        if len(value) > LONGEST:
            raise IdentifierFault(f"An identifier can have at most {LONGEST} characters.")
        found.append((kind, value))
    return found


def overlaps(uses: Iterable[Use]) -> list[str]:
    """A sentence for each two identifiers of one kind that were in use at the same time, or may have been."""
    dated = sorted((use for use in uses if use.first and use.last), key=_began)
    return [said for one, other in combinations(dated, 2) if (said := _overlap(one, other))]


def _overlap(one: Use, other: Use) -> str | None:
    """`one` came into use first. Imprecise times: certain only when it is so however they are read."""
    if one.kind != other.kind or not _reaches(one, other, possible=True) or not _reaches(other, one, possible=True):
        return None
    certain = _reaches(one, other, possible=False) and _reaches(other, one, possible=False)
    until, since = _dates(one.last, other.first)
    return (
        f"{one.says} was used until {until}, after {other.says} came into use on {since}: "
        f"the periods {'overlap' if certain else 'may overlap'}"
    )


def _reaches(one: Use, other: Use, *, possible: bool) -> bool:
    """Whether the last use of `one` lies, or possibly lies, at or after the first use of `other`."""
    last = one.last.latest if possible else one.last.earliest
    first = other.first.earliest if possible else other.first.latest
    return last is None or first is None or last >= first if possible else bool(last and first and last >= first)


def _began(use: Use) -> tuple[str, str]:
    known = use.first.earliest or use.first.latest
    return (known.isoformat() if known else "", use.says)


def _dates(until: Moment, since: Moment) -> tuple[str, str]:
    """Days where they tell the two apart, else the whole time."""
    days = [moment.words.split(",")[0].removesuffix(" (day)") for moment in (until, since)]
    if {until.precision, since.precision} <= _DATED and days[0] != days[1]:
        return days[0], days[1]
    return until.words, since.words
