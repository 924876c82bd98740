"""Claims: what is recorded of a leaked statement, what is asked of it, and what is refused."""

import pytest

from tests import world as people
from tests.pieces import material, version
from tracker.actions import claims, disclosures
from tracker.analysis.moments import stated
from tracker.ledger import Denied, Refused, Stale
from tracker.models.claims import Checked
from tracker.models.words import Answer
from tracker.models.words.claims import Accuracy, Protected, Wording

RELEASED = Checked(Answer.YES, stated("2018-03-20 13:00", "-04:00"), "remarks to reporters", "")


@pytest.fixture
def disclosure(world):
    return disclosures.record_disclosure(world.person("ines"), world.case(), outlet="A newspaper")


def claimed(disclosure, quote="He was told not to.", *, who="ines", **facts):
    return claims.record_claim(people.person(who), disclosure, quote=quote, **facts)


def changed(claim, *, who="ines", row=1, **facts):
    claims.edit_claim(people.person(who), claim, row=row, **facts)


def test_a_recorded_claim_is_numbered_within_its_disclosure(disclosure, last_entry):
    first = claimed(disclosure, protected=Protected.PROTECTED, accuracy=Accuracy.ACCURATE)
    assert (first.label, first.protected, first.accuracy, first.version) == ("C1", "protected", "accurate", None)
    entry = last_entry()
    assert (entry["act"], entry["case"], entry["obj"]) == ("claim.recorded", "LK-AAAA", f"claim:{first.id}")
    assert claimed(disclosure).label == "C2"


def test_nothing_asked_of_a_claim_is_answered_until_somebody_answers(disclosure):
    claim = claimed(disclosure)
    assert claim.already_public == claim.briefing_possible == Checked()
    assert claim.clearance.words == "Unknown"


def test_an_answer_is_kept_with_its_time_and_source(disclosure, last_entry):
    claim = claimed(disclosure)
    changed(claim, already_public=RELEASED, clearance=Checked())
    assert claim.already_public == RELEASED
    assert claim.already_public.words == "Yes; 20 Mar 2018, 17:00 UTC; remarks to reporters"
    assert len(claim.checks) == 1
    entry = last_entry()
    assert entry["act"] == "claim.changed"
    assert set(entry["d"]["fields"]) == {f"claim:{claim.id}", f"claim_check:{claim.checks[0].id}"}


def test_an_answer_is_changed_in_place_and_one_that_stays_is_left_alone(disclosure, last_entry):
    claim = claimed(disclosure, already_public=RELEASED)
    changed(claim, already_public=RELEASED)
    assert set(last_entry()["d"]["fields"]) == {f"claim:{claim.id}"}
    changed(claim, row=2, already_public=Checked(Answer.NO))
    assert claim.already_public == Checked(Answer.NO)
    assert len(claim.checks) == 1


def test_a_claim_is_compared_with_a_version_of_the_case(disclosure):
    told = version(material("CARDS"))
    claim = claimed(disclosure, version=told, wording=Wording.CONSISTENT_SHORTENED)
    assert (claim.version.heading, claim.wording.label) == ("CARDS v1", "Consistent shortened")


def test_wording_without_a_version_is_refused(disclosure):
    with pytest.raises(Refused, match="Choose the version"):
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
    assert (claim.quote, claim.row) == ("He was told so.", 2)


@pytest.mark.parametrize("who", ["rhea", "cora", "dora", "otto", "ivo"])
def test_only_the_team_records_and_changes_claims(disclosure, who):
    claim = claimed(disclosure)
    with pytest.raises(Denied):
        claimed(disclosure, who=who)
    with pytest.raises(Denied):
        changed(claim, who=who, quote="Other words")
