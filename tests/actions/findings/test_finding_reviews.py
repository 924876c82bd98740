"""Reviews of findings: bound to exactly the text that was shown, by somebody who wrote none of it under any account."""

import pytest
import sqlalchemy as sa

from tests import world as people
from tests.actions.findings.test_citations import press_contact
from tests.actions.findings.test_subject_status import correct
from tests.builders.build_access import person_level
from tests.builders.build_finding import (
    about_somebody,
    approved,
    cited,
    drafted,
    returned,
    shown,
    state_of,
    submitted,
    written,
)
from tests.machinery.intruder import force_role, force_the_end_of_roles, run_past_the_program
from tracker.actions.findings import findings, reviews
from tracker.actions.register import accounts
from tracker.audit.doors import Denied, Refused, action
from tracker.base import db
from tracker.models.access.words import IdentifierKind
from tracker.models.case.words import Role
from tracker.models.findings.words import Cited, Conclusion
from tracker.models.register.accounts import Account, Alias
from tracker.models.register.words import Kind
from tracker.models.words import Answer
from tracker.policy import Permission, allows

APPROVAL = "/cases/LK-AAAA/findings/1/approval"
REVIEW = Permission.REVIEW_FINDING


def approve(finding, *, who="rhea", **other):
    reviews.approve_finding(people.person(who), finding, **{**shown(finding), **other})


def test_an_approval_is_sealed_with_revision_and_hash_and_the_entry_names_both(world, last_entry):
    finding = submitted()
    approve(finding, reasons="Checked against the log")
    (review,) = finding.reviews
    assert (state_of(finding), finding.approval) == ("approved 2", review)
    assert (review.reviewer.name, review.verdict, review.revision) == ("Rhea", "approved", 2)
    assert (review.text_sha256, review.seal) == (finding.text_sha256, review.compute_seal())
    entry = last_entry()
    assert (entry["act"], entry["obj"]) == ("finding.approved", f"finding:{finding.id}")
    assert (entry["d"]["revision"], entry["d"]["text_sha256"]) == (2, finding.text_sha256)
    assert entry["d"]["seals"] == {f"review:{review.id}": review.seal}


def test_a_text_is_returned_with_reasons(world, last_entry):
    finding = submitted()
    for nothing in ("", " ", "\u200b"):
        with pytest.raises(Refused, match="Enter the reasons"):
            returned(finding, reasons=nothing)
    returned(finding, reasons="Say who else held it.")
    assert (state_of(finding), finding.reviews[0].note) == ("returned 2", "Say who else held it.")
    assert (last_entry()["act"], last_entry()["d"]["revision"]) == ("finding.returned", 2)


def test_an_edit_voids_an_approval_which_stays_readable(world):
    finding = approved(submitted())
    written(finding, reasoning="Otherwise")
    assert (state_of(finding), finding.approval, len(finding.reviews)) == ("draft 3", None, 1)
    findings.submit_finding(people.person("lena"), finding, revision=3)
    approve(finding)
    assert [(one.revision, one.verdict) for one in finding.reviews] == [(2, "approved"), (3, "approved")]


def test_a_sealed_verdict_never_changes(world):
    @action(REVIEW, "trial.made")
    def rewrite(reviewer, finding):
        finding.reviews[0].note = "Other words"

    with pytest.raises(RuntimeError, match="sealed"):
        rewrite(people.person("rhea"), approved(submitted()))


def test_only_the_text_that_was_shown_is_approved(world, entries):
    finding = submitted()
    seen = shown(finding)
    written(finding, reasoning="Slipped in")
    findings.submit_finding(people.person("lena"), finding, revision=3)
    for stale in (seen, {**seen, "revision": 3}, {**seen, "text_sha256": finding.text_sha256}):
        with pytest.raises(Refused, match="changed since you read it"):
            approve(finding, **stale)
    assert (state_of(finding), finding.reviews, entries("finding.approved")) == ("submitted 3", [], [])


def test_a_text_changed_behind_its_hash_is_not_approved(world):
    finding = submitted()
    seen = shown(finding)
    with db.writer().connect() as connection:
        connection.exec_driver_sql("UPDATE finding SET reasoning = 'Slipped in'")
        connection.commit()
    with pytest.raises(Refused, match="changed since you read it"):
        approve(finding, **seen)


def test_only_what_is_submitted_is_judged_and_only_once(world):
    finding = written(drafted())
    with pytest.raises(Refused, match="Only a submitted finding"):
        approve(finding)
    approve(submitted(finding))
    with pytest.raises(Refused, match="Only a submitted finding"):
        returned(finding)


@pytest.mark.parametrize("who", ["lena", "ines", "cora", "dora", "otto", "ivo", "nora"])
def test_only_a_reviewer_judges(world, who):
    finding = submitted()
    with pytest.raises(Denied):
        approve(finding, who=who)
    with pytest.raises(Denied):
        returned(finding, who=who)


def another_account(name, email="second@tracker.example"):
    """An account of somebody who has one already, with the role of a reviewer."""
    _, token = accounts.invite_account(people.person("ada"), None, email=email, name=name, kind=Kind.MEMBER, hours=1)
    people.join(email.partition("@")[0], token)
    force_role("second", Role.REVIEWER)


def alias(who, value):
    accounts.add_alias(people.person("ada"), people.person(who), kind=IdentifierKind.EMAIL, value=value)


def author_turned_reviewer():
    force_the_end_of_roles("ines")
    force_role("ines", Role.REVIEWER)
    return "ines"


def same_name():
    another_account("INES")
    return "second"


def same_address():
    another_account("Somebody")
    alias("second", people.email("ines"))
    return "second"


def common_alias():
    another_account("Somebody")
    alias("second", "i.example@home.example")
    alias("ines", "I.Example@home.example")
    return "second"


def co_author():
    force_the_end_of_roles("walt")
    force_role("walt", Role.REVIEWER)
    return "walt"


def investigator_who_wrote_nothing():
    force_role("nora", Role.INVESTIGATOR)
    force_the_end_of_roles("nora")
    force_role("nora", Role.REVIEWER)
    return "nora"


def reviewer_who_became_an_investigator():
    force_role("rhea", Role.INVESTIGATOR)
    return "rhea"


NOT_INDEPENDENT = [
    author_turned_reviewer, same_name, same_address, common_alias, co_author, investigator_who_wrote_nothing,
    reviewer_who_became_an_investigator,
]  # fmt: skip


@pytest.mark.parametrize("becomes", NOT_INDEPENDENT)
def test_nobody_judges_her_own_words_or_her_own_case(world, browse, becomes):
    finding = written(drafted())
    written(finding, who="walt", missing="The log of the printer")
    submitted(finding)
    who = becomes()
    db.session().expire_all()
    assert not allows(people.person(who), REVIEW, finding)
    with pytest.raises(Denied):
        approve(finding, who=who)
    with pytest.raises(Denied):
        returned(finding, who=who)
    verdict = {"verdict": "approved", **shown(finding)}
    client = browse(who)
    assert client.get(APPROVAL).status_code == 403
    assert client.post(APPROVAL, data={**client.tokens(), **verdict}).status_code == 403
    assert "Review finding" not in client.get("/").text
    assert state_of(finding) == "submitted 3"


def test_who_has_another_name_and_address_does_judge(world):
    another_account("Somebody else")
    approve(submitted(), who="second")


def test_independence_is_asked_again_when_the_verdict_is_given(world):
    finding = submitted()
    assert allows(people.person("rhea"), REVIEW, finding)
    alias("rhea", people.email("ines"))
    with pytest.raises(Denied):
        approve(finding)
    assert db.session().get_one(Account, finding.author_id).name == "Ines"


def test_what_somebody_is_called_is_asked_anew_after_the_lock(world):
    finding, rhea = submitted(), people.person("rhea")
    assert allows(rhea, REVIEW, finding)
    address = {"account_id": rhea.id, "kind": IdentifierKind.EMAIL, "value": people.email("ines")}
    run_past_the_program(sa.insert(Alias).values(**address, value_folded=people.email("ines")))
    with pytest.raises(Denied):
        approve(finding)


def test_a_critical_conclusion_about_a_person_is_known_as_one(world):
    assert about_somebody(conclusion=Conclusion.INCONCLUSIVE).is_critical
    assert not about_somebody(conclusion=Conclusion.EXONERATED).is_critical
    assert not submitted().is_critical


def test_what_was_corrected_since_it_was_submitted_is_not_approved(world):
    person_level()
    finding = about_somebody()
    one = cited(finding, press_contact(people, Answer.YES), Cited.PRESS_CONTACT)
    submitted(finding)
    correct(people.person("ines"), one.press_contact)
    with pytest.raises(Refused, match=r"authors correct it\. A finding about a person cannot rest on access"):
        approve(finding)
    assert (state_of(finding), finding.reviews) == ("submitted 3", [])
    returned(finding)
    assert state_of(finding) == "returned 3"
