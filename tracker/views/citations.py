"""Citations."""

from tracker.guard import Area

area = Area("citations", __name__)
