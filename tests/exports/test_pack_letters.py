"""Letters that no font has: the first page of a document names them, and nothing is dropped."""

import io

import pikepdf
import typst

from tracker.exports.pack import child
from tracker.exports.pack.blocks import Document
from tracker.exports.pack.child import pages_of
from tracker.exports.pack.printing import Printer


def test_letters_that_no_font_has_are_said_on_the_first_page(app):
    head = {
        "case": "LK-AAAA", "marking": "internal", "banner": "", "foot": "", "hash": "", "separate": False,
        "date": [2018, 3, 20, 12, 0, 0],
    }  # fmt: skip
    with Printer(head, None) as printer:
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
