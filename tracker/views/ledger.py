"""Ledger."""

from tracker.guard import Area

area = Area("ledger", __name__)
