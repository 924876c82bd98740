"""Subject status: two signatures of two people, evidence beyond access, thirty days, and no other way."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.actions.findings.test_citations import press_contact
from tests.builders import build_exhibit, build_interview
from tests.builders.build_access import access, claim, disclosure, person_level, seen
from tests.builders.build_inquiry import cite, designated, same_person, signed
from tests.builders.build_material import person
from tests.machinery.intruder import force_role
from tracker.actions.findings import citations, subject_status
from tracker.actions.findings.subject_status import ACCESS_ALONE
from tracker.audit.doors import Denied, Refused, action, now
from tracker.base import db
from tracker.models.access.words import Involvement
from tracker.models.case.words import ProtectionResult, Role
from tracker.models.findings.subject_status import SubjectStatus
from tracker.models.findings.words import Bearing
from tracker.models.words import Answer
from tracker.policy import Permission

SHUT = "Protected-disclosure check: "


@pytest.fixture
def world(world):
    person_level()
    return world


def sign(world, made, *, who="cora", text_sha256=None):
    subject_status.sign_subject_status(world.person(who), made, text_sha256=text_sha256 or made.text_sha256)


def in_force(moment=None):
    return db.session().scalars(sa.select(SubjectStatus.number).where(SubjectStatus.in_force(moment or now()))).all()


def test_a_proposal_makes_nobody_a_subject(world, last_entry):
    made = designated()
    assert (made.number, made.by.name, made.state_at(now())) == (1, "Lena", "proposed")
    assert (last_entry()["act"], last_entry()["obj"]) == ("subject_status.proposed", f"subject_status:{made.id}")
    assert in_force() == []


def test_signed_by_counsel_it_is_in_force_for_thirty_days_and_sealed(world, last_entry):
    made = signed()
    assert (made.signed_by.name, made.until - made.signed_at, made.is_sealed) == ("Cora", timedelta(days=30), True)
    assert made.state_at(made.until - timedelta(seconds=1)) == "in force"
    assert made.state_at(made.until) == "lapsed"
    assert (in_force(), in_force(made.until)) == ([1], [])
    entry = last_entry()
    assert (entry["act"], entry["d"]["seals"]) == ("subject_status.signed", {f"subject_status:{made.id}": made.seal})


@action(Permission.PROPOSE_SUBJECT_STATUS, "subject_status.rewritten")
def prolong(actor, subject_status):
    subject_status.until += timedelta(days=30)


def test_nothing_prolongs_it(world):
    with pytest.raises(RuntimeError, match="sealed and cannot change"):
        prolong(world.person("lena"), signed())


@pytest.mark.parametrize("part", ["allegation", "alternatives", "notice_plan"])
def test_a_proposal_tells_all_three(world, part):
    with pytest.raises(Refused, match=r"^Enter (the exact allegation|what else|when and how)"):
        designated(**{part: " "})


def test_one_proposal_waits_at_a_time_and_a_new_one_renews(world):
    who = person()
    first = designated(who)
    with pytest.raises(Refused, match=r"Subject status 1 of P-001 is already proposed\. Withdraw it first"):
        designated(who)
    cite(first, build_exhibit.exhibit())
    sign(world, first)
    renewed = designated(who)
    cite(renewed, build_exhibit.exhibit(b"other"))
    sign(world, renewed)
    assert in_force() == [1, 2]
    assert renewed.until > first.until


@pytest.mark.parametrize("what", ["nothing", "access", "claim", "press_contact", "against", "withdrawn", "corrected"])
def test_access_alone_makes_nobody_a_subject(world, what):
    made, about = designated(), person()
    if what == "access":
        cite(made, access(about))
        cite(made, seen(about))
    elif what == "claim":
        cite(made, claim(disclosure()))
    elif what == "press_contact":
        cite(made, press_contact(world, Answer.UNKNOWN))
    elif what == "corrected":
        old = press_contact(world, Answer.YES)
        cite(made, old)
        correct(world.person("ines"), old)
    elif what == "against":
        cite(made, build_exhibit.exhibit(), Bearing.CONTRADICTS)
    elif what == "withdrawn":
        one = cite(made, build_exhibit.exhibit())
        citations.withdraw_citation(world.person("lena"), one, reason="Weak.")
    with pytest.raises(Refused) as refused:
        sign(world, made)
    assert str(refused.value) == ACCESS_ALONE
    assert in_force() == []


@action(Permission.RECORD_PRESS_CONTACT, "press_contact.corrected")
def correct(actor, old):
    again = {name: getattr(old, name) for name in ("case", "person", "with_whom", "at", "basis", "recorded")}
    db.session().add(type(old)(number=2, corrects=old, content_known=Answer.NO, by=actor, **again))


def test_only_a_sealed_interview_makes_a_subject_and_its_seal_is_signed(world):
    made, held = designated(), build_interview.ready()
    with pytest.raises(Refused, match="seal this interview first"):
        cite(made, held)
    build_interview.seal(held)
    cite(made, held)
    sign(world, made)
    assert held.seal in made.sealed_text()
    assert in_force() == [1]


def test_counsel_signs_exactly_what_was_shown(world):
    made = designated()
    cite(made, build_exhibit.exhibit())
    shown = made.text_sha256
    cite(made, access(), Bearing.CONTRADICTS)
    db.session().expire_all()
    with pytest.raises(Refused, match="has changed since you opened it"):
        sign(world, made, text_sha256=shown)
    assert in_force() == []
    sign(world, made)
    with pytest.raises(Refused, match="already signed"):
        sign(world, made)


def test_it_is_ended_early_with_a_reason_and_once(world, last_entry):
    made, lena = signed(), world.person("lena")
    with pytest.raises(Refused, match="Enter the reason"):
        subject_status.end_subject_status(lena, made, reason="\u200b")
    subject_status.end_subject_status(lena, made, reason="She was abroad.")
    assert (made.state_at(now()), made.ended_by.name, in_force()) == ("ended", "Lena", [])
    assert last_entry()["act"] == "subject_status.ended"
    with pytest.raises(Refused, match="has already ended"):
        subject_status.end_subject_status(lena, made, reason="Again.")


def test_whoever_investigates_signs_none_whatever_other_role_she_was_given(world):
    made = designated()
    force_role("ines", Role.COUNSEL)
    with pytest.raises(Denied):
        sign(world, made, who="ines")


def test_a_proposal_that_was_taken_back_is_not_signed(world):
    made = designated()
    subject_status.end_subject_status(world.person("lena"), made, reason="Too soon.")
    with pytest.raises(Refused, match=r"was ended\. The lead investigator must propose"):
        sign(world, made)


def test_counsel_declines_a_proposal_and_ends_what_she_signed(world):
    for made in (designated(), signed()):
        subject_status.end_subject_status(world.person("cora"), made, reason="It rests on rumour.")
        assert (made.state_at(now()), made.ended_by.name) == ("ended", "Cora")


def test_what_has_lapsed_is_not_ended(world, monkeypatch):
    monkeypatch.setattr(subject_status, "now", lambda: now() - timedelta(days=31))
    made = signed()
    monkeypatch.undo()
    assert in_force() == []
    with pytest.raises(Refused, match="has already lapsed"):
        subject_status.end_subject_status(world.person("lena"), made, reason="Late.")


@pytest.mark.parametrize("who", ["lena", "ines", "rhea", "dora", "otto", "ivo"])
def test_only_counsel_signs(world, who):
    made = designated()
    cite(made, build_exhibit.exhibit())
    with pytest.raises(Denied):
        sign(world, made, who=who)


def test_two_accounts_of_one_person_are_one_signature(world):
    made = designated()
    cite(made, build_exhibit.exhibit())
    same_person("lena", "cora")
    with pytest.raises(Denied):
        sign(world, made)
    assert in_force() == []


@pytest.mark.parametrize("who", ["ines", "rhea", "cora", "dora", "otto", "ivo"])
def test_only_the_lead_proposes(world, who):
    with pytest.raises(Denied):
        designated(by=who)


@pytest.mark.parametrize("who", ["ines", "rhea", "dora", "otto", "ivo"])
def test_only_lead_and_counsel_end(world, who):
    made = signed()
    with pytest.raises(Denied):
        subject_status.end_subject_status(world.person(who), made, reason="Mine.")


def test_nothing_is_proposed_or_signed_while_the_protection_check_is_shut_but_it_is_ended(world):
    made, waiting = signed(), designated()
    person_level(ProtectionResult.SEEK_ADVICE)
    with pytest.raises(Refused, match=SHUT):
        designated()
    with pytest.raises(Refused, match=SHUT):
        sign(world, waiting)
    for one in (made, waiting):
        subject_status.end_subject_status(world.person("lena"), one, reason="The screen.")
        assert one.ended_at


def test_no_role_makes_a_subject():
    assert "subject" not in {involvement.value for involvement in Involvement}
