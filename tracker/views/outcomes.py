"""Outcomes."""

from tracker.guard import Area

area = Area("outcomes", __name__)
