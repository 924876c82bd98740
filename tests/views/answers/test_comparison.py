"""Text comparison and before publication, on the example: what was public, which words, which version, and who may."""

import csv
import io
import random

import pytest
from flask import current_app

from tests.builders.build_access import claim, disclosure, person_level, utc
from tests.builders.build_material import material, version
from tracker.actions.disclosure import captures, materials
from tracker.actions.disclosure.versions import Content
from tracker.base import db
from tracker.demo.briefing import disclosure as briefing
from tracker.demo.context import Context
from tracker.models.disclosure.words import CopyForm

HERE = "/cases/LK-AAAA"
PASTED = "It was read out: “congratulate the winner by letter” and, they said, “raise the nerve agent at once”."


def kept(text):
    return Content(text=text, reason="Needed to compare.")


@pytest.fixture
def example(world):
    """The disclosures, claims and materials of the leaked congratulatory briefing, in LK-AAAA."""
    settings, files = current_app.config["SETTINGS"], current_app.extensions["files"]
    context = Context(world.person("ines"), world.case(), settings, files, {})
    *_, final = briefing.register_materials(context)
    briefing.record_disclosures(context, final)
    return context


def words(response):
    return " ".join(response.text.replace("&nbsp;", " ").split())


def test_the_example_says_what_was_public_and_what_the_words_are_consistent_with(example, browse, entries):
    reader = browse("otto")
    table = words(reader.get(f"{HERE}/before-publication?disclosure=1"))
    assert table.count("Already public") == 1
    assert table.count("Authorised briefing possible") == 1
    assert "Official release 1</a>: The leader, to journalists: Remarks on the call" in table
    told = "between 316 minutes (5 hours, 16 minutes) and 375 minutes (6 hours, 15 minutes) before"
    assert table.casefold().count(told) == 5 + 2  # a release for each claim, and one answer
    assert f"Already public</span> <small>{told}</small>" in table
    assert "62 minutes after" in table  # the broadcaster
    claims = words(reader.get(f"{HERE}/comparison/claims"))
    row = claims[claims.index("D1 C2") : claims.index("D1 C3")]
    assert 'CARDS-0320 Final: <span class="badge bg-blue-lt">Consistent, shortened</span>' in row
    assert "Cannot tell which version" in row
    assert "Consistent, shortened: CARDS-0320 Final" in row  # as it is recorded
    assert "Already public" in claims[claims.index("D1 C1") : claims.index("D1 C2")]
    assert "Authorised briefing possible" in claims[claims.index("D1 C4") : claims.index("D1 C5")]
    assert "(no text or file is stored here)" in claims
    one = words(reader.get(f"{HERE}/disclosures/1/claims/2/comparison"))
    assert "DO NOT CONGRATULATE <del>" in one
    assert "ON ELECTION WIN</del>" in one
    assert [entry["obj"].split(":")[0] for entry in entries("comparison.read")] == ["cases", "claim"]
    text = words(reader.get(f"{HERE}/disclosures/1/comparison"))
    assert "Consistent, shortened" in text
    assert "Pasted text" not in text


def test_the_file_has_every_claim_beside_everything_with_both_bounds(example, browse):
    reader = browse("lena")
    rows = list(csv.DictReader(io.StringIO(reader.get(f"{HERE}/before-publication.csv?disclosure=1").text)))
    release = [row for row in rows if row["compared_with"] == "official_release"]
    assert {(row["claim"], row["minutes_before_at_least"], row["minutes_before_at_most"]) for row in release} == {
        (str(number), "316", "375") for number in range(1, 6)
    }
    assert {row["order"] for row in release} == {"before"}
    unasked = next(row for row in rows if row["question"] == "briefing_possible")
    assert (unasked["answer"], unasked["time_utc"], unasked["in_words"]) == ("unknown_not_asked", "", "unknown")
    assert reader.get(f"{HERE}/before-publication.csv?disclosure=7").status_code == 422


def test_a_pasted_text_is_compared_and_recorded_without_its_words(world, browse, entries):
    cards = material("CARDS")
    version(cards, "Draft", content=kept("Congratulate the winner by telephone. Raise the nerve agent at once."))
    version(cards, "Final", content=kept("Congratulate the winner by letter. Raise the nerve agent at once."))
    version(cards, "Old")
    reader = browse("otto")
    page = words(reader.post_form(f"{HERE}/comparison", text=PASTED))
    assert "1 place quoted at which versions differ. One version agrees with every place" in page
    assert "CARDS Final" in page[page.index("Consistent: 1") : page.index("Inconsistent: 1")]
    assert "1 place quoted: 0 agree, 1 contradicts" in page
    assert "Other words: “letter” published, “telephone” in the version" in page
    assert "Not compared: <a" in page
    (entry,) = entries("comparison.read")
    assert entry["d"].keys() == {"text", "characters", "versions", "compared_with"}
    assert (entry["obj"], entry["d"]["characters"], entry["d"]["versions"]) == ("cases:1", len(PASTED), 2)
    assert "winner" not in str(entry)
    for short, says in (("", "Paste the published text."), ("Two words", "Enter at least three words.")):
        answer = reader.post_form(f"{HERE}/comparison", text=short)
        assert answer.status_code == 422
        assert says in answer.text
    assert len(entries("comparison.read")) == 1


def test_nothing_to_compare_with_is_said_and_nobody_is_led_into_reading(world, browse, entries):
    one = disclosure(text="They said nothing at all", published=utc("2018-03-20"))
    claim(one, "完全不同的文字在这里出现")
    claim(disclosure("Weekly"))
    reader = browse("lena")
    for url in ("disclosures/1/comparison", "disclosures/1/claims/1/comparison", "comparison/claims"):
        assert "Cannot tell: no version of this case has a text" in words(reader.get(f"{HERE}/{url}"))
    assert "No text of this disclosure is recorded" in reader.get(f"{HERE}/disclosures/2/comparison").text
    assert "Nothing to compare yet" not in reader.get(f"{HERE}/before-publication").text
    before = len(entries("comparison.read"))
    led = reader.get(f"{HERE}/comparison/claims", headers={"Sec-Fetch-Site": "cross-site"})
    assert "Cannot tell" not in led.text
    assert len(entries("comparison.read")) == before
    assert "No claims yet" in browse("ivo").get("/cases/LK-BBBB/comparison/claims").text
    assert "Nothing to compare yet" in browse("ivo").get("/cases/LK-BBBB/before-publication").text


def test_a_capture_is_read_if_it_has_a_text_and_marked_copies_wait_for_the_check(world, browse):
    ines, one, store = world.person("ines"), disclosure(), current_app.extensions["files"]
    for name, data in (("page.txt", PASTED.encode()), ("page.png", b"picture")):
        stored = store.put(io.BytesIO(data))
        captures.record_capture(ines, one, name=name, sha256=stored.sha256, size=stored.size)
    cards = material("CARDS")
    version(cards, "Final", content=kept("Congratulate the winner. Raise the nerve agent at once."))
    materials.record_copy(ines, cards, form=CopyForm.PAPER, holder="Registry", version=None, label="",
                          mark="winner by letter; read out")  # fmt: skip
    reader = browse("otto")
    page = words(reader.get(f"{HERE}/disclosures/1/captures/1/comparison"))
    assert "Copies that name a holder are not shown" in page
    assert "Registry" not in page
    person_level()
    page = words(reader.get(f"{HERE}/disclosures/1/captures/1/comparison"))
    assert "Consistent: 2 of 2 marks stand in the text." in page
    assert "Registry" in page
    assert "Paste the text instead" in reader.get(f"{HERE}/disclosures/1/captures/2/comparison").text
    assert "Compare page.txt" in reader.get(f"{HERE}/comparison").text


def test_many_versions_stand_on_one_page_and_no_number_is_a_degree_of_likeness(world, browse):
    chance, cards = random.Random(5), material("STATEMENTS")
    plain = "The board decided today to {} its target by {} points, and it judges that the risks are {}."
    some = [(verb, points, risks) for verb in ("raise", "lower", "keep") for points in range(20) for risks in "abc"]
    for number, said in enumerate(chance.sample(some, 60)):
        version(cards, f"No. {number}", content=kept(plain.format(*said)))
    db.session().rollback()
    reader = browse("lena")
    page = words(reader.post_form(f"{HERE}/comparison", text=plain.format(*chance.sample(some, 1)[0])))
    assert "%" not in page.split("<main", 1)[1].split("</main>", 1)[0]
    page = words(reader.post_form(f"{HERE}/comparison", text="The board decided today to do nothing at all."))
    assert "Not diagnostic: the quoted words are the same in 60 versions." in page
    assert "48 more" in page
