"""Rivals."""

from tracker.guard import Area

area = Area("rivals", __name__)
