"""Who leads: handed over to an investigator, or named when nobody is left who can act."""

import pytest

from tests import world as people
from tests.actions.case.test_roles import DECLARED, INES, NORA, held, inactive, recused, roles_now
from tests.builders import build_case
from tests.builders.build_case import ready
from tracker.actions.case import roles
from tracker.actions.register import accounts
from tracker.audit.doors import Denied, Refused
from tracker.base import db
from tracker.models.case.staffing import select_leaderless
from tracker.models.case.words import Role, Stage


def without_head(world):
    """LK-AAAA with its lead, counsel and deciding official disabled."""
    for who in ("lena", "cora", "dora"):
        accounts.disable_account(world.person("ada"), world.person(who))


def references():
    return [case.reference for case in db.session().scalars(select_leaderless(people.person("ada")))]


def test_the_lead_is_handed_over_to_an_investigator_and_the_former_lead_stays(world, last_entry):
    new = roles.hand_over_lead(world.person("lena"), world.case(), email=INES)
    assert (new.account.name, new.state, world.case().lead.name) == ("Ines", "active", "Ines")
    assert (last_entry()["act"], last_entry()["d"]["lead"]) == ("lead.handed_over", new.account.uid)
    assert roles_now(world, "lena") == {Role.INVESTIGATOR}
    assert roles_now(world, "ines") == {Role.LEAD}


@pytest.mark.parametrize("email", [NORA, "rhea@tracker.example", "nobody@tracker.example"])
def test_the_lead_is_handed_over_to_nobody_else(world, email):
    with pytest.raises(Refused, match="active investigator of this case"):
        roles.hand_over_lead(world.person("lena"), world.case(), email=email)


def test_the_lead_is_not_handed_over_to_who_is_recused_or_disabled(world):
    recused(world, "walt")
    accounts.disable_account(world.person("ada"), world.person("ines"))
    for email in ("walt@tracker.example", INES):
        with pytest.raises(Refused, match="active investigator of this case"):
            roles.hand_over_lead(world.person("lena"), world.case(), email=email)


@pytest.mark.parametrize("namer", ["cora", "dora"])
def test_counsel_or_deciding_official_names_a_lead_when_the_lead_is_recused(world, namer, last_entry):
    recused(world, "lena")
    new = roles.name_lead(world.person(namer), world.case(), email=INES)
    assert (last_entry()["act"], last_entry()["d"]["lead"]) == ("lead.named", new.account.uid)
    assert (new.state, world.case().lead) == ("offered", None)
    roles.accept_role(world.person("ines"), new, declaration=DECLARED)
    assert world.case().lead.name == "Ines"
    assert Role.LEAD in roles_now(world, "ines")


def test_nobody_names_a_lead_while_there_is_one(world):
    for who in ("cora", "dora", "ada"):
        with pytest.raises(Denied):
            roles.name_lead(world.person(who), world.case(), email=INES)


def test_an_administrator_names_a_lead_when_counsel_and_deciding_official_cannot(world, last_entry):
    ada = world.person("ada")
    inactive(world, "lena", Role.LEAD)
    with pytest.raises(Refused, match="Counsel or the deciding official of this case must name"):
        roles.name_lead(ada, world.case(), email=INES)
    accounts.disable_account(ada, world.person("cora"))
    assert references() == []
    recused(world, "dora")
    assert references() == ["LK-AAAA"]
    assert roles.name_lead(ada, world.case(), email=NORA).account.name == "Nora"
    assert last_entry()["act"] == "lead.named"
    assert held(world, "nora", Role.LEAD).is_waiting


def test_another_lead_can_be_named_while_the_first_has_not_answered(world):
    without_head(world)
    first = roles.name_lead(world.person("ada"), world.case(), email=NORA)
    roles.name_lead(world.person("ada"), world.case(), email=INES)
    assert (first.state, first.end_reason) == ("withdrawn", "another lead was named")
    assert references() == ["LK-AAAA"]


@pytest.mark.parametrize(
    "email", ["ada@tracker.example", "aldo@tracker.example", "lena@tracker.example", "x@y.example"]
)
def test_a_lead_is_a_member_who_can_sign_in(world, email):
    without_head(world)
    with pytest.raises(Refused, match="member account that can sign in"):
        roles.name_lead(world.person("ada"), world.case(), email=email)


def test_an_administrator_is_not_told_why_a_member_cannot_lead(world):
    recused(world, "nora")
    without_head(world)
    sentences = set()
    for email in (NORA, "rhea@tracker.example"):
        with pytest.raises(Refused) as refused:
            roles.name_lead(world.person("ada"), world.case(), email=email)
        sentences.add(str(refused.value))
    assert sentences == {"This member cannot lead this case. Name somebody else."}


def test_an_administrator_names_a_lead_in_a_closed_case_too(world):
    ready(Stage.REVIEW)
    build_case.close()
    without_head(world)
    assert references() == ["LK-AAAA"]
    named = roles.name_lead(world.person("ada"), world.case(), email=NORA)
    roles.accept_role(world.person("nora"), named, declaration=DECLARED)
    assert (references(), world.case().lead.name, world.case().stage) == ([], "Nora", Stage.CLOSED)
