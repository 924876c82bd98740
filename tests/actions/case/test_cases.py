"""Cases: opened by any member, changed by the lead, screened by counsel, related with a reason."""

from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from tracker.actions.case import cases, roles
from tracker.audit.doors import Denied, Refused, Stale
from tracker.base import db
from tracker.gates import withheld_reason
from tracker.models.case import cases as case_models
from tracker.models.case.cases import Case
from tracker.models.case.words import ProtectedBy, ProtectionResult, Role
from tracker.models.words import Answer


def person_level(world, result, who="cora"):
    return cases.record_protection_check(
        world.person(who), world.case(), result=result, answered_on="2018-03-21", reason="A private reason."
    )


def test_whoever_opens_a_case_leads_it(world, last_entry):
    case = cases.open_case(world.person("nora"), None, title="A new matter", marking="internal")
    assert (case.lead.name, case.stage.value, case.lock_version) == ("Nora", "intake", 1)
    assert (last_entry()["act"], last_entry()["case"], last_entry()["cseq"]) == ("case.opened", case.reference, 1)
    assert case.assignments[0].declaration


def test_no_two_cases_have_one_reference(world):
    with world.references("LK-AAAA", "LK-BBBB", "LK-CCCC"):
        case = cases.open_case(world.person("nora"), None, title="A new matter", marking="internal")
    assert case.reference == "LK-CCCC"


@pytest.mark.parametrize("who", ["ada", "aldo"])
def test_only_members_open_cases(world, who):
    with pytest.raises(Denied):
        cases.open_case(world.person(who), None, title="A new matter", marking="internal")


def test_the_lead_changes_what_is_said_of_the_case(world, last_entry):
    cases.edit_case(
        world.person("lena"), world.case(), lock_version=1, title="Another title", question="Which version?"
    )
    assert (world.case().title, world.case().lock_version) == ("Another title", 2)
    assert last_entry()["d"]["fields"] == {f"cases:{world.case().id}": ["lock_version", "question", "title"]}
    with pytest.raises(Stale):
        cases.edit_case(world.person("lena"), world.case(), lock_version=1, title="Too late")
    with pytest.raises(Denied):
        cases.edit_case(world.person("ines"), world.case(), lock_version=2, title="Not mine")


def test_the_last_change_of_a_case_is_the_last_change_of_anything_in_it(world, entries):
    def changed():
        return db.session().scalar(sa.select(Case.changed).where(Case.reference == "LK-AAAA"))

    before = changed()
    cases.read_case(world.person("otto"), world.case())
    assert (changed(), entries()[-1]["act"]) == (before, "case.read")
    roles.offer_role(world.person("lena"), world.case(), email="nora@tracker.example", role=Role.OBSERVER)
    assert changed() > before
    assert changed().isoformat()[:23] == entries()[-1]["at"][:23]


def test_a_case_is_related_to_another_that_exists_for_the_lead(world, last_entry):
    lena = world.person("lena")
    other = cases.open_case(lena, None, title="An older matter", marking="internal")
    link = cases.relate_case(lena, world.case(), reference=other.reference, reason="The same papers.")
    assert (link.other.title, last_entry()["act"]) == ("An older matter", "case.related")
    with pytest.raises(Refused, match="already related"):
        cases.relate_case(lena, world.case(), reference=other.reference, reason="Again.")


@pytest.mark.parametrize("reference", ["LK-BBBB", "LK-ZZZZ", "LK-AAAA"])
def test_a_case_is_not_related_to_one_that_does_not_exist_for_the_lead_nor_to_itself(world, reference):
    with pytest.raises(Refused, match="reference of another case that you work on"):
        cases.relate_case(world.person("lena"), world.case(), reference=reference, reason="x")


@pytest.mark.parametrize(
    ("result", "opens"),
    [
        (ProtectionResult.PROCEED, True), (ProtectionResult.PROCEED_WITH_FIREWALL, False),
        (ProtectionResult.STOP_AND_REFER, False), (ProtectionResult.SEEK_ADVICE, False),
    ],
)  # fmt: skip
def test_answers_about_persons_open_when_counsel_says_so(world, result, opens, last_entry):
    assert "until counsel has done" in withheld_reason(world.case())
    protection_check = person_level(world, result)
    assert (last_entry()["act"], last_entry()["obj"]) == (
        "protection_check.recorded",
        f"protection_check:{protection_check.id}",
    )
    assert (withheld_reason(world.case()) is None) == opens


def test_the_newest_answer_of_the_protection_check_counts(world):
    person_level(world, ProtectionResult.STOP_AND_REFER)
    person_level(world, ProtectionResult.PROCEED)
    assert (world.case().protection_check.result, len(world.case().protection_checks)) == (ProtectionResult.PROCEED, 2)


def test_the_reason_of_the_protection_check_is_quoted_nowhere_in_the_audit_log(world):
    person_level(world, ProtectionResult.PROCEED)
    rows = db.session().execute(sa.text('select line from audit union all select "values" from audit_detail')).all()
    assert "private reason" not in str(rows)


@pytest.mark.parametrize("who", ["lena", "ines", "rhea", "dora", "otto", "ivo", "ada"])
def test_only_counsel_answers_the_protection_check(world, who):
    with pytest.raises(Denied):
        person_level(world, ProtectionResult.PROCEED, who)


def test_a_reference_that_another_case_has_is_not_given_again(world, monkeypatch):
    drawn = iter(["LK-AAAA", "LK-BBBB", "LK-CCCC"])
    monkeypatch.setattr(case_models, "new_reference", lambda: next(drawn))
    given = case_models._free_reference(SimpleNamespace(connection=db.session().connection()))
    assert given == "LK-CCCC"


def test_no_title_judges_a_person(world):
    with pytest.raises(Refused, match=r"^Leave out .*access is opportunity, not guilt\.$"):
        cases.open_case(world.person("nora"), None, title="The leak" + "er of the cards", marking="internal")
    with pytest.raises(Refused, match="Leave out"):
        cases.edit_case(world.person("lena"), world.case(), lock_version=1, title="Our main sus" + "pect")
    assert world.case().title == "Briefing for a call"


def test_what_counsel_answers_is_kept_with_the_result_and_quoted_nowhere(world):
    said = {"requester": "The private office", "protected_by": ProtectedBy.POLICY, "raised_before": Answer.YES}
    answers = {**said, "identifies": Answer.NO}
    protection_check = cases.record_protection_check(
        world.person("cora"),
        world.case(),
        result=ProtectionResult.PROCEED,
        answered_on="2018-03-21",
        reason="x",
        **answers,
    )
    assert {name: getattr(protection_check.answers, name) for name in answers} == answers
    assert protection_check.answers.wrongdoing is Answer.UNKNOWN
    rows = db.session().execute(sa.text('select line from audit union all select "values" from audit_detail')).all()
    assert "The private office" not in str(rows)
    assert "policy" not in str(rows)


@pytest.mark.parametrize("result", list(ProtectionResult))
def test_where_steps_would_identify_a_reporter_the_inquiry_is_firewalled(world, result):
    said = {"answered_on": "2018-03-21", "reason": "x", "identifies": Answer.YES}
    if result is ProtectionResult.PROCEED:
        with pytest.raises(Refused, match="Proceed with firewall, or stop and refer"):
            cases.record_protection_check(world.person("cora"), world.case(), result=result, **said)
    else:
        cases.record_protection_check(world.person("cora"), world.case(), result=result, **said)
    assert (world.case().protection_check is None) == (result is ProtectionResult.PROCEED)
