"""The tour of the README: founds the example, opens its pages in Chromium, writes docs/tour.md with a picture of each.

`python -m scripts.tour [FOLDER]`; pages and captions are in STOPS. Needs Chromium, as the tests in a browser do; the
pictures are made small where pngquant is installed.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from scripts.stops import STOPS, Stop
from tests.machinery.haste import cheapen_passwords
from tests.machinery.server import serving
from tracker import create_app
from tracker.base import db
from tracker.base.config import Settings
from tracker.cli.founding import prepare
from tracker.demo import found, new_password
from tracker.models.case.cases import Case

HERE = Path(__file__).parent.parent / "docs"
WINDOW = {"width": 1280, "height": 820}
LONGEST = 2000  # pixels of a page that are shown
BEGINNING = """\
# A tour

Pages of the example cases of `make demo`, in the order of an inquiry. A closed case shows no buttons, so some pages
are of the one that is open. `make tour` rebuilds this page.
"""


@dataclass
class Example:
    """A served example: its cases by their titles, the one password, and the readers who are signed in."""

    browser: Browser
    port: int
    cases: dict[str, str]
    password: str
    readers: dict[tuple[str, str], BrowserContext] = field(default_factory=dict)


def main(folder: Path) -> None:
    """Write every picture and the page that shows them."""
    pictures = folder / "tour"
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    cheapen_passwords()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-background-networking"]
        )
        _visit(browser, pictures)
    _make_small(pictures)
    (folder / "tour.md").write_text(_page())


def _visit(browser: Browser, pictures: Path) -> None:
    """Found the example and take the pictures."""
    with tempfile.TemporaryDirectory() as scratch:
        settings = prepare(Path(scratch) / "instance")
        cases, password = _found(settings)
        with serving(settings, Path(scratch)) as port:
            example = Example(browser, port, cases, password)
            for number, stop in enumerate(STOPS, 1):
                _take(example, stop, pictures / _name(number, stop))


def _found(settings: Settings) -> tuple[dict[str, str], str]:
    app, password = create_app(settings), new_password()
    with app.app_context():
        found(settings, app.extensions["files"], password)
        cases = {case.title: case.reference for case in db.session().scalars(db.sa.select(Case))}
    db.release()
    return cases, password


def _take(example: Example, stop: Stop, picture: Path) -> None:
    page = _reader(example, stop).new_page()
    path = stop.path.replace("CASE", f"/cases/{example.cases[stop.case]}")
    answer = page.goto(f"http://127.0.0.1:{example.port}{path}")
    if answer is None or answer.status != 200:
        sys.exit(f"{stop.who} does not see {path}")
    height = min(LONGEST, page.evaluate("() => document.documentElement.scrollHeight"))
    page.set_viewport_size(WINDOW | {"height": height})  # so that the menu is as high as the page
    page.screenshot(path=picture)
    page.close()


def _reader(example: Example, stop: Stop) -> BrowserContext:
    key = (stop.who, stop.theme)
    if key not in example.readers:
        example.readers[key] = example.browser.new_context(viewport=WINDOW, color_scheme=stop.theme)
        _sign_in(example.readers[key], example.port, stop.who, example.password)
    return example.readers[key]


def _sign_in(context: BrowserContext, port: int, who: str, password: str) -> None:
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{port}/sign-in")
    page.get_by_label("Email address").fill(f"{who}@tracker.example")
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)  # closed while it still loads, a page may never go
    page.close()


def _make_small(pictures: Path) -> None:
    program = shutil.which("pngquant")
    if program is None:
        sys.stderr.write("pngquant is not installed: the pictures are large.\n")
        return
    subprocess.run([program, "--force", "--ext", ".png", "64", *sorted(pictures.glob("*.png"))], check=True)


def _name(number: int, stop: Stop) -> str:
    return f"{number:02d}-{re.sub(r'[^a-z]+', '-', stop.title.lower()).strip('-')}.png"


def _page() -> str:
    told = [BEGINNING]
    for number, stop in enumerate(STOPS, 1):
        told.append(f"## {number}. {stop.title}\n\n{stop.words}\n\n![{stop.title}](tour/{_name(number, stop)})\n")
    return "\n".join(told)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
