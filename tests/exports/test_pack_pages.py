"""The pages of a document as a reader turns them: what belongs together, times, and letters that no font has."""

import io
from datetime import UTC, datetime
from types import SimpleNamespace

import pikepdf
import pypdf
import pytest
import typst

from tracker.analysis.moments import Moment, Precision
from tracker.exports.pack import child
from tracker.exports.pack.blocks import Document, facts, note, quote, signatures, small, table
from tracker.exports.pack.chapters.chronology import _when
from tracker.exports.pack.child import pages_of
from tracker.exports.pack.printing import Printer
from tracker.exports.pack.voice import Voice

HEAD = {
    "case": "LK-AAAA", "marking": "internal", "banner": "", "foot": "", "hash": "", "separate": False,
    "date": [2018, 3, 20, 12, 0, 0],
}  # fmt: skip
ROWS = [[f"First {number}.", f"second {number}."] for number in range(10)]
SHORT = {
    "facts": list(facts(*map(tuple, ROWS))),
    "table": [table(["Name", "Value"], ROWS, [1, 1])],
    "signatures": [signatures(*(f"First {number}." for number in range(10)))],
    "a note and what it is of": [note("First 0."), table(["Name"], [[f"First {n}."] for n in range(1, 10)], [1])],
    "a claim and what is said of it": [*quote("First 0."), *facts(*map(tuple, ROWS[1:]))],
}


def texts(blocks):
    """The text of each page of a document."""
    with Printer(HEAD, None) as printer:
        [(_, _, data)] = printer.bundles(Document("report", "Report", "Report", blocks))
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


@pytest.mark.parametrize("kind", SHORT)
def test_what_is_short_is_not_cut_at_the_end_of_a_page(kind):
    for before in range(26, 36, 3):
        pages = texts([*[small("Filler.")] * before, *SHORT[kind]])
        assert [page.count("First ") for page in pages if "First " in page] == [10], before


def test_what_is_long_goes_on_over_pages():
    for blocks in (
        [table(["Name"], [[f"First {n}. {'x ' * 290}"] for n in range(40)], [1])],
        list(facts(*((f"First {n}.", "x " * 2_000) for n in range(5)))),
    ):
        pages = texts(blocks)
        assert len(pages) > 2
        assert sum(page.count("First ") for page in pages) == len(blocks[0]["rows"])


def utc(text):
    return datetime.fromisoformat(f"2018-03-19 {text}").replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        ("14:06:20", "14:06:45", "19 Mar 2018, 14:06:20 UTC to 19 Mar 2018, 14:06:45 UTC"),
        ("14:06:20", "14:47:59.999999", "19 Mar 2018, 14:06:20 UTC to 19 Mar 2018, 14:47 UTC"),
        ("14:06:20", "14:06:20", "19 Mar 2018, 14:06:20 UTC"),
        ("14:06:20", None, "19 Mar 2018, 14:06:20 UTC"),
    ],
)
def test_nothing_ends_before_it_begins(since, until, said):
    voice = object.__new__(Voice)  # only its clocks are asked for
    voice.zone = "UTC"
    time = Moment(utc(since), utc(since), "UTC", Precision.EXACT)
    assert _when(voice, SimpleNamespace(time=time, until=until and utc(until))) == said


def test_letters_that_no_font_has_are_said_on_the_first_page(app):
    with Printer(HEAD, None) as printer:
        paragraph = {"k": "p", "t": "李雷 🙂 #eval(1) *x*"}
        document = Document("report", "Report", "Report", [{"k": "title", "t": "Report", "sub": ""}, paragraph])
        [(name, pages, data)] = printer.bundles(document)
    said = pikepdf.open(io.BytesIO(data)).open_metadata()
    assert (name, pages, pages_of(data), said.get("pdfuaid:part")) == ("report.pdf", 1, 1, None)


def test_each_letter_that_no_font_has_is_named_by_its_number(monkeypatch):
    said = []
    monkeypatch.setattr(child, "say", lambda about, _data: said.append(about))
    for letters in ("\u674e\u96f7 caf\u00e9 \U0001f642", "".join(map(chr, range(0x4E00, 0x4E64)))):
        head = {"case": "", "marking": "", "banner": "", "foot": "", "hash": "", "title": "R", "short": "R"}
        document = {
            "head": head | {"separate": False, "fonts": [], "date": [2018, 3, 20, 12, 0, 0]},
            "blocks": [{"k": "p", "t": letters}],
        }
        child.answer(typst, document, {"ignore_system_fonts": True})
        said.append(document["head"]["warning"])
    assert [one["standards"] for one in said[::2]] == [False, False]
    assert "no font at hand has these letters: U+674E, U+96F7, U+1F642." in said[1]
    assert "U+4E27 and others." in said[3]
