"""Custody."""

from tracker.guard import Area

area = Area("custody", __name__)
