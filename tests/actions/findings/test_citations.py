"""Citations: found within the case only, each once, withdrawn with a reason and never removed."""

import pytest

from tests.builders import build_exhibit
from tests.builders.build_access import access, claim, disclosure, lay_out, person_level, seen, utc
from tests.builders.build_inquiry import ALLEGED, cite, designated, hypothesis
from tests.builders.build_material import NOWHEN, material, person
from tracker.actions.access import access_records
from tracker.actions.findings import citations, subject_status
from tracker.audit.doors import Denied, Refused, action, now
from tracker.base import db
from tracker.models.access.words import Level, LogState
from tracker.models.case.words import ProtectionResult
from tracker.models.findings.citations import Citation
from tracker.models.findings.findings import Finding
from tracker.models.findings.words import Bearing, Cited, FindingState, Standard
from tracker.models.inquiry.interviews import Interview
from tracker.models.inquiry.press_contacts import PressContact
from tracker.models.inquiry.words import Basis, InterviewState
from tracker.models.words import Answer
from tracker.policy import Permission


@action(Permission.RECORD_INTERVIEW, "thing.laid_out")
def laid_out(actor, case, model, **facts):
    """A thing of another room, as it may stand in the record."""
    made = model(case=case, number=1, **facts)
    db.session().add(made)
    return made


def finding(world):
    return laid_out(
        world.person("ines"), world.case(), Finding, allegation="It was passed on.", standard=Standard.BALANCE,
        author=world.person("ines"), at=now(),
    )  # fmt: skip


def press_contact(world, content_known, **facts):
    return laid_out(
        world.person("ines"), world.case(), PressContact, person=person(), with_whom="A desk", at=NOWHEN,
        basis=Basis.LOG,
        content_known=content_known, by=world.person("ines"), recorded=now(), **facts,
    )  # fmt: skip


def interview(world, state):
    return laid_out(
        world.person("ines"), world.case(), Interview, person=person(), state=state, by=world.person("ines"), at=now(),
        planned_for=NOWHEN, notice_given=NOWHEN, offered=NOWHEN, started=NOWHEN, ended=NOWHEN, signed=NOWHEN,
    )  # fmt: skip


def test_a_citation_is_numbered_within_the_case_and_leaves_an_entry(world, last_entry):
    one = cite(hypothesis(3), access(), Bearing.CONTRADICTS, note="Line 4")
    assert (one.number, one.kind, one.cited_label, one.note, one.stands) == (
        1,
        "access_record",
        "Access record 1",
        "Line 4",
        True,
    )
    assert (last_entry()["act"], last_entry()["obj"]) == ("citation.added", f"citation:{one.id}")
    assert cite(hypothesis(4), claim(disclosure())).number == 2


def test_what_contradicts_stands_first(world):
    one = hypothesis()
    cite(one, access())
    cite(one, claim(disclosure()), Bearing.CONTRADICTS)
    found = db.session().scalars(Citation.of_thing(one)).all()
    assert [(each.bearing.value, each.cited_label) for each in found] == [
        ("contradicts", "Claim C1 of disclosure 1"), ("supports", "Access record 1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "number"), [(kind, "1/9" if kind is Cited.CLAIM else "9") for kind in Cited] + [(Cited.CLAIM, "9/1")]
)
def test_what_the_case_does_not_have_is_not_found(world, kind, number):
    claim(disclosure())
    with pytest.raises(Refused, match=rf"^There is no {kind.label.lower()} {number} in this case\.$"):
        citations.find_cited(world.case(), kind, number)


def test_a_thing_is_found_by_its_number_in_its_own_case_only(world):
    row, said = access(), claim(disclosure())
    assert citations.find_cited(world.case(), Cited.ACCESS_RECORD, "1") is row
    assert citations.find_cited(world.case(), Cited.CLAIM, "1/1") is said
    for kind, number in ((Cited.ACCESS_RECORD, "1"), (Cited.CLAIM, "1/1")):
        with pytest.raises(Refused, match="There is no"):
            citations.find_cited(world.case("LK-BBBB"), kind, number)


def test_a_row_of_an_reverted_log_is_not_found(world):
    facts = {"person": person(), "material": material()}
    lay_out(world.person("ines"), world.case(), state=LogState.REVERTED, rows=[facts])
    with pytest.raises(Refused, match="There is no access record 1 in this case"):
        citations.find_cited(world.case(), Cited.ACCESS_RECORD, "1")


def test_a_thing_of_another_case_is_refused_by_the_verb_too(world):
    with pytest.raises(Refused, match="of this case"):
        citations.cite(
            world.person("ivo"), hypothesis_of(world, "LK-BBBB"), kind=Cited.ACCESS_RECORD, thing=access(),
            bearing=Bearing.SUPPORTS,
        )  # fmt: skip


def hypothesis_of(world, reference):
    model = type(hypothesis())
    return db.session().scalars(model.of(world.case(reference)).where(model.number == 1)).one()


def test_nothing_is_cited_twice_with_the_same_bearing(world):
    row = access()
    first = cite(hypothesis(), row)
    with pytest.raises(Refused, match="already cited here"):
        cite(hypothesis(), row)
    cite(hypothesis(), row, Bearing.CONTRADICTS)
    cite(hypothesis(4), row)
    citations.withdraw_citation(world.person("ines"), first, reason="Meant another.")
    assert cite(hypothesis(), row).number == 4


def test_a_corrected_row_is_not_cited(world):
    row = access(since=utc("2018-03-20 11:00"))
    access_records.correct_access(
        world.person("ines"), row, why_corrected="Later.", person=row.person, material=row.material, level=Level.E3,
        since=utc("2018-03-21 11:00"), until=NOWHEN,
    )  # fmt: skip
    with pytest.raises(Refused, match=r"corrected\. Cite the newer record"):
        cite(hypothesis(), row)


@pytest.mark.parametrize("state", [InterviewState.PLANNED, InterviewState.CANCELLED])
def test_an_interview_that_was_not_held_says_nothing(world, state):
    with pytest.raises(Refused, match="was not held"):
        cite(hypothesis(), interview(world, state))


def test_an_interview_that_was_held_is_cited(world):
    assert cite(hypothesis(), interview(world, InterviewState.HELD)).cited_label == "Interview 1"


def test_a_withdrawn_citation_stays_readable(world, last_entry):
    one = cite(hypothesis(), access())
    citations.withdraw_citation(world.person("lena"), one, reason="Another row.")
    assert (one.stands, one.why_withdrawn, one.withdrawn_by.name) == (False, "Another row.", "Lena")
    assert last_entry()["act"] == "citation.withdrawn"
    with pytest.raises(Refused, match="already withdrawn"):
        citations.withdraw_citation(world.person("ines"), one, reason="Again.")


def test_citing_in_a_finding_makes_a_new_text_of_it(world, last_entry):
    found = finding(world)
    one = cite(found, access())
    assert (found.revision, found.state, last_entry()["d"]["revision"]) == (1, FindingState.DRAFT, 1)
    assert one.whole is found
    before = found.text_sha256
    citations.withdraw_citation(world.person("ines"), one, reason="Another row.")
    assert (found.revision, found.text_sha256 != before) == (2, True)


def test_what_cites_nothing_is_no_citation(world):
    assert Citation().whole is None


def test_a_subject_status_that_is_signed_or_ended_keeps_what_it_rests_on(world):
    person_level()
    made = designated()
    one = cite(made, said := build_exhibit.exhibit())
    subject_status.sign_subject_status(world.person("cora"), made, text_sha256=made.text_sha256)
    with pytest.raises(Refused, match="signed or ended"):
        citations.withdraw_citation(world.person("lena"), one, reason="Weak.")
    ended = designated(**ALLEGED)
    subject_status.end_subject_status(world.person("lena"), ended, reason="Too soon.")
    with pytest.raises(Refused, match="signed or ended"):
        cite(ended, said)


def test_nothing_is_cited_for_a_subject_status_while_the_protection_check_is_shut(world):
    person_level()
    made = designated()
    person_level(ProtectionResult.SEEK_ADVICE)
    with pytest.raises(Refused, match="Protected-disclosure check: "):
        cite(made, claim(disclosure()))


@pytest.mark.parametrize("who", ["rhea", "cora", "dora", "otto", "ivo"])
def test_only_the_team_cites(world, who):
    one = cite(hypothesis(), access())
    with pytest.raises(Denied):
        cite(hypothesis(), claim(disclosure()), who=who)
    with pytest.raises(Denied):
        citations.withdraw_citation(world.person(who), one, reason="Mine.")


def test_access_whereabouts_a_claim_and_a_press_contact_without_content_show_opportunity_alone(world):
    one = hypothesis()
    assert cite(one, access()).is_opportunity
    assert cite(one, seen()).is_opportunity
    assert cite(one, claim(disclosure())).is_opportunity  # what was published says the same of everybody who had it
    assert not cite(one, build_exhibit.exhibit()).is_opportunity
    assert cite(one, press_contact(world, Answer.UNKNOWN)).is_opportunity


def test_a_press_contact_whose_content_is_known_shows_more(world):
    assert not cite(hypothesis(), press_contact(world, Answer.YES)).is_opportunity
