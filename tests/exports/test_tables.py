"""The columns that readers of an export rely on, and what stands in them."""

import csv
import io

import pytest

from tests import world
from tests.builders import build_material
from tracker.actions.disclosure import claims, conflicts, disclosures, materials
from tracker.analysis.moments import stated
from tracker.base import db
from tracker.exports.labels import Labels
from tracker.exports.writing import Tally, lines
from tracker.models.disclosure.claims import Checked
from tracker.models.disclosure.words import CheckAnswer, Confidence, CopyForm, HoldersKnown, Point, Protected, Wording
from tracker.web.lists import zip_tables

TABLES = {table.name: table for table in zip_tables()}

PROMISED = {
    "cases": "reference title marking stage question why_opened requested_by opened* lead happened breach source "
    "closed*",
    "disclosures": "number outlet title author medium url published* first_seen* comment_requested* sourcing form "
    "derived_from text_sha256",
    "claims": "disclosure number quote locator protected authority accuracy accuracy_basis version wording "
    "already_public clearance declassified briefing_possible",
    "materials": "identifier title originator custodian marking created*",
    "versions": "material label made* author changes text_sha256",
    "copies": "material version number form holder mark",
    "aliases": "material kind value learned_from",
    "people": "person name post unit involvement identifiers",
    "access": "person name material version copy channel level since* until* source line note",
    "whereabouts": "person name place since* until* source line",
    "audit-log": "seq at* actor action case record outcome entry_hash",
}


@pytest.mark.parametrize("name", PROMISED)
def test_the_first_columns_are_those_that_were_promised(name):
    promised = []
    for word in PROMISED[name].split():
        times = [f"{word[:-1]}_{part}" for part in ("utc", "local", "precision")]
        promised += times if word.endswith("*") else [word]
    assert TABLES[name].header[: len(promised)] == promised


def test_no_column_stands_twice():
    assert [table.name for table in TABLES.values() if len(set(table.header)) < len(table.header)] == []


@pytest.fixture
def recorded(world):
    """A disclosure derived from another, a claim with an answer, a material with its parts, three conflicts."""
    ines, case = world.person("ines"), world.case()
    cards = build_material.material("CARDS", created=stated("2018-03-19", "UTC"))
    version, holder = (
        build_material.version(cards, "v1", holders_known=HoldersKnown.UNKNOWN_SMALL),
        build_material.person(),
    )
    copy = {"form": CopyForm.PAPER, "holder": holder.pseudonym, "version": version, "label": "", "mark": "dot"}
    materials.record_copy(ines, cards, **copy)
    materials.record_coverage(ines, version, point=Point.COURIER, note="Who carried it?")
    first = disclosures.record_disclosure(ines, case, outlet="The Paper")
    disclosures.record_disclosure(ines, case, outlet="A broadcaster", derived_from=[first])
    checked = Checked(CheckAnswer.YES, stated("2018-03-20 18:00", "UTC"), "A news agency", "The same words")
    claim = claims.record_claim(
        ines, first, quote="He was told not to.", protected=Protected.PROTECTED, version=version,
        wording=Wording.CONSISTENT_SHORTENED, already_public=checked,
    )  # fmt: skip
    for thing, field in ((claim, "quote"), (version, "made"), (case, "question"), (holder, "post")):
        conflicts.record_conflict(ines, thing, field=field, value="Other", source="Web", confidence=Confidence.LOW)


def rows(name, *columns):
    """Some columns of a table of the case, without names."""
    case, table = world.case(), TABLES[name]
    with db.session().get_bind().connect() as connection:
        data = b"".join(lines(Labels(connection, case.id, names=False), table, table.of(case), Tally()))
    return [tuple(row[column] for column in columns) for row in csv.DictReader(io.StringIO(data.decode(), newline=""))]


def test_a_claim_leaves_with_its_version_and_its_answers(recorded):
    columns = ("disclosure", "number", "protected", "version", "material", "wording", "already_public", "clearance")
    assert rows("claims", *columns) == [
        ("1", "1", "protected", "v1", "CARDS", "consistent_shortened", "yes", ""),
    ]  # fmt: skip
    assert rows("checks", "disclosure", "claim", "question", "answer", "at_utc", "source", "note") == [
        ("1", "1", "already_public", "yes", "2018-03-20T18:00:00Z", "A news agency", "The same words"),
    ]  # fmt: skip


def test_a_disclosure_names_the_one_it_derives_from(recorded):
    assert rows("disclosures", "number", "derived_from") == [("1", ""), ("2", "1")]


def test_a_material_leaves_with_its_parts(recorded):
    created = rows("materials", "identifier", "created_utc", "created_local", "created_precision")
    assert created == [("CARDS", "2018-03-19T00:00:00Z", "2018-03-19[UTC]", "day")]
    assert rows("versions", "material", "label", "holders_known", "made_precision") == [
        ("CARDS", "v1", "unknown_small", "unknown"),
    ]  # fmt: skip
    assert rows("copies", "material", "version", "number", "form", "holder", "mark") == [
        ("CARDS", "v1", "1", "paper", "P-001", "dot"),
    ]  # fmt: skip
    assert rows("coverage", "material", "version", "point", "note", "resolved_utc", "resolved_precision") == [
        ("CARDS", "v1", "courier", "Who carried it?", "", ""),
    ]  # fmt: skip


def test_a_conflict_says_what_it_is_about(recorded):
    things = [("claim:1/1", "quote"), ("version:1/1", "made"), ("case", "question"), ("person:1", "post")]
    assert rows("conflicts", "thing", "field") == things


def test_everybody_on_the_team_leaves_as_a_role(world):
    roles = rows("team", "role", "by", "accepted_precision", "ended_utc")
    assert roles[0] == ("lead", "lead", "exact", "")
    assert {role for role, *_ in roles} == {
        "lead",
        "investigator",
        "reviewer",
        "counsel",
        "deciding_official",
        "observer",
    }


def test_the_audit_log_names_roles_the_program_and_kinds_of_accounts(world):
    labels = Labels(db.session().connection(), world.case().id, names=False).of("actors")
    uid = {who: world.person(who).uid for who in ("lena", "ada")}
    assert labels.get(("LK-AAAA", uid["lena"])) == "lead"
    assert [labels.get((None, who)) for who in (uid["ada"], "system", "anonymous")] == [
        "administrator", "system", "anonymous",
    ]  # fmt: skip


@pytest.mark.cases("exports every table")
@pytest.mark.parametrize("kind", sorted(Labels.KINDS))
def test_without_names_no_label_gives_one(recorded, kind):
    build_material.person(("badge", "B-17"), name="Patricia")
    given = Labels(db.session().connection(), world.case().id, names=False).of(kind)
    assert not [text for text in map(str, given.values()) if "Patricia" in text or "B-17" in text]
