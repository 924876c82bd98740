"""Materials."""

from tracker.guard import Area

area = Area("materials", __name__)
