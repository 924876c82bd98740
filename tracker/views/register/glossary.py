"""The glossary, and its words for the hints of other pages."""

from flask.typing import ResponseReturnValue

from tracker.models.access.words import Level
from tracker.models.register.glossary import TERMS, anchor
from tracker.policy import Permission
from tracker.web.guard import Area
from tracker.web.rendering import page

area = Area("glossary", __name__)
area.add_app_template_global(anchor, "term_anchor")


@area.route("/glossary", needs=Permission.SIGNED_IN)
def show() -> ResponseReturnValue:
    """What each term means."""
    return page("register/glossary/show.html", terms=TERMS, levels=Level)


@area.app_template_global()
def meaning(term: str) -> str:
    """What a term means, for a hint."""
    return TERMS[term]
