"""Reviews: the form by which a reviewer answers, and all reviews of a case as a file."""

from wtforms import HiddenField

from tracker.models.findings.reviews import Review
from tracker.models.findings.words import Verdict
from tracker.web.fields import LongText, WordField, needed
from tracker.web.forms import RecordForm
from tracker.web.guard import Area
from tracker.web.lists import register

area = Area("reviews", __name__)
register(
    area, Review, "reviews", of_persons=(Review.elimination_id,),
    columns=(
        "finding", "revision", "reviewer", "verdict", "note", "text_sha256", "at", "number", "elimination",
        "assessment", "outcome", "seal",
    ),
)  # fmt: skip


class VerdictForm(RecordForm):
    """A reviewer's answer to the text of this page."""

    verdict = WordField("Your verdict", Verdict, empty="Choose", validators=[needed("Choose your verdict.")])
    note = LongText("Reasons", longest=5000, description="Needed if you return the text: say what must be corrected.")
    text_sha256 = HiddenField()
