"""The entries of a case on screen: records by their names, and what somebody typed as they typed it."""

from tracker.actions.case import cases
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
