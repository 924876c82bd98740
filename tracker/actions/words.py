"""Whether what a rule asks for was said: a reason that nobody can see is none."""

from tracker.analysis.letters import says

__all__ = ["says"]
