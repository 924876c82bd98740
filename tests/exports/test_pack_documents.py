"""The documents of a pack: the eleven questions, letters, the closing memo, statistics."""

import json
import re
from itertools import pairwise

import pytest

from tests import world
from tests import world as the_world
from tests.builders import build_case, build_columns
from tests.builders.build_access import lay_out, person_level, two_versions, utc
from tests.builders.build_material import material, person
from tracker.actions.case.cases import open_case
from tracker.base import db
from tracker.exports.pack.memo import _due
from tracker.exports.pack.packing import compose, start_pack
from tracker.exports.pack.questions import QUESTIONS
from tracker.exports.pack.wishes import Wish
from tracker.models.access.words import Level
from tracker.models.case.protection_checks import ProtectionCheck
from tracker.models.case.words import Stage
from tracker.models.register.exports import Export
from tracker.models.register.words import Profile


def documents_of(case, profile=Profile.FULL, person=None):
    """The documents of a pack by their names, each as its blocks."""
    wish = Wish(profile, person)
    export, body = start_pack(world.person("lena"), case, wish, names=False, purpose="", recipient="")
    body.close()
    documents, *_ = compose(db.session().get_one(Export, export.id))
    return {one.name: one.blocks for one in documents}


def answers(blocks):
    """What stands below each of the questions."""
    found = []
    for block in blocks:
        if block["k"] == "h":
            found.append([block["t"]])
        elif found:
            found[-1].append(json.dumps(block))
    return [(name, " ".join(below)) for name, *below in found if name[0].isdigit()]


def test_each_of_the_eleven_questions_is_answered_or_unknown_for_a_reason(app):
    empty = open_case(world.person("lena"), None, title="An empty case", marking="internal")
    found = answers(documents_of(empty)["eleven-questions"])
    assert [name for name, _ in found] == [f"{number}. {words}" for number, (words, _) in enumerate(QUESTIONS, 1)]
    assert len(found) == 11
    assert [name for name, below in found if "Unknown, because" not in below] == []


@pytest.mark.furnished
def test_what_is_recorded_answers_the_questions(app):
    found = dict(answers(documents_of(world.case())["eleven-questions"]))
    assert "The Paper 1: What was said" in found["1. Which publication disclosed it, and when?"]
    assert "20 Mar 2018, 22:00" in found["1. Which publication disclosed it, and when?"]
    assert "Based on" in found["5. How widely was it disseminated?"]
    assert "Press office: Readout" in found["6. Was it in earlier official releases?"]
    assert "All is public." in found["11. What is the effect on the protected interest?"]


@pytest.mark.furnished
def test_a_passage_that_was_put_is_a_letter_to_its_person_alone(app):
    letter, full = "letters/right-of-reply-1-1", documents_of(world.case())
    assert "The cards were passed on" in json.dumps(full[letter])
    assert letter in documents_of(world.case(), Profile.PERSON, 1)
    assert letter not in documents_of(world.case(), Profile.PERSON, 2)
    records = [json.dumps(blocks) for name, blocks in full.items() if name.startswith("interview-records/")]
    assert ["I have read this record" in record for record in records] == [True, False]  # the second is signed


def test_the_memo_is_a_draft_until_the_case_is_closed_and_nobody_is_cleared_before(app):
    build_case.ready(Stage.REVIEW)
    before = documents_of(world.case())
    assert "Draft. The case is not closed." in json.dumps(before["closing-memo"])
    build_case.close()
    after = documents_of(world.case())
    assert "Draft." not in json.dumps(after["closing-memo"])
    assert "The record at the closing" in json.dumps(after["closing-memo"])
    for documents in (before, after):  # the one finding about a person is inconclusive
        assert [name for name in documents if name.startswith("letters/clearance")] == []


def test_what_is_for_a_person_names_no_version_that_a_claim_is_from(world):
    two_versions()
    known = person(("account", "records"))
    full, own = (
        [line for block in documents_of(the_world.case(), *wish)["report"] for line in block.get("items", ())]
        for wish in ((Profile.FULL,), (Profile.PERSON, known.number))
    )
    [named] = [line for line in full if line.startswith("CARDS v2: ")]
    assert named.removeprefix("CARDS v2: ") in own, "how complete the answer is stands there all the same"
    assert [line for line in own if "CARDS" in line] == []


def test_what_a_material_is_called_is_masked_where_it_names_somebody(world):
    card, known = material("Quillfeather card"), person(("account", "records"))
    person(("account", "a-2"), name="Zacharias Quillfeather")
    lay_out(the_world.person("ines"), the_world.case(), rows=[
        {"person": known, "level": Level.E2, "material": card, "since": utc("2018-03-19 10:05")},
    ])  # fmt: skip
    person_level()
    said = json.dumps(documents_of(the_world.case(), Profile.PERSON, known.number)["report"])
    assert "[another person] card" in said
    assert "Quillfeather" not in said


@pytest.mark.slow("brings a case to its review")
def test_a_chapter_of_one_sentence_takes_no_page_and_letters_are_counted(app):
    build_case.ready(Stage.REVIEW)
    documents = documents_of(world.case())
    report, memo = documents["report"], json.dumps(documents["closing-memo"])
    starts = [after["t"] for block, after in pairwise(report) if block["k"] == "break"]
    assert {"Register", "Outcome"} <= {*starts}
    [decisions] = [after for block, after in pairwise(report) if block.get("t") == "Decisions"]
    assert decisions["t"] == "No decision is recorded."
    assert {"The case", "Decisions"} & {*starts} == set()
    assert "No letter of clearance is due." in memo
    assert [_due(number) for number in (1, 2)] == ["1 letter of clearance is due.", "2 letters of clearance are due."]


@pytest.mark.furnished
def test_a_publication_has_no_column_of_people(app):
    for profile, last in ((Profile.FULL, "Who"), (Profile.PUBLICATION, "What")):
        report = documents_of(world.case(), profile)["report"]
        [chronology] = [one for one in report if one["k"] == "table" and one["head"][:2] == ["When", "Kind"]]
        assert chronology["head"][-1] == last


PUBLIC = {"hypothesis.text", "recommendation.addressee", "recommendation.text"}
NEVER = {
    "interview.planning", "evaluation.text", "privileged_note.text", "protection_check.reason",
    "protection_answers.requester", "presence.who", "addendum.signed_by", "person.name", "identifier.value",
    "comment.text", "account.name",
}  # fmt: skip


@pytest.mark.slow("composes packs of a case that has every column")
def test_of_every_column_of_the_record_only_what_a_profile_may_hold_is_in_it(world, monkeypatch):
    build_columns.told("=canary ")
    monkeypatch.setattr(ProtectionCheck, "day_words", "a day")  # it is a mark there, too
    found = {}
    for profile in (Profile.FULL, Profile.REVIEWER, Profile.PUBLICATION):
        said = json.dumps(list(documents_of(the_world.case(), profile).values()))
        found[profile] = set(re.findall(r"canary ([a-z_]+\.[a-z_]+)", said))
    assert found[Profile.FULL] == found[Profile.REVIEWER]
    assert found[Profile.FULL] & NEVER == set()
    assert {"finding.reasoning", "decision.reason", "reply.answer", "press_contact.content"} <= found[Profile.FULL]
    assert found[Profile.PUBLICATION] == PUBLIC


def test_the_chronology_says_of_a_row_what_all_its_records_say(world):
    card = material()
    known, other = person(("account", "records")), person(("account", "a-2"))
    about = {"material": card, "since": utc("2018-03-19 10:05")}
    lay_out(the_world.person("ines"), the_world.case(), rows=[
        {"person": known, "level": Level.E2, **about},
        {"person": other, "level": Level.E3, **about, "since": utc("2018-03-19 10:40")},
        {"person": other, "level": Level.E4, **about},
    ])  # fmt: skip
    person_level()
    full, own = (
        json.dumps(documents_of(the_world.case(), *wish)["report"])
        for wish in ((Profile.FULL,), (Profile.PERSON, other.number))
    )
    assert "3 records: E2 to E4" in full
    assert "19 Mar 2018, 10:05 UTC to 19 Mar 2018, 10:40 UTC" in full
    assert "2 records: E3 to E4" in own, "a word of ours is not masked as somebody's identifier"
