"""Hypotheses."""

from tracker.guard import Area

area = Area("hypotheses", __name__)
