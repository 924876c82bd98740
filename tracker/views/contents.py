"""The forms of a version: what is said of it, and what is kept of it."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import IntegerField, ValidationError
from wtforms.validators import Optional, Regexp

from tracker.fields import Line, Text, WordField, needed
from tracker.forms import EditForm, RecordForm
from tracker.models.words.materials import HoldersKnown
from tracker.moment_field import MomentField

COUNTED = {HoldersKnown.ABOUT, HoldersKnown.EXACTLY}
LONGEST_TEXT = 200_000
MOST_HOLDERS = 1_000_000
HEX = Regexp(r"[0-9A-Fa-f]{64}\Z", message="A SHA-256 is 64 characters, 0 to 9 and a to f.")


class Count(IntegerField):
    """A whole number, or nothing."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Blanks mean that nothing was said."""
        text = valuelist[0].strip() if valuelist else ""
        if text and not (text.isascii() and text.isdigit()):
            self.data = None
            raise ValueError("Enter a whole number in digits, or leave it empty.")
        self.data = int(text[:12]) if text else None


class VersionForm(EditForm):
    """What is said of a version."""

    label = Line(
        "Label",
        [needed("Enter a label for this version, such as draft 2.")],
        longest=80,
        description="Lists and access logs identify the version by its label.",
    )
    made = MomentField("Made", description="When this version was made. Nobody had it earlier.")
    author = Line("Author", longest=200, description="By post or unit, not by name.")
    changes = Text("Changes", longest=5000, description="Compared with the version before.")
    identifier = Line("Identifier", longest=120, description="From the source system, such as a document number.")
    holders_known = WordField("Is the number of holders known?", HoldersKnown, default=HoldersKnown.UNKNOWN)
    holders = Count(
        "Number of holders",
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
        description="An estimate. Leave it empty if the number is unknown.",
    )

    def validate_holders(self, field: Any) -> None:
        """Number and word must tell the same story."""
        if field.data is not None and field.data > MOST_HOLDERS:
            raise ValidationError(f"Enter {MOST_HOLDERS:,} or fewer.")
        if field.data is None and self.holders_known.data in COUNTED:
            raise ValidationError("Enter the number of holders, or choose unknown.")
        if field.data is not None and self.holders_known.data not in COUNTED:
            raise ValidationError('Leave the number empty, or choose "about" or "exactly".')


class ContentFields:
    """Mixed into a form: the text or file itself, with a reason, or only what tells it from others."""

    text = Text("Text", longest=LONGEST_TEXT, description="The words themselves, if they must be stored here.")
    text_sha256 = Line("SHA-256 of the text", [Optional(), HEX], description="Identifies the text without storing it.")
    file = FileField("File")
    file_sha256 = Line("SHA-256 of the file", [Optional(), HEX], description="Identifies the file without storing it.")
    store_reason = Text("Reason for storing text or file", longest=2000, description="Needed to store either.")


class NewVersionForm(ContentFields, VersionForm):
    """A version, and what is kept of it."""


class CorrectionForm(ContentFields, RecordForm):
    """What should have been kept, and why it was not."""

    why_corrected = Text("Reason for the correction", [needed("Enter the reason for the correction.")], longest=2000)
