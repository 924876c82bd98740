"""The narrowing of a case: steps that the address alone orders and leaves out, and the same as a file."""

from tracker.views.answers.narrowing import pages
from tracker.views.answers.narrowing.area import area

__all__ = ["area", "pages"]
