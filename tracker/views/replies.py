"""Replies."""

from tracker.guard import Area

area = Area("replies", __name__)
