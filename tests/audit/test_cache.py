"""What is kept between requests, and when it is not believed any more."""

from tests.builders import build_material
from tracker.actions.case import cases
from tracker.audit.cache import remember
from tracker.base import db


def test_an_answer_is_kept_until_the_audit_log_grows(world):
    asked = []

    def ask():
        asked.append(True)
        return len(asked)

    db.session().info["head"] = 1
    assert [remember(ask, "a question"), remember(ask, "a question"), remember(ask, "another")] == [1, 1, 2]
    db.session().info["head"] = 2
    assert remember(ask, "a question") == 3


def test_after_a_change_nothing_kept_is_believed_in_the_same_request(world):
    db.session().info["head"] = 1
    assert remember(lambda: "before", "a question") == "before"
    cases.edit_case(world.person("lena"), world.case(), lock_version=1, title="Changed")
    assert remember(lambda: "after", "a question") == "after"


def test_the_counts_of_a_case_are_right_on_the_next_page(browse):
    client = browse("ines")
    assert '<span class="tab-count">0</span>' in _tab(client, "materials")
    build_material.material()
    assert '<span class="tab-count">1</span>' in _tab(client, "materials")


def test_the_list_of_cases_shows_what_was_changed_a_moment_ago(browse, world):
    client = browse("lena")
    assert "Briefing for a call" in client.get("/cases").text
    cases.edit_case(world.person("lena"), world.case(), lock_version=1, title="Another & <b>bolder</b> title")
    for _ in range(2):
        assert "Another &amp; &lt;b&gt;bolder&lt;/b&gt; title" in client.get("/cases").text


def _tab(client, name):
    page = client.get("/cases/LK-AAAA/disclosures").text
    start = page.index(f'href="/cases/LK-AAAA/{name}"', page.index('class="tabs"'))
    return page[start : page.index("</li>", start)]
