"""The area of text comparison: published words against the versions of the case's materials."""

from tracker.models.disclosure.disclosures import Disclosure
from tracker.web.guard import Area
from tracker.web.lists import Tab, register

area = Area("comparison", __name__)
register(area, Disclosure, "comparison", tab=Tab.DISCLOSURE, title="Text comparison", endpoint="landing")
