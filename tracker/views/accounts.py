"""Accounts."""

from tracker.guard import Area

area = Area("accounts", __name__)
