"""Every form that changes something: sent as it is shown it changes nothing but its version, and never blindly."""

import pytest

from tests.readers.digests import without_versions
from tests.readers.matrix import rows
from tests.readers.pages import Page

pytestmark = pytest.mark.furnished
EDITS = {  # each with another who may save it too, or the lead again
    url: "lena" if url.count("/") < 4 or answers["ines"] == 403 else "ines"
    for method, url, answers in rows()
    if method == "POST" and url.startswith("/cases/") and url.endswith("/edit") and answers["lena"] != 403
}  # what is not the lead's to change is tried with its room


@pytest.mark.cases("every form of an edit")
@pytest.mark.parametrize("url", EDITS)
def test_a_form_sent_as_it_is_shown_changes_nothing(browse, url):
    before = without_versions()
    answer = browse("lena").post_form(url)
    assert answer.status_code == 303, answer.text
    assert without_versions() == before


@pytest.mark.cases("every form of an edit")
@pytest.mark.parametrize("url", EDITS)
def test_a_form_opened_before_somebody_else_saved_is_not_taken(browse, url):
    lena, other = browse("lena"), browse(EDITS[url])
    stale = form_on(lena, url)
    assert other.post_form(url).status_code == 303
    before = without_versions()
    answer = lena.post(url, data=stale)
    assert answer.status_code == 409
    assert "Somebody else saved this" in answer.text
    assert without_versions() == before


@pytest.mark.cases("every form of an edit")
@pytest.mark.parametrize("url", EDITS)
def test_a_form_without_its_version_is_not_taken(browse, url):
    lena, before = browse("lena"), without_versions()
    form = {**form_on(lena, url), "lock_version": ""}
    assert lena.post(url, data=form).status_code == 409
    assert without_versions() == before


def form_on(client, url):
    return Page(client.get(url).text).form_to(url, url).shown()
