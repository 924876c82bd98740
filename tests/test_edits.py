"""Every form that changes something: sent as it is shown it changes nothing but its version, and never blindly."""

import re

import pytest
import sqlalchemy as sa

from tests.matrix import rows
from tests.pages import Page
from tracker import db

pytestmark = pytest.mark.furnished
VERSIONED = {"row", "changed_at", "changed"}
EDITS = [url for method, url, _ in rows() if method == "POST" and url.startswith("/cases/") and url.endswith("/edit")]


def contents():
    """Every row of every table of the record but the ledger's, without the columns that count versions."""
    db.session().rollback()
    return {
        table.name: [
            {name: value for name, value in row.items() if name not in VERSIONED}
            for row in db.session().execute(sa.select(table).order_by(*table.primary_key)).mappings()
        ]
        for table in db.Base.metadata.sorted_tables
        if not re.match("audit|login|form_token", table.name)
    }


@pytest.mark.parametrize("url", EDITS)
def test_a_form_sent_as_it_is_shown_changes_nothing(browse, url):
    before = contents()
    answer = browse("lena").post_form(url)
    assert answer.status_code == 303, answer.text
    assert contents() == before


@pytest.mark.parametrize("url", EDITS)
def test_a_form_opened_before_somebody_else_saved_is_not_taken(browse, url):
    lena, ines = browse("lena"), browse("lena" if url.count("/") < 4 else "ines")
    stale = form_on(lena, url)
    assert ines.post_form(url).status_code == 303
    before = contents()
    answer = lena.post(url, data=stale)
    assert answer.status_code == 409
    assert "Somebody else saved this" in answer.text
    assert contents() == before


@pytest.mark.parametrize("url", EDITS)
def test_a_form_without_its_version_is_not_taken(browse, url):
    lena, before = browse("lena"), contents()
    form = {**form_on(lena, url), "row": ""}
    assert lena.post(url, data=form).status_code == 409
    assert contents() == before


def form_on(client, url):
    return Page(client.get(url).text).form_to(url, url).shown()
