"""People."""

from tracker.guard import Area

area = Area("people", __name__)
