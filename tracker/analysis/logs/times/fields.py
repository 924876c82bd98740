"""The time of a line from up to three columns, in the zone that the file says."""

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Names

from tracker.analysis.logs.times.dates import DateFormat
from tracker.analysis.logs.times.quick import When
from tracker.analysis.logs.times.readers import text_reader
from tracker.analysis.logs.times.unsettled import Unsettled, answer_of
from tracker.analysis.logs.times.zone_words import is_same_zone, read_zone, zone_of_header
from tracker.analysis.zones import find_zone


def field_reader(dates: DateFormat, headers: Sequence[str], zone: str, day: str = "") -> Callable[[str], When]:
    """A reader of the cells of these columns, joined by blanks: date, time and zone in this or another order.

    `zone` is the one that was chosen; `day` a date that every line has, put before a time of day. Unsettled where the
    names of the columns say another zone. The reader raises MomentFault with a sentence.
    """
    read = text_reader(dates, zone_of(headers, zone, dates.answers))
    return (lambda text: read(f"{day} {text}")) if day and headers else read


def zone_of(headers: Sequence[str], zone: str, answers: Names[str, str]) -> str:
    """The zone of times that say none themselves: the one in the name of a column, else the one that was chosen.

    Where both differ, it is the answer to that question; Unsettled as long as there is none.
    """
    said = next(filter(None, map(zone_of_header, headers)), "")
    if not said:
        return zone
    name = read_zone(said, answers)[0]
    if not zone or is_same_zone(zone, name):
        return name
    header = next(one for one in headers if zone_of_header(one))
    chosen = find_zone(zone)[0]
    choices = ((name, f"{name}, as the column says"), (chosen, f"{chosen}, as chosen for the file"))
    return answer_of(answers, Unsettled(
        "zone", f'The column "{header}" says {said}, and {chosen} was chosen for the file. Which is right?', choices,
        f'The column "{header}" says {said}, and {chosen} was chosen for the file. Say which is right.'))  # fmt: skip


def zone_of_table(said: str, headers: Sequence[str], zone: str, answers: Names[str, str]) -> str:
    """The zone of times that say none where the lines above the table say one; the name of a column counts more.

    Where it is not the one that was chosen, it is the answer to that question; Unsettled as long as there is none.
    """
    if not said or any(map(zone_of_header, headers)):
        return zone
    name = read_zone(said, answers)[0]
    if not zone or is_same_zone(zone, name):
        return name
    chosen = find_zone(zone)[0]
    differ = f"The lines above the table say {said}, and {chosen} was chosen for the file."
    choices = ((name, f"{name}, as the lines above the table say"), (chosen, f"{chosen}, as chosen for the file"))
    question = Unsettled("zone of the table", f"{differ} Which is right?", choices, f"{differ} Say which is right.")
    return answer_of(answers, question)


def zone_said(headers: Sequence[str]) -> str:
    """The zone that the names of these columns say, to begin with; empty where they say none, or a short name."""
    said = next(filter(None, map(zone_of_header, headers)), "")
    try:
        return read_zone(said, {})[0] if said else ""
    except Unsettled:
        return ""
