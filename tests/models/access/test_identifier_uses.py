"""How identifiers were used, from the rows that count."""

from tests.builders.build_material import NOWHEN, material, person
from tracker.actions.access import access_records
from tracker.analysis.identifiers.uses import overlaps
from tracker.analysis.moments import stated
from tracker.models.access.identifier_uses import uses_of
from tracker.models.access.words import Level
from tracker.policy.mask import Shown


def used(world, card, identifier, since):
    return access_records.record_access(
        world.person("ines"), world.case(), person=identifier.person, identifier=identifier, material=card,
        level=Level.E3, since=stated(since, "UTC") if since else NOWHEN, until=NOWHEN,
    )  # fmt: skip


def test_first_and_last_use_are_those_of_dated_rows_and_all_are_counted(world):
    aide = person(("badge", "pyoung001"), ("badge", "pyoung002"), ("email", "p.young@tracker.example"))
    card = material()
    old, new, _mail = aide.identifiers
    for since in ("2016-06-10 17:10", "", "2016-05-01 08:00"):
        used(world, card, old, since)
    used(world, card, new, "2016-06-02")
    (_, first), (_, second), (_, third) = uses_of(aide, Shown(aide, in_clear=True).identifiers)
    assert (first.says, first.rows, first.first.words, first.last.words) == (
        "badge pyoung001", 3, "1 May 2016, 08:00 UTC", "10 Jun 2016, 17:10 UTC",
    )  # fmt: skip
    assert (second.rows, second.first, third.rows) == (1, second.last, 0)
    assert not third.first
    (said,) = overlaps([first, second, third])
    assert said.startswith("badge pyoung001 was used until 10 Jun 2016, after badge pyoung002 came into use on 2 Jun")


def test_a_corrected_row_counts_no_longer(world):
    aide = person(("badge", "pyoung001"))
    card = material()
    row = used(world, card, aide.identifiers[0], "2016-06-10 17:10")
    facts = {"person": aide, "material": card, "level": Level.E3, "until": NOWHEN, "since": NOWHEN}
    access_records.correct_access(
        world.person("ines"), row, why_corrected="Misread", identifier=aide.identifiers[0], **facts
    )
    ((_, use),) = uses_of(aide, Shown(aide, in_clear=True).identifiers)
    assert (use.rows, bool(use.first)) == (1, False)


def test_without_names_an_identifier_is_called_by_its_place(world):
    aide = person(("badge", "pyoung001"), ("badge", "pyoung002"))
    assert [use.says for _, use in uses_of(aide, Shown(aide, in_clear=False).identifiers)] == ["badge 1", "badge 2"]


def test_somebody_without_identifiers_has_no_uses(world):
    assert uses_of(person(), []) == []
