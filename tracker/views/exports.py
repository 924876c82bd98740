"""Exports."""

from tracker.guard import Area

area = Area("exports", __name__)
