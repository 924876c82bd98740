"""Reveals."""

from tracker.guard import Area

area = Area("reveals", __name__)
