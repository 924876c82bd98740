"""The area that all pages of an import share."""

from tracker.web.guard import Area

area = Area("imports", __name__)
