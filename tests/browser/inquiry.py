"""The example case as the people on it see it: one browser each, with some of it done behind the scenes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tests import world
from tests.browser.navigator import WIDE, Navigator
from tests.machinery.instances import opened
from tests.machinery.server import serving
from tracker.audit.doors import housekeeping
from tracker.base import db
from tracker.base.config import Settings
from tracker.cli.founding import prepare
from tracker.demo import ACCOUNTS, briefing, found
from tracker.demo.context import Context
from tracker.models.case.cases import Case
from tracker.models.register.accounts import Account
from tracker.models.register.sessions import LoginSession


class Inquiry:
    """A served example, and whoever looks at it."""

    def __init__(self, chromium: Any, settings: Settings) -> None:
        self.chromium, self.settings = chromium, settings
        self.base = self.reference = ""
        self.tabs: dict[str, Navigator] = {}

    @property
    def here(self) -> str:
        """The address of the case."""
        return f"/cases/{self.reference}"

    def desk(self, who: str) -> Navigator:
        """The browser of one of them: `desk("reviewer")`."""
        if who not in self.tabs:
            self.tabs[who] = Navigator(self.chromium.new_context(viewport=WIDE), self.base).signs_in(who)
        return self.tabs[who]

    def at(self, who: str, page: str = "") -> Navigator:
        """The same, standing at a page of the case."""
        tab = self.desk(who)
        assert tab.goes_to(f"{self.here}/{page}".rstrip("/")) == 200, (who, page)
        return tab

    def queue(self, who: str) -> Navigator:
        """The same, standing at what waits for them."""
        tab = self.desk(who)
        assert tab.goes_to("/") == 200
        return tab

    def moves_to(self, stage: str) -> None:
        """The lead moves the case on, by the button that stands there once nothing blocks it."""
        lead = self.at("lead")
        lead.presses(f"Move to {stage.lower()}")
        assert stage in lead.page.locator(".case-bar").inner_text()

    def submits(self, finding: int) -> None:
        """The lead puts a finding before the reviewer."""
        lead = self.at("lead", f"findings/{finding}")
        lead.follows("Submit finding")
        assert "Citations" in lead.words
        lead.form.get_by_role("button", name="Submit revision").click()
        assert "was submitted. It is waiting for a reviewer." in lead.words

    @contextmanager
    def behind(self) -> Iterator[Context]:
        """Behind the scenes: actions as the people themselves cause them, in another process than the pages."""
        with opened(self.settings) as app:
            people = {name: db.session().scalars(Account.by_email(world.email(name))).one() for name, *_ in ACCOUNTS}
            case = db.session().scalars(sa.select(Case).where(Case.title == briefing.ABOUT["title"])).one()
            yield Context(people["investigator"], case, self.settings, app.extensions["files"], people)

    def changes_sessions(self, who: str, **values: Any) -> None:
        """What time, or a sign-out elsewhere, does to the sessions of somebody."""
        with self.behind() as context, housekeeping() as session:
            mine = sa.select(LoginSession).where(LoginSession.account_id == context.people[who].id)
            for login in session.scalars(mine):
                for name, value in values.items():
                    setattr(login, name, value)

    def is_quiet(self) -> None:
        """No page made a complaint so far."""
        assert {who: tab.complaints for who, tab in self.tabs.items() if tab.complaints} == {}


@contextmanager
def told(chromium: Any, folder: Path, more: Callable[[Context], Any] = lambda context: None) -> Iterator[Inquiry]:
    """The example with its record, and what `more` tells of it; then it is served."""
    settings = prepare(folder / "instance")
    story = Inquiry(chromium, settings)
    with opened(settings) as app:
        found(settings, app.extensions["files"], world.PASSWORD, to_the_end=False)
    with story.behind() as context:
        more(context)
        story.reference = context.case.reference
    with serving(settings, folder) as port:
        story.base = f"http://127.0.0.1:{port}"
        yield story
        for tab in story.tabs.values():
            tab.context.close()
