"""Names on pages: one person's, on her page, for whoever gave a reason, for an hour; nowhere else, and recorded."""

from datetime import timedelta

import pytest

from tests.builders.build_inquiry import cite
from tests.builders.build_material import person
from tracker.actions.access import reveals
from tracker.actions.findings import subject_status
from tracker.audit.doors import now
from tracker.base import db
from tracker.models.findings.subject_status import SubjectStatus
from tracker.models.inquiry.exhibits import Exhibit

PEOPLE = "/cases/LK-AAAA/people"
MAIL = ("email", "p.young@ministry.example")
WHY = "The letter quotes a signature."


@pytest.fixture
def aide(world):
    return person(MAIL, name="P. Young", post="Deputy")


@pytest.mark.parametrize("who", ["rhea", "dora"])
def test_a_name_is_revealed_on_the_page_of_the_person_alone(aide, browse, who, entries):
    reader = browse(who)
    assert "P. Young" not in reader.get(f"{PEOPLE}/1").text
    assert entries("name.read") == []
    assert "Enter the reason why you need the name." in reader.post_form(f"{PEOPLE}/1/reveal", reason="").text
    assert reader.post_form(f"{PEOPLE}/1/reveal", reason=WHY).location == f"{PEOPLE}/1"
    for _ in range(2):
        text = reader.get(f"{PEOPLE}/1").text
        assert "P. Young" in text
        assert MAIL[1] in text
        assert "revealed to you until" in text
    assert len(entries("name.read")) == 2
    for other in {"rhea", "dora", "otto"} - {who}:
        assert "Young" not in browse(other).get(f"{PEOPLE}/1").text
    for url in (PEOPLE, f"{PEOPLE}?q=Young", f"{PEOPLE}?q=ministry", f"{PEOPLE}.csv", "/cases/LK-AAAA/access"):
        shown = reader.get(url).text.replace('value="Young"', "").replace("words: Young", "")
        assert "P. Young" not in shown
        assert MAIL[1] not in shown
    for query in ("Young", "ministry"):
        assert "Deputy" not in reader.get(f"{PEOPLE}?q={query}").text


def test_after_an_hour_the_page_masks_again(aide, browse, monkeypatch, entries):
    monkeypatch.setattr(reveals, "now", lambda: now() - timedelta(minutes=61))
    rhea = browse("rhea")
    rhea.post_form(f"{PEOPLE}/1/reveal", reason=WHY)
    monkeypatch.undo()
    text = rhea.get(f"{PEOPLE}/1").text
    assert "P. Young" not in text
    assert "Reveal name" in text
    assert entries("name.read") == []


def test_to_see_a_name_by_role_is_no_reveal(aide, browse, entries):
    for who in ("lena", "ines", "cora"):
        text = browse(who).get(f"{PEOPLE}/1").text
        assert "P. Young" in text
        assert "Reveal name" not in text
    assert "Reveal name" not in browse("otto").get(f"{PEOPLE}/1").text
    assert entries("name.read") == []


def test_a_second_reveal_is_refused_on_the_form(aide, browse):
    rhea = browse("rhea")
    rhea.post_form(f"{PEOPLE}/1/reveal", reason=WHY)
    answer = rhea.post_form(f"{PEOPLE}/1/reveal", reason="Once more.")
    assert (answer.status_code, "Once more." in answer.text) == (409, True)


def test_the_lead_sees_who_saw_whose_name_and_why(aide, browse):
    assert "No names revealed" in browse("lena").get("/cases/LK-AAAA/reveals").text
    browse("rhea").post_form(f"{PEOPLE}/1/reveal", reason=WHY)
    for who in ("lena", "cora"):
        text = browse(who).get("/cases/LK-AAAA/reveals").text
        for words in ("P-001", "Rhea", WHY, "Visible now"):
            assert words in text
    for who in ("ines", "rhea", "dora", "otto"):
        assert browse(who).get("/cases/LK-AAAA/reveals").status_code == 403
        assert "/reveals" not in browse(who).get(PEOPLE).text
    assert browse("lena").get(f"{PEOPLE}").text.count("/cases/LK-AAAA/reveals") == 1


@pytest.mark.cases("everybody reads it")
@pytest.mark.furnished
@pytest.mark.parametrize("subject", [False, True])
@pytest.mark.parametrize(
    ("who", "named"), [("lena", True), ("ines", True), ("cora", True), ("rhea", True), ("dora", True), ("otto", False)]
)
def test_the_page_of_a_person_of_whom_everything_is_known_needs_few_statements(browse, world, who, named, subject):
    """The client counts them; a look at a revealed name is recorded, after which what is kept is asked anew."""
    if subject:
        made = db.session().scalars(SubjectStatus.of(world.case())).one()
        cite(made, db.session().get_one(Exhibit, 1))
        subject_status.sign_subject_status(world.person("cora"), made, text_sha256=made.text_sha256)
    reader, url = browse(who), f"{PEOPLE}/1"
    if who in {"rhea", "dora"}:
        reader.post_form(f"{url}/reveal", reason=WHY)
    for _ in range(2):
        text = reader.get(url).text
        assert ("Name 1" in text) is named
        assert all(words in text for words in ("Interviews", "Press contacts", "Whereabouts"))
        assert ("Subject until" in text) is subject
