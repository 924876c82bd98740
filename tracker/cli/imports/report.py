"""What a dry run found, printed: the same numbers and examples as on the page of the check."""

from collections.abc import Iterator

import click

from tracker.analysis.logs.rows import Problem
from tracker.analysis.moments import Moment
from tracker.analysis.times import from_sql_text
from tracker.base.text import counted
from tracker.imports.report import Report

SHOWN, VALUES = 20, 5  # problems and people that are printed, and values of a problem


def print_report(report: Report) -> None:
    """Print what a dry run found."""
    for line in _lines(report):
        click.echo(line)


def _lines(report: Report) -> Iterator[str]:
    yield f"{counted(report.lines, 'line')} in the file, header not counted."
    yield f"{counted(report.rows, 'record')} to import, from {counted(report.read, 'line')}."
    if report.shared:
        yield f"{counted(report.recipients, 'recipient')} in {counted(report.shared, 'line')}."
    for line, who, what, since, until, _ in report.first:
        told = (who, what, since, "" if until == "unknown" else f"until {until}")
        yield f"  line {line}: {', '.join(filter(None, told))}"
    yield f"{counted(report.ruled_out, 'line')} left out by rule."
    yield from (f"  {counted(lines, 'line')}: {rule}" for rule, lines in report.left_out.items())
    if report.nameless:
        yield f"{counted(report.nameless, 'line')} {'names' if report.nameless == 1 else 'name'} nobody."
    yield f"{counted(report.unread, 'line')} cannot be read."
    if report.partial:
        yield f"{counted(report.partial, 'line')} can be read in part. The others in a line with an error are imported."
    yield from (_problem(*one) for one in report.rules[:SHOWN])
    if len(report.rules) > SHOWN:
        yield f"  and {counted(len(report.rules) - SHOWN, 'more problem')}"
    if report.left:
        yield f"{counted(report.left, 'exit')} joined to an entry."
    yield from _people(report)
    yield from _anomalies(report)
    if report.recused:
        yield f"Account holders who will be recused: {', '.join(report.recused)}."


def _problem(one: Problem, values: list[Problem]) -> str:
    lines = f"{', '.join(map(str, one.first))}{' ...' if one.lines > len(one.first) else ''}"
    told = [repr(each.value) if each.value else "empty" for each in values if each.value is not None]
    more = "other values" if not told else " and others" if len(told[:VALUES]) < len(values) else ""
    value = ", ".join(told[:VALUES]) + more
    return f"  {counted(one.lines, 'line')} ({lines}), {one.column or 'whole line'}, {value}: {one.rule}"


def _people(report: Report) -> Iterator[str]:
    unsure = f"{len(report.unsure):,} unsure"
    yield f"People: {report.same:,} already in the case, {report.new:,} new, {unsure}."
    for key, name in report.newcomers[:SHOWN]:
        yield f"  new: {key}{f' ({name})' if name and name != key else ''}"
    for key, name, why, choices in report.unsure[:SHOWN]:
        yield f"  {key}{f' ({name})' if name and name != key else ''}: {why} {', '.join(choices)}".rstrip()
    for key, (count, first) in list(report.nobody.items())[:SHOWN]:
        yield f"  {key} names nobody: {counted(count, 'line')}, first line {first}. No record is made."


def _anomalies(report: Report) -> Iterator[str]:
    if report.earliest:
        first, last = (Moment.of(at := from_sql_text(text), at).words for text in (report.earliest, report.latest))
        yield f"Times from {first} to {last}."
    if report.repeats:
        yield f"{counted(report.repeats, 'line')} the same as an earlier line. Each is imported and names that line."
    if report.open:
        yield f"{counted(report.open, 'entry', 'entries')} without an exit. The end is unknown."
    if report.future:
        yield f"{counted(report.future, 'record')} later than today."
    if report.outside:
        yield f"{counted(report.outside, 'record')} outside the time for which the log is complete."
