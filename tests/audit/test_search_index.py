"""The index of the search: both databases answer alike, nobody finds what they may not read, and verify knows it."""

import pytest
import sqlalchemy as sa

from tests import world as people_of
from tests.audit.test_chain import verdict
from tests.audit.test_sealed import intruder  # noqa: F401  # a fixture
from tests.builders import build_material
from tests.imports import logs
from tests.machinery.database import ON_POSTGRESQL
from tests.world import PEOPLE
from tracker.actions.access import access_logs, people
from tracker.actions.disclosure import conflicts, disclosures
from tracker.actions.inquiry import interviews
from tracker.analysis.moments import stated
from tracker.analysis.search.queries import parse
from tracker.audit import schema as audit_schema
from tracker.audit.search import schema
from tracker.audit.search.documents import COLUMNS, Rows, documents, models
from tracker.audit.search.finding import Search
from tracker.base import db
from tracker.base.connections import sqlite_file
from tracker.models.access.words import Involvement
from tracker.models.case.cases import Case
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.words import Confidence
from tracker.models.searched import Reading
from tracker.policy import allows
from tracker.policy.search import READERS

TEXTS = (
    "The Straße in Łódź was closed; two people\nfamiliar with the notecards saw it.",
    "STRASSE, lodz. Two familiar people. Card 1 of 4 and the cards CARDS-0320 v3",
    "東京のカード 한국 กรุงเทพ Ёлка café",
    "alpha " + "beta " * 9 + "gamma delta; " + "beta " * 300 + "epsilon alpha two " + "beta " * 11 + "omega",
    "a*b 'quoted' \"phrase\" -not (OR) AND NEAR: x:1 & y | z ! \\ %",
)
FOUND = {  # a query, and which of the texts it finds
    "strasse": {0, 1}, "STRAẞE LODZ": {0, 1}, "ŁÓDŹ": {0, 1}, '"two people"': {0}, '"people two"': set(),
    "two people": {0, 1}, "card": {1}, "card*": {1}, "notecard*": {0}, "cards-0320": {1}, '"cards 0320"': {1},
    "CARDS-032*": {1}, "0320": {1}, "v3": {1}, "東京": {2}, "京東": set(), "東*": {2}, "カー*": {2}, "한국": {2},
    "กรุง": {2}, "елка CAFÉ": {2}, "two NEAR people": {0, 1}, "two NEAR notecards": {0}, "closed NEAR saw": {0},
    '"two people" NEAR saw': {0}, 'saw NEAR "two people"': {0}, "straße NEAR it": set(), "alpha NEAR gamma": {3},
    "alpha NEAR delta": {3}, "gamma NEAR epsilon": set(), "two NEAR omega": set(), '"alpha two"': {3},
    "beta omega": {3},
    '"epsilon alpha two beta"': {3}, "a*": {1, 3, 4}, "quoted phrase not or and x y z": {4}, "x:1": {4},
    "two people card* 東": set(),
}  # fmt: skip


def rows_held():
    """What the index holds, but for the ids."""
    db.session().rollback()
    return set(db.session().execute(sa.select(*(sa.cast(one, sa.Text) for one in COLUMNS))).all())


def found(who, text, **narrowed):
    """Kind and id of what somebody finds among disclosures."""
    search = Search(parse(text), **narrowed)
    return [hit.record_id for hit in search.page(db.session(), people_of.person(who), {"disclosure"}, 0, 1_000)]


def words_of(model, key):
    return [one.words.split() for one in documents(db.session().connection(), model, Rows.of([key]))]


def test_both_databases_answer_alike(world):
    ines, case = world.person("ines"), world.case()
    ids = [disclosures.record_disclosure(ines, case, outlet="Daily", text=text).id for text in TEXTS]
    assert {query: {ids.index(key) for key in found("otto", query)} for query in FOUND} == FOUND
    said = [words_of(Disclosure, key) for key in ids]
    for query, texts in FOUND.items():  # and so do the places that a snippet marks
        terms = parse(query)
        held = {at for at, each in enumerate(said) if all(any(any(term.find(one)) for one in each) for term in terms)}
        assert held == texts, query
    assert found("nora", "two") == found("ivo", "two") == found("ada", "two") == []
    assert len(found("otto", "two", case_id=case.id)) == 3
    assert found("otto", "two", case_id=case.id + 1) == found("otto", "two", since="2018-01-01") == []


def test_a_changed_text_is_found_as_it_is_and_gone_as_it_was(world):
    ines, case = world.person("ines"), world.case()
    one = disclosures.record_disclosure(ines, case, outlet="Daily", text="heron " + "x " * 600 + "heron")
    disclosures.edit_disclosure(
        ines, one, lock_version=one.lock_version, text="kestrel", published=stated("2018-03-20", "UTC")
    )
    assert not found("lena", "heron")
    assert (
        found("lena", "kestrel daily") == found("lena", "kestrel", since="2018-03-20", until="2018-03-20") == [one.id]
    )
    assert found("lena", "kestrel", since="2018-03-21") == found("lena", "kestrel", until="2018-03-19") == []
    conflict = conflicts.record_conflict(
        ines, one, field="text", value="osprey", source="A wire", confidence=Confidence.LOW
    )
    assert found("lena", "osprey") == [one.id]
    conflicts.withdraw_conflict(ines, conflict)
    assert not found("lena", "osprey")


@pytest.mark.furnished
def test_what_search_finds_is_what_somebody_may_read(world, told):
    """Every word of every text its reader may see, and no word of another, for every account of the example."""
    texts = {}
    for model in models().values():
        for one in documents(db.session().connection(), model, Rows.between(1, 1_000_000)):
            texts.setdefault((one.case_id, Reading(one.reading)), set()).update(one.words.split())
    words = sorted(set().union(*texts.values()))
    cases = {case.id: case for case in (world.case(), world.case("LK-BBBB"))}
    for number, who in enumerate(PEOPLE):
        account, sample = world.person(who), set(words[number % 5 :: 5])
        mine = set(db.session().scalars(Case.visible_ids(account)))
        seen = {
            word
            for (case_id, reading), those in texts.items()
            if case_id in mine and allows(account, READERS[reading][0], cases[case_id])
            for word in those & sample
        }
        assert {word for word in sample if Search(parse(f'"{word}"')).count(db.session(), account)} == seen, who


def test_people_come_with_an_import_its_lines_do_not_and_a_reverted_log_leaves(world):
    build_material.material(identifier="ROOMS")
    log = logs.doors()
    for step in (access_logs.ask_check, access_logs.start_import):
        step(world.person("ines"), log)
        assert not counted("anna001")
        logs.work_off()
        db.session().refresh(log)
    assert counted("anna001 p-001") == {"person": 1}
    assert not counted("lobby")
    assert counted("doors.csv") == {"access_log": 1}
    assert not counted("anna001", "otto")
    access_logs.revert_log(world.person("ines"), log, why="The wrong file")
    assert not counted("doors.csv")
    assert verdict().fault is None


def counted(text, who="lena"):
    db.session().rollback()
    return Search(parse(text)).count(db.session(), people_of.person(who))


FORGED = {
    "text": "UPDATE search_text SET words = 'nobody said this' WHERE part = 'claim'",
    "reader": "UPDATE search_text SET reading = 'case' WHERE reading = 'privileged'",
    "gone": "DELETE FROM search_text WHERE part = 'interview'",
    "added": "INSERT INTO search_text (case_id, kind, record_id, part, part_id, field, piece, start, length, reading, "
    "words) VALUES (1, 'claim', 1, 'claim', 1, 'quote', 7, 0, 1, 'case', 'more')",
    "unknown": "UPDATE search_text SET part = 'review' WHERE part = 'decision'",
}


@pytest.mark.cases("verifies by the command")
@pytest.mark.furnished
@pytest.mark.parametrize("what", FORGED)
def test_verify_names_a_forged_row_of_the_index_and_a_new_index_holds_the_same(told, intruder, command, what):  # noqa: F811
    before = rows_held()
    assert verdict().fault is None
    assert intruder(FORGED[what])
    assert "search index" in verdict().fault.sentence
    assert "claim:" in verdict().fault.sentence or what not in {"text", "added"}
    code, said = command("audit", "reindex")
    assert (code, "The search index holds" in said) == (0, True)
    assert rows_held() == before
    assert verdict().fault is None


@pytest.mark.furnished
@pytest.mark.skipif(ON_POSTGRESQL, reason="there the database computes it from the words")
def test_verify_finds_words_that_the_database_finds_otherwise(told, intruder):  # noqa: F811
    for place, words in ((1_000_000, "nowhere"), (1, "never")):
        intruder(f"INSERT INTO search_index (rowid, words) VALUES ({place}, '{words}')")
        assert "finds a word where no text has it" in verdict().fault.sentence
        intruder("INSERT INTO search_index (search_index) VALUES ('rebuild')")
        assert verdict().fault is None
    intruder("INSERT INTO search_index (search_index) VALUES ('delete-all')")
    assert "does not find" in verdict().fault.sentence


@pytest.mark.alters
def test_the_databases_keep_their_index_or_verify_says_so(settings, app):
    with audit_schema.owner(settings.database_url) as owner:
        assert schema.missing(owner) == []
        schema.take_off(owner)
        assert len(schema.missing(owner)) == (3 if ON_POSTGRESQL else 5)
    assert "no longer keeps the search index" in verdict().fault.sentence


@pytest.mark.skipif(ON_POSTGRESQL, reason="its files are the server's")
def test_a_word_that_is_removed_leaves_the_file(world, settings):
    ines, case = world.person("ines"), world.case()
    person = people.add_person(
        ines, case, name="", identifiers=[], post="Clerk", unit="", involvement=Involvement.WITNESS
    )
    interview = interviews.plan_interview(ines, case, person=person, planning="Ask about the zanzibarian quixotry")
    assert b"quixotry" in contents(settings)
    interviews.write_planning(ines, interview, lock_version=interview.lock_version, planning="Ask again")
    assert b"quixotry" not in contents(settings)
    assert b"zanzi" not in contents(settings)


def contents(settings):
    """The bytes of the database, once its log was written back."""
    db.session().rollback()
    with db.session().get_bind().connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    return sqlite_file(db.session().get_bind()).read_bytes()
