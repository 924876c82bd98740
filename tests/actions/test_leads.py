"""Who leads: handed over to an investigator, or named when nobody is left who can act."""

import pytest

from tests import build_case
from tests.actions.test_duties import DECLARED, INES, NORA, asleep, duties_now, held, walled
from tests.build_case import ready
from tracker import db
from tracker.actions import accounts, duties
from tracker.audit.doors import Denied, Refused
from tracker.models.staffing import headless
from tracker.models.words.cases import Stage
from tracker.models.words.duties import Duty


def without_head(world):
    """LK-AAAA with its lead, counsel and decider disabled."""
    for who in ("lena", "cora", "dora"):
        accounts.disable_user(world.person("ada"), world.person(who))


def references():
    return [case.reference for case in db.session().scalars(headless())]


def test_the_lead_is_handed_over_to_an_investigator_and_the_former_lead_stays(world, last_entry):
    new = duties.hand_over_lead(world.person("lena"), world.case(), email=INES)
    assert (new.user.name, new.state, world.case().lead.name) == ("Ines", "active", "Ines")
    assert (last_entry()["act"], last_entry()["d"]["lead"]) == ("duty.lead_handed_over", new.user.uid)
    assert duties_now(world, "lena") == {Duty.INVESTIGATOR}
    assert duties_now(world, "ines") == {Duty.LEAD}


@pytest.mark.parametrize("email", [NORA, "rhea@tracker.example", "nobody@tracker.example"])
def test_the_lead_is_handed_over_to_nobody_else(world, email):
    with pytest.raises(Refused, match="active investigator of this case"):
        duties.hand_over_lead(world.person("lena"), world.case(), email=email)


def test_the_lead_is_not_handed_over_to_who_is_walled_or_disabled(world):
    walled(world, "walt")
    accounts.disable_user(world.person("ada"), world.person("ines"))
    for email in ("walt@tracker.example", INES):
        with pytest.raises(Refused, match="active investigator of this case"):
            duties.hand_over_lead(world.person("lena"), world.case(), email=email)


@pytest.mark.parametrize("namer", ["cora", "dora"])
def test_counsel_or_decider_names_a_lead_when_the_lead_is_walled(world, namer, last_entry):
    walled(world, "lena")
    new = duties.name_lead(world.person(namer), world.case(), email=INES)
    assert (last_entry()["act"], last_entry()["d"]["lead"]) == ("duty.lead_named", new.user.uid)
    assert (new.state, world.case().lead) == ("offered", None)
    duties.accept_duty(world.person("ines"), new, declaration=DECLARED)
    assert world.case().lead.name == "Ines"
    assert Duty.LEAD in duties_now(world, "ines")


def test_nobody_names_a_lead_while_there_is_one(world):
    for who in ("cora", "dora", "ada"):
        with pytest.raises(Denied):
            duties.name_lead(world.person(who), world.case(), email=INES)


def test_an_administrator_names_a_lead_when_counsel_and_decider_cannot(world, last_entry):
    ada = world.person("ada")
    asleep(world, "lena", Duty.LEAD)
    with pytest.raises(Refused, match="Counsel or the deciding official of this case must name"):
        duties.name_lead(ada, world.case(), email=INES)
    accounts.disable_user(ada, world.person("cora"))
    assert references() == []
    walled(world, "dora")
    assert references() == ["LK-AAAA"]
    assert duties.name_lead(ada, world.case(), email=NORA).user.name == "Nora"
    assert last_entry()["act"] == "duty.lead_named"
    assert held(world, "nora", Duty.LEAD).is_waiting


def test_another_lead_can_be_named_while_the_first_has_not_answered(world):
    without_head(world)
    first = duties.name_lead(world.person("ada"), world.case(), email=NORA)
    duties.name_lead(world.person("ada"), world.case(), email=INES)
    assert (first.state, first.end_reason) == ("withdrawn", "another lead was named")
    assert references() == ["LK-AAAA"]


@pytest.mark.parametrize(
    "email", ["ada@tracker.example", "aldo@tracker.example", "lena@tracker.example", "x@y.example"]
)
def test_a_lead_is_a_member_who_can_sign_in(world, email):
    without_head(world)
    with pytest.raises(Refused, match="member account that can sign in"):
        duties.name_lead(world.person("ada"), world.case(), email=email)


def test_an_administrator_is_not_told_why_a_member_cannot_lead(world):
    walled(world, "nora")
    without_head(world)
    sentences = set()
    for email in (NORA, "rhea@tracker.example"):
        with pytest.raises(Refused) as refused:
            duties.name_lead(world.person("ada"), world.case(), email=email)
        sentences.add(str(refused.value))
    assert sentences == {"This member cannot lead this case. Name somebody else."}


def test_an_administrator_names_a_lead_in_a_closed_case_too(world):
    ready(Stage.REVIEW)
    build_case.close()
    without_head(world)
    assert references() == ["LK-AAAA"]
    named = duties.name_lead(world.person("ada"), world.case(), email=NORA)
    duties.accept_duty(world.person("nora"), named, declaration=DECLARED)
    assert (references(), world.case().lead.name, world.case().stage) == ([], "Nora", Stage.CLOSED)
