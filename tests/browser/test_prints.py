"""What fits: on paper nothing is cut off, shut or there to be pressed; in narrow windows nothing is out of sight."""

import os

import pytest

from tests import world
from tests.browser.navigator import PICTURES
from tests.builders import build_case, build_exhibit, build_finding
from tests.builders.build_interview import engaged, planned, text
from tracker.models.findings.words import Bearing, Cited

PAPER = {"width": 718, "height": 1047}  # A4 between margins of a centimetre, as Chromium measures it
LONG = "What was found in the drawer of the second desk of the outer room, and was put into a bag. " * 6
FAR = """() => [...document.querySelectorAll('main *')]
    .filter(one => one.checkVisibility() && !one.closest('.visually-hidden'))
    .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1
                   || (one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== 'visible'))
    .map(one => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def prints(at_desk):
    """Somebody's page as it goes onto paper: the navigator, and what can be read."""

    def printed(who, path):
        tab = at_desk(who)
        tab.resized(PAPER)
        tab.goes_to(f"/cases/LK-AAAA{path}")
        tab.page.emulate_media(media="print")
        if os.environ.get("TRACKER_TEST_PICTURES"):
            PICTURES.mkdir(exist_ok=True)
            tab.page.pdf(
                path=PICTURES / f"print{path.replace('/', '-')}.pdf",
                format="A4",
                margin=dict.fromkeys(("top", "right", "bottom", "left"), "1cm"),
            )
        return tab, tab.page.locator("body").inner_text()

    return printed


def test_every_sheet_says_which_case_it_is_of_and_how_it_is_marked(prints):
    for path in ("", "/findings/1", "/interviews/1", "/exhibits/1", "/outcomes/1"):
        assert "LK-AAAA: Briefing for a call" in prints("lena", path)[1], path


def test_long_words_of_an_exhibit_stay_on_the_paper(prints):
    made = build_exhibit.exhibit(b"long", title=LONG[:300], obtained_from=LONG[:200])
    for number, to in enumerate(("Laboratory of the second building", "Evidence room"), 1):
        build_exhibit.handed(
            made, to, f"2018-03-2{number + 3} 10:00", why=LONG[:500], seal_number=f"S-{number}", condition=LONG[:300]
        )
    tab, words = prints("ines", f"/exhibits/{made.number}")
    assert tab.page.evaluate(FAR) == []
    assert "seal and condition" in words.lower()
    assert "Download" not in words


def test_a_finding_prints_nothing_to_press_and_its_reviews_stay_on_the_paper(prints):
    finding = build_finding.written(build_finding.drafted())
    build_finding.cited(finding, build_exhibit.exhibit(b"cited"), Cited.EXHIBIT, Bearing.SUPPORTS)
    build_finding.returned(build_finding.submitted(finding), reasons=LONG)
    tab, words = prints("ines", f"/findings/{finding.number}")
    assert tab.page.evaluate(FAR) == []
    assert ("Add comment" in words, "Withdraw" in words, LONG.strip() in words) == (False, False, True)


def test_the_texts_that_were_given_in_an_interview_print_open(prints):
    asked = engaged(planned(questions=text("general")), advisement=text("upjohn"))
    tab, words = prints("ines", f"/interviews/{asked.number}")
    assert tab.page.evaluate(FAR) == []
    for given in (asked.questions.text, asked.advisement.text):
        assert given[:60] in words


def test_what_somebody_replied_stands_under_what_was_put_on_a_phone(at_desk):
    finding = build_finding.about_somebody()
    build_case.put_reply(world.person("ines"), finding, answer=LONG, response=LONG)
    tab = at_desk("ines")
    tab.resized({"width": 390, "height": 844})
    tab.goes_to(f"/cases/LK-AAAA/findings/{finding.number}/replies")
    assert tab.page.locator(".table-region").evaluate("one => one.scrollWidth - one.clientWidth") == 0
    assert [one.inner_text() for one in tab.page.locator(".stacked").all()] == ["Passage", "Reply", "Team response"]
    assert tab.sees("light") == []
    tab.keeps_picture("replies-phone")


def test_a_damaged_exhibit_is_marked_within_sight_whatever_it_is_called(at_desk, app, browse):
    made = build_exhibit.exhibit(b"long", title=LONG[:300], obtained_from=LONG[:200])
    app.extensions["files"].path(made.sha256).unlink()
    tab = at_desk("ines")
    tab.goes_to(f"/cases/LK-AAAA/exhibits/{made.number}")
    tab.presses("Verify file")
    tab.goes_to("/cases/LK-AAAA/exhibits")
    box = tab.page.get_by_text("Damaged", exact=True).first.bounding_box()
    assert box["x"] + box["width"] < 700
    tab.keeps_picture("exhibits-damaged")
    browse("ines").post_form("/cases/LK-AAAA/export", purpose=LONG[:200], recipient="The inspectorate")
    tab.goes_to("/cases/LK-AAAA/export")
    tab.keeps_picture("exports")
    assert tab.page.evaluate(FAR) == []
