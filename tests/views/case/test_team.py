"""The pages of a team: who does what since when, proposals that show nothing of the case, and the recusal."""

import pytest
import sqlalchemy as sa

from tests.actions.case.test_leads import without_head
from tests.actions.case.test_roles import held, inactive, match_of, proposed, recused
from tests.builders.build_material import person
from tracker.actions.case import roles
from tracker.actions.register import accounts
from tracker.base import db
from tracker.models.case.assignments import Assignment
from tracker.models.case.words import MatchState, Role

HERE = "/cases/LK-AAAA"
TEAM = f"{HERE}/team"
NORA = "nora@tracker.example"
DECLARED = "I had no access to what came out."


def newest():
    return db.session().scalars(sa.select(Assignment).order_by(Assignment.id.desc())).first()


def test_everybody_on_the_case_sees_who_has_which_role(browse):
    for who in ("lena", "rhea", "otto"):
        page = browse(who).get(TEAM).text
        assert all(name in page for name in ("Lena", "Ines", "Rhea", "Cora", "Dora", "Otto", "Opened the case"))


def test_declarations_are_read_by_lead_and_counsel(browse):
    told = {who: "I have no conflict of interest." in browse(who).get(TEAM).text for who in ("lena", "cora", "rhea")}
    assert told == {"lena": True, "cora": True, "rhea": False}


def test_only_the_lead_finds_buttons_to_change_the_team(browse):
    assert f"{TEAM}/new" in browse("lena").get(TEAM).text
    page = browse("ines").get(TEAM).text
    assert f"{TEAM}/new" not in page
    assert "/end" not in page
    assert browse("ines").get(f"{TEAM}/new").status_code == 403


def test_a_role_is_proposed_accepted_and_begins(browse):
    answer = browse("lena").post_form(f"{TEAM}/new", email=NORA, role="observer")
    assert (answer.status_code, answer.location) == (303, TEAM)
    nora = browse("nora")
    assert nora.get(HERE).status_code == 404
    url = f"{TEAM}/{newest().number}/answer"
    assert url in nora.get("/").text
    accepted = nora.post_form(url, answer="accept", words=DECLARED)
    assert (accepted.status_code, accepted.location) == (303, HERE)
    assert nora.get(HERE).status_code == 200
    assert nora.get(url).location == TEAM


def test_a_proposal_shows_the_case_by_reference_title_and_marking_only(browse, world):
    proposal = proposed(world)
    page = browse("nora").get(f"{TEAM}/{proposal.number}/answer").text
    assert all(word in page for word in ("LK-AAAA", "Briefing for a call", "internal", "Lena"))
    assert not [word for word in ("What came out?", "Ines", "Rhea", "Disclosures", "Access logs") if word in page]


def test_accepting_needs_a_declaration_and_an_answer(browse, world):
    url, nora = f"{TEAM}/{proposed(world).number}/answer", browse("nora")
    assert "Choose whether you accept the role." in nora.post_form(url).text
    answer = nora.post_form(url, answer="accept", words="  ")
    assert answer.status_code == 422
    assert "Enter your declaration" in answer.text


def test_declining_needs_no_reason_and_closes_the_door(browse, world):
    url, nora = f"{TEAM}/{proposed(world).number}/answer", browse("nora")
    assert nora.post_form(url, answer="decline").location == "/"
    assert nora.get(url).status_code == 404
    assert "declined" in browse("lena").get(TEAM).text


def test_a_proposal_is_answered_by_the_one_who_was_asked(browse, world):
    url = f"{TEAM}/{proposed(world).number}/answer"
    assert browse("ines").get(url).status_code == 403
    assert browse("ivo").get(url).status_code == 404


def test_a_proposal_that_does_not_combine_is_refused_on_its_form(browse):
    answer = browse("lena").post_form(f"{TEAM}/new", email="ines@tracker.example", role="reviewer")
    assert answer.status_code == 409
    assert "cannot be reviewer here" in answer.text
    assert 'value="lead"' not in answer.text


def test_a_member_whose_role_ends_is_out_with_the_next_request(browse, world):
    ines = browse("ines")
    assert ines.get(HERE).status_code == 200
    url = f"{TEAM}/{held(world, 'ines', Role.INVESTIGATOR).number}/end"
    assert browse("lena").post_form(url).status_code == 422
    assert browse("lena").post_form(url, reason="Moved to another office.").location == TEAM
    assert ines.get(HERE).status_code == 404
    assert "Moved to another office." in browse("otto").get(TEAM).text


def test_a_member_steps_down(browse, world):
    rhea, url = browse("rhea"), f"{TEAM}/{held(world, 'rhea', Role.REVIEWER).number}/step-down"
    assert url in rhea.get(TEAM).text
    assert rhea.post_form(url, reason="A conflict.").location == "/"
    assert rhea.get(HERE).status_code == 404


def test_a_sleeping_role_is_woken_by_the_lead(browse, world):
    role = inactive(world, "ines", Role.INVESTIGATOR)
    assert browse("ines").get(HERE).status_code == 404
    lena = browse("lena")
    assert "role investigator is inactive" in lena.get("/").text
    assert lena.post_form(f"{TEAM}/{role.number}/reactivate", at=TEAM).location == TEAM
    assert browse("ines").get(HERE).status_code == 200


def test_the_lead_is_handed_over_and_everybody_is_told(browse):
    lena = browse("lena")
    assert lena.post_form(f"{TEAM}/lead", email="ines@tracker.example").location == TEAM
    assert "Ines was named lead investigator" in browse("otto").get(HERE).text
    assert "Lead role handed over" in browse("rhea").get("/").text
    assert lena.get(f"{TEAM}/new").status_code == 403


def test_without_an_investigator_there_is_nobody_to_hand_over_to(browse):
    page = browse("ivo").get("/cases/LK-BBBB/team/lead").text
    assert "No investigator to hand over to" in page
    assert "/cases/LK-BBBB/team/new" in page


def test_counsel_names_a_lead_when_there_is_none_and_everybody_is_told(browse, world):
    assert browse("cora").get(f"{TEAM}/new-lead").status_code == 403
    accounts.disable_account(world.person("ada"), world.person("lena"))
    cora = browse("cora")
    assert f"{TEAM}/new-lead" in cora.get("/").text
    assert cora.post_form(f"{TEAM}/new-lead", email="rhea@tracker.example").status_code == 409
    assert cora.post_form(f"{TEAM}/new-lead", email=NORA).location == TEAM
    assert "Nora was named lead investigator" in browse("otto").get(HERE).text
    assert "and has not accepted yet" in browse("otto").get(HERE).text
    assert "New lead investigator named" in browse("ines").get("/").text


def test_a_lead_named_by_an_administrator_is_told_by_name(browse, world):
    without_head(world)
    proposal = roles.name_lead(world.person("ada"), world.case(), email=NORA)
    browse("nora").post_form(f"{TEAM}/{proposal.number}/answer", answer="accept", words=DECLARED)
    page = browse("ines").get(HERE).text
    assert "Nora was named lead investigator" in page
    assert "by Ada." in page


def test_the_recusal_is_settled_by_the_lead(browse, world):
    person(("email", "ines@tracker.example"), who="walt")
    lena, ines, url = browse("lena"), browse("ines"), f"{HERE}/recusals/{match_of(world, 'ines').number}"
    assert ines.get(HERE).status_code == 404
    assert "Ines may be P-001</a>: confirm or reject the match" in lena.get("/").text
    assert url in lena.get(TEAM).text
    assert lena.post_form(url, reason="x").status_code == 422
    assert lena.post_form(url, state="rejected", reason="Another person of that name.").location == TEAM
    assert ines.get(HERE).status_code == 200
    assert match_of(world, "ines").state is MatchState.REJECTED
    assert "Earlier decision" in lena.get(url).text


def test_who_may_not_settle_a_recusal_does_not_see_whom_it_is_about(browse, world):
    person(("email", "ines@tracker.example"), who="walt")
    url = f"{HERE}/recusals/{match_of(world, 'ines').number}"
    for who in ("rhea", "cora", "otto"):
        page = browse(who).get(TEAM).text
        assert "P-001" not in page
        assert "Paused" in page
        assert browse(who).get(url).status_code == 403
    assert browse("ines").get(url).status_code == 404


@pytest.mark.parametrize("settler", ["cora", "dora"])
def test_a_match_of_the_lead_is_settled_by_counsel_or_deciding_official(browse, world, settler):
    recused(world, "lena")
    url = f"{HERE}/recusals/{match_of(world, 'lena').number}"
    assert browse("lena").get(url).status_code == 404
    assert browse("ines").get(url).status_code == 403
    assert browse(settler).post_form(url, state="rejected", reason="Not hers.").status_code == 303
    assert browse("lena").get(HERE).status_code == 200


def test_a_role_of_another_case_is_not_reached_through_this_one(browse, world):
    ours = world.case().assignments[-1].number
    assert browse("lena").get(f"{TEAM}/{ours}/end").status_code == 200
    for url in ("end", "answer"):
        assert browse("ivo").get(f"/cases/LK-BBBB/team/{ours}/{url}").status_code == 404
        assert browse("lena").get(f"/cases/LK-BBBB/team/1/{url}").status_code == 404
