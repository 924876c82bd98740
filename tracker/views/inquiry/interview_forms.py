"""The forms of an interview: the five parts, the end, what comes after the seal."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from wtforms import BooleanField, HiddenField, ValidationError

from tracker.base import db
from tracker.models.inquiry.words import (
    Acknowledged,
    AddendumKind,
    Capacity,
    Companion,
    Mode,
    Recording,
    Signature,
    Voluntary,
)
from tracker.models.register.standard_texts import StandardText
from tracker.models.register.words import TextKind, TextRule
from tracker.views.disclosure.version_forms import Count
from tracker.web.choices import PersonField, ThingField
from tracker.web.fields import LongText, ShortText, WordField, needed
from tracker.web.forms import EditForm, RecordForm
from tracker.web.moment_field import MomentField

STOPS, COUNSEL = StandardText.rule == TextRule.STOP, StandardText.rule == TextRule.COUNSEL
GIVEN = ~STOPS  # what stops an interview has a page of its own
SPOKEN = 200_000  # a whole conversation, word for word


def _texts(kind: TextKind, given: str, among: sa.ColumnElement[bool]) -> Callable[[Any], list[StandardText]]:
    """What may be chosen: the newest version of each such text of a kind, and the one that was given already."""

    def find(subject: Any) -> list[StandardText]:
        found = list(db.session().scalars(StandardText.newest(kind).where(among)))
        chosen = getattr(subject, given, None)
        return found if chosen is None or chosen in found else [chosen, *found]

    return find


def _text_field(
    label: str, kind: TextKind, given: str, *, empty: str, among: sa.ColumnElement[bool] = GIVEN, **more: Any
) -> ThingField:
    return ThingField(label, _texts(kind, given, among), empty=empty, key=lambda text: str(text.id), **more)


class PlanningForm(EditForm):
    """Planning and preparation."""

    questions = _text_field(
        "Class of interviewee", TextKind.QUESTIONS, "questions", empty="No core questions",
        description="Everyone in a class is asked the same core questions.",
    )  # fmt: skip
    capacity = WordField(
        "Capacity", Capacity, default=Capacity.WITNESS,
        description="Choose Subject only while a signed subject status is in force.",
    )  # fmt: skip
    voluntary = WordField("Voluntary or required", Voluntary, default=Voluntary.VOLUNTARY)
    planned_for = MomentField("Planned start")
    notice_given = MomentField("Notice given", description="When the interviewee was told about the interview.")
    notice = LongText("Notice", longest=5000, description="What they were told about purpose, capacity and companion.")
    planning = LongText(
        "Interview plan",
        description="What is known and unknown, and which documents to show. Not part of the statement.",
    )


class NewInterviewForm(PlanningForm):
    """Who is asked, and what is planned. Only the person is required."""

    person = PersonField(checks=[needed("Enter the pseudonym, such as P-014.")])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if self.is_fresh:
            general = (text for text in self.questions.things.values() if text.key == "general")
            self.questions.data = next(general, None)


class EngagementForm(EditForm):
    """Engage and explain."""

    place = ShortText("Place", longest=200)
    mode = WordField("Format", Mode, empty="Not recorded")
    started = MomentField(
        "Start time", description="The interview is marked as held when it has a start time. Written answers need none."
    )
    recording = WordField("Recording", Recording, empty="Not recorded")
    recorder = ShortText("Recorder or note-taker", longest=200, description="Role or post, not a name.")
    advisement = _text_field(
        "Advisement", TextKind.ADVISEMENT, "advisement", empty="None",
        description="Read out the version chosen here. Its rule applies to the interview.",
    )  # fmt: skip
    counsel_text = _text_field(
        "Advisement when counsel attends", TextKind.ADVISEMENT, "counsel_text", among=COUNSEL, empty="None",
        description="Needed if counsel is present and the other advisement does not cover it.",
    )  # fmt: skip
    acknowledged = WordField(
        "Response to the advisement", Acknowledged, empty="Not recorded", description="Needed after an advisement."
    )
    declination = ShortText(
        "Prosecutor's declination", longest=200, description="Its reference. Needed if answers are compelled."
    )
    companion = WordField("Companion or representative", Companion, default=Companion.NOT_OFFERED)
    offered = MomentField("Offer made", description="When a companion or representative was offered.")
    companion_words = ShortText(
        "Function of the companion", longest=200, description="For example, union representative."
    )
    confidentiality = LongText(
        "Confidentiality instruction", longest=5000, description="Only together with the statutory whistleblower text."
    )
    whistleblower = _text_field("Statutory whistleblower text", TextKind.WHISTLEBLOWER, "whistleblower", empty="None")
    engaged = LongText(
        "Explanations given", longest=20_000, description="Purpose, course, breaks, adjustments, questions."
    )


class ClosureForm(EditForm):
    """Closure."""

    ended = MomentField("End time", description="For written answers, the day they came.")
    break_minutes = Count(
        "Breaks in minutes", render_kw={"inputmode": "numeric", "autocomplete": "off"},
        description="All breaks together. Leave empty if unknown.",
    )  # fmt: skip
    closure = LongText("Closing remarks", description="Next steps, the interviewee's questions, how to add something.")
    read_back = BooleanField(
        "The statement was read back to the interviewee, or reading it back was offered",
        description="Not applicable to written answers.",
    )
    corrections = LongText("Interviewee's corrections", longest=SPOKEN, description="In their own words.")
    signature = WordField("Signature", Signature, empty="Not yet")
    why_refused = LongText(
        "Reason for not signing",
        longest=5000,
        description="Needed if the interviewee refused, or if no signature was sought.",
    )
    signed = MomentField("Time of signature or refusal")

    def validate_break_minutes(self, field: Any) -> None:
        """No interview has more than a day of breaks."""
        if field.data is not None and field.data > 1440:
            raise ValidationError("Enter 1,440 minutes or fewer.")

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        said = super().values()
        said["refusal"] = said.pop("why_refused")
        return said


class PresenceForm(RecordForm):
    """Somebody beside the person."""

    who = ShortText(
        "Person present", [needed("Enter the role, function or pseudonym of the person present.")], longest=200,
        description="Role, function or pseudonym, not a name. Everyone on the case can read it.",
    )  # fmt: skip
    why = ShortText(
        "Reason", [needed("Enter the reason.")], description="For example: asks the questions, takes notes."
    )
    is_counsel = BooleanField(
        "Counsel for the organisation", description="The advisement must then say for whom counsel acts."
    )


class CancelForm(EditForm):
    """Why an interview is not held."""

    why_ended = LongText("Reason", [needed("Enter the reason for cancelling.")], longest=5000)


class StopForm(EditForm):
    """Why an interview stops at once."""

    advisement = _text_field(
        "Caution", TextKind.ADVISEMENT, "caution", among=STOPS, empty="Choose",
        validators=[needed("Choose the caution that stops the interview.")],
    )  # fmt: skip
    why_ended = LongText(
        "Reason",
        [needed("Enter the reason for stopping.")],
        longest=5000,
        description="Say what came up and who takes over.",
    )


class SealForm(RecordForm):
    """The statement that was seen."""

    statement_sha256 = HiddenField()


class AddendumForm(RecordForm):
    """What is added to a sealed statement."""

    kind = WordField(
        "Kind", AddendumKind, empty="Choose", validators=[needed("Choose the kind of addendum.")],
        description="Addendum: new facts. Correction: by the interviewee. Erratum: a clerical error.",
    )  # fmt: skip
    text = LongText("Text", [needed("Enter the text.")], longest=SPOKEN)
    signed_by = ShortText(
        "Signed by", [needed("Enter who signs the addendum.")], longest=200,
        description="The interviewee's pseudonym, or the role of whoever signs. Not a name.",
    )  # fmt: skip
    signed = MomentField("Time of signature", required=True)


class EvaluationForm(RecordForm):
    """What the team thinks of it."""

    text = LongText(
        "Evaluation", [needed("Enter the evaluation.")], description="Evaluate answers, not the interviewee."
    )
