"""When nothing can be written: pages that leave no entry go on, everything else names the cause and is not done."""

import fcntl
import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from tests.machinery.database import ON_POSTGRESQL
from tracker.audit.doors import housekeeping
from tracker.audit.upkeep import why_nothing_is_written
from tracker.base import db, trouble, turns
from tracker.base.connections import sqlite, sqlite_file

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="holds a file of SQLite")
LENA = "lena@tracker.example"


class Full:
    """A disk that takes nothing more."""

    status, sentence = 507, "The disk of the server is full. Nothing was saved."

    def begin(self):
        sa.event.listen(db.writer(), "commit", self._refuse)

    def end(self):
        sa.event.remove(db.writer(), "commit", self._refuse)

    def _refuse(self, _connection):
        raise sa.exc.OperationalError("COMMIT", {}, SimpleNamespace(sqlite_errorcode=13))


class Held:
    """Another process that writes, and does not end."""

    status, sentence = 503, "Another program holds the database. Nothing was saved."

    def begin(self):
        file = sqlite_file(db.engine())
        self.lock = file.with_name(f"{file.name}.turn").open("w")
        fcntl.flock(self.lock, fcntl.LOCK_EX)

    def end(self):
        self.lock.close()


class Locked(Held):
    """A program that is not ours, and locks the file."""

    def begin(self):
        self.other = sqlite.connect(str(sqlite_file(db.engine())))
        self.other.execute("BEGIN IMMEDIATE")

    def end(self):
        self.other.close()


@pytest.fixture(params=[Full, Held, Locked])
def cause(request, app, monkeypatch):
    """Nothing can be written from `begin()` to `end()`."""
    monkeypatch.setattr(trouble, "PATIENCE", 0.2)
    yield request.param()
    trouble.clear()


def test_pages_go_on_and_recorded_reads_and_changes_name_the_cause(browse, cause, clock, entries):
    lena = browse("lena")
    assert lena.get("/cases/LK-AAAA").status_code == 200  # opened in this session, so read again without an entry
    clock.shift(timedelta(minutes=2))  # there is something to note of who was seen
    before = len(entries())
    cause.begin()
    for page in ("/", "/cases", "/cases/LK-AAAA", "/cases/LK-AAAA/people", "/sessions", "/sign-in"):
        assert lena.get(page).status_code == 200, page
    for method, page in [("GET", "/cases/LK-AAAA/people.csv"), ("GET", "/cases/LK-NONE"), ("POST", "/cases/new")]:
        fields = {"title": "Another case", "marking": "internal", **lena.tokens()} if method == "POST" else None
        answer = lena.open(page, method=method, data=fields)
        assert answer.status_code == cause.status, page
        assert cause.sentence in answer.text
        assert answer.headers["Retry-After"] == "30"
    assert browse_again(lena, "/sign-in").status_code == cause.status
    cause.end()
    assert len(entries()) == before
    assert lena.post_form("/cases/new", title="Another case").status_code == 303
    assert lena.get("/cases/LK-AAAA/people.csv").status_code == 200


def browse_again(client, page):
    stranger = client.application.test_client()
    return stranger.post(page, data={"email": LENA, "password": "wrong", **stranger.tokens()})


def test_a_case_that_was_not_opened_in_this_session_is_not_read_without_an_entry(browse, cause):
    lena = browse("lena")
    cause.begin()
    answer = lena.get("/cases/LK-AAAA")
    cause.end()
    assert (answer.status_code, cause.sentence in answer.text) == (cause.status, True)


def test_the_page_of_health_tells_and_tells_when_it_is_over(browse, cause):
    stranger, lena = browse(None), browse("lena")
    cause.begin()
    assert lena.get("/cases/LK-NONE").status_code == cause.status
    answer = stranger.get("/healthz")
    assert (answer.status_code, answer.mimetype) == (cause.status, "text/plain")
    assert answer.text.startswith(cause.sentence)
    cause.end()
    assert stranger.get("/healthz").text == "ok\n"


def test_a_session_in_use_does_not_end_because_that_cannot_be_noted(browse, cause, clock):
    lena = browse("lena")
    cause.begin()
    for _ in range(4):
        clock.shift(timedelta(minutes=20))
        assert lena.get("/sessions").status_code == 200
    cause.end()
    assert lena.get("/sessions").status_code == 200
    clock.shift(timedelta(minutes=31))
    assert lena.get("/sessions").status_code == 302


def test_what_was_done_is_answered_although_its_place_cannot_be_noted(browse, app, monkeypatch):
    full, lena = Full(), browse("lena")
    monkeypatch.setattr("tracker.web.rendering.housekeeping", lambda: refusing(full))
    answer = lena.post_form("/cases/new", title="Another case")
    assert (answer.status_code, trouble.current()) == (303, None)


def refusing(full):
    full._refuse(None)


def test_that_a_page_could_not_note_its_reader_shortens_nobodys_patience(app):
    held = Held()
    held.begin()
    with pytest.raises(trouble.Held), housekeeping(0.05):
        pass
    held.end()
    assert (trouble.current(), trouble.patience()) == (trouble.HELD, trouble.PATIENCE)
    assert why_nothing_is_written() is None, "many wrote, and that is all"


def test_nobody_waits_long_for_what_others_wait_for_in_vain(app, monkeypatch):
    monkeypatch.setattr(trouble, "PATIENCE", 0.6)
    held = Held()
    held.begin()
    took = []
    for _ in range(2):
        began = time.monotonic()
        with pytest.raises(trouble.Held), housekeeping():
            pass
        took.append(time.monotonic() - began)
    held.end()
    assert took[0] > 0.55
    assert took[1] < 0.5
    assert why_nothing_is_written() is None


def test_only_a_fault_of_the_machine_is_left_undone(app):
    with pytest.raises(ZeroDivisionError), db.best_effort():
        1 / 0  # noqa: B018
    with pytest.raises(FileNotFoundError), db.best_effort():
        raise FileNotFoundError


def test_the_log_is_cut_when_it_has_grown_and_nobody_reads_it(app, monkeypatch):
    monkeypatch.setattr(turns, "LARGEST_WAL", 50_000)
    engine = db.engine()
    log = sqlite_file(engine).with_name("tracker.db-wal")
    reader = engine.connect()
    reader.exec_driver_sql("SELECT count(*) FROM audit").scalar()
    for _ in range(40):
        why_nothing_is_written()
    turns.bound_log(engine)
    assert log.stat().st_size > 50_000, "somebody reads what is in it"
    reader.close()
    turns.bound_log(engine)
    assert log.stat().st_size == 0


def test_a_database_that_is_away_gets_a_page_without_asking_it(browse, app, monkeypatch):
    def away(*_words):
        raise sa.exc.OperationalError("SELECT", {}, SimpleNamespace(sqlstate=None))

    lena, stranger = browse("lena"), browse(None)
    sa.event.listen(db.engine(), "begin", away)
    try:
        answers = [client.get(page) for client, page in [(lena, "/cases"), (stranger, "/healthz")]]
    finally:
        sa.event.remove(db.engine(), "begin", away)
    assert [answer.status_code for answer in answers] == [503, 503]
    assert all("The database cannot be reached." in answer.text for answer in answers)
