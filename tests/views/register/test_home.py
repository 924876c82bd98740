"""The start page: what waits for each of us, my cases, their last changes."""

import pytest

from tests.actions.case.test_roles import proposed, recused
from tests.builders.build_material import person
from tests.walks.test_actions_at_large import behind_the_programs_back
from tracker.actions.case import cases
from tracker.actions.register import accounts
from tracker.models.case.words import ProtectionResult, Role
from tracker.models.register.words import Kind


def person_level(world):
    cases.record_protection_check(
        world.person("cora"), world.case(), result=ProtectionResult.PROCEED, answered_on="2018-03-21", reason="x"
    )


def test_an_auditor_is_told_how_much_is_new_and_an_administrator_which_invitation_was_not_used(browse, world):
    aldo, about = browse("aldo"), {"email": "new@tracker.example", "name": "New", "hours": 24}
    assert "Audit log</a>: " in aldo.get("/").text
    aldo.get("/audit-log")
    assert "Audit log</a>: " not in aldo.get("/").text
    assert "not used</a>" not in browse("ada").get("/").text
    accounts.invite_account(world.person("ada"), None, kind=Kind.MEMBER, **about)
    assert "Invitations that were not used</a>: 1" in browse("ada").get("/").text
    assert "Audit log</a>: entries since you last read it, " in aldo.get("/").text


@pytest.mark.parametrize(
    ("who", "next_step"), [("nora", "/cases/new"), ("ada", "/accounts"), ("aldo", "/audit-log")]
)  # fmt: skip
def test_an_empty_start_page_says_the_next_step(browse, who, next_step):
    assert f'class="btn btn-primary" href="{next_step}"' in browse(who).get("/").text


def test_my_cases_stand_there_the_last_changed_first(browse, world):
    other = cases.open_case(world.person("lena"), None, title="An older matter", marking="internal").reference
    page = browse("lena").get("/").text
    assert page.index(f"/cases/{other}") < page.index("/cases/LK-AAAA")
    cases.edit_case(world.person("lena"), world.case(), lock_version=1, title="Changed now")
    page = browse("lena").get("/").text
    assert page.index("/cases/LK-AAAA") < page.index(f"/cases/{other}")


def test_more_than_ten_cases_are_found_in_the_list(browse, world):
    for number in range(10):
        cases.open_case(world.person("lena"), None, title=f"Matter {number}", marking="internal")
    assert "All cases" in browse("lena").get("/").text


def test_the_protection_check_waits_for_counsel_until_it_is_answered(browse, world):
    sentence = "Protected-disclosure check</a> is not done yet"
    assert sentence in browse("cora").get("/").text
    assert sentence not in browse("lena").get("/").text
    person_level(world)
    assert sentence not in browse("cora").get("/").text


def test_a_proposal_waits_for_the_one_who_is_asked(browse, world):
    proposed(world, Role.OBSERVER)
    page = browse("nora").get("/").text
    assert ">Briefing for a call</a>: observer, offered by Lena" in page


def test_a_proposal_behind_a_recusal_is_not_seen(browse, world):
    proposed(world)
    recused(world, "nora")
    assert "LK-AAAA" not in browse("nora").get("/").text


def test_a_match_waits_for_the_lead_alone(browse, world):
    person(("email", "otto@tracker.example"))
    for who, told in [("lena", True), ("ines", False), ("cora", False), ("rhea", False)]:
        assert ("Otto may be P-001" in browse(who).get("/").text) == told


def test_a_match_of_the_lead_waits_for_counsel_and_deciding_official(browse, world):
    recused(world, "lena")
    for who, told in [("cora", True), ("dora", True), ("ines", False), ("lena", False)]:
        assert ("Lena may be P-001" in browse(who).get("/").text) == told


def test_a_disabled_lead_waits_for_counsel_and_deciding_official(browse, world):
    accounts.disable_account(world.person("ada"), world.person("lena"))
    sentence = "no lead investigator can act"
    for who, told in [("cora", True), ("dora", True), ("ines", False), ("otto", False)]:
        assert (sentence in browse(who).get("/").text) == told


def test_the_last_changes_are_those_of_my_cases(browse, world):
    cases.edit_case(world.person("ivo"), world.case("LK-BBBB"), lock_version=1, title="Another title")
    told = '<a href="/cases/LK-BBBB">Case</a> edited by Ivo'
    assert told in browse("ivo").get("/").text
    assert told not in browse("lena").get("/").text


def test_the_program_says_that_it_is_well_to_everybody(browse):
    answer = browse(None).get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_what_a_closed_case_needs_waits_too(browse, world):
    behind_the_programs_back("UPDATE cases SET stage = 'closed' WHERE reference = 'LK-AAAA'")
    accounts.disable_account(world.person("ada"), world.person("lena"))
    leaderless = "no lead investigator can act"
    for page in ("/", "/cases/LK-AAAA"):
        assert leaderless in browse("dora").get(page).text
        assert "Protected-disclosure check</a> is not done yet" not in browse("cora").get(page).text
