"""Near matches recuse whoever has a role until somebody else has decided, and are no weapon of whoever records them."""

import pytest

from tests.actions.case.test_roles import match_of
from tests.builders.build_material import material, person
from tests.imports.logs import log, received, work_off
from tracker.actions.access import access_logs, people, recusal
from tracker.actions.case import recusal_questions as questions
from tracker.actions.case import roles
from tracker.actions.register import accounts
from tracker.audit.doors import Denied, Refused
from tracker.base import db
from tracker.models.access.recusal_questions import RecusalQuestion
from tracker.models.access.words import IdentifierKind, LogState
from tracker.models.case.cases import Case
from tracker.models.case.words import MatchState, Role

NEAR = [
    (("email", "ines+private@tracker.example"), "", "plus-address"),
    (("account", "NORTH\\ines"), "", "local part alone"),
    (("email", "\u0456nes@tracker.example"), "", "look-alike letters"),
    (("badge", "007"), "", "zeros of a number"),
    (("account", "SOUTH\\i.ng"), "", "account of another domain"),
    (("badge", "99"), "INES", "same name"),
]
EVERYBODY = b"""person,material,since
cora@tracker.example,CARDS,2020-03-13 09:15
Dora <dora@tracker.example>,CARDS,2020-03-13 09:15
lena+x@tracker.example,CARDS,2020-03-13 09:15
"""


def exists_for(world, who):
    return db.session().scalar(Case.locate(world.person(who), case="LK-AAAA")) is not None


@pytest.mark.parametrize(("identifier", "name", "kind"), NEAR)
def test_a_near_match_recuses_until_somebody_else_has_decided(world, browse, identifier, name, kind):
    for known, value in ((IdentifierKind.BADGE, "7"), (IdentifierKind.ACCOUNT, "NORTH\\i.ng")):
        accounts.add_alias(world.person("ada"), world.person("ines"), kind=known, value=value)
    person(identifier, name=name, who="lena")
    match = match_of(world, "ines")
    assert (match.kinds, match.is_near, exists_for(world, "ines")) == (kind, True, False)
    with pytest.raises(Denied):
        roles.settle_recusal(world.person("lena"), match, state=MatchState.REJECTED, reason="I say so.")
    for who in ("lena", "cora", "dora"):
        team, home = browse(who).get("/cases/LK-AAAA/team").text, browse(who).get("/").text
        assert f"Near match: {kind}" in team
        assert "Ines may be P-001" in home
    roles.settle_recusal(world.person("cora"), match, state=MatchState.REJECTED, reason="Another person.")
    assert exists_for(world, "ines")


def test_who_added_the_identifier_does_not_settle_it_either(world):
    somebody = person(who="ines")
    people.add_identifier(world.person("lena"), somebody, kind=IdentifierKind.EMAIL, value=world.email("otto"))
    for who in ("lena", "ines"):
        with pytest.raises(Denied):
            roles.settle_recusal(world.person(who), match_of(world, "otto"), state=MatchState.REJECTED, reason="x")


def imported(content=EVERYBODY):
    """A log that matches everybody who settles recusals, tried."""
    material()
    found = received(content, zone="UTC", fixed={"level": "E1"})
    access_logs.ask_check(found.imported_by, found)
    work_off()
    return log()


def test_an_import_that_leaves_nobody_to_settle_waits_for_an_answer(world, browse):
    found = imported()
    assert {name for _, name, *_ in found.report["shut_out"]} == {"Lena", "Cora", "Dora"}
    with pytest.raises(Refused, match="Ask somebody else first"):
        access_logs.start_import(found.imported_by, found)
    ines = browse("ines")
    assert "Nobody could settle a recusal" in ines.get("/cases/LK-AAAA/access-logs/1").text
    assert ines.post_form("/cases/LK-AAAA/access-logs/1/ask", at="/cases/LK-AAAA/access-logs/1").status_code == 303
    with pytest.raises(Refused, match="everybody was asked"):
        questions.ask_about_recusals(world.person("ines"), log())
    assert "The question is asked" in ines.get("/cases/LK-AAAA/access-logs/1").text
    asked = db.session().query(RecusalQuestion).order_by(RecusalQuestion.number).all()
    assert sorted((one.of_person, one.likeness) for one in asked) == [
        ("cora@tracker.example", "the same"), ("dora@tracker.example", "the same"),
        ("lena+x@tracker.example", "plus-address"),
    ]  # fmt: skip
    for who in ("ines", "lena", "cora", "ada"):  # who asks, who is asked about, and who is asked only last
        with pytest.raises(Denied):
            questions.answer_recusal(world.person(who), asked[0], state=MatchState.REJECTED, reason="x")
    assert "Recusal question 1" in browse("rhea").get("/").text
    for one in asked:
        same = MatchState.REJECTED if one.of_person.startswith("lena+") else MatchState.CONFIRMED
        page = f"/cases/LK-AAAA/recusal-questions/{one.number}"
        assert browse("rhea").post_form(page, state=same.value, reason="I asked them.").status_code == 303
    access_logs.start_import(world.person("ines"), log())
    work_off()
    assert log().state is LogState.VISIBLE
    assert [exists_for(world, who) for who in ("lena", "cora", "dora")] == [True, False, False]
    assert match_of(world, "lena").settled_by.name == "Rhea"


def test_an_administrator_answers_where_nobody_of_the_case_can(world):
    found = imported()
    (first, *_) = questions.ask_about_recusals(world.person("ines"), found)
    for who in ("rhea", "otto", "walt"):
        accounts.disable_account(world.person("ada"), world.person(who))
    with pytest.raises(Refused, match="Choose whether"):
        questions.answer_recusal(world.person("ada"), first, state=MatchState.OPEN, reason="x")
    with pytest.raises(Refused, match="Enter the reason"):
        questions.answer_recusal(world.person("ada"), first, state=MatchState.CONFIRMED, reason=" ")
    questions.answer_recusal(world.person("ada"), first, state=MatchState.CONFIRMED, reason="It is their address.")
    with pytest.raises(Refused, match="already answered"):
        questions.answer_recusal(world.person("ada"), first, state=MatchState.REJECTED, reason="x")


def test_an_import_that_leaves_nobody_since_the_check_is_not_stored(world):
    found = imported(EVERYBODY.replace(b"Dora <dora@", b"Dana <dana@"))
    assert found.report["shut_out"] == []
    accounts.disable_account(world.person("ada"), world.person("dora"))
    access_logs.start_import(world.person("ines"), log())
    work_off()
    assert (log().state, log().failure) == (LogState.FAILED, recusal.NOBODY_LEFT)
    assert exists_for(world, "lena")


def test_a_role_that_is_offered_later_is_matched_on_near_identifiers_too(world):
    person(("email", "nora+x@tracker.example"))
    roles.offer_role(world.person("lena"), world.case(), email=world.email("nora"), role=Role.OBSERVER)
    assert match_of(world, "nora").is_near
