"""The pages of hypotheses and their citations: side by side, what contradicts first, found in this case alone."""

import pytest

from tests.builders.build_access import access, claim, disclosure, lay_out, seen
from tests.builders.build_inquiry import cite, hypothesis
from tests.builders.build_material import NOWHEN, material, person
from tests.readers.pages import Page
from tracker.actions.access import access_logs, access_records, people
from tracker.actions.disclosure import materials
from tracker.actions.findings import citations
from tracker.actions.inquiry import hypotheses
from tracker.base import db
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.words import Level
from tracker.models.findings.words import Bearing, Cited

HERE = "/cases/LK-AAAA/hypotheses"
CITE = f"{HERE}/3/citations/new"


def cells(text, of="tr"):
    return [[cell.text for cell in row.all("td")] for row in Page(text).all(of)]


def test_ten_stand_side_by_side_with_what_is_cited_against_first(browse, world):
    cite(hypothesis(3), access(), Bearing.CONTRADICTS)
    cite(hypothesis(3), claim(disclosure()), Bearing.CONTRADICTS)
    withdrawn = cite(hypothesis(3), access(of=material("BOOK")))
    citations.withdraw_citation(world.person("ines"), withdrawn, reason="Another.")
    cite(hypothesis(4), seen())
    answer = browse("otto").get(HERE)
    rows = [row[:5] for row in cells(answer.text) if row]
    assert len(rows) == 10
    assert rows[2] == ["H3", "Already public or inferred", "2", "0", "Not tested"]
    assert rows[3] == ["H4", "Talk passed on", "0", "1", "Not tested"]
    heads = [head.text for head in Page(answer.text).all("th")]
    assert heads.index("Contradicted by") < heads.index("Supported by")


def test_another_one_is_stated_on_the_form_in_fair_words(browse):
    ines = browse("ines")
    answer = ines.post_form(f"{HERE}/new", text="The leak" + "er in the press office")
    assert (answer.status_code, "access is opportunity, not guilt" in answer.text) == (409, True)
    assert ines.post_form(f"{HERE}/new", text="A cleaner read the bin").location == f"{HERE}/11"
    assert "A cleaner read the bin" in ines.get(f"{HERE}/11").text


def test_a_hypothesis_without_citations_says_what_to_do(browse):
    assert "No citations yet" in browse("ines").get(f"{HERE}/3").text
    assert "citations/new" not in browse("rhea").get(f"{HERE}/3").text


def test_a_mark_without_its_citation_is_refused_on_the_form(browse):
    answer = browse("ines").post_form(f"{HERE}/3/edit", state="supported", reason="It seems so.")
    assert answer.status_code == 409
    assert "Cite evidence that supports this hypothesis before you record it as supported." in answer.text
    assert "It seems so." in answer.text


def test_a_hypothesis_is_marked_and_a_mark_made_meanwhile_is_shown(browse):
    ines = browse("ines")
    assert ines.post_form(f"{HERE}/3/edit", reason="The server is gone.").location == f"{HERE}/3"
    answer = ines.post_form(f"{HERE}/3/edit", lock_version="1", reason="Not yet.")
    assert answer.status_code == 409
    assert "The server is gone." in answer.text
    assert "The server is gone." in browse("otto").get(HERE).text


def test_several_are_left_untested_on_one_form(browse):
    ines, url = browse("ines"), f"{HERE}/untested"
    assert f'href="{url}"' in ines.get(HERE).text
    assert f'href="{url}"' not in browse("otto").get(HERE).text
    assert "Tick the hypotheses to leave untested." in ines.post_form(url, hypotheses=None, reason="Gone.").text
    assert ines.post_form(url, hypotheses=["99"], reason="Gone.").status_code == 422
    answer = ines.post_form(url, hypotheses=["3", "4"])
    assert (answer.status_code, "Enter the reason." in answer.text) == (422, True)
    assert [box.get("value") for box in Page(answer.text).all("input") if "checked" in box.attributes] == ["3", "4"]
    shown = Page(ines.get(url).text).form_to(url, url).shown()
    assert ines.post_form(url, hypotheses=["3", "4"], reason="The server is gone.").location == HERE
    assert ines.get(HERE).text.count("The server is gone.") == 2
    stale = {**shown, **ines.tokens(), "hypotheses": ["3", "5"], "reason": "Late"}
    assert ines.post(url, data=stale).status_code == 422  # H3 is no longer on the list
    rest = [str(number) for number in range(1, 11) if number not in {3, 4}]
    assert ines.post_form(url, hypotheses=rest, reason="Nobody reads it there.").location == HERE
    assert f'href="{url}"' not in ines.get(HERE).text
    assert "Each hypothesis has a test result, or a reason for being left untested." in ines.get(url).text


def test_a_thing_is_cited_on_the_form_and_stands_on_the_page_with_its_link(browse):
    claim(disclosure())
    access()
    ines = browse("ines")
    for named in ("Claim C1 of disclosure 1", "access record 1"):
        sent = {"evidence": named, "bearing": "contradicts", "note": "Line 4"}
        assert ines.post_form(CITE, **sent).location == f"{HERE}/3"
    text = browse("otto").get(f"{HERE}/3").text
    assert '<a href="/cases/LK-AAAA/disclosures/1/claims/1">Claim C1 of disclosure 1</a>' in text
    assert '<a href="/cases/LK-AAAA/access/1">Access record 1</a>' in text
    assert "Line 4" in text
    assert "/withdraw" not in text


@pytest.mark.parametrize(
    ("kind", "number"), [("exhibit", "9"), ("claim", "9/1"), ("access_record", "1"), ("interview", "1")]
)
def test_what_this_case_does_not_have_is_said(browse, world, kind, number):
    if kind == "access_record":
        elsewhere(world)
    answer = browse("ines").post_form(CITE, evidence=f"{kind}:{number}", bearing="supports", note="Kept")
    assert answer.status_code == 422
    assert f"There is no {Cited(kind).label.lower()} {number} in this case." in answer.text
    assert "Kept" in answer.text


def elsewhere(world):
    """An access 1 in the other case."""
    ivo, case = world.person("ivo"), world.case("LK-BBBB")
    card = materials.register_material(ivo, case, identifier="A", title="A", marking="internal", created=NOWHEN)
    who = people.add_person(ivo, case, name="", post="", unit="", identifiers=[])
    access_records.record_access(ivo, case, person=who, material=card, level=Level.E3, since=NOWHEN, until=NOWHEN)


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ("claim 1", "Nothing in this case fits."), ("access record 1/2", "Nothing in this case fits."),
        ("exhibit 0", "Nothing in this case fits."), ("exhibit ٣", "Nothing in this case fits."),
        ("", "Enter the evidence."), ("congratul", "Enter one of these: Claim 1/1: He congratulated"),
    ],
)  # fmt: skip
def test_what_names_no_evidence_is_explained(browse, named, words):
    one = disclosure()
    claim(one, quote="He congratulated")
    claim(one, quote="They congratulated them")
    answer = browse("ines").post_form(CITE, evidence=named, bearing="supports")
    assert (answer.status_code, words in answer.text) == (422, True)
    assert browse("ines").post_form(CITE, evidence="they congrat", bearing="supports").status_code == 303


def test_a_citation_is_withdrawn_with_a_reason_and_stays_readable(browse):
    cite(hypothesis(3), access())
    ines = browse("ines")
    url = "/cases/LK-AAAA/citations/1/withdraw"
    assert "Enter the reason for the withdrawal." in ines.post_form(url, reason="").text
    assert ines.post_form(url, reason="Meant another row.").location == f"{HERE}/3"
    text = ines.get(f"{HERE}/3").text
    assert 'class="struck"' in text
    assert "Meant another row." in text
    answer = ines.post_form(url, reason="Again.")
    assert (answer.status_code, "already withdrawn" in answer.text) == (409, True)


def test_what_became_of_a_cited_row_since_is_said(browse, world):
    row, ines = access(), world.person("ines")
    cite(hypothesis(3), row)
    access_records.correct_access(
        ines, row, why_corrected="Later.", person=row.person, material=row.material, level=Level.E3, since=NOWHEN,
        until=NOWHEN,
    )  # fmt: skip
    log = lay_out(ines, world.case(), rows=[{"person": person(), "material": row.material}])
    cite(hypothesis(3), db.session().scalars(db.sa.select(AccessRecord).where(AccessRecord.log_id == log.id)).one())
    access_logs.revert_log(ines, log, why="The wrong file.")
    text = browse("otto").get(f"{HERE}/3").text
    assert "corrected by record 2" in text
    assert "access log L1 was reverted" in text
    assert '"/cases/LK-AAAA/access/1"' in text
    assert '"/cases/LK-AAAA/access/3"' not in text


def test_a_hypothesis_of_another_case_is_not_found(browse, world):
    made = hypotheses.add_hypothesis(world.person("ivo"), world.case("LK-BBBB"), text="A cleaner")
    assert browse("ivo").get(f"/cases/LK-BBBB/hypotheses/{made.number}").status_code == 200
    for rest in ("", "/edit", "/citations/new"):
        assert browse("lena").get(f"{HERE}/{made.number}{rest}").status_code == 404


def test_the_page_does_not_ask_more_for_many_citations(browse):
    for number in range(1, 8):
        cite(hypothesis(3), access(of=material(f"B-{number}")), Bearing.CONTRADICTS)
        cite(hypothesis(3), claim(disclosure(f"Paper {number}")))
        cite(hypothesis(3), seen())
    assert browse("ines").get(f"{HERE}/3").status_code == 200  # the client counts
