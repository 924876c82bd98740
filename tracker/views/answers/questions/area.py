"""The area that the pages of questions to ask share."""

from tracker.web.guard import Area

area = Area("questions", __name__)
HERE = "/cases/<ref:case>/questions-to-ask"
