"""Claims: what is recorded of a leaked statement, what is asked of it, and what is refused."""

import pytest

from tests import world as people
from tests.builders import build_exhibit, build_finding
from tests.builders.build_access import person_level
from tests.builders.build_inquiry import cite, designated
from tests.builders.build_material import material, version
from tracker.actions.disclosure import claims, disclosures
from tracker.actions.findings import citations, subject_status
from tracker.analysis.moments import stated
from tracker.audit.doors import Denied, Refused, Stale
from tracker.audit.verify.sealed import faults
from tracker.base import db
from tracker.models.disclosure.claims import Checked
from tracker.models.disclosure.words import Accuracy, CheckAnswer, Protected, Wording

RELEASED = Checked(CheckAnswer.YES, stated("2018-03-20 13:00", "-04:00"), "remarks to reporters", "")


@pytest.fixture
def disclosure(world):
    return disclosures.record_disclosure(world.person("ines"), world.case(), outlet="A newspaper")


def claimed(disclosure, quote="He was told not to.", *, who="ines", **facts):
    return claims.record_claim(people.person(who), disclosure, quote=quote, **facts)


def changed(claim, *, who="ines", lock_version=1, **facts):
    claims.edit_claim(people.person(who), claim, lock_version=lock_version, **facts)


def test_a_recorded_claim_is_numbered_within_its_disclosure(disclosure, last_entry):
    first = claimed(disclosure, protected=Protected.PROTECTED, accuracy=Accuracy.ACCURATE)
    assert (first.label, first.protected, first.accuracy, first.version) == ("C1", "protected", "accurate", None)
    entry = last_entry()
    assert (entry["act"], entry["case"], entry["obj"]) == ("claim.recorded", "LK-AAAA", f"claim:{first.id}")
    assert claimed(disclosure).label == "C2"


def test_several_claims_are_recorded_as_one_all_or_none(disclosure, last_entry):
    two = [{"quote": "So."}, {"quote": "Not so.", "wording": Wording.CONSISTENT}]
    with pytest.raises(Refused, match="Choose the matched version"):
        claims.record_claims(people.person("ines"), disclosure, claims=two)
    assert disclosure.claims == []
    claims.record_claims(people.person("ines"), disclosure, claims=[{"quote": "So."}, {"quote": "Not so."}])
    assert [claim.label for claim in disclosure.claims] == ["C1", "C2"]
    entry = last_entry()
    assert (entry["act"], entry["obj"], entry["d"]["claims"]) == ("claims.recorded", f"disclosure:{disclosure.id}", 2)


def test_nothing_asked_of_a_claim_is_answered_until_somebody_answers(disclosure):
    claim = claimed(disclosure)
    assert claim.already_public == claim.briefing_possible == claim.clearance == Checked()


def test_an_answer_is_kept_with_its_time_and_source(disclosure, last_entry):
    claim = claimed(disclosure)
    changed(claim, already_public=RELEASED, clearance=Checked())
    assert (claim.already_public, claim.clearance) == (RELEASED, Checked())
    assert len(claim.checks) == 1
    entry = last_entry()
    assert entry["act"] == "claim.changed"
    assert set(entry["d"]["fields"]) == {f"claim:{claim.id}", f"claim_check:{claim.checks[0].id}"}


def test_an_answer_is_changed_in_place_and_one_that_stays_is_left_alone(disclosure, last_entry):
    claim = claimed(disclosure, already_public=RELEASED)
    changed(claim, already_public=RELEASED)
    assert set(last_entry()["d"]["fields"]) == {f"claim:{claim.id}"}
    changed(claim, lock_version=2, already_public=Checked(CheckAnswer.NO))
    assert claim.already_public == Checked(CheckAnswer.NO)
    assert len(claim.checks) == 1


def test_a_claim_is_compared_with_a_version_of_the_case(disclosure):
    told = version(material("CARDS"))
    claim = claimed(disclosure, version=told, wording=Wording.CONSISTENT_SHORTENED)
    assert (claim.version.heading, claim.wording.label) == ("CARDS v1", "Consistent, shortened")


def test_wording_without_a_version_is_refused(disclosure):
    with pytest.raises(Refused, match="Choose the matched version"):
        claimed(disclosure, wording=Wording.CONSISTENT)
    assert claimed(disclosure, wording=Wording.NONE).wording is Wording.NONE


def test_a_version_of_another_case_is_refused(world, disclosure):
    there = disclosures.record_disclosure(world.person("ivo"), world.case("LK-BBBB"), outlet="A site")
    with pytest.raises(Refused, match="of this case"):
        claimed(there, who="ivo", version=version(material("CARDS")))


def test_a_claim_saved_meanwhile_is_not_overwritten(disclosure):
    claim = claimed(disclosure)
    changed(claim, who="lena", quote="He was told so.")
    with pytest.raises(Stale):
        changed(claim, quote="He was not told.")
    assert (claim.quote, claim.lock_version) == ("He was told so.", 2)


@pytest.mark.parametrize("who", ["rhea", "cora", "dora", "otto", "ivo"])
def test_only_the_team_records_and_changes_claims(disclosure, who):
    claim = claimed(disclosure)
    with pytest.raises(Denied):
        claimed(disclosure, who=who)
    with pytest.raises(Denied):
        changed(claim, who=who, quote="Other words")


def approved_on(claim):
    """An approved finding that cites the claim."""
    finding = build_finding.written(build_finding.drafted())
    build_finding.cited(finding, claim)
    return build_finding.approved(build_finding.submitted(finding))


SAID = {
    "quote": "Something wholly other.", "locator": "Page 9", "protected": Protected.PROTECTED, "authority": "Rule 4",
    "accuracy": Accuracy.INACCURATE, "accuracy_basis": "The originator says so.",
}  # fmt: skip


@pytest.mark.parametrize("name", SAID)
def test_an_approved_finding_is_another_text_when_its_claim_says_something_else(disclosure, name, last_entry):
    claim = claimed(disclosure)
    finding = approved_on(claim)
    before = finding.text_sha256
    changed(claim, **{name: SAID[name]})
    assert (finding.state, finding.revision, finding.approval) == ("draft", 4, None)
    assert before != finding.text_sha256 == finding.compute_sha256() == finding.revisions[3].text_sha256
    assert finding.revisions[2].text_sha256 == finding.reviews[-1].text_sha256 == before
    (cited,) = finding.revisions[2].said["cites"]
    assert (cited["kind"], cited["quote"]) == ("claim", "He was told not to.")
    assert (last_entry()["act"], last_entry()["d"]["findings"]) == ("claim.changed", [finding.number])
    assert list(faults(db.session().connection())) == []
    assert build_finding.approved(build_finding.submitted(finding)).approval.revision == 4
    assert list(faults(db.session().connection())) == []


def test_the_version_and_its_wording_belong_to_the_text_too(disclosure):
    claim = claimed(disclosure, version=version(material("CARDS")))
    finding = approved_on(claim)
    changed(claim, version=version(material("BOOK")))
    assert finding.revision == 4
    changed(claim, lock_version=2, wording=Wording.CONSISTENT)
    assert (finding.revision, finding.state) == (5, "draft")


def test_what_no_text_rests_on_voids_nothing(disclosure, last_entry):
    claim, other = claimed(disclosure), claimed(disclosure)
    finding, withdrawn = approved_on(claim), build_finding.written(build_finding.drafted())
    citations.withdraw_citation(people.person("ines"), build_finding.cited(withdrawn, claim), reason="Another one.")
    revision = withdrawn.revision
    changed(other, quote="Other words.")
    changed(claim, already_public=RELEASED)  # the assessment is judged over the answers
    assert (finding.state, finding.revision, "findings" in last_entry()["d"]) == ("approved", 3, False)
    changed(claim, lock_version=2, locator="Page 9")
    assert (finding.revision, withdrawn.revision) == (4, revision)


def test_the_words_under_a_signed_subject_status_stay_and_what_is_found_out_of_them_goes_on(disclosure):
    person_level()
    claim, made = claimed(disclosure), designated()
    other = claimed(disclosure)
    cite(made, claim)
    cite(made, build_exhibit.exhibit())
    shown = made.text_sha256
    changed(claim, quote="He was told.")
    assert made.text_sha256 != shown
    subject_status.sign_subject_status(people.person("cora"), made, text_sha256=made.text_sha256)
    for words in ({"quote": "He was told not to."}, {"locator": "Page 9"}):
        with pytest.raises(Refused, match="relies on this claim, so its words cannot change"):
            changed(claim, lock_version=2, **words)
    assert (claim.quote, claim.locator) == ("He was told.", "")
    changed(claim, lock_version=2, quote="He was told.", accuracy=Accuracy.INACCURATE, already_public=RELEASED)
    changed(other, quote="Anything.")
    assert (claim.accuracy, made.seal) == ("inaccurate", made.compute_seal())
    assert list(faults(db.session().connection())) == []
