"""Appraisals."""

from tracker.guard import Area

area = Area("appraisals", __name__)
