"""Reviews."""

from tracker.guard import Area

area = Area("reviews", __name__)
