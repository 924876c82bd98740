"""Imports."""

from tracker.guard import Area

area = Area("imports", __name__)
