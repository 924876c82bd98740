"""Whereabouts."""

from tracker.guard import Area

area = Area("whereabouts", __name__)
