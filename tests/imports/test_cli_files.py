"""The options of the command that say how a file is written."""

from tests.analysis.logs.files.building import EVERY_KIND
from tests.imports import test_cli_import
from tests.imports.logs import DOORS
from tests.imports.test_cli_import import COLUMNS

run = test_cli_import.run


def test_a_file_is_read_as_the_options_say_and_what_was_found_is_printed(run):
    content = b"Report\n" + DOORS.replace(b", ", b"^").replace(b"Lobby", b"'Lob^by'") + b"Total: 4\n"
    code, out, _ = run(content, *COLUMNS, "--separator", "^", "--quote", "single", "--last-line", "5", "--dry-run")
    assert (code, "3 records to import" in out) == (0, True)
    assert "Header in line 2; left out: 1 line before and 1 line after the table." in out
    assert "The table ends in line 5, as chosen." in out
    assert "takes one sign, or comma" in run(content, *COLUMNS, "--separator", "::")[2]
    assert "has no sheet" in run(EVERY_KIND["xlsx"], *COLUMNS, "--sheet", "Nowhere")[2]
