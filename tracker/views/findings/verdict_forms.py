"""The form by which a reviewer answers: of an elimination, a preliminary assessment, an outcome."""

from wtforms import HiddenField

from tracker.models.findings.words import Verdict
from tracker.web.fields import LongText, WordField, needed
from tracker.web.forms import RecordForm


class VerdictForm(RecordForm):
    """A reviewer's answer to the text of this page."""

    verdict = WordField("Your verdict", Verdict, empty="Choose", validators=[needed("Choose your verdict.")])
    note = LongText("Reasons", longest=5000, description="Needed if you return the text: say what must be corrected.")
    text_sha256 = HiddenField()
