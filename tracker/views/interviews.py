"""Interviews."""

from tracker.guard import Area

area = Area("interviews", __name__)
