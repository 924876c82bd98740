"""Accesses: recorded with what is known, corrected by a new row, never edited."""

import pytest

from tests.builders.build_access import access, disclosure, person_level, utc
from tests.builders.build_material import NOWHEN, material, person, version
from tracker.actions.access import access_records, people
from tracker.actions.access.exposure import read_exposure
from tracker.actions.disclosure import materials
from tracker.audit.doors import Denied, Refused
from tracker.base import db
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.words import Channel, Level
from tracker.models.case.words import ProtectionResult
from tracker.models.disclosure.words import CopyForm


def correct(world, row, **facts):
    about = {"person": row.person, "material": row.material, "level": Level.E2, "since": NOWHEN, "until": NOWHEN}
    return access_records.correct_access(world.person("ines"), row, why_corrected="Mistyped.", **{**about, **facts})


def test_a_recorded_access_has_the_next_number_and_leaves_an_entry(world, last_entry):
    card = material()
    first = access(of=card)
    row = access(first.person, card, channel=Channel.OPENED, since=utc("2018-03-20 11:00"), source="List", note="Seen")
    assert (row.number, row.channel, row.since.words) == (2, Channel.OPENED, "20 Mar 2018, 11:00 UTC")
    assert (row.source, row.note, row.by.name, row.log, world.case().accesses_numbered) == (
        "List",
        "Seen",
        "Ines",
        None,
        2,
    )
    entry = last_entry()
    assert (entry["act"], entry["case"], entry["obj"]) == (
        "access_record.recorded",
        "LK-AAAA",
        f"access_record:{row.id}",
    )


def test_a_number_that_an_import_reserved_is_not_given_again(world, app):
    first = access()
    assert first.number == 1
    correct(world, first)
    assert access(first.person, first.material).number == 3


def test_people_and_materials_of_another_case_are_refused(world):
    stranger = people.add_person(world.person("ivo"), world.case("LK-BBBB"), name="", post="", unit="", identifiers=[])
    with pytest.raises(Refused, match="of this case"):
        access(stranger)


def test_a_version_or_copy_of_another_material_is_refused(world):
    card, book = material("CARD"), material("BOOK")
    with pytest.raises(Refused, match="Choose a version of CARD"):
        access(of=card, version=version(book))
    paper = _copy(world, book)
    with pytest.raises(Refused, match="Choose a copy of CARD"):
        access(of=card, copy=paper)


def _copy(world, of, **facts):
    given = {"form": CopyForm.PAPER, "holder": "", "version": None, "label": "", "mark": "", **facts}
    return materials.record_copy(world.person("ines"), of, **given)


def test_a_copy_of_another_version_is_refused(world):
    card = material()
    first, second = version(card, "v1"), version(card, "v2")
    paper = _copy(world, card, version=first)
    with pytest.raises(Refused, match="Copy 1 is a copy of another version"):
        access(of=card, version=second, copy=paper)
    assert access(of=card, version=first, copy=paper).copy is paper
    assert access(of=card, copy=paper).version is None


def test_an_access_cannot_end_before_it_began(world):
    with pytest.raises(Refused, match="The end is before the start"):
        access(since=utc("2018-03-20 11:00"), until=utc("2018-03-20 10:00"))
    assert access(of=material("B"), since=utc("2018-03-20"), until=utc("2018-03-20 10:00")).number == 1


def test_who_only_observes_or_reviews_records_nothing(world):
    card, aide = material(), person()
    for who in ("otto", "rhea", "cora", "dora"):
        with pytest.raises(Denied):
            access(aide, card, by=who)


def test_a_correction_is_a_new_row_that_names_the_old_one(world, last_entry):
    old = access()
    new = correct(world, old, level=Level.E4)
    assert (new.number, new.corrects, new.why_corrected, new.level) == (2, old, "Mistyped.", Level.E4)
    assert (old.level, old.corrected_by) == (Level.E3, new)
    assert (last_entry()["act"], last_entry()["obj"]) == ("access_record.corrected", f"access_record:{new.id}")
    assert list(db.session().scalars(AccessRecord.of(world.case()).where(AccessRecord.uncorrected()))) == [new]


def test_a_row_is_corrected_once(world):
    old = access()
    correct(world, old)
    with pytest.raises(Refused, match=r"Record 2 corrects record 1\. Correct record 2 instead\."):
        correct(world, old)


def test_a_correction_too_must_be_possible(world, entries):
    old = access()
    before = len(entries())
    with pytest.raises(Refused):
        correct(world, old, since=utc("2018-03-20 11:00"), until=utc("2018-03-20 10:00"))
    assert len(entries()) == before
    assert old.corrected_by is None


def test_who_may_not_record_may_not_correct(world):
    old = access()
    with pytest.raises(Denied):
        access_records.correct_access(
            world.person("otto"), old, why_corrected="", person=old.person, material=old.material, level=Level.E3,
            since=NOWHEN, until=NOWHEN,
        )  # fmt: skip


def test_no_answer_about_people_opens_before_counsel_has_person_level_the_case(world, last_entry):
    one = disclosure()
    with pytest.raises(Refused, match="counsel has done the protected-disclosure check"):
        read_exposure(world.person("lena"), one)
    person_level(ProtectionResult.STOP_AND_REFER)
    with pytest.raises(Refused, match="stop and refer"):
        read_exposure(world.person("lena"), one)
    person_level(ProtectionResult.PROCEED_WITH_FIREWALL)
    with pytest.raises(Refused, match="proceed with firewall"):
        read_exposure(world.person("lena"), one)
    person_level(ProtectionResult.PROCEED)
    read_exposure(world.person("lena"), one)
    entry = last_entry()
    assert (entry["act"], entry["obj"]) == ("exposure.read", f"disclosure:{one.id}")


def test_who_has_no_role_in_the_case_reads_no_answer(world):
    one = disclosure()
    person_level()
    with pytest.raises(Denied):
        read_exposure(world.person("nora"), one)
