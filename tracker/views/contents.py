"""The forms of a version: what is said of it, and what is kept of it."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import IntegerField, ValidationError
from wtforms.validators import Optional, Regexp

from tracker.analysis.digits import is_number
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
        if text and not is_number(text):
            self.data = None
            raise ValueError("Write a whole number in digits, or leave it empty.")
        self.data = int(text[:12]) if text else None


class VersionForm(EditForm):
    """What is said of a version."""

    label = Line(
        "Label",
        [needed("Enter a label that tells this version from the others, such as draft 2.")],
        longest=80,
        description="Lists and logs name the version by it.",
    )
    made = MomentField("Made", description="When this version came to be; nobody had it earlier.")
    author = Line("Author", longest=200, description="By post or unit, not by name.")
    changes = Text("What changed", longest=5000, description="Against the version before.")
    identifier = Line("Identifier", longest=120, description="The system's own, such as a document number.")
    holders_known = WordField("How many people hold it", HoldersKnown, default=HoldersKnown.UNKNOWN)
    holders = Count(
        "Number of holders",
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
        description='An estimate. Leave it empty when it is unknown; "unknown (small)" is an answer too.',
    )

    def validate_holders(self, field: Any) -> None:
        """Number and word must tell the same story."""
        if field.data is not None and field.data > MOST_HOLDERS:
            raise ValidationError(f"Use at most {MOST_HOLDERS:,}.")
        if field.data is None and self.holders_known.data in COUNTED:
            raise ValidationError("Enter the number of holders, or choose unknown.")
        if field.data is not None and self.holders_known.data not in COUNTED:
            raise ValidationError('Leave the number empty when it is unknown, or choose "about" or "exactly".')


class ContentFields:
    """Mixed into a form: the text or file itself, with a reason, or only what tells it from others."""

    text = Text("Text", longest=LONGEST_TEXT, description="The words themselves, where they must be kept here.")
    text_sha256 = Line("SHA-256 of the text", [Optional(), HEX], description="Enough to tell it, without keeping it.")
    file = FileField("File")
    file_sha256 = Line("SHA-256 of the file", [Optional(), HEX], description="Enough to tell it, without keeping it.")
    store_reason = Text("Reason for keeping text or file", longest=2000, description="Asked for when one is kept.")


class NewVersionForm(ContentFields, VersionForm):
    """A version, and what is kept of it."""


class CorrectionForm(ContentFields, RecordForm):
    """What should have been kept, and why it was not."""

    why_corrected = Text("Reason for the correction", [needed("Say why it is corrected.")], longest=2000)
