"""The options of a command that say how a file is written, where that cannot be found out or is found out wrongly."""

from collections.abc import Callable
from typing import Any

import click

from tracker.analysis.logs.files.dialects import ESCAPE_WORDS, QUOTE_WORDS, SEPARATOR_WORDS
from tracker.analysis.logs.files.sources.patterns import PATTERNS

_SIGNS = {
    "separator": {word: sign for sign, word in SEPARATOR_WORDS.items()},
    "quote": {word: sign for sign, word in QUOTE_WORDS.items()},
    "escape": {word: sign for sign, word in ESCAPE_WORDS.items()},
}
_OPTIONS = (
    click.option("--encoding", help="The encoding of the file; detected if unambiguous."),
    click.option("--separator", help="The separator of two cells: a sign, tab, or blanks."),
    click.option("--quote", help="The quote around a cell: a sign, double, single, or none."),
    click.option("--escape", help="The sign before a quote inside a cell: a sign, backslash, or none."),
    click.option("--header-line", type=click.IntRange(0), help="The line of the column names; 0 if there are none."),
    click.option("--last-line", type=click.IntRange(0), help="The last line of the table; 0 for the end of the file."),
    click.option("--table", type=click.IntRange(1), help="The number of the table, in a file with several."),
    click.option("--sheet", help="The sheet of a workbook."),
    click.option("--member", help="The file in a .zip archive."),
    click.option("--pattern", help=f'How the lines of a log are cut, such as "{PATTERNS["syslog"]}".'),
)
_NAMES = ("encoding", "separator", "quote", "escape", "header_line", "last_line", "table", "sheet", "member", "pattern")


def with_file_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def file_choices(options: dict[str, Any]) -> dict[str, Any]:
    """What of the options is passed to `sniff`; a sign may be named by its word."""
    chosen = {name: options[name] for name in _NAMES}
    for name, words in _SIGNS.items():
        text = words.get(chosen[name], chosen[name])
        if text is not None and (len(text) > 1 or text in {"\n", "\r"} or (name == "separator" and not text)):
            raise click.UsageError(f'--{name} takes one sign, or {", ".join(words)}, not "{text}".')
        chosen[name] = text
    return chosen
