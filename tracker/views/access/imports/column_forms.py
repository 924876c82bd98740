"""The form for how a file is written."""

from typing import Any

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from tracker.analysis.letters import read_number
from tracker.analysis.logs.files.csv_file import ENCODINGS, Dialect
from tracker.web.fields import ShortText
from tracker.web.forms import RecordForm

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


class ReadingForm(RecordForm):
    """How the file is written."""

    encoding = SelectField("Encoding", choices=[SelectChoice(name) for name in ("utf-8", "utf-16", *ENCODINGS)])
    separator = SelectField("Separator", choices=[SelectChoice(sign, word) for sign, word in SEPARATORS.items()])
    header_line = ShortText("Header line", longest=6, description="Enter 0 if the file has no column names.")

    def values(self) -> dict[str, Any]:
        """What is passed to `sniff`."""
        number = read_number(self.header_line.data)
        return {"encoding": self.encoding.data, "separator": self.separator.data, "header_line": number}


def reading_form(reading: Dialect) -> ReadingForm:
    """The form for how a file is written, filled in with what was found."""
    data = {"encoding": reading.encoding or ENCODINGS[0], "separator": reading.separator}
    return ReadingForm(data={**data, "header_line": str(reading.header_line)})
