"""Lines of inquiry."""

from tracker.guard import Area

area = Area("lines", __name__)
