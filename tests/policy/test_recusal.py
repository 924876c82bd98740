"""The recusal: whoever may be a person of the case is shut out, until somebody who knows says otherwise."""

import pytest
import sqlalchemy as sa

from tests.builders.build_material import person
from tracker.actions.access import people, recusal
from tracker.actions.case import roles
from tracker.actions.register import accounts
from tracker.base import db
from tracker.models.access.words import IdentifierKind
from tracker.models.case.assignments import RecusalMatch
from tracker.models.case.cases import Case
from tracker.models.case.words import MatchState, Role

INES = "ines@tracker.example"


def exists_for(world, who):
    """Whether LK-AAAA exists for one of the people."""
    return db.session().scalar(Case.locate(world.person(who), case="LK-AAAA")) is not None


def match(world, who="ines"):
    return db.session().scalars(sa.select(RecusalMatch).where(RecusalMatch.account_id == world.person(who).id)).one()


def alias(world, who, kind, value):
    accounts.add_alias(world.person("ada"), world.person(who), kind=IdentifierKind(kind), value=value)


def settle(world, state, who="ines"):
    roles.settle_recusal(world.person("cora"), match(world, who), state=state, reason="Asked and seen.")


@pytest.mark.parametrize(
    "spelling",
    [INES, "INES@Tracker.Example", "  ines@tracker.example ", "ｉｎｅｓ@tracker.example", "ines\u200b@tracker.example",
     "in\u00ades@tracker.example", "ines@tracker.example\ufeff"],
)  # fmt: skip
def test_the_same_address_in_any_spelling_raises_the_recusal(world, spelling):
    person(("email", spelling), who="lena")
    assert match(world).kinds == "email"
    assert not exists_for(world, "ines")
    assert exists_for(world, "lena")


@pytest.mark.parametrize(("known_as", "found_as"), [("badge", "badge"), ("account", "badge"), ("email", "other")])
def test_an_alias_of_a_member_raises_the_recusal_whatever_the_other_system_calls_it(world, known_as, found_as):
    alias(world, "ines", known_as, "I-77")
    person((found_as, "i-77"), who="lena")
    assert not exists_for(world, "ines")


def test_the_recusal_stands_whatever_the_role(world):
    for who in ("lena", "rhea", "cora", "dora", "otto"):
        person(("email", f"{who}@tracker.example"))
        assert not exists_for(world, who)


def test_a_member_without_a_role_is_matched_when_she_is_offered_one(world):
    person(("email", "nora@tracker.example"))
    assert db.session().scalars(sa.select(RecusalMatch)).all() == []
    roles.offer_role(world.person("lena"), world.case(), email="nora@tracker.example", role=Role.OBSERVER)
    assert match(world, "nora").state is MatchState.OPEN


def test_a_recusal_in_one_case_is_no_recusal_in_another(world):
    person(("email", "lena@tracker.example"))
    assert exists_for(world, "lena") is False
    assert db.session().scalar(Case.locate(world.person("ivo"), case="LK-BBBB")) is not None


def test_a_rejected_match_takes_the_recusal_down_and_a_confirmed_one_leaves_it(world):
    person(("email", INES), who="lena")
    settle(world, MatchState.REJECTED)
    assert exists_for(world, "ines")
    settle(world, MatchState.CONFIRMED)
    assert not exists_for(world, "ines")


def test_a_rejected_match_is_not_raised_again_for_the_same_reason(world):
    aide = person(("badge", "B-1"), who="lena")
    alias(world, "ines", "badge", "B-1")
    settle(world, MatchState.REJECTED)
    people.add_identifier(world.person("lena"), aide, kind=IdentifierKind.PHONE, value="0555")
    assert exists_for(world, "ines")


def test_a_rejected_match_is_raised_again_when_more_is_in_common(world):
    aide = person(("badge", "B-1"), who="lena")
    alias(world, "ines", "badge", "B-1")
    settle(world, MatchState.REJECTED)
    people.add_identifier(world.person("lena"), aide, kind=IdentifierKind.EMAIL, value=INES)
    assert not exists_for(world, "ines")
    assert (match(world).kinds, match(world).settled_by) == ("badge, email", None)


def test_a_confirmed_match_stays_confirmed_when_more_is_in_common(world):
    aide = person(("badge", "B-1"), who="lena")
    alias(world, "ines", "badge", "B-1")
    settle(world, MatchState.CONFIRMED)
    people.add_identifier(world.person("lena"), aide, kind=IdentifierKind.EMAIL, value=INES)
    assert (match(world).state, match(world).kinds) == (MatchState.CONFIRMED, "badge, email")


def test_what_is_in_common_is_not_written_down_in_clear(world):
    person(("email", INES), who="lena")
    assert "ines" not in match(world).matched_on


def test_the_entry_tells_how_many_recusals_rose_and_not_which(world, entries):
    person(("email", INES), who="lena")
    assert entries()[-1]["d"]["recusals"] == 1
    assert "ines" not in str(entries()[-1])


def test_a_dry_run_names_the_members_and_stores_nothing(world):
    alias(world, "otto", "badge", "O-9")
    found = recusal.would_recuse(world.case(), {"Ines@Tracker.example", "o-9", "nobody"}, set())
    assert sorted(account.name for account in found) == ["Ines", "Otto"]
    assert db.session().scalars(sa.select(RecusalMatch)).all() == []


def test_the_recused_member_gets_the_same_answer_as_for_a_missing_case(world, browse):
    ines = browse("ines")
    assert ines.get("/cases/LK-AAAA").status_code == 200
    person(("email", INES), who="lena")
    hidden, missing = ines.get("/cases/LK-AAAA"), ines.get("/cases/LK-ZZZZ")
    assert (hidden.status_code, hidden.data) == (404, missing.data)
    assert "LK-AAAA" not in ines.get("/").text + ines.get("/cases").text


def test_the_recused_member_does_not_count_the_case_among_hers_either(world):
    ids = Case.visible_ids(world.person("ines"))
    seen = set(db.session().scalars(ids))
    person(("email", INES), who="lena")
    assert seen - set(db.session().scalars(ids)) == {world.case().id}
