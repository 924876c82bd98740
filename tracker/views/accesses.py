"""Accesses."""

from tracker.guard import Area

area = Area("accesses", __name__)
