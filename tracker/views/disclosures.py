"""Disclosures."""

from tracker.guard import Area

area = Area("disclosures", __name__)
