"""Forms of a claim: what was said, several of them at once, and the checks of one."""

from typing import Any

from wtforms import FieldList, Form, FormField
from wtforms.validators import ValidationError

from tracker.models.disclosure.claims import Checked
from tracker.models.disclosure.versions import Version
from tracker.models.disclosure.words import Accuracy, CheckAnswer, Protected, Question, Wording
from tracker.views.disclosure.disclosures import other_disclosures
from tracker.views.disclosure.version_forms import parts_of
from tracker.web.choices import ThingField, ThingsField
from tracker.web.fields import LongText, ShortText, WordField, needed
from tracker.web.forms import EditForm, RecordForm
from tracker.web.moment_field import MomentField

ROWS, MOST = 5, 50
QUOTE = "Enter the exact quote, as it was published."


def _versions(subject: Any) -> list[Version]:
    """The versions of the case's materials that no later row corrects, and the one that is chosen already."""
    return parts_of(Version, subject, Version.uncorrected() | (Version.id == getattr(subject, "version_id", None)))


def _key(version: Version) -> str:
    return f"{version.material.number}/{version.number}"


class ClaimFields:
    """What is recorded of a claim. Only the quote is required."""

    quote = LongText("Exact quote", [needed(QUOTE)], longest=5000)
    locator = ShortText("Place in the text", longest=200, description="Paragraph, page or minute of the disclosure.")
    protected = WordField("Protected", Protected, default=Protected.UNDETERMINED)
    version = ThingField(
        "Matched version", _versions, empty="Not matched", key=_key, words=lambda version: version.heading
    )
    wording = WordField(
        "Wording", Wording, empty="Not compared", description="The published words compared with the matched version."
    )

    def validate_wording(self, field: Any) -> None:
        """Words are compared with a version."""
        if field.data not in {None, Wording.NONE} and self.version.data is None:
            raise ValidationError("Choose the matched version, or set the wording to “Not compared”.")


class ClaimForm(ClaimFields, EditForm):
    """One claim."""

    authority = ShortText("Authority", description="The post or rule that says whether the claim is protected.")
    derived_from = ThingsField(
        "Repeats", other_disclosures, description="What this claim repeats, beside the whole disclosure."
    )


class ClaimRow(ClaimFields, Form):
    """One of several claims; a row in which nothing was typed is none."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed or chosen."""
        chosen = self.protected.data not in {None, Protected.UNDETERMINED}
        return not (chosen or any(self[name].data for name in ("quote", "locator", "version", "wording")))

    def validate(self, extra_validators: Any = None) -> bool:
        """Nothing is asked of an empty row."""
        return self.is_blank or bool(super().validate(extra_validators))


class ClaimsForm(RecordForm):
    """Several claims of a disclosure, a row for each."""

    claims = FieldList(FormField(ClaimRow), min_entries=ROWS, max_entries=MOST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._require_first()

    def add_rows(self) -> None:
        """Offer some empty rows more."""
        for _ in range(min(ROWS, MOST - len(self.claims))):
            self.claims.append_entry()
        self._require_first()

    def _require_first(self) -> None:
        """An empty row is left out, but one claim is needed."""
        for row in self.claims.entries[1:]:
            row.form.quote.flags.required = False

    def validate(self, extra_validators: Any = None) -> bool:
        """One claim at least."""
        if not super().validate(extra_validators):
            return False
        if not self.values()["claims"]:
            self.claims[0].form.quote.errors = [QUOTE]
            self.claims.errors = [{"quote": [QUOTE]}]
        return not self.errors

    def values(self) -> dict[str, Any]:
        """The rows that say something."""
        return {"claims": [row.form.data for row in self.claims if not row.form.is_blank]}


class CheckForm(Form):
    """The answer to one question."""

    answer = WordField("Answer", CheckAnswer, empty="Choose")
    at = MomentField("Date and time")
    source = ShortText("Source")
    note = LongText("Note", longest=2000)

    def validate_answer(self, field: Any) -> None:
        """A time, a source or a note alone answers nothing."""
        if field.data is None and not field.errors and (self.at.data or self.source.data or self.note.data):
            raise ValidationError("Choose an answer. You can choose “Unknown”.")


class CheckField(FormField):
    """One of the questions asked of every claim; its data is a Checked."""

    def __init__(self, question: Question, **kwargs: Any) -> None:
        super().__init__(CheckForm, question.label, **kwargs)

    @property
    def data(self) -> Checked:
        """The answer as it was filled in."""
        return Checked(**self.form.data)


class ChecksForm(EditForm):
    """The table of a claim's checks: how accurate it is, and the questions asked of every claim."""

    accuracy = WordField("How accurate is it?", Accuracy, empty="Choose")
    accuracy_basis = LongText("Basis for accuracy", longest=5000)
    already_public = CheckField(Question.ALREADY_PUBLIC)
    precursor = CheckField(Question.PRECURSOR)
    clearance = CheckField(Question.CLEARANCE)
    declassified = CheckField(Question.DECLASSIFIED)
    briefing_possible = CheckField(Question.BRIEFING_POSSIBLE)
