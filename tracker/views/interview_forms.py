"""The forms of an interview: the five parts, the end, what comes after the seal."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from wtforms import BooleanField, HiddenField, ValidationError

from tracker import db
from tracker.fields import Line, Text, WordField, needed
from tracker.forms import EditForm, RecordForm
from tracker.models.cases import Case
from tracker.models.texts import StandardText
from tracker.models.words.addenda import AddendumKind
from tracker.models.words.interviews import Acknowledged, Capacity, Companion, Mode, Recording, Signature, Voluntary
from tracker.models.words.texts import TextKind, TextRule
from tracker.moment_field import MomentField
from tracker.views.choices import ThingField
from tracker.views.contents import Count
from tracker.views.occurrences import PersonFields

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
        description="Everybody of a class is asked the same core questions.",
    )  # fmt: skip
    capacity = WordField(
        "Capacity", Capacity, default=Capacity.WITNESS,
        description="A subject only while a designation that lead and counsel signed is in force.",
    )  # fmt: skip
    voluntary = WordField("Voluntary or required", Voluntary, default=Voluntary.VOLUNTARY)
    planned_for = MomentField("Planned for")
    notice_given = MomentField("Notice given", description="When the person was told of the interview.")
    notice = Text("Notice", longest=5000, description="What the person was told of purpose, capacity and companion.")
    planning = Text(
        "What it is to settle",
        description="What is known, what is not, which documents are shown and when. No part of the statement.",
    )


class NewInterviewForm(PersonFields, PlanningForm):
    """Who is asked, and what is planned. Only the person is required."""

    def __init__(self, case: Case, **kwargs: Any) -> None:
        self.case = case
        super().__init__(**kwargs)
        if not self.is_submitted():
            general = (text for text in self.questions.things.values() if text.key == "general")
            self.questions.data = next(general, None)

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return super().values() | {"person": self.found}


class EngagementForm(EditForm):
    """Engage and explain."""

    place = Line("Place", longest=200)
    mode = WordField("How it is held", Mode, empty="Not recorded")
    started = MomentField("Began", description="The first question comes after everything on this page.")
    recording = WordField("Recording", Recording, empty="Not recorded")
    recorder = Line("Who records or takes the note", longest=200, description="By duty or post, not by name.")
    advisement = _text_field(
        "Advisement", TextKind.ADVISEMENT, "advisement", empty="None",
        description="Read out in the version that is chosen here. The interview is held to its rule.",
    )  # fmt: skip
    counsel_text = _text_field(
        "Text given because counsel attends", TextKind.ADVISEMENT, "counsel_text", among=COUNSEL, empty="None",
        description="Where counsel is present and the advisement is about something else.",
    )  # fmt: skip
    acknowledged = WordField(
        "Answer to the advisement", Acknowledged, empty="Not recorded", description="Needed where one was given."
    )
    declination = Line(
        "Prosecutor's declination", longest=200, description="Its reference. Needed where answers can be demanded."
    )
    companion = WordField("Companion or representative", Companion, default=Companion.NOT_OFFERED)
    offered = MomentField("Offered", description="When a companion or representative was offered.")
    companion_words = Line("Who that is", longest=200, description="By function: union representative, colleague.")
    confidentiality = Text(
        "Confidentiality instruction", longest=5000, description="Only with the statutory text that limits it."
    )
    whistleblower = _text_field(
        "Statutory whistleblower text given", TextKind.WHISTLEBLOWER, "whistleblower", empty="None"
    )
    engaged = Text("What was explained", longest=20_000, description="Purpose, course, breaks, adjustments, questions.")


class AccountForm(EditForm):
    """Account, clarification, challenge."""

    account = Text("Free account", longest=SPOKEN, description="In the person's own words, before any challenge.")
    clarified = Text("Clarified and challenged", longest=SPOKEN, description="Question and answer, in their order.")
    shown = Text("Documents shown", description="Which exhibit or version, when, and what the person said to it.")
    deviates = BooleanField("Core questions were left out, or put otherwise")
    deviation = Text(
        "Why", longest=5000, description="Everybody of a class is asked the same, unless there is a reason."
    )


class ClosureForm(EditForm):
    """Closure."""

    ended = MomentField("Ended")
    break_minutes = Count(
        "Breaks in minutes", render_kw={"inputmode": "numeric", "autocomplete": "off"},
        description="All breaks together. Empty when nobody noted them.",
    )  # fmt: skip
    closure = Text("What was said at the end", description="Next steps, questions of the person, how to add something.")
    read_back = BooleanField("The statement was read back to the person, or that was offered")
    corrections = Text("The person's corrections", longest=SPOKEN, description="In the person's own words.")
    signature = WordField("Signature", Signature, empty="Not yet")
    why_refused = Text("Reason for not signing", longest=5000, description="Only for a refusal.")
    signed = MomentField("Signed or refused")

    def validate_break_minutes(self, field: Any) -> None:
        """Nobody is asked for longer than a day."""
        if field.data is not None and field.data > 1440:
            raise ValidationError("Use at most 1,440 minutes.")

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        said = super().values()
        said["refusal"] = said.pop("why_refused")
        return said


class PresenceForm(RecordForm):
    """Somebody beside the person."""

    who = Line(
        "Who", [needed("Enter who is present, by duty, function or pseudonym.")], longest=200,
        description="By duty, function or pseudonym, not by name: everybody on the case reads it.",
    )  # fmt: skip
    why = Line("Why", [needed("Say why.")], description="Asks the questions, takes the note, accompanies the person.")
    is_counsel = BooleanField(
        "Counsel of the organisation", description="Then the advisement says for whom counsel acts."
    )


class CancelForm(EditForm):
    """Why an interview is not held."""

    why_ended = Text("Reason", [needed("Say why it is not held.")], longest=5000)


class StopForm(EditForm):
    """Why an interview stops at once."""

    advisement = _text_field(
        "Caution", TextKind.ADVISEMENT, "caution", among=STOPS, empty="Choose",
        validators=[needed("Choose the caution for which the interview stops.")],
    )  # fmt: skip
    why_ended = Text(
        "What came up", [needed("Say what came up, in a sentence.")], longest=5000, description="And to whom it goes."
    )


class SealForm(RecordForm):
    """The statement that was seen."""

    statement_sha256 = HiddenField()


class AddendumForm(RecordForm):
    """What is added to a sealed statement."""

    kind = WordField(
        "Kind", AddendumKind, empty="Choose", validators=[needed("Choose what is added.")],
        description="Addendum: new facts. Correction: the person's own. Erratum: a clerical slip.",
    )  # fmt: skip
    text = Text("Text", [needed("Enter what is added.")], longest=SPOKEN)
    signed_by = Line(
        "Signed by", [needed("Enter who signs it.")], longest=200,
        description="The person's pseudonym, or the duty of whoever signs; not a name.",
    )  # fmt: skip
    signed = MomentField("Signed", required=True)


class EvaluationForm(RecordForm):
    """What the team thinks of it."""

    text = Text("Evaluation", [needed("Enter the evaluation.")], description="Of what was said, not of the person.")
