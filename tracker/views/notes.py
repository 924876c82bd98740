"""Privileged notes."""

from tracker.guard import Area

area = Area("notes", __name__)
