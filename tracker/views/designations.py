"""Designations."""

from tracker.guard import Area

area = Area("designations", __name__)
