"""Standard texts."""

from tracker.guard import Area

area = Area("texts", __name__)
