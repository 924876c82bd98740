"""The pages of findings: the standard before the text, the text in reading order, comments beside it, old texts."""

import pytest

from tests import world as people
from tests.builders.build_exhibit import exhibit
from tests.builders.build_finding import (
    WHOLE,
    a_claim,
    approved,
    cited,
    drafted,
    returned,
    state_of,
    submitted,
    written,
)
from tests.builders.build_material import person
from tests.readers.pages import Page
from tracker.actions.findings import comments, findings
from tracker.actions.inquiry import custody
from tracker.base import db
from tracker.models.findings.comments import Comment
from tracker.models.findings.findings import Finding
from tracker.models.findings.words import Cited
from tracker.views.findings.finding_texts import in_eights

HERE = "/cases/LK-AAAA/findings"


def only(model):
    db.session().rollback()
    db.session().expire_all()
    return db.session().scalars(model.of(people.case())).one()


def test_a_case_without_findings_says_what_to_do_next(browse, world):
    assert f'href="{HERE}/new"' in browse("ines").get(HERE).text
    page = browse("otto").get(HERE).text
    assert "No findings yet" in page
    assert f'href="{HERE}/new"' not in page


def test_the_standard_and_the_allegation_are_chosen_before_the_text_opens(browse):
    ines = browse("ines")
    assert "evidence_for" not in ines.get(f"{HERE}/new").text
    refused = ines.post_form(f"{HERE}/new", allegation="The cards were passed on")
    assert (refused.status_code, "Choose the standard of proof" in refused.text) == (422, True)
    assert "The cards were passed on" in refused.text
    answer = ines.post_form(f"{HERE}/new", allegation="The cards were passed on", standard="clear")
    assert (answer.status_code, answer.location) == (303, f"{HERE}/1/edit")
    page = Page(ines.get(f"{HERE}/1/edit").text)
    assert "Clear and convincing evidence" in page.root.text
    assert "standard" not in {control.get("name") for control in page.all("select", "input", "textarea")}
    assert (only(Finding).standard, only(Finding).person) == ("clear", None)


def test_a_finding_about_a_person_names_the_pseudonym_alone(browse, world):
    person(("badge", "B-9"), name="Some Body")
    lena = browse("lena")
    assert lena.post_form(f"{HERE}/new", allegation="Passed on", standard="balance", person="1").status_code == 303
    for url in (HERE, f"{HERE}/1", f"{HERE}/1/edit"):
        page = lena.get(url).text
        assert "P-001" in page
        assert "Some Body" not in page
    assert "Right of reply" in lena.get(f"{HERE}/1").text


def test_the_text_is_written_and_read_in_order(browse, world):
    drafted()
    texts = {name: text for name, text in WHOLE.items() if name != "conclusion"}
    assert browse("ines").post_form(f"{HERE}/1/edit", conclusion="unfounded", **texts).location == f"{HERE}/1"
    page = browse("otto").get(f"{HERE}/1").text
    places = [page.index(text) for text in texts.values()]
    assert places == sorted(places)
    assert in_eights(only(Finding).text_sha256) in page
    assert f"{HERE}/1/edit" not in page


def test_only_what_a_finding_can_do_without_is_called_optional(browse, world):
    drafted()
    page = Page(browse("lena").get(f"{HERE}/1/edit").text)
    optional = [one.text for one in page.all("label") if "(optional)" in one.text]
    assert optional == ["Person's reply (optional)"]


def test_reading_is_recorded_with_the_revision(browse, entries, world):
    written(drafted())
    browse("otto").get(f"{HERE}/1")
    (entry,) = entries("finding.read")
    assert (entry["actor"], entry["d"]) == (people.person("otto").uid, {"revision": 2})


def test_a_stale_save_shows_both_texts_and_saves_on_the_second_try(browse, world):
    finding = written(drafted())
    ines = browse("ines")
    stale = Page(ines.get(f"{HERE}/1/edit").text).form_to(f"{HERE}/1/edit", "").shown()
    written(finding, who="lena", reasoning="What Lena wrote")
    answer = ines.post(f"{HERE}/1/edit", data={**stale, "reasoning": "What Ines wrote"})
    assert answer.status_code == 409
    assert "What Lena wrote" in answer.text
    assert "What Ines wrote" in answer.text
    again = Page(answer.text).form_to(f"{HERE}/1/edit", f"{HERE}/1/edit")
    assert ines.post(f"{HERE}/1/edit", data=again.filled({})).status_code == 303
    assert only(Finding).reasoning == "What Ines wrote"


def test_the_page_of_the_text_says_what_another_text_does(browse, world):
    submitted()
    assert "no longer counts" in browse("ines").get(f"{HERE}/1/edit").text


def test_the_list_is_filtered(browse, world):
    submitted(written(drafted()))
    written(drafted(about=person(), allegation="About somebody"), reasoning="Because of the fax", conclusion=None)
    otto = browse("otto")
    for question, kept in [
        ("state=submitted", 1),
        ("conclusion=not_substantiated", 1),
        ("person=P-001", 2),
        ("q=the+fax", 2),
    ]:
        page = otto.get(f"{HERE}?{question}").text
        assert [f'href="{HERE}/{number}"' in page for number in (1, 2)] == [kept == 1, kept == 2]
    assert "Enter the pseudonym" in otto.get(f"{HERE}?person=somebody").text
    assert otto.get(f"{HERE}?sort=-state").status_code == 200


def test_what_blocks_the_submission_is_listed_and_refused(browse, world):
    drafted()
    lena = browse("lena")
    page = lena.get(f"{HERE}/1/submission").text
    assert findings.AGAINST in page
    assert "Submit revision" not in page
    answer = lena.post_form(f"{HERE}/1/submission")
    assert (answer.status_code, "Fill in: reasoning." in answer.text) == (409, True)
    written(only(Finding))
    assert "No open points." in lena.get(f"{HERE}/1/submission").text
    assert lena.post_form(f"{HERE}/1/submission").location == f"{HERE}/1"
    assert "Withdraw submission" in lena.get(f"{HERE}/1").text
    assert lena.post_form(f"{HERE}/1/withdraw", at=f"{HERE}/1").status_code == 303
    assert only(Finding).state == "draft"


def test_a_submission_is_of_the_text_that_the_lead_saw(browse, world):
    finding = written(drafted())
    lena = browse("lena")
    form = Page(lena.get(f"{HERE}/1/submission").text).form_to(f"{HERE}/1/submission", "").shown()
    written(finding, reasoning="Otherwise")
    answer = lena.post(f"{HERE}/1/submission", data=form)
    assert (answer.status_code, "changed since you read it" in answer.text) == (409, True)
    assert lena.post(f"{HERE}/1/submission", data={**lena.tokens(), "revision": "9" * 40}).status_code == 409


def test_a_void_approval_says_so(browse, world):
    finding = approved(submitted())
    assert "Approved at revision 2<" in browse("otto").get(f"{HERE}/1").text
    written(finding, reasoning="Otherwise")
    page = browse("otto").get(f"{HERE}/1").text
    assert "Approved at revision 2, void since revision 3" in page


def test_an_old_text_is_read_against_the_one_before(browse, world):
    finding = returned(submitted())
    written(finding, reasoning="What was published follows the third draft, which went to four holders.")
    cited(finding, a_claim())
    page = Page(browse("otto").get(f"{HERE}/1/revisions/3").text)
    assert [one.text for one in page.all("main")[0].all("ins") if one.get("class") is None] == [
        "added: third (end of what was added)", "added: four (end of what was added)",
    ]  # fmt: skip
    assert "removed: second (end of what was removed)" in [one.text for one in page.all("del")]
    assert "Supports: Claim C1 of disclosure 1" in browse("otto").get(f"{HERE}/1/revisions/4").text
    assert "Returned at revision 2, revised since revision 3" in browse("otto").get(f"{HERE}/1/revisions/2").text
    assert "<ins" not in browse("otto").get(f"{HERE}/1/revisions/1").text
    assert browse("otto").get(f"{HERE}/1/revisions/5").status_code == 404


def test_a_comment_is_made_on_a_passage_and_answered(browse, world):
    written(drafted())
    rhea, new = browse("rhea"), f"{HERE}/1/comments/new"
    assert Page(rhea.get(f"{new}?field=reasoning").text).form_to(new, new).shown()["field"] == ["reasoning"]
    wrong = rhea.post_form(new, field="reasoning", passage="never written", text="Who?")
    assert wrong.status_code == 409
    assert "never written" in wrong.text
    answer = rhea.post_form(new, field="reasoning", passage="second draft", text="Who held it?")
    assert answer.location == f"{HERE}/1#comment-1"
    assert f"{HERE}/1/comments/1/answer" not in rhea.get(f"{HERE}/1").text
    ines = browse("ines")
    assert ines.post_form(f"{HERE}/1/comments/1/answer", answer="Twelve people").location == f"{HERE}/1#comment-1"
    page = ines.get(f"{HERE}/1").text
    assert "Twelve people" in page
    assert "The passage is from" not in page
    assert only(Comment).revision == 2


def test_a_comment_on_no_part_is_refused_in_words(browse, world):
    drafted()
    rhea = browse("rhea")
    answer = rhea.post(f"{HERE}/1/comments/new", data={**rhea.tokens(), "field": "author_id", "text": "Who?"})
    assert (answer.status_code, "Choose an option from the list." in answer.text) == (422, True)


def test_a_passage_that_is_gone_is_shown_as_of_its_revision(browse, world):
    finding = written(drafted())
    comments.comment_on(people.person("rhea"), finding, field="reasoning", passage="second draft", text="Who held it?")
    written(finding, reasoning="Otherwise")
    page = browse("otto").get(f"{HERE}/1").text
    assert "The passage is from" in page
    assert f'href="{HERE}/1/revisions/2"' in page


@pytest.mark.parametrize("extra", ["author_id", "case_id", "state", "revision", "text_sha256", "standard", "person_id"])
def test_no_other_field_of_a_finding_can_be_sent(browse, world, extra):
    finding = submitted()
    ines = browse("ines")
    form = Page(ines.get(f"{HERE}/1/edit").text).form_to(f"{HERE}/1/edit", "").shown()
    assert ines.post(f"{HERE}/1/edit", data={**form, extra: "1"}).status_code == 303
    assert state_of(finding) == "submitted 2"


def test_a_cited_exhibit_that_is_damaged_or_gone_since_says_so_wherever_it_is_cited(app, browse, world):
    finding, those = written(drafted()), [exhibit(text) for text in (b"1", b"2", b"3", b"4")]
    for one in those:
        cited(finding, one, Cited.EXHIBIT)
    submitted(finding)
    proposal = custody.propose_disposal(people.person("ines"), those[1], reason="Returned")
    custody.confirm_disposal(people.person("lena"), proposal)
    for one in those[2:]:
        path = app.extensions["files"].path(one.sha256)
        path.rename(path.with_name("away"))
        browse("ines").get(f"/cases/LK-AAAA/exhibits/{one.number}/file")
        path.with_name("away").rename(path)
    browse("ines").post_form("/cases/LK-AAAA/exhibits/4/verification", at="/cases/LK-AAAA/exhibits/4")  # sound again
    for who, page in (("ines", ""), ("rhea", "/approval"), ("lena", "/submission")):
        rows = Page(browse(who).get(f"{HERE}/1{page}").text).all("tbody")[0].all("tr")
        told = [("disposed of later" in row.text, "file found damaged" in row.text) for row in rows]
        assert told == [(False, False), (True, False), (False, True), (False, False)], page
