"""Standard texts: added by administrators, renewed by version, never edited."""

import pytest

from tests import world as people
from tests.builders.build_interview import text
from tracker.actions.register import standard_texts
from tracker.audit.doors import Denied, Refused
from tracker.models.register.words import TextKind, TextRule

pytestmark = pytest.mark.usefixtures("world")


def added(name="Union guidance", *, who="ada", kind=TextKind.ADVISEMENT, **about):
    said = {"text": "You may bring somebody.", **about}
    return standard_texts.add_text(people.person(who), None, kind=kind, name=name, **said)


def test_an_organisation_adds_its_own_text(last_entry):
    made = added(rule=TextRule.OFFER_FIRST)
    assert (made.key, made.version, made.rule, made.by.name) == ("union-guidance", 1, "offer_first", "Ada")
    entry = last_entry()
    assert (entry["act"], entry["obj"], entry.get("case")) == ("standard_text.added", f"standard_text:{made.id}", None)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Décret n° 5", "decret-n-5"),
        ("Союз", "text"),
        ("Union-Guidance!", "union-guidance-2"),
        ("union guidance?", "union-guidance-2"),
        ("a" * 120, "a" * 35),
    ],
)
def test_the_key_is_made_from_the_name_and_is_free(name, key):
    added()
    assert added(name).key == key


def test_three_names_that_give_the_same_key_get_three():
    assert [added(name).key for name in ("A b", "A-b", "A/b")] == ["a-b", "a-b-2", "a-b-3"]


def test_a_name_that_is_there_is_renewed_instead():
    with pytest.raises(Refused, match="A text with this name exists"):
        added("GARRITY (us)")
    assert added("Garrity (US)", kind=TextKind.QUESTIONS).key == "garrity-us"


def test_no_name_judges_a_person():
    with pytest.raises(Refused, match="judge a person"):
        added("Sus" + "pects of all kinds", kind=TextKind.QUESTIONS)


def test_only_an_advisement_has_a_rule():
    with pytest.raises(Refused, match="Only an advisement"):
        added(kind=TextKind.QUESTIONS, rule=TextRule.STOP)


def test_a_new_version_leaves_the_old_one_as_it_was(last_entry):
    old = text("garrity")
    words = old.text
    newer = standard_texts.add_version(people.person("ada"), old, text="Other words.")
    assert (newer.key, newer.name, newer.rule, newer.version) == (old.key, old.name, old.rule, 2)
    assert (old.text, old.version) == (words, 1)
    assert (last_entry()["act"], last_entry()["obj"]) == ("standard_text.versioned", f"standard_text:{newer.id}")
    assert list(last_entry()["d"]["fields"]) == [f"standard_text:{newer.id}"]


def test_a_version_is_added_to_the_newest_only():
    old = text("garrity")
    standard_texts.add_version(people.person("ada"), old, text="Other words.")
    with pytest.raises(Refused, match="A newer version exists"):
        standard_texts.add_version(people.person("ada"), old, text="Yet other words.")


def test_the_same_words_are_no_new_version():
    old = text("garrity")
    with pytest.raises(Refused, match="This text equals version 1"):
        standard_texts.add_version(people.person("ada"), old, text=old.text)


@pytest.mark.parametrize("who", ["lena", "cora", "aldo", "nora"])
def test_only_an_administrator_adds_texts(who):
    with pytest.raises(Denied):
        added(who=who)
    with pytest.raises(Denied):
        standard_texts.add_version(people.person(who), text("garrity"), text="Mine")
