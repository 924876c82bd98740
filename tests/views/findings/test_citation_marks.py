"""Citations of a finding: marked in the text, beside their part in the margin, and as notes at the end in print."""

import re

from tests.builders.build_finding import WHOLE, a_claim, cited, drafted, submitted, written
from tracker.models.findings.words import Bearing

HERE = "/cases/LK-AAAA/findings/1"


def parts_of(text):
    """The markup of each part of the document by its name."""
    found = re.split(r'<section class="document-part" id="(\w+)"', text)
    return dict(zip(found[1::2], found[2::2], strict=True))


def test_a_citation_stands_beside_the_part_that_names_it_and_is_linked_in_its_text(browse, world):
    finding = drafted()
    for bearing in (Bearing.SUPPORTS, Bearing.SUPPORTS, Bearing.CONTRADICTS):
        cited(finding, a_claim(), bearing=bearing)
    written(finding, **{**WHOLE, "reasoning": "Two <b>accounts</b> agree [2]. A bracket [99] is a bracket."})
    submitted(finding)
    for reader, url in (("otto", HERE), ("rhea", f"{HERE}/approval")):  # the reviewer reads the same layout
        text = browse(reader).get(url).text
        parts = parts_of(text.partition('aria-label="Notes"')[0])
        beside = {name: "".join(re.findall(r'id="citation-(\d)"', part)) for name, part in parts.items()}
        assert {name: numbers for name, numbers in beside.items() if numbers} == {
            "evidence_for": "1", "evidence_against": "3", "reasoning": "2",
        }  # fmt: skip
        assert re.search(r'agree\u2060<sup class="cite"><a href="#citation-2">.*?2</a></sup>\.', parts["reasoning"])
        assert "&lt;b&gt;accounts" in parts["reasoning"]
        assert "A bracket [99] is a bracket." in parts["reasoning"]
        assert 'href="#citation-1"' in parts["evidence_for"]  # not named in the text: marked at its end
        assert "Supports" in parts["reasoning"]
        assert "Contradicts" in parts["evidence_against"]
        assert re.findall(r'<li value="(\d)">', text.partition('aria-label="Notes"')[2]) == ["1", "3", "2"]
