"""The forms of a finding: what is chosen first, its text, its submission, the reviewer's verdict; and its filter."""

from typing import Any

from wtforms import HiddenField, RadioField, ValidationError
from wtforms.fields.choices import SelectChoice

from tracker.analysis.letters import read_number
from tracker.models.findings.findings import TEXTS, Finding
from tracker.models.findings.words import Conclusion, FindingState, Standard, Verdict
from tracker.views.access.occurrence_forms import AboutPersonFilter
from tracker.web.choices import PersonField
from tracker.web.fields import LongText, ShortText, WordField, needed
from tracker.web.forms import EditForm, RecordForm


class FindingFilter(AboutPersonFilter):
    """Narrow the list of findings."""

    model = Finding
    searched = (Finding.allegation, Finding.evidence_for, Finding.evidence_against, Finding.reasoning)
    q = ShortText("Words of the text")
    state = WordField("State", FindingState, empty="Any")
    conclusion = WordField("Conclusion", Conclusion, empty="Any")


class ChosenFirstForm(RecordForm):
    """What is chosen before a word of the text is written; the allegation alone can be worded anew."""

    standard = WordField(
        "Standard of proof", Standard, empty="Choose",
        validators=[needed("Choose the standard of proof.")],
        description="Choose it before you weigh the evidence. You cannot change it later.",
    )  # fmt: skip
    allegation = LongText(
        "Allegation", [needed("Enter the allegation in one or two sentences.")], longest=5000,
        description="Only one allegation. Name people by pseudonym.",
    )  # fmt: skip
    person = PersonField("About")


class TextForm(EditForm):
    """The text of a finding, in the order in which it is read."""

    allegation = LongText(TEXTS["allegation"], [needed("Enter the allegation.")], longest=5000)
    rule = LongText(TEXTS["rule"], longest=5000, description="The wording of the rule at the time, and its source.")
    evidence_for = LongText(
        TEXTS["evidence_for"], description="What supports the allegation. Write [3] where citation 3 belongs."
    )
    evidence_against = LongText(
        TEXTS["evidence_against"],
        description="What contradicts the allegation. If nothing was found, say where you looked.",
    )
    missing = LongText(TEXTS["missing"], description="What could not be obtained, and what it might have changed.")
    reasoning = LongText(TEXTS["reasoning"], description="The steps from the evidence to the conclusion.")
    reply = LongText(TEXTS["reply"], description="What the person said, and why it changed the finding or not.")
    conclusion = WordField(TEXTS["conclusion"], Conclusion, empty="None yet")


class SubmissionForm(RecordForm):
    """A submission is of the revision that was read."""

    revision = HiddenField(filters=[lambda text: read_number(text) or 0])


class VerdictForm(SubmissionForm):
    """A reviewer's answer to exactly the text that the page shows: its revision and its SHA-256 come along."""

    text_sha256 = HiddenField()
    verdict = RadioField(
        "Your verdict", [needed("Choose whether you approve this text or return it.")],
        choices=[
            SelectChoice(Verdict.APPROVED.value, "Approve exactly this text"),
            SelectChoice(Verdict.RETURNED.value, "Return this text, with reasons"),
        ],
    )  # fmt: skip
    reasons = LongText("Reasons", description="Needed if you return the text: what must change, and why.")

    def validate_reasons(self, field: Any) -> None:
        """The authors must know what to change."""
        if self.verdict.data == Verdict.RETURNED and not field.data:
            raise ValidationError("Enter the reasons, so that the authors know what to change.")
