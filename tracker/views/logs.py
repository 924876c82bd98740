"""Logs."""

from tracker.guard import Area

area = Area("logs", __name__)
