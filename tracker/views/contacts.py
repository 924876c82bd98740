"""Contacts."""

from tracker.guard import Area

area = Area("contacts", __name__)
