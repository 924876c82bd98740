"""Core questions and their answers: the questions of a class, and one text that holds each question with its answer.

An answer stands under its question, each of its lines two blanks in; so the text reads as it was asked, and no line of
an answer is taken for a question.
"""

import re
from collections.abc import Mapping

_NUMBERED = re.compile(r"(\d{1,3})[.)] +(.*)")
_INSET = "  "


def read_questions(text: str) -> dict[int, str]:
    """The questions of a standard text, "1. What is your post?", by number; without numbers each line is one."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not any(_NUMBERED.fullmatch(line) for line in lines):
        return {number: f"{number}. {line}" for number, line in enumerate(lines, 1)}
    found: dict[int, str] = {}
    number = 0
    for line in lines:
        if begun := _NUMBERED.fullmatch(line):
            number = int(begun[1])
            found[number] = f"{number}. {begun[2]}"
        elif number:  # a long question goes on
            found[number] += f" {line}"
    return found


def write_answers(answers: Mapping[str, str]) -> str:
    """One text of the answers by their questions; a question without an answer is left out."""
    return "\n".join(
        "\n".join([question, *(_INSET + line for line in answer.strip().splitlines())])
        for question, answer in answers.items()
        if answer.strip()
    )


def read_answers(text: str) -> dict[str, str]:
    """The answers that such a text holds, by their questions."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith(_INSET):
            lines.append(line.removeprefix(_INSET))
        else:
            lines = found.setdefault(line, [])
    return {question: "\n".join(said) for question, said in found.items()}
