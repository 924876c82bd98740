"""What a person typed as a time, read without a guess: the text is the whole truth, or it is asked back."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo

from tracker.analysis.moments import Moment, placed
from tracker.analysis.times import MONTHS, Precision, offset_words, place_name
from tracker.analysis.typed.pieces import LONGEST, NO_DATE, DateOrder, Piece, now_as_text, read_piece
from tracker.analysis.zones import MomentFault, find_zone

_BEFORE = re.compile(r"before (.+)", re.IGNORECASE)
_ABOUT = re.compile(r"(?:about|around|circa|ca\.?) (.+)", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:between (.+) and (.+)|from (.+) to (.+))", re.IGNORECASE)
_SPELLED = str.maketrans("\u2010\u2011\u2012\u2013\u2212\u00a0\u202f\u2009\t\r\n", "-----\N{SPACE}     ")
CHOOSE_ONE = "Choose the same in both places. The text and the choice under “Approximate time” differ."


@dataclass(frozen=True, slots=True)
class Typing:
    """How the texts of a form are to be read: the chosen zone, the order of day and month if it is settled, and now."""

    zone: str
    order: DateOrder | None
    now: datetime


def read_time(text: str, typing: Typing, precision: str = "", latest: str = "") -> Moment:
    """The time that was typed: "19/03/2018 5:20 pm", "yesterday 14:00", "before 20 Mar 2018", "March 2018".

    Without a `precision` it is the one the text carries. `latest` is the second time of "between". An empty text is an
    unknown time. MomentFault says in a sentence what to correct, TwoReadings that day and month could be swapped.
    """
    text, latest, kind = _plain(text), _plain(latest), _precision(precision)
    if latest and kind not in {Precision.BETWEEN, Precision.UNKNOWN}:
        raise MomentFault("Choose “Between”, or leave the latest time empty.")
    if text.lower() == "unknown" and kind in {None, Precision.UNKNOWN} and not latest:
        return Moment.of()
    if kind is Precision.UNKNOWN:
        if text or latest:
            raise MomentFault("Leave the time empty when it is unknown, or choose another precision.")
        return Moment.of()
    if not text:
        if latest or kind:
            raise MomentFault("Enter the time, or choose “Unknown”.")
        return Moment.of()
    if kind is Precision.BETWEEN and latest:
        return _between(text, latest, typing)
    return _alone(text, typing, kind)


def _precision(word: str) -> Precision | None:
    """The precision that was chosen; None for the one the text carries."""
    try:
        return Precision(word) if word else None
    except ValueError:
        raise MomentFault("Choose a precision from the list.") from None


def _alone(text: str, typing: Typing, kind: Precision | None) -> Moment:
    """One text that may say before, about and between by itself."""
    if match := _BETWEEN.fullmatch(text):
        if kind not in {None, Precision.BETWEEN}:
            raise MomentFault(CHOOSE_ONE)
        return _between(match[1] or match[3], match[2] or match[4], typing)
    if match := _BEFORE.fullmatch(text):
        if kind not in {None, Precision.BEFORE}:
            raise MomentFault(CHOOSE_ONE)
        text, kind = match[1], Precision.BEFORE
    if match := _ABOUT.fullmatch(text):
        if kind not in {None, Precision.HOUR}:
            raise MomentFault(CHOOSE_ONE)
        text, kind = match[1], Precision.HOUR
    piece = _read(text, typing)
    if kind is Precision.BETWEEN and not piece.until:
        raise MomentFault("Enter the latest time. The precision “Between” needs two times.")
    return _place(piece, typing, kind)


def _between(first_text: str, second_text: str, typing: Typing) -> Moment:
    """Two times; what one of them leaves out, the other says."""
    first, second = _read(first_text, typing), _read(second_text, typing)
    second_zone = (first.zone, first.named) if second.day is None else (None, None)
    first = replace(first, day=first.day or second.day)
    if not (first.zone or first.named):
        first = replace(first, zone=second.zone, named=second.named, is_offset_sure=second.is_offset_sure)
    second = replace(second, day=second.day or first.day)
    if not (second.zone or second.named):
        second = replace(second, zone=second_zone[0], named=second_zone[1], is_offset_sure=first.is_offset_sure)
    begin, end = _place(first, typing, None), _place(second, typing, None)
    if begin.earliest is None or end.latest is None or end.latest < begin.earliest:
        raise MomentFault("Swap the two times. The later time is before the earlier time.")
    return Moment.of(begin.earliest, end.latest, begin.offset, Precision.BETWEEN)


def _plain(text: str) -> str:
    if len(text) > LONGEST:
        raise MomentFault(f"Use at most {LONGEST} characters for a time.")
    return " ".join(text.translate(_SPELLED).split())


def _read(text: str, typing: Typing) -> Piece:
    now = typing.now.astimezone(find_zone(typing.zone)[1])
    return read_piece(now_as_text(now) if text.lower() == "now" else text, typing.order, now.date())


def _place(piece: Piece, typing: Typing, kind: Precision | None) -> Moment:
    """The time of one piece, to the precision that was chosen or else written."""
    if piece.day is None:
        raise MomentFault(NO_DATE)
    name, rules = _zone(piece, typing)
    if piece.until:
        if piece.clock or kind not in {None, Precision.BEFORE, Precision.BETWEEN}:
            raise MomentFault("Enter the day. A month alone is not a day or an hour.")
        if kind is not Precision.BEFORE:
            ends = [
                placed(datetime.combine(day, time()), name, rules, Precision.DAY) for day in (piece.day, piece.until)
            ]
            return Moment.of(ends[0].earliest, ends[1].latest, name, Precision.BETWEEN)
    if piece.clock is None and kind is Precision.HOUR:
        raise MomentFault("Add hours and minutes, or choose the precision “Day”.")
    found = piece.clock.precision if piece.clock else Precision.DAY
    local = _local(piece)
    if piece.clock and (kind or found) is not Precision.DAY:
        _must_be_once(local, rules, name)
    moment = placed(local, name, rules, kind or found, dated_only=piece.clock is None)
    if piece.zone and piece.named and moment.latest:
        _must_agree(moment.latest, rules, name)
    return moment


def _zone(piece: Piece, typing: Typing) -> tuple[str, tzinfo]:
    """The zone of a piece: the one it says, else the chosen one; its offset places it, a name in brackets is kept."""
    if piece.zone and not piece.is_offset_sure and not _is_offset_of_zone(piece, typing):
        raise MomentFault(f"Write UTC{piece.zone} for an offset, or “between” and “and” for two times.")
    rules = find_zone(piece.zone or piece.named or typing.zone)
    return (find_zone(piece.named)[0], rules[1]) if piece.named else rules


def _is_offset_of_zone(piece: Piece, typing: Typing) -> bool:
    """Whether the clocks of the chosen zone had this offset at that time: then it can be nothing else."""
    if piece.day is None or piece.clock is None:
        return False
    local = _local(piece)
    zone, offset = find_zone(typing.zone)[1], find_zone(piece.zone or "")[1].utcoffset(None)
    return offset in {local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)}


def _local(piece: Piece) -> datetime:
    """What the clocks showed; of a day its first hour."""
    return datetime.combine(piece.day or date.min, piece.clock.time if piece.clock else time())


def _must_be_once(local: datetime, rules: tzinfo, name: str) -> None:
    """Refuse a time that the clocks of the zone never showed, or showed twice."""
    early, late = (local.replace(tzinfo=rules, fold=fold) for fold in (0, 1))
    shift = (late.utcoffset() or timedelta()) - (early.utcoffset() or timedelta())
    when = f"{local:%H:%M} %s on {local.day} {MONTHS[local.month - 1]} {local.year} in {place_name(name)}"
    if shift > timedelta():
        raise MomentFault(f"Enter another time. {when % 'does not exist'}.")
    if shift < timedelta():
        offsets = " or ".join(offset_words(rules, end) for end in (early, late))
        raise MomentFault(f"Add {offsets} to the time. {when % 'came twice'}.")


def _must_agree(when: datetime, rules: tzinfo, name: str) -> None:
    if when.astimezone(find_zone(name)[1]).utcoffset() != when.astimezone(rules).utcoffset():
        raise MomentFault(f"Correct the offset or the zone. {name} had another offset then.")


def read_day(text: str, typing: Typing) -> Moment:
    """A plain date, such as a due date: a day on the clocks of the zone, and nothing finer."""
    moment = read_time(text, typing)
    if text.strip() and moment.precision is not Precision.DAY:
        raise MomentFault("Enter a date without a time, such as 20 Mar 2018.")
    return moment
