"""Findings."""

from tracker.guard import Area

area = Area("findings", __name__)
