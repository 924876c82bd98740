"""Exclusions."""

from tracker.guard import Area

area = Area("exclusions", __name__)
