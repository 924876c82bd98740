"""Text comparison: published words against the versions of the case's materials."""

from tracker.views.answers.comparison import pages as _pages  # noqa: F401  # its routes
from tracker.views.answers.comparison.area import area

__all__ = ["area"]
