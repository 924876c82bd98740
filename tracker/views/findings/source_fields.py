"""What is known of the source, in the form of an outcome: several things may hold, each with its claims."""

from typing import Any

from sqlalchemy.orm import joinedload
from wtforms import FieldList, Form, FormField
from wtforms.validators import ValidationError

from tracker.base import db
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.findings.known_sources import KnownSource
from tracker.models.findings.words import Source
from tracker.web.choices import ThingsField
from tracker.web.fields import LongText, WordField

MOST = 7  # as many as there are words for it


def claims_of_case(subject: Any) -> list[Claim]:
    """The claims of the case, in the order of their disclosures."""
    those = Claim.of(subject.case).join(Claim.disclosure).options(joinedload(Claim.disclosure))
    return list(db.session().scalars(those.order_by(Disclosure.number, Claim.number)))


def claim_key(claim: Claim) -> str:
    """`2/1`: claim 1 of disclosure 2."""
    return f"{claim.disclosure.number}/{claim.number}"


def claim_words(claim: Claim) -> str:
    """A claim as a choice shows it."""
    return f"{claim.label} of disclosure {claim.disclosure.number}: {claim.quote[:60]}"


class SourceForm(Form):
    """One thing that is known of the source."""

    source = WordField("What is known about the source?", Source, empty="Choose")
    reason = LongText(
        "Reason or details",
        longest=5000,
        description="Needed if the source was not pursued. For example, the content was already public.",
    )
    claims = ThingsField(
        "Claims", claims_of_case, key=claim_key, words=claim_words, description="Tick none if it holds for all claims."
    )

    def validate_source(self, field: Any) -> None:
        """A reason or a claim alone says nothing."""
        if field.data is None and (self.reason.data or self.claims.data):
            raise ValidationError("Choose what is known about the source.")


class SourcesField(FieldList):
    """All of them; its data is a tuple of KnownSource, and one empty row more waits to be filled."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(FormField(SourceForm, label="Source"), label, max_entries=MOST, **kwargs)

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Fill the rows from what is known, and add an empty one."""
        super().process(formdata, data or (), extra_filters)
        if len(self.entries) < MOST and (not self.entries or self.entries[-1].form.source.data):
            self.append_entry()
        self.entries[0].form.source.flags.required = True

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """One thing at least is known, if only that it is not."""
        if super().validate(form, extra_validators) and not self.data:
            first = self.entries[0].form.source
            first.errors = ["Choose what is known about the source."]
            self.errors = [{"source": first.errors}]
        return not self.errors

    @property
    def data(self) -> tuple[KnownSource, ...]:
        """What was chosen, in its order."""
        return tuple(
            KnownSource(one.source.data, one.reason.data, tuple(map(claim_key, one.claims.data or ())))
            for one in (entry.form for entry in self.entries)
            if one.source.data is not None
        )
