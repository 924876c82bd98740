"""The entries of a case on screen: records by their names, and what somebody typed as they typed it."""

import html
import re

from tests.builders.build_access import claim, disclosure
from tests.builders.build_finding import drafted
from tracker.actions.case import cases
from tracker.actions.findings.findings import edit_finding
from tracker.views.register.record_names import name_record


def test_a_typed_text_that_looks_like_the_name_of_a_record_stays_as_it_was_typed(browse, world, entries):
    cases.edit_case(world.person("lena"), world.case(), lock_version=1, title="assignment:1")
    entry = entries("case.changed")[-1]
    page = browse("lena").get(f"/cases/LK-AAAA/audit-log/{entry['cseq']}").text
    assert '<td class="value">assignment:1</td>' in page
    assert "Role 1" not in page


def test_a_record_that_is_only_counted_is_named_by_its_kind(app):
    with app.test_request_context():
        assert name_record("person", "LK-AAAA").text == "Person"


def test_the_auditor_reads_words_and_is_led_to_all_entries_of_a_record(browse, world, entries):
    one = disclosure()
    claim(one)
    edit_finding(world.person("ines"), drafted(), lock_version=1, rule="Rule 4")
    aldo = browse("aldo")
    rows = re.findall(r"<tr[^>]*>.*?</tr>", aldo.get("/audit-log").text, re.DOTALL)
    text = " ".join(rows)
    for words in ("Claim recorded", "Claim 1 of disclosure 1", "Finding changed", "Finding 1"):
        assert words in text
    assert not re.search(r">\s*(?:[a-z_]+[.:][a-z_\d]+)\s*<", text)  # neither an action nor a record as it is stored
    link = "/audit-log?case=LK-AAAA&record=claim:1/1"
    assert link in html.unescape(text)
    assert "<strong>1 entry</strong>" in aldo.get(link).text
    assert "<strong>1 entry</strong>" in aldo.get("/audit-log?action=Claim+recorded").text
    entry = entries("claim.recorded")[-1]
    page = aldo.get(f"/audit-log/{entry['seq']}").text
    assert "Claim recorded" in page
    assert "Claim 1 of disclosure 1" in page


def test_exports_do_not_push_work_out_of_recent_activity_and_repeats_are_told_once(browse, world):
    finding, ines = drafted(), browse("ines")
    for at in range(9):
        ines.get("/cases/LK-AAAA/people.csv")
        if at % 3 == 0:
            edit_finding(world.person("ines"), finding, lock_version=finding.lock_version, rule=f"Rule {at}")
            disclosure(f"Outlet {at}")
    text = ines.get("/cases/LK-AAAA").text
    assert "edited, 3 times by" in text
    assert "Export" not in text[text.index("Recent activity") :]
    assert text.count(">Finding 1</a> edited") == 1
