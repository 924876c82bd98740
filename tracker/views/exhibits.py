"""Exhibits."""

from tracker.guard import Area

area = Area("exhibits", __name__)
