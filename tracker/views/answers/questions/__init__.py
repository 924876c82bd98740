"""Questions to ask: the list, who told whom, and the answers to one core question side by side."""

from tracker.views.answers.questions import answers, listed, told
from tracker.views.answers.questions.area import area

__all__ = ["answers", "area", "listed", "told"]
