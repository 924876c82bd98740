"""The glossary: every term once, and every link to a term leads to it."""

import re
from pathlib import Path

from tests.readers.pages import Page
from tracker.models.register.glossary import TERMS, anchor

TEMPLATES = Path(__file__).parents[3] / "templates"


def test_each_term_and_level_stands_there_and_each_link_to_a_term_has_one(browse):
    page = Page(browse("otto").get("/glossary").text)
    places = {one.get("id") for one in page.all("div")}
    assert {anchor(term) for term in TERMS} <= places
    assert [*TERMS] == sorted(TERMS)
    named = {name for path in TEMPLATES.rglob("*.html") for name in re.findall(r'\bterm\("([^"]+)"', path.read_text())}
    assert named
    assert named <= set(TERMS)
