"""Decisions."""

from tracker.guard import Area

area = Area("decisions", __name__)
