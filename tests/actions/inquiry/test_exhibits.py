"""Exhibits: what is taken in, what is sealed, what may change, and what reading leaves."""

from datetime import timedelta

import pytest

from tests import world as people
from tests.builders.build_exhibit import exhibit, kept
from tracker.actions.inquiry import exhibits
from tracker.actions.inquiry.exhibits import Custody
from tracker.audit.doors import Denied, Refused, Stale, now
from tracker.models.inquiry.words import ExhibitForm, InformationGrade, Original, SourceGrade


def changed(of, *, who="ines", lock_version=1, **facts):
    about = {"title": of.title, "note": "", "original": None, "source_grade": None, "information_grade": None, **facts}
    exhibits.edit_exhibit(people.person(who), of, lock_version=lock_version, **about)


def test_a_file_is_imported_with_its_first_holder_and_both_are_sealed(world, last_entry):
    made = exhibit(source_grade=SourceGrade.B, information_grade=InformationGrade.SIX, original=Original.COPY)
    assert (made.number, made.form, made.grade, made.holder) == (1, ExhibitForm.FILE, "B6", "Evidence room")
    first = made.custody[0]
    assert (first.number, first.from_holder, first.at) == (1, "Print service", made.obtained)
    assert made.is_sealed
    assert first.is_sealed
    entry = last_entry()
    assert (entry["act"], entry["case"], entry["obj"]) == ("exhibit.added", "LK-AAAA", f"exhibit:{made.id}")
    assert (entry["d"]["sha256"], entry["d"]["size"]) == (made.sha256, 9)
    assert entry["d"]["seals"] == {f"exhibit:{made.id}": made.seal, f"custody_entry:{first.id}": first.seal}


def test_an_object_has_a_seal_and_no_file(world):
    made = exhibit(None)
    assert (made.form, made.sha256, made.name, made.has_file) == (ExhibitForm.OBJECT, None, "", False)
    assert made.custody[0].seal_number == "S-1"
    with pytest.raises(Refused, match="Put the object under seal"):
        exhibit(None, custody=Custody("Evidence room", "Taken in"))


def test_source_and_information_are_graded_apart(world):
    assert exhibit(b"1", source_grade=SourceGrade.A).grade == "A-"
    assert exhibit(b"2", information_grade=InformationGrade.ONE).grade == "-1"
    assert exhibit(b"3").grade == ""


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"title": "Phone of the leak" + "er"}, "Leave out"),
        ({"obtained_from": "the cul" + "prit"}, "Leave out"),
        ({"custody": Custody("The sus" + "pect", "Kept")}, "Leave out"),
        ({"custody": Custody("PRINT service", "Kept")}, "already holds this exhibit"),
        ({"at": (now() + timedelta(days=2)).strftime("%Y-%m-%d")}, "lies in the future"),
    ],
)
def test_what_cannot_be_an_exhibit_is_refused_and_leaves_nothing(world, entries, facts, words):
    before = len(entries())
    with pytest.raises(Refused, match=words):
        exhibit(**facts)
    assert len(entries()) == before


def test_the_same_bytes_are_imported_again_only_when_it_is_meant(world):
    first, other = exhibit(), exhibit(b"other bytes", again=True)
    with pytest.raises(Refused, match="Exhibit 1 already has the same bytes"):
        exhibit()
    again, third = exhibit(again=True), exhibit(again=True)
    assert (first.twin, other.twin, again.twin, third.twin) == (None, None, first, first)


def test_the_same_bytes_in_another_case_are_no_twin(world):
    exhibit()
    there = exhibits.add_exhibit(
        world.person("ivo"), world.case("LK-BBBB"), title="Print log", obtained=exhibit(b"x").obtained, how="",
        obtained_from="Print service", custody=Custody("Registry", "Taken in"), file=kept(), name="a.csv",
    )  # fmt: skip
    assert (there.number, there.twin) == (1, None)


def test_how_it_is_called_and_judged_may_change(world, last_entry):
    made = exhibit()
    sealed = made.seal
    changed(made, title="Print log of March", source_grade=SourceGrade.C, note="See exhibit 2")
    assert (made.title, made.grade, made.lock_version, made.compute_seal()) == ("Print log of March", "C-", 2, sealed)
    assert (last_entry()["act"], last_entry()["obj"]) == ("exhibit.changed", f"exhibit:{made.id}")


def test_a_change_saved_meanwhile_is_not_overwritten(world):
    made = exhibit()
    changed(made, who="lena", title="What Lena wrote")
    with pytest.raises(Stale):
        changed(made, title="What Ines wrote")
    assert made.title == "What Lena wrote"


def test_a_title_that_judges_is_refused_later_too(world):
    made = exhibit()
    with pytest.raises(Refused, match="Do not judge a person"):
        changed(made, title="Guil" + "ty as printed")


@pytest.mark.parametrize("column", ["name", "sha256", "size", "obtained_from", "how", "by_id", "number"])
def test_no_change_reaches_what_is_sealed(world, entries, column):
    made = exhibit()
    before = len(entries())
    with pytest.raises(RuntimeError, match="sealed and cannot change"):
        changed(made, **{column: 7 if column in {"size", "by_id", "number"} else "x"})
    assert len(entries()) == before


def test_reading_and_hashing_again_are_recorded(world, last_entry):
    made = exhibit()
    exhibits.read_exhibit(world.person("otto"), made)
    assert (last_entry()["act"], last_entry()["d"]) == ("exhibit.read", {"sha256": made.sha256, "size": 9})
    exhibits.verify_exhibit(world.person("otto"), made)
    assert (last_entry()["act"], last_entry()["d"]) == ("exhibit.verified", {"sha256": made.sha256, "size": 9})


@pytest.mark.parametrize("act", [exhibits.read_exhibit, exhibits.verify_exhibit])
def test_an_object_has_no_file_to_read(world, act):
    made = exhibit(None)
    with pytest.raises(Refused, match="is an object and has no file"):
        act(world.person("otto"), made)


@pytest.mark.parametrize("who", ["rhea", "cora", "dora", "otto", "ivo"])
def test_only_the_team_takes_in_and_changes(world, who):
    made = exhibit()
    with pytest.raises(Denied):
        exhibit(b"more", who=who)
    with pytest.raises(Denied):
        changed(made, who=who)
