"""The pages of known systems: each system has one, and says on what its evidence rests and where it ends."""

from html import unescape
from pathlib import Path

from tests.imports.logs import LOGS, bring
from tests.readers.pages import Page
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


def test_a_file_is_recognised_where_it_is_imported_and_led_to_the_other_door_if_it_belongs_there(browse):
    ines = browse("ines")
    sample = Path(__file__).parents[2] / "imports/systems/samples"
    bring(ines, (sample / "box.csv").read_bytes(), material="", zone="Europe/Oslo")
    assert 'Recognised as <a href="/known-systems/box">' in ines.get(f"{LOGS}/1").text
    bring(ines, (sample / "exchange-message-trace.csv").read_bytes(), zone="Europe/Oslo")
    assert "writes times without a zone in UTC. This import reads them in Europe/Oslo." in ines.get(f"{LOGS}/2").text
    bring(ines, (sample / "entra-sign-ins.csv").read_bytes())
    page = ines.get(f"{LOGS}/3").text
    assert 'Recognised as <a href="/known-systems/entra-sign-ins">' in page
    assert '<a href="/cases/LK-AAAA/whereabouts/import">Import it as whereabouts</a>' in page
