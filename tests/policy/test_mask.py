"""The one mask: whoever sees pseudonyms is told no name, neither in words nor by order, filter, count or refusal."""

import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.builders.build_material import person
from tests.readers.browse import signed_in
from tests.readers.matrix import rows
from tracker.actions.access import people, reveals
from tracker.base import db
from tracker.models.access.people import Identifier, Person
from tracker.models.access.reveals import Reveal
from tracker.models.access.words import IdentifierKind
from tracker.policy import RULES, Permission
from tracker.policy.drawing import draw_cell
from tracker.policy.mask import holders_of, names_like, people_like, shown_to
from tracker.policy.rules import HOLDERS

ROOT = Path(__file__).parents[2]
PEOPLE = "/cases/LK-AAAA/people"
MASKED = ("otto", "rhea", "dora")  # an observer, a reviewer and a deciding official, none of whom revealed a name
CLEAR = ("lena", "ines", "cora")
SECRET = re.compile(r"Quennelby|Zwartkop|qx-badge|quennelby\.zwartkop", re.IGNORECASE)
READERS = {  # hashing, matching, importing and exporting with names read the private columns; the mask alone shows them
    "models/access/people.py", "policy/mask.py", "actions/access/people.py", "actions/access/access_logs.py",
    "actions/access/recusal.py", "imports/who/people.py", "imports/lists/calls.py",
    "actions/answers/narrowing/overlap.py", "exports/naming.py", "exports/pack/voice.py",
}  # fmt: skip


@pytest.fixture
def named(world):
    """Everybody in the case has an unmistakable name, an address and a badge; the names run against the numbers."""
    everybody = db.session().scalars(sa.select(Person).where(Person.case_id == world.case().id)).all()
    for place, one in enumerate(everybody):
        name = f"{chr(ord('Z') - place % 26)}-Quennelby Zwartkop"
        people.edit_person(world.person("lena"), one, lock_version=one.lock_version, name=name)
        marks = {
            IdentifierKind.EMAIL: f"quennelby.zwartkop{place}@x.example",
            IdentifierKind.BADGE: f"QX-badge-{place}",
        }
        for kind, value in marks.items():
            people.add_identifier(world.person("lena"), one, kind=kind, value=value)
    return everybody


def answers(app, who, method):
    """What every address of the matrix answers to a reader; a POST carries valid tokens and no fields."""
    client = signed_in(app, who)
    for verb, url, told in rows():
        if verb == method and (verb == "GET" or told[who] != 303) and not url.startswith("/sign"):
            yield url, client.open(url, method=verb, data=client.tokens() if verb == "POST" else None)


@pytest.mark.gate("opens every address")
@pytest.mark.furnished
@pytest.mark.parametrize(
    ("who", "method"),
    [
        *((who, "GET") for who in ("otto", "rhea", "aldo")),
        ("otto", "POST"),
        pytest.param("dora", "GET", marks=pytest.mark.full),
        *(pytest.param(who, "POST", marks=pytest.mark.full) for who in ("rhea", "dora", "aldo")),
    ],
)
def test_no_page_list_file_refusal_or_picture_tells_a_masked_reader_a_name(app, named, who, method):
    told = list(answers(app, who, method))
    assert len(told) > 50
    leaks = {url: said for url, answer in told if (said := SECRET.findall(answer.get_data().decode("latin-1")))}
    assert leaks == {}


@pytest.mark.furnished
def test_the_names_that_are_looked_for_are_there_to_be_found(app, named):
    shown = signed_in(app, "ines").get(PEOPLE).text
    assert {word.lower() for word in SECRET.findall(shown)} >= {"quennelby", "zwartkop", "qx-badge"}


@pytest.mark.parametrize("who", MASKED)
def test_neither_order_nor_filter_nor_count_tells_a_name(browse, who):
    for name in ("Ybbs", "Xaver", "Zita"):
        person(("badge", f"QX-badge-{name}"), name=f"{name} Zwartkop")
    reader, lena = browse(who), browse("lena")
    for text in ("Zwartkop", "Zita", "QX-badge", "qx-badge-zita"):
        assert "P-003" in lena.get(f"{PEOPLE}?q={text}").text
        told, nothing = (found(reader.get(f"{PEOPLE}?q={one}").text) for one in (text, "N" * len(text)))
        assert told == nothing == ([], "0 people")
        assert reader.get(f"{PEOPLE}.csv?q={text}").text == reader.get(f"{PEOPLE}.csv?q=NNNN").text
    plain = found(reader.get(PEOPLE).text)
    for order in ("name", "-name", "_name", "-_name", "identifiers", "identifier", "value"):
        assert found(reader.get(f"{PEOPLE}?sort={order}").text) == plain


def found(page):
    """The pseudonyms of a list (and no part of a random token), and how many it says there are."""
    return re.findall(r"\bP-\d{3}\b(?=<)", page), re.search(r'role="status">\s*<strong>(.*?)</strong>', page)[1]


@pytest.mark.parametrize("who", [*MASKED, *CLEAR])
def test_a_person_is_shown_by_role_or_by_a_reveal_of_their_own(world, who):
    aide, reader = person(("badge", "QX-badge"), name="Quennelby"), world.person(who)
    shown = shown_to(reader, aide)
    assert shown.in_clear is (who in CLEAR)
    (badge,) = shown.identifiers
    told = (shown.name, badge.value, badge.says)
    assert told == (("Quennelby", "QX-badge", "badge QX-badge") if who in CLEAR else ("", None, "badge 1"))
    assert (shown.pseudonym, shown.case) == (aide.pseudonym, aide.case)
    known = db.session().scalars(Person.of(world.case()).where(names_like(reader, world.case(), "uennel"))).all()
    assert known == ([aide] if who in CLEAR else [])
    for private in ("_name", "_sa_instance_state"):
        with pytest.raises(AttributeError):
            getattr(shown, private)


def test_people_are_found_by_what_is_seen_of_them_and_identifiers_by_whoever_records_them(world):
    aide, case = person(("badge", "QX-badge"), name="Quennelby", post="Deputy"), world.case()

    def like(who, text):
        found = Person.of(case).where(people_like(world.person(who), case, text))
        return db.session().scalars(found).all()

    assert like("otto", "deput") == like("otto", "p-1") == like("ines", "quenn") == [aide]
    assert like("otto", "quenn") == like("otto", "p-2") == []
    assert holders_of(case, {"qx-badge", "other"}) == [("qx-badge", aide)]


def test_a_reveal_shows_one_person_to_one_reader(world):
    aide, other = person(name="Quennelby"), person(name="Zwartkop")
    reveal = reveals.reveal_name(world.person("rhea"), aide, reason="The letter is signed.")
    assert isinstance(reveal, Reveal)
    assert shown_to(world.person("rhea"), aide, reveal).name == "Quennelby"
    assert shown_to(world.person("rhea"), aide).name == ""
    assert shown_to(world.person("rhea"), other, reveal).name == ""
    assert shown_to(world.person("dora"), aide, reveal).name == ""


def test_only_the_mask_shows_what_is_private():
    private = re.compile(
        r"""(?<!self)\._(?:name|value|value_folded)\b|\b_(?:name|value|value_folded)=|["']_(?:name|value)"""
    )
    paths = [*(ROOT / "tracker").rglob("*.py"), *(ROOT / "templates").rglob("*.html")]
    readers = {
        str(path.relative_to(ROOT)).removeprefix("tracker/") for path in paths if private.search(path.read_text())
    }
    assert readers | {"models/access/people.py"} == READERS
    assert {column.name for column in (*Person.__table__.c, *Identifier.__table__.c)} >= {
        "name",
        "value",
        "value_folded",
    }
    assert not {"name", "value", "value_folded"} & ({*dir(Person)} | {*dir(Identifier)})


def test_whoever_is_refused_with_an_identifier_sees_identifiers():
    """Recording and importing people answer with what is recorded already; both are for those who see names."""
    for needs in (Permission.RECORD_PERSON, Permission.IMPORT_LOG, Permission.EXPORT_NAMES):
        for holder in HOLDERS:
            if draw_cell(RULES[needs], holder) is not None:
                assert draw_cell(RULES[Permission.READ_NAMES], holder) == [[]]
