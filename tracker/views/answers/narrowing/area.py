"""The area of the pages of a narrowing."""

from tracker.web.guard import Area

area = Area("narrowing", __name__)
