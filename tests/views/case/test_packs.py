"""The page on which a case leaves as documents."""

import io
import zipfile

import pytest

pytestmark = pytest.mark.furnished
ADDRESS = "/cases/LK-AAAA/pack"


@pytest.mark.slow("sets the documents of a case in another process")
def test_a_pack_is_downloaded_and_listed(browse, entries):
    lena = browse("lena")
    answer = lena.post_form(ADDRESS, profile="publication")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="LK-AAAA-export-1-pack.zip"'
    assert zipfile.ZipFile(io.BytesIO(answer.data)).namelist() == ["report.pdf", "statistics.pdf", "manifest.json"]
    assert [entry["act"] for entry in entries()[-2:]] == ["export.started", "export.ended"]
    assert "<td>Pack<br>" in lena.get("/cases/LK-AAAA/export").text


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"profile": "person"}, "Enter the person. Write a pseudonym, such as P-014."),
        ({"profile": "full", "person": "P-001"}, "Leave the person empty"),
        ({"profile": "person", "person": "P-099"}, "The case has no person P-099"),
        ({"profile": "publication", "names": "y", "purpose": "A", "recipient": "B"}, "Leave the names out."),
        ({"profile": "full", "names": "y"}, "Enter the purpose. Say why the names are needed."),
    ],
)
def test_what_cannot_be_made_is_said_at_its_field(browse, entries, given, says):
    answer = browse("lena").post_form(ADDRESS, **given)
    assert answer.status_code in {409, 422}
    assert says in answer.text
    assert entries("export.started") == []


def test_a_reviewer_is_not_offered_names(browse):
    assert 'name="names"' not in browse("rhea").get(ADDRESS).text
