"""The form of the third part of an interview, with a field for the answer to each core question of its class."""

from typing import Any, ClassVar

from flask import request

from tracker.models.inquiry.core_questions import read_answers, read_questions, write_answers
from tracker.models.inquiry.interviews import Interview
from tracker.views.inquiry.interview_forms import SPOKEN
from tracker.web.fields import LongText
from tracker.web.forms import EditForm
from tracker.web.moment_field import MomentField


class NarrativeForm(EditForm):
    """Narrative, answers to the core questions, clarification, challenge."""

    asked: ClassVar[dict[str, str]] = {}  # each core question, by the name of the field of its answer

    narrative = LongText("Free narrative", longest=SPOKEN, description="In their own words, before any challenge.")
    learned = MomentField(
        "First learned of the material", description="When, as they say. Leave empty if they were not asked."
    )
    clarified = LongText("Clarification and challenge", longest=SPOKEN, description="Questions and answers in order.")
    shown = LongText("Documents shown", description="Which exhibit or version, when, and the interviewee's response.")
    deviation = LongText(
        "Reason for changing the core questions",
        longest=5000,
        description="Only if core questions were left out or changed. Everyone in a class is asked the same.",
    )

    @classmethod
    def asking(cls, interview: Interview) -> "type[NarrativeForm]":
        """The form of one interview, with a field for each core question."""
        questions = read_questions(interview.questions.text) if interview.questions else {}
        written = read_answers(interview.answers) if request.method == "GET" else {}
        asked = {f"answer_{number}": question for number, question in questions.items()}
        fields = {name: LongText(question, default=written.get(question, "")) for name, question in asked.items()}
        return type("NarrativeForm", (cls,), {**fields, "asked": asked})

    @property
    def answer_fields(self) -> list[Any]:
        """The fields of the answers, in the order of the questions."""
        return [self[name] for name in self.asked]

    def saved(self, thing: Any, name: str) -> Any:
        """Of an answer what the text of all answers says under its question."""
        if name not in self.asked:
            return super().saved(thing, name)
        return read_answers(thing.answers).get(self.asked[name], "")

    def values(self) -> dict[str, Any]:
        """What the action takes: the answers as one text, with those to questions that are no longer asked."""
        said = super().values()
        answers = {question: said.pop(name) for name, question in self.asked.items()}
        return said | {"answers": write_answers(read_answers(self.over.answers if self.over else "") | answers)}
