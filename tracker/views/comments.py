"""Comments."""

from tracker.guard import Area

area = Area("comments", __name__)
