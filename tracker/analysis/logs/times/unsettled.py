"""What stops a reading that somebody must answer first: never guessed, asked once for the whole file."""

from collections.abc import Mapping as Names
from collections.abc import Sequence

from tracker.analysis.zones import MomentFault

Choices = Sequence[tuple[str, str]]


class Unsettled(MomentFault):
    """A text that can be read once a question is answered; as a fault of its line it says what is open.

    `key` names the question in `Mapping.answers`, `question` is its text, `choices` are its answers with their words.
    """

    def __init__(self, key: str, question: str, choices: Choices, fault: str) -> None:
        super().__init__(fault)
        self.key, self.question, self.choices = key, question, choices


def answer_of(answers: Names[str, str], open_question: Unsettled) -> str:
    """The answer that was given; raises the question where there is none, or one that is not offered."""
    answer = answers.get(open_question.key, "")
    if answer not in {value for value, _ in open_question.choices}:
        raise open_question
    return answer
