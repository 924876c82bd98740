"""Disclosures and their captures: what is recorded, what is refused, and who may not."""

import hashlib

import pytest

from tests import world as people
from tracker.actions.access.exposure import ends_of
from tracker.actions.disclosure import captures, claims, disclosures
from tracker.analysis.moments import stated
from tracker.audit.doors import Denied, Refused, Stale
from tracker.models.disclosure.words import DisclosureForm, Medium

SHA = "ab" * 32


def disclosed(outlet="A newspaper", *, who="ines", reference="LK-AAAA", **facts):
    return disclosures.record_disclosure(people.person(who), people.case(reference), outlet=outlet, **facts)


def captured(disclosure, sha256=SHA, *, who="ines", **facts):
    about = {"name": "page.png", "size": 5, **facts}
    return captures.record_capture(people.person(who), disclosure, sha256=sha256, **about)


def test_a_recorded_disclosure_has_a_number_and_leaves_an_entry(world, last_entry):
    made = disclosed(
        medium=Medium.NEWSPAPER, form=DisclosureForm.QUOTES, published=stated("2018-03-20 19:15", "-04:00")
    )
    assert (made.number, made.medium, made.published.words) == (1, "newspaper", "20 Mar 2018, 23:15 UTC")
    entry = last_entry()
    assert (entry["act"], entry["case"], entry["obj"]) == ("disclosure.recorded", "LK-AAAA", f"disclosure:{made.id}")
    assert disclosed().number == 2


def test_an_outlet_is_enough(world):
    made = disclosed()
    people.db.session().refresh(made)
    assert (made.heading, made.medium, made.form, made.text_sha256) == ("A newspaper", "other", None, None)
    assert made.published.words == made.first_seen.words == made.comment_requested.words == "unknown"


def test_the_text_is_hashed_and_a_text_taken_away_has_no_hash(world):
    made = disclosed(text="Ne le félicitez pas.")
    assert made.text_sha256 == hashlib.sha256("Ne le félicitez pas.".encode()).hexdigest()
    disclosures.edit_disclosure(people.person("ines"), made, lock_version=1, outlet="A newspaper", text="")
    assert made.text_sha256 is None


def test_a_changed_disclosure_says_which_fields_changed(world, last_entry):
    made = disclosed()
    disclosures.edit_disclosure(people.person("lena"), made, lock_version=1, outlet="Another", sourcing="two officials")
    assert (made.outlet, made.sourcing, made.lock_version) == ("Another", "two officials", 2)
    assert last_entry()["act"] == "disclosure.changed"
    assert last_entry()["d"]["fields"] == {f"disclosure:{made.id}": ["lock_version", "outlet", "sourcing"]}


def test_a_disclosure_saved_meanwhile_is_not_overwritten(world):
    made = disclosed()
    disclosures.edit_disclosure(people.person("lena"), made, lock_version=1, outlet="Another")
    with pytest.raises(Stale):
        disclosures.edit_disclosure(people.person("ines"), made, lock_version=1, outlet="A third")
    assert made.outlet == "Another"


def test_a_disclosure_derives_from_an_earlier_one(world):
    first = disclosed()
    repeat = disclosed("A broadcaster", derived_from=[first])
    assert repeat.derived_from == [first]


def test_several_are_repeated_and_a_claim_names_its_own(world, browse):
    first, second, third = disclosed(), disclosed("A broadcaster"), disclosed("An agency")
    repeat = disclosed("A site", derived_from=[first, second])
    one = claims.record_claim(people.person("ines"), repeat, quote="Do not.", derived_from=[third])
    assert (repeat.derived_from, one.derived_from) == ([first, second], [third])
    assert [label for label, _ in ends_of(third)] == []  # nothing says when it was repeated
    disclosures.edit_disclosure(people.person("ines"), repeat, lock_version=repeat.lock_version, derived_from=[second])
    assert repeat.derived_from == [second]
    with pytest.raises(Refused, match="directly or through others"):
        claims.edit_claim(people.person("ines"), one, lock_version=one.lock_version, derived_from=[repeat])
    with pytest.raises(Refused, match="directly or through others"):
        disclosures.edit_disclosure(people.person("ines"), third, lock_version=1, derived_from=[repeat])
    page = browse("otto").get("/cases/LK-AAAA/disclosures/4").text
    assert "(claim C1)" in page
    assert "1: A newspaper" not in page


def test_no_disclosure_derives_from_itself(world):
    first = disclosed()
    with pytest.raises(Refused, match="cannot repeat itself"):
        disclosures.edit_disclosure(people.person("ines"), first, lock_version=1, derived_from=[first])


def test_no_disclosure_derives_from_itself_by_way_of_others(world):
    first = disclosed()
    second = disclosed("A broadcaster", derived_from=[first])
    third = disclosed("A site", derived_from=[second])
    with pytest.raises(Refused, match="directly or through others"):
        disclosures.edit_disclosure(people.person("ines"), first, lock_version=1, derived_from=[third])


def test_a_disclosure_of_another_case_is_no_origin(world):
    other = disclosed(who="ivo", reference="LK-BBBB")
    with pytest.raises(Refused, match="of this case"):
        disclosed(derived_from=[other])


@pytest.mark.parametrize("who", ["rhea", "cora", "dora", "otto", "ivo", "ada", "aldo"])
def test_only_the_team_records_disclosures(world, who):
    with pytest.raises(Denied):
        disclosed(who=who)


def test_a_capture_is_numbered_within_its_disclosure_and_its_hash_is_in_the_audit_log(world, last_entry):
    made = captured(disclosed(), note="Saved from the screen")
    assert (made.number, made.by.name, made.corrects) == (1, "Ines", None)
    entry = last_entry()
    assert (entry["act"], entry["obj"]) == ("capture.recorded", f"capture:{made.id}")
    assert (entry["d"]["sha256"], entry["d"]["size"]) == (SHA, 5)


def test_a_better_capture_names_the_old_one_which_stays(world):
    disclosure = disclosed()
    old = captured(disclosure)
    better = captured(disclosure, "cd" * 32, corrects=old)
    assert (better.number, better.corrects, old.corrected_by) == (2, old, better)
    assert disclosure.captures == [old, better]


def test_a_capture_is_corrected_once(world):
    disclosure = disclosed()
    old = captured(disclosure)
    captured(disclosure, "cd" * 32, corrects=old)
    with pytest.raises(Refused, match="not replaced before"):
        captured(disclosure, "ef" * 32, corrects=old)


def test_a_capture_of_another_disclosure_cannot_be_corrected_here(world):
    old = captured(disclosed())
    with pytest.raises(Refused, match="of this disclosure"):
        captured(disclosed("A broadcaster"), "cd" * 32, corrects=old)


def test_the_same_file_twice_is_refused(world):
    disclosure = disclosed()
    captured(disclosure)
    with pytest.raises(Refused, match="already capture 1"):
        captured(disclosure)
    assert captured(disclosed("A broadcaster")).number == 1


def test_an_observer_adds_no_capture_but_may_read_one(world, last_entry):
    disclosure = disclosed()
    with pytest.raises(Denied):
        captured(disclosure, who="otto")
    made = captured(disclosure)
    captures.read_capture(people.person("otto"), made)
    entry = last_entry()
    assert (entry["act"], entry["obj"], entry["d"]) == (
        "capture.read",
        f"capture:{made.id}",
        {"sha256": SHA, "size": 5},
    )


def test_nobody_outside_the_case_reads_a_capture(world):
    made = captured(disclosed())
    with pytest.raises(Denied):
        captures.read_capture(people.person("ivo"), made)
