"""The tour of the README: founds the example, opens its pages in Chromium, writes docs/tour.md with a picture of each.

`python -m scripts.tour [FOLDER]`; pages and words stand in STOPS. Needs Chromium, as the tests in a browser do.
"""

import os
import re
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, sync_playwright

from scripts.stops import STOPS, Stop
from tests.served import serving
from tracker import create_app, db
from tracker.demo import found, new_password
from tracker.models.cases import Case
from tracker.setting_up import prepare

HERE = Path(__file__).parent.parent / "docs"
WINDOW = {"width": 1280, "height": 820}
LONGEST = 1500  # pixels of a page that are shown


@dataclass(frozen=True)
class Example:
    """A founded example: its cases by their titles, and the one password."""

    cases: dict[str, str]
    password: str


def main(folder: Path) -> None:
    """Write every picture and the page that shows them."""
    pictures = folder / "tour"
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    os.environ["TRACKER_TEST_CHEAP_HASHES"] = "1"
    with tempfile.TemporaryDirectory() as scratch:
        settings = prepare(Path(scratch) / "instance")
        example = _found(settings)
        with serving(settings, Path(scratch)) as port, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-background-networking"]
            )
            contexts: dict[tuple[str, str], BrowserContext] = {}
            for number, stop in enumerate(STOPS, 1):
                key = (stop.who, stop.theme)
                if key not in contexts:
                    contexts[key] = browser.new_context(viewport=WINDOW, color_scheme=stop.theme)
                    _sign_in(contexts[key], port, stop.who, example.password)
                _take(contexts[key], port, stop, example, pictures / _name(number, stop))
    (folder / "tour.md").write_text(_page())


def _found(settings) -> Example:
    app, password = create_app(settings), new_password()
    with app.app_context():
        found(settings, app.extensions["files"], password)
        cases = {case.title: case.reference for case in db.session().scalars(db.sa.select(Case))}
    db.release()
    return Example(cases, password)


def _sign_in(context: BrowserContext, port: int, who: str, password: str) -> None:
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{port}/sign-in")
    page.get_by_label("Email address").fill(f"{who}@tracker.example")
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.close()


def _take(context: BrowserContext, port: int, stop: Stop, example: Example, picture: Path) -> None:
    page = context.new_page()
    path = stop.path.replace("CASE", f"/cases/{example.cases.get(stop.case, '')}")
    answer = page.goto(f"http://127.0.0.1:{port}{path}")
    if answer is None or answer.status != 200:
        sys.exit(f"{stop.who} does not see {path}")
    height = min(LONGEST, page.evaluate("() => document.documentElement.scrollHeight"))
    page.screenshot(path=picture, full_page=True, clip={"x": 0, "y": 0, "width": WINDOW["width"], "height": height})
    page.close()


def _name(number: int, stop: Stop) -> str:
    return f"{number:02d}-{re.sub(r'[^a-z]+', '-', stop.title.lower()).strip('-')}.png"


def _page() -> str:
    told = [
        "# A tour\n",
        "The pages of both examples of `make demo`, in the order of an inquiry. `make tour` makes this page anew.\n",
    ]
    for number, stop in enumerate(STOPS, 1):
        told.append(f"## {number}. {stop.title}\n\n{stop.words}\n\n![{stop.title}](tour/{_name(number, stop)})\n")
    return "\n".join(told)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
