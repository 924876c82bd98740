"""The recusal holds for every kind of account: an auditor or an administrator who is a person of a case is kept out."""

import pytest

from tests.actions.case.test_leads import references, without_head
from tests.builders.build_material import person
from tracker.actions.case import cases, roles
from tracker.actions.register import accounts
from tracker.audit.doors import Denied
from tracker.base import db
from tracker.models.access.words import IdentifierKind
from tracker.models.register.audit_log import AuditEntry
from tracker.policy import Permission, allows


def register_person(world, who):
    """A person of LK-AAAA with the address of this account."""
    return person(("email", world.email(who)))


def read_cases(world):
    """The cases whose entries Aldo can read."""
    return {entry.case_ref for entry in db.session().scalars(AuditEntry.visible_to(world.person("aldo")))}


def test_an_auditor_who_is_a_person_of_a_case_reads_none_of_its_entries(world, browse):
    assert read_cases(world) == {None, "LK-AAAA", "LK-BBBB"}
    of_case = db.session().query(AuditEntry.seq).filter_by(case_ref="LK-AAAA").first()[0]
    register_person(world, "aldo")
    assert read_cases(world) == {None, "LK-BBBB"}
    aldo = browse("aldo")
    for asked in ("", "?case=LK-AAAA"):
        assert ">LK-AAAA<" not in aldo.get(f"/audit-log{asked}").text
        assert "LK-AAAA" not in aldo.get(f"/audit-log.csv{asked}").text
    assert aldo.get(f"/audit-log/{of_case}").status_code == 404
    assert "LK-BBBB" in aldo.get("/audit-log.csv").text


def test_the_count_of_entries_says_nothing_of_that_case(world, browse):
    register_person(world, "aldo")
    aldo = browse("aldo")
    before = aldo.get("/audit-log?case=LK-AAAA").text
    cases.edit_case(world.person("lena"), world.case(), lock_version=1, title="Otherwise")
    assert aldo.get("/audit-log?case=LK-AAAA").text.count("<tr") == before.count("<tr") == 0


def test_another_auditor_goes_on_reading(world):
    _, token = accounts.invite_account(
        world.person("ada"), None, email="anna@tracker.example", name="Anna", kind=world.PEOPLE["aldo"], hours=1
    )
    world.join("anna", token)
    register_person(world, "aldo")
    seen = db.session().scalars(AuditEntry.visible_to(world.person("anna")))
    assert "LK-AAAA" in {entry.case_ref for entry in seen}


@pytest.mark.parametrize("way", ["alias", "person"])
def test_it_is_found_whichever_comes_later(world, way):
    if way == "alias":
        person(("badge", "B-7"))
        alias = accounts.add_alias(world.person("ada"), world.person("aldo"), kind=IdentifierKind.BADGE, value="B-7")
        visible = db.session().scalars(AuditEntry.visible_to(world.person("aldo"))).all()
        assert f"account_alias:{alias.id}" not in {entry.record for entry in visible}
    else:
        register_person(world, "aldo")
    assert "LK-AAAA" not in read_cases(world)


def test_the_team_hears_nothing_and_an_administrator_settles_it(world, browse, entries):
    register_person(world, "aldo")
    assert "recusals" not in entries()[-1]["d"]
    assert "Aldo" not in browse("lena").get("/cases/LK-AAAA/team").text
    assert "Aldo" not in browse("lena").get("/").text
    ada = browse("ada")
    assert "Recusal questions" in ada.get("/").text
    assert world.email("aldo") in ada.get("/accounts/recusal-questions").text
    page = "/cases/LK-AAAA/recusal-questions/1"
    for who in ("lena", "cora", "aldo"):
        assert browse(who).get(page).status_code == 404
    assert "Briefing for a call" not in ada.get(page).text + ada.get("/accounts/recusal-questions").text
    assert ada.post_form(page, state="rejected", reason="A namesake").status_code == 303
    assert "LK-AAAA" in read_cases(world)
    assert "No question waits" in ada.get("/accounts/recusal-questions").text


def test_an_auditor_is_recused_on_exact_matches_only(world):
    person(("email", f"aldo+x@{world.email('aldo').partition('@')[2]}"), name="Aldo")
    assert "LK-AAAA" in read_cases(world)


def test_an_administrator_who_is_a_person_of_a_case_names_no_lead_of_it(world, browse):
    without_head(world)
    assert references() == ["LK-AAAA"]
    register_person(world, "ada")
    assert references() == []
    assert not allows(world.person("ada"), Permission.NAME_LEAD, world.case())
    with pytest.raises(Denied):
        roles.name_lead(world.person("ada"), world.case(), email=world.email("nora"))
    assert "LK-AAAA" not in browse("ada").get("/accounts/cases-without-lead").text
