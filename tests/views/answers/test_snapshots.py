"""Snapshots: what is kept is what the page showed; opened only while the check lets it; cited by hash, never alone."""

import hashlib
import io
import json
import re
from itertools import count

import pytest
from flask import current_app

from tests import world
from tests.builders.build_access import access, claim, disclosure, person_level, utc
from tests.builders.build_finding import drafted
from tests.builders.build_material import material, person, version
from tracker.actions.answers.snapshots import read_snapshot
from tracker.actions.disclosure.captures import record_capture
from tracker.actions.disclosure.versions import Content
from tracker.actions.findings.citations import cite
from tracker.audit.doors import Refused
from tracker.audit.verify.files import damaged_files
from tracker.base import db
from tracker.models.access.snapshots import Snapshot
from tracker.models.access.words import Level
from tracker.models.case.words import ProtectionResult
from tracker.models.findings.words import Bearing, Cited
from tracker.views.answers.snapshots import OWN
from tracker.web.lists import LISTS

NEW, HERE = "/cases/LK-AAAA/snapshots/new", "/cases/LK-AAAA/snapshots/1"


@pytest.fixture
def held(world):
    person_level()
    said = Content(text="Congratulate the winner by letter at once.", reason="Needed to compare.")
    one = version(material("CARDS"), label="v1", made=utc("2018-03-19 10:00"), content=said)
    access(person(name="Ann Example", post="Clerk"), one.material, version=one, since=utc("2018-03-20 08:00"))
    access(person(), material("BOOK"), since=utc("2018-03-20 08:00"), level=Level.E2)
    first = disclosure(published=utc("2018-03-20 18:00"))
    claim(first, "congratulate the winner", version=one)
    stored = current_app.extensions["files"].put(io.BytesIO(b"They congratulate the winner by letter in 2018."))
    record_capture(world.person("ines"), first, name="page.txt", sha256=stored.sha256, size=stored.size)
    disclosure("Weekly", published=utc("2018-03-21 18:00"), text="They congratulate the winner by letter.")
    return one


def kept():
    return db.session().query(Snapshot).one()


def said(snapshot):
    return json.loads(b"".join(current_app.extensions["files"].chunks(snapshot.sha256)))


# Each result that can be kept: where it stands, what is kept of it, how many rows, and how its sentence begins.
RESULTS = [
    ("matrix?has=1.1", "of=matrix&has=1.1", 1, "1 person is found: a record of CARDS v1."),
    ("chronology", "of=chronology", 5, "The chronology of this case."),
    ("questions-to-ask?kind=not_interviewed", "of=questions-to-ask&kind=not_interviewed", 1,
     "Questions to ask: not interviewed. Recipient: 1."),
    ("before-publication?order=after", "of=before-publication&order=after", 1,
     "1 comparison of a claim with what was public: after the publication 1."),
    ("disclosures/1/claims/1/who-had-access?class=confirmed", "of=who-had-access&before=1.1&class=confirmed", 1,
     "Who had access before claim C1 of disclosure 1: 1 conf"),
    ("narrowing?off=c1.1", "of=narrowing&off=c1.1", 2, "2 of 2 people are left on all grounds. On strong grounds"),
    ("overlap", "of=overlap", 1, "1 of 2 people may have had access before all 2 disclosures."),
    ("comparison/claims", "of=comparison&text=claims", 1, "The quotes of 1 claim against 1 version."),
    ("disclosures/2/comparison", "of=comparison&text=2", 2, "Cannot tell which version. Not diagnostic"),
    ("disclosures/1/claims/1/comparison", "of=comparison&text=1.claim.1", 2, "Cannot tell which version."),
    ("disclosures/1/captures/1/comparison", "of=comparison&text=1.capture.1", 3, "Cannot tell which version."),
]  # fmt: skip


def test_every_result_that_can_be_kept_is_walked(world):
    names = {one[1].partition("&")[0].removeprefix("of=") for one in RESULTS}
    assert names == {*OWN, *(one.name for one in LISTS if one.keeps)}


@pytest.mark.cases("every result that can be kept")
@pytest.mark.parametrize(("page", "asked", "rows", "sentence"), RESULTS, ids=[one[0] for one in RESULTS])
def test_a_result_is_kept_as_it_was_without_names(browse, held, last_entry, page, asked, rows, sentence):
    ines = browse("ines")
    (link,) = re.findall(r'href="([^"]+)">Keep this result', ines.get(f"/cases/LK-AAAA/{page}").text)
    assert link.replace("&amp;", "&") == f"{NEW}?{asked}"
    assert ines.get(f"{NEW}?{asked}").status_code == 200
    of = asked.partition("&")[0].removeprefix("of=")
    assert ines.post_form(f"{NEW}?{asked}", of=of, why="For the review.").status_code == 303
    snapshot, entry = kept(), last_entry()
    assert (entry["act"], entry["d"]["sha256"]) == ("snapshot.kept", snapshot.sha256)
    text = said(snapshot)
    assert (snapshot.rows, len(text["rows"])) == (rows, rows)
    assert text["sentence"].startswith(sentence)
    assert text["pitfalls"]
    assert text["coverage"] or of == "chronology"
    assert all(len(row) == len(text["header"]) for row in text["rows"])
    assert (text["entries"], text["last_entry"]) == (snapshot.entries, snapshot.last_entry)
    assert "Ann Example" not in json.dumps(text)
    access(person(), held.material, version=held, since=utc("2018-03-20 09:00"))  # what comes later changes nothing
    shown = ines.get(HERE).text
    assert "For the review." in shown
    assert snapshot.sha256 in shown
    assert last_entry()["act"] == "snapshot.read"
    assert hashlib.sha256(ines.get(f"{HERE}/file").data).hexdigest() == snapshot.sha256
    assert "Snapshot" in ines.get("/cases/LK-AAAA/snapshots").text
    (today,) = re.findall(r'href="([^"]+)">Open this result today', shown)
    current = ines.get(today.replace("&amp;", "&"), follow_redirects=True)
    assert (current.status_code, current.request.path) == (200, f"/cases/LK-AAAA/{page.partition('?')[0]}")


def test_what_cannot_be_kept_is_refused_in_a_sentence(browse, held, monkeypatch):
    ines = browse("ines")
    assert ines.post_form(NEW).status_code == 422
    assert ines.post_form(f"{NEW}?of=matrix&has=9.9", of="matrix").status_code == 422
    assert "choose the disclosure or claim" in ines.post_form(NEW, of="who-had-access").text
    for asked, says in (
        ("of=narrowing&off=e9", "no step e9 now"),
        ("of=overlap&cases=LK-ZZZZ", "no access to a case LK-ZZZZ"),
        ("of=comparison", "A pasted text is not kept"),
        ("of=comparison&text=1", "No text of this disclosure"),
    ):
        assert says in ines.post_form(f"{NEW}?{asked}", of=asked[3:].partition("&")[0]).text, asked
    others = [world.case("LK-BBBB")], ""  # its people are not for everybody who reads this case
    monkeypatch.setattr("tracker.views.answers.overlap._find_cases", lambda _: others)
    assert "A snapshot holds one case" in ines.post_form(f"{NEW}?of=overlap&cases=LK-BBBB", of="overlap").text
    monkeypatch.setattr("tracker.exports.results.MOST", 0)
    assert "Narrow it with filters" in ines.post_form(NEW, of="matrix").text
    entries = count()
    monkeypatch.setattr("tracker.views.answers.snapshots.last_entry_of", lambda _: (next(entries), ""))
    monkeypatch.setattr("tracker.exports.results.MOST", 9)
    assert "changed while" in ines.post_form(NEW, of="matrix").text
    assert db.session().query(Snapshot).count() == 0


def test_a_check_that_is_changed_withholds_snapshots(browse, held):
    ines = browse("ines")
    ines.post_form(NEW, of="matrix")
    person_level(ProtectionResult.SEEK_ADVICE)
    assert "P-001" not in ines.get(HERE).text
    assert "Matrix" not in ines.get("/cases/LK-AAAA/snapshots").text.partition("<main")[2].partition("<h1")[2]
    assert ines.get(f"{HERE}/file").status_code == 409
    assert ines.post(NEW, data={**ines.tokens(), "of": "matrix"}).status_code == 409
    with pytest.raises(Refused):
        read_snapshot(world.person("ines"), kept())
    with pytest.raises(Refused):
        cite(world.person("ines"), drafted(), kind=Cited.SNAPSHOT, thing=kept(), bearing=Bearing.SUPPORTS)


def test_a_finding_cites_a_snapshot_by_its_hash_and_cannot_rest_on_it(browse, held):
    browse("ines").post_form(NEW, of="matrix")
    finding = drafted()
    citation = cite(world.person("ines"), finding, kind=Cited.SNAPSHOT, thing=kept(), bearing=Bearing.SUPPORTS)
    assert citation.spell()["sha256"] == kept().sha256
    assert (citation.is_opportunity, citation.carries) == (True, False)
    page = browse("ines").get(f"/cases/LK-AAAA/findings/{finding.number}").text
    assert f'href="{HERE}">Snapshot 1</a>' in page
    assert 'value="Snapshot 1"' in browse("ines").get("/cases/LK-AAAA/citations/choices?q=snapshot").text


def test_a_lost_file_is_found_by_verify_and_said_on_the_page(browse, held):
    ines, files = browse("ines"), current_app.extensions["files"]
    ines.post_form(NEW, of="matrix")
    files.path(kept().sha256).unlink()
    with db.engine().connect() as connection:
        assert [one.kind for one in damaged_files(connection, files)] == ["snapshot"]
    assert "has changed or is lost" in ines.get(HERE).text
