"""Team."""

from tracker.guard import Area

area = Area("team", __name__)
