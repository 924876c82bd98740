"""A real Chromium before a served tracker. Where there is none the tests are skipped, loudly; on CI it is an error."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.navigator import WIDE, Navigator
from tests.machinery.instances import copied
from tests.machinery.server import serving

NAMES = ("chromium", "chromium-browser", "google-chrome")


def pytest_collection_modifyitems(items):
    """Every test in this folder drives the browser, over the furnished world; all but a short journey at the gate."""
    for item in items:
        if Path(item.path).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.furnished)
            item.add_marker(pytest.mark.slow("starts a browser and the program it looks at"))
            if item.get_closest_marker("journey") is None:
                item.add_marker(pytest.mark.gate("the longer journeys take minutes"))


@pytest.fixture(scope="session")
def chromium():
    """The browser, started once."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        if os.environ.get("CI") == "true":
            raise RuntimeError("There is no Chromium for the tests: install it.")
        pytest.skip("there is no Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shown(built, tmp_path_factory):
    """The address of a furnished world that is looked at and not changed."""
    folder = tmp_path_factory.mktemp("shown")
    with serving(copied(built.of(("furnished",)), folder), folder) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def looking(chromium, shown):
    """Navigators who only look: `looking("lena")` is the same tab each time."""
    tabs = {}

    def look(who):
        if who not in tabs:
            tabs[who] = Navigator(chromium.new_context(viewport=WIDE), shown).signs_in(who)
        return tabs[who]

    yield look
    for tab in tabs.values():
        tab.context.close()


@pytest.fixture
def at_desk(chromium, served):
    """Navigators over this test's own copy: `at_desk("lena")`; options are those of a browser context."""
    contexts = []

    def sit(who=None, **options):
        contexts.append(chromium.new_context(viewport=WIDE, **options))
        navigator = Navigator(contexts[-1], f"http://127.0.0.1:{served}")
        return navigator.signs_in(who) if who else navigator

    yield sit
    for context in contexts:
        context.close()
