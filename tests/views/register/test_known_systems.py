"""The pages of known systems: each system has one, and says on what its evidence rests and where it ends."""

from html import unescape

from tests.pages import Page
from tracker.imports.systems.catalogue import all_systems


def test_each_system_has_a_page_that_says_what_it_is_based_on(browse):
    nora = browse("nora")
    linked = {one.get("href") for one in Page(nora.get("/known-systems").text).all("a")}
    for system in all_systems():
        assert f"/known-systems/{system.name}" in linked
        words = unescape(nora.get(f"/known-systems/{system.name}").text)
        because = [one.because for reading in system.readings.values() for one in reading.evidence]
        for said in (system.title, *system.limits, *because, *system.sources):
            assert said in words
    assert nora.get("/known-systems/moonlog").status_code == 404
