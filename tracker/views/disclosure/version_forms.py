"""The forms of a version: what is said of it, and what is kept of it."""

from typing import Any

from flask_wtf.file import FileField
from sqlalchemy.orm import contains_eager
from wtforms import IntegerField, ValidationError
from wtforms.validators import Optional, Regexp

from tracker.analysis.coverage import COUNTED
from tracker.analysis.letters import is_number
from tracker.base import db
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.words import HoldersKnown
from tracker.web.fields import LongText, ShortText, WordField, needed
from tracker.web.forms import EditForm, RecordForm
from tracker.web.moment_field import MomentField

LONGEST_TEXT = 200_000
NO_COUNT = "Leave the number empty if unknown, or choose “About”, “At least”, “Between” or “Exactly”."
MOST_HOLDERS = 1_000_000
HEX = Regexp(r"[0-9A-Fa-f]{64}\Z", message="Enter a SHA-256 of 64 characters, 0 to 9 and a to f.")


def parts_of(model: Any, subject: Any, *conditions: Any) -> list[Any]:
    """Versions, or copies, of all materials in the case of a page's subject: those that meet the conditions."""
    those = model.of(subject.case).where(*conditions).join(model.material)
    those = those.options(contains_eager(model.material)).order_by(Material.number, model.number)
    return list(db.session().scalars(those))


class Count(IntegerField):
    """A whole number, or nothing."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Blanks mean that nothing was said."""
        text = valuelist[0].strip() if valuelist else ""
        if text and not is_number(text):
            self.data = None
            raise ValueError("Enter a whole number in digits, or leave the field empty.")
        self.data = int(text[:12]) if text else None


class VersionForm(EditForm):
    """What is said of a version."""

    label = ShortText(
        "Label",
        [needed("Enter a label for this version, such as draft 2.")],
        longest=80,
        description="Lists and access logs use this label.",
    )
    made = MomentField("Made", description="When this version was made. Nobody had it earlier.")
    author = ShortText("Author", longest=200, description="The post or unit, not the name.")
    changes = LongText("What changed", longest=5000, description="Compared with the previous version.")
    identifier = ShortText(
        "Identifier", longest=120, description="The identifier in its system, such as a document number."
    )
    holders_known = WordField("Holders known", HoldersKnown, default=HoldersKnown.UNKNOWN)
    holders = Count(
        "Number of holders",
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
        description="An estimate. Leave it empty if unknown. “Unknown (small)” is a valid answer.",
    )

    holders_most = Count(
        "At most", render_kw={"inputmode": "numeric", "autocomplete": "off"}, description="Only for “Between”."
    )

    def validate_holders_most(self, field: Any) -> None:
        """A second number goes with "between" alone, and is the higher one."""
        between = self.holders_known.data is HoldersKnown.BETWEEN
        if between and (field.data is None or not MOST_HOLDERS >= field.data > (self.holders.data or 0)):
            raise ValidationError("Enter the higher number of holders.")
        if not between and field.data is not None:
            raise ValidationError("Leave this number empty, or choose “Between”.")

    def validate_holders(self, field: Any) -> None:
        """Number and word must tell the same story."""
        if field.data is not None and field.data > MOST_HOLDERS:
            raise ValidationError(f"Enter at most {MOST_HOLDERS:,} holders.")
        if field.data is None and self.holders_known.data in COUNTED:
            raise ValidationError("Enter the number of holders, or choose “Unknown”.")
        if field.data is not None and self.holders_known.data not in COUNTED:
            raise ValidationError(NO_COUNT)


class ContentFields:
    """Mixed into a form: the text or file itself, with a reason, or only what tells it from others."""

    text = LongText(
        "Text", longest=LONGEST_TEXT, description="Only if the text must be stored here. It needs a reason below."
    )
    text_sha256 = ShortText("SHA-256 of the text", [Optional(), HEX], description="Identifies it without storing it.")
    file = FileField("File")
    file_sha256 = ShortText("SHA-256 of the file", [Optional(), HEX], description="Identifies it without storing it.")
    store_reason = LongText(
        "Reason for storing text or file", longest=2000, description="Required if you enter a text or choose a file."
    )


class NewVersionForm(ContentFields, VersionForm):
    """A version, and what is kept of it."""


class CorrectionForm(ContentFields, RecordForm):
    """What should have been kept, and why it was not."""

    why_corrected = LongText(
        "Reason for the correction", [needed("Enter the reason for the correction.")], longest=2000
    )
