"""The pages of cases: opened, changed, screened and related; what blocks the next step; what changed last."""

import pytest

from tests.actions.case.test_roles import match_of
from tests.builders.build_material import person
from tracker.actions.case import cases
from tracker.actions.case.roles import settle_recusal
from tracker.base import db
from tracker.models.case.cases import Case
from tracker.models.case.words import MatchState

HERE = "/cases/LK-AAAA"


def related(world):
    other = cases.open_case(world.person("lena"), None, title="An older matter", marking="secret")
    cases.relate_case(world.person("lena"), world.case(), reference=other.reference, reason="The same papers.")
    return other.reference


def test_a_case_needs_a_neutral_title_and_nothing_else(browse):
    nora = browse("nora")
    assert "Enter a title without names." in nora.post_form("/cases/new", title="").text
    answer = nora.post_form("/cases/new", title="A new matter")
    case = db.session().scalars(db.sa.select(Case).order_by(Case.id.desc())).first()
    assert (answer.location, case.marking, case.lead.name) == (f"/cases/{case.reference}", "internal", "Nora")


@pytest.mark.parametrize("marking", ["", "cosmic"])
def test_a_marking_that_is_not_configured_is_no_marking(browse, marking):
    nora = browse("nora")
    data = {**nora.tokens(), "title": "A new matter", "marking": marking}
    assert nora.post("/cases/new", data=data).status_code == 422


@pytest.mark.parametrize("who", ["ada", "aldo"])
def test_administrators_and_auditors_have_no_cases(browse, who):
    assert browse(who).get("/cases").status_code == 403
    assert browse(who).get(HERE).status_code == 404


def test_the_list_holds_my_cases_and_no_others(browse):
    page = browse("lena").get("/cases").text
    assert "LK-AAAA" in page
    assert "LK-BBBB" not in page
    assert "No cases yet" in browse("nora").get("/cases").text


@pytest.mark.parametrize(
    ("query", "found"),
    [("q=briefing", True), ("q=lk-aa", True), ("q=%25", False), ("stage=intake", True), ("stage=closed", False)],
)
def test_the_list_is_narrowed(browse, query, found):
    assert (f'href="{HERE}"' in browse("lena").get(f"/cases?{query}").text) == found


def test_opening_a_case_is_recorded_once_a_session(browse, entries):
    otto = browse("otto")
    for _ in range(3):
        assert otto.get(HERE).status_code == 200
    assert len(entries("case.read")) == 1
    browse("otto").get(HERE)
    assert len(entries("case.read")) == 2


def test_the_lead_changes_the_case_and_others_do_not(browse):
    lena = browse("lena")
    assert lena.post_form(f"{HERE}/edit", question="Which version?", legal_hold="Keep the mail logs.").location == HERE
    page = browse("rhea").get(HERE).text
    assert "Which version?" in page
    assert "Legal hold" in page
    assert f"{HERE}/edit" not in page
    assert browse("rhea").get(f"{HERE}/edit").status_code == 403


def test_two_who_change_the_same_case_see_both_texts(browse, world):
    lena = browse("lena")
    page = lena.get(f"{HERE}/edit")
    assert page.status_code == 200
    cases.edit_case(world.person("lena"), world.case(), lock_version=1, title="Saved meanwhile")
    data = {**lena.tokens(), "title": "Typed here", "marking": "internal", "lock_version": "1"}
    answer = lena.post(f"{HERE}/edit", data=data)
    assert answer.status_code == 409
    assert "Saved meanwhile" in answer.text
    assert "Typed here" in answer.text


def test_what_blocks_the_next_step_is_said_with_the_way_there_for_counsel(browse):
    sentence = "Person-level results are withheld until counsel has done"
    for who, way in [("lena", False), ("cora", True)]:
        page = browse(who).get(HERE).text
        assert sentence in page
        assert (f'href="{HERE}/protection-check"' in page) == way


def test_the_team_sees_the_result_of_the_protection_check_and_never_the_reason(browse):
    cora = browse("cora")
    answer = cora.post_form(
        f"{HERE}/protection-check", result="seek_advice", answered_on="21/3/2018", reason="A private reason."
    )
    assert answer.location == HERE
    for who in ("lena", "rhea", "otto", "cora"):
        page = browse(who).get(HERE).text
        assert "Seek advice" in page
        assert "21 Mar 2018" in page
        assert "A private reason." not in page
    assert "A private reason." in cora.get(f"{HERE}/protection-check").text


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("", "Enter the date"), ("4.3.2018", "can be read in two ways"), ("2018-02-30", "Enter a real date"),
        ("20180321", "Enter a date"), ("2018-W12-3", "Enter a date"), ("9999-01-01", "Enter today or an earlier date"),
        ("unknown", "Enter a date"), ("20 Mar 2018 17:20", "Enter a date without a time"),
    ],
)  # fmt: skip
def test_the_date_of_the_protection_check_is_a_day_that_was(browse, day, says):
    answer = browse("cora").post_form(f"{HERE}/protection-check", result="proceed", answered_on=day, reason="x")
    assert answer.status_code == 422
    assert says in answer.text


def test_no_result_of_the_protection_check_is_chosen_beforehand(browse):
    answer = browse("cora").post_form(f"{HERE}/protection-check", answered_on="2018-03-21", reason="x")
    assert answer.status_code == 422
    assert "Choose a result." in answer.text


def test_a_related_case_is_seen_by_who_may_see_both(browse, world):
    reference = related(world)
    assert reference in browse("lena").get(HERE).text
    assert "The same papers." in browse("lena").get(f"/cases/{reference}").text
    page = browse("ines").get(HERE).text
    assert reference not in page
    assert "The same papers." not in page


def test_a_case_is_related_on_its_form(browse):
    lena = browse("lena")
    refused = lena.post_form(f"{HERE}/related", reference="LK-BBBB", reason="A guess.")
    assert refused.status_code == 409
    assert "reference of another case that you work on" in refused.text


def test_the_page_tells_what_changed_last_and_not_what_was_written(browse, world):
    person(name="P. Young", who="ines")
    page = browse("otto").get(HERE).text
    assert "P-001</a> added by" in page
    assert "P. Young" not in page


def test_recusals_are_not_among_the_last_changes(browse, world):
    person(("email", "ines@tracker.example"), who="lena")
    settle_recusal(world.person("cora"), match_of(world, "ines"), state=MatchState.REJECTED, reason="Somebody else.")
    page = browse("otto").get(HERE).text
    assert "P-001</a> added by" in page
    assert "Recusal" not in page
