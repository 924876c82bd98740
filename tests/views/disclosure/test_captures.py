"""The pages of captures: a file is taken in, corrected by a better one, and refused with a sentence."""

import io

import pytest

from tests import world as people
from tests.readers.pages import Page
from tracker.actions.disclosure import captures, disclosures
from tracker.base import db
from tracker.models.case.cases import Case
from tracker.models.case.words import Stage

HERE = "/cases/LK-AAAA/disclosures"


@pytest.fixture
def ines(browse):
    return browse("ines")


@pytest.fixture
def disclosure(world):
    return disclosures.record_disclosure(world.person("ines"), world.case(), outlet="A newspaper")


def test_a_capture_is_uploaded_corrected_and_both_stay(ines, disclosure):
    new = f"{HERE}/1/captures/new"
    answer = ines.post_form(new, file=(io.BytesIO(b"one"), "page <1>.png"), note="From the screen")
    assert (answer.status_code, answer.location) == (303, f"{HERE}/1#captures")
    assert ines.post_form(f"{new}?corrects=1", file=(io.BytesIO(b"two"), "better.png")).status_code == 303
    page = ines.get(f"{HERE}/1").text
    assert 'class="struck"' in page
    assert "page &lt;1&gt;.png" in page
    assert "replaces capture 1" in page
    assert [ines.get(f"{HERE}/1/captures/{number}/file").data for number in (1, 2)] == [b"one", b"two"]


@pytest.mark.parametrize(
    ("file", "status", "words"),
    [
        (None, 422, "Choose a file."),
        ((b"", "empty.png"), 409, "This file is empty"),
        ((b"one", "a.png"), 409, "already"),
    ],
)
def test_what_cannot_be_a_capture_is_refused(ines, disclosure, file, status, words):
    new = f"{HERE}/1/captures/new"
    ines.post_form(new, file=(io.BytesIO(b"one"), "page.png"))
    answer = ines.post_form(new, **({"file": (io.BytesIO(file[0]), file[1])} if file else {}))
    assert answer.status_code == status
    assert words in answer.text


def test_a_closed_case_offers_no_change_and_takes_no_file(ines, disclosure):
    captures.record_capture(people.person("ines"), disclosure, name="a", sha256="ab" * 32, size=1)
    url = f"{HERE}/1/captures/new"
    form = Page(ines.get(url).text).form_to(url, url).filled({"file": (io.BytesIO(b"one"), "page.png")})
    with db.writer().connect() as by_hand:  # no action closes a case yet
        by_hand.execute(Case.__table__.update().values(stage=Stage.CLOSED))
        by_hand.commit()
    page = ines.get(f"{HERE}/1").text
    assert "/edit" not in page
    assert "/new" not in page
    assert "This case is closed and can only be read." in ines.get(url).text
    answer = ines.post(url, data=form)
    assert (answer.status_code, "closed" in answer.text) == (409, True)
