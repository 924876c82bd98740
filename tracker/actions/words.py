"""Words that an action asks for: blanks, and letters of no width, say nothing."""

from tracker.analysis.letters import says

__all__ = ["says"]
