"""No page offers what it would refuse: of the example, whoever reads it finds no link and no button to a refusal."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from werkzeug.exceptions import HTTPException

from tests.readers.browse import begun
from tests.readers.pages import TYPED, Page
from tracker import create_app
from tracker.base import db
from tracker.cli.founding import prepare
from tracker.demo import ACCOUNTS, found, new_password
from tracker.models.case.cases import Case
from tracker.models.case.words import Role
from tracker.models.register.accounts import Account

WHO = {role: name for name, _, _, role in ACCOUNTS if role}


@pytest.fixture
def example(tmp_path):
    """The program over the example, and where its database lies."""
    settings = prepare(tmp_path / "instance")
    app = create_app(settings)
    with app.app_context():
        found(settings, app.extensions["files"], new_password())
    yield app, Path(settings.database_url.removeprefix("sqlite:///"))  # each request has a context of its own
    db.release()


class Reader:
    """Somebody who follows every link of the cases, and presses every button on a copy of the record."""

    def __init__(self, app, path, who) -> None:
        account = db.session().scalars(Account.by_email(f"{who}@tracker.example")).one()
        self.app, self.path, self.client, self.who = app, path, app.test_client(), who
        with self.client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = begun(account.id), True
        self.wrong: list[str] = []

    def walk(self, start: list[str]) -> None:
        """Every page that is reached by links."""
        seen, waiting = set(), [(url, "") for url in start]
        while waiting:
            url, source = waiting.pop()
            if url in seen:
                continue
            seen.add(url)
            answer = self.client.get(url, follow_redirects=True, buffered=True)
            if answer.mimetype != "text/html":
                continue
            page = Page(answer.text)
            if answer.status_code != 200 or self._is_refusal(url, page):
                self.wrong.append(f"{self.who}: {source} leads to {url} ({answer.status_code})")
            links = [(one.get("href") or "").partition("#")[0] for one in page.all("a")]
            waiting += [(one, url) for one in links if one.startswith("/cases/") and "." not in one and "?" not in one]
            for form in self._buttons(page):
                if form.get("action") not in seen:
                    seen.add(form.get("action"))
                    self._press(url, form)

    def _is_refusal(self, url: str, page: Page) -> bool:
        """Whether it is the page of a form, without the form."""
        if "POST" not in self._methods(url) or self._may_be_read(url, page):
            return False
        forms = [one for one in page.all("form") if one.get("method") == "post"]
        return url not in {urlsplit(form.get("action") or url).path for form in forms}

    def _may_be_read(self, url: str, page: Page) -> bool:
        """Whether the page says more than that its form is refused: what is open, or what was written."""
        said = any("blocks" in (one.get("class") or "") for one in page.all("section"))
        written = any(one.text.startswith("Evaluation ") for one in page.all("h2"))
        return said or written or url.endswith("/protection-check")

    def _methods(self, url: str) -> set[str]:
        found = set()
        for method in ("GET", "POST"):
            try:
                self.app.url_map.bind("localhost").match(url, method)
                found.add(method)
            except HTTPException:
                pass
        return found

    def _buttons(self, page: Page) -> Iterator:
        for form in page.all("form"):
            fields = [one for one in form.all(*TYPED) if one.get("type") not in {"hidden", "submit"}]
            if form.get("method") == "post" and (form.get("action") or "").startswith("/cases/") and not fields:
                yield form

    def _press(self, url: str, form) -> None:
        before = self.path.with_suffix(".before")
        db.release()
        shutil.copy2(self.path, before)
        sent = {one.get("name"): one.get("value") or "" for one in form.all("input")}
        answer = self.client.post(form.get("action"), data=sent, headers={"Referer": f"http://localhost{url}"})
        if answer.status_code >= 400:
            self.wrong.append(f"{self.who}: a button on {url} posts to {form.get('action')} ({answer.status_code})")
        db.sessions.remove()
        sa.orm.close_all_sessions()
        for one in self.path.parent.glob(f"{self.path.name}-*"):
            one.unlink()
        shutil.copy2(before, self.path)


def test_somebody_has_each_role_in_the_example():
    assert set(WHO) == set(Role)


@pytest.mark.gate("reads every page of the example")
@pytest.mark.parametrize(
    "who", ["lead", *(pytest.param(who, marks=pytest.mark.full) for who in WHO.values() if who != "lead")]
)
def test_no_page_of_the_example_leads_to_a_refusal(example, who):
    reader = Reader(*example, who)
    cases = [f"/cases/{one}" for one in db.session().scalars(sa.select(Case.reference))]
    reader.walk([url for url in cases if reader.client.get(url, buffered=True).status_code == 200])
    assert "\n".join(reader.wrong) == ""
