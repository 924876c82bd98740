"""Stages."""

from tracker.guard import Area

area = Area("stages", __name__)
