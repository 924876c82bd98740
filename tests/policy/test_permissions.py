"""The permission matrix, tried over HTTP: every route and method, by everybody, on a copy of the furnished world."""

import re

import pytest
import sqlalchemy as sa

from tests.machinery.database import FULL, ON_POSTGRESQL
from tests.readers.browse import signed_in
from tests.readers.digests import digests
from tests.readers.matrix import COLUMNS, rows
from tracker.base import db
from tracker.models.case.assignments import Assignment
from tracker.models.register.audit_log import AuditEntry

pytestmark = pytest.mark.furnished
MISSING = "/no/such/address"
ROWS = {f"{method} {url}": (method, url, answers) for method, url, answers in rows()}
CHANGING = {name: row for name, row in ROWS.items() if 303 in row[2].values() and row[0] == "POST"}
QUIET = [row for name, row in ROWS.items() if name not in CHANGING]
A_FEW = ("nobody", "lena", "aldo", "ada", "otto")  # who may read most, and least
WHO = COLUMNS if FULL or not ON_POSTGRESQL else A_FEW
AT_ONCE = 20
BATCHES = [QUIET[first : first + AT_ONCE] for first in range(0, len(QUIET), AT_ONCE)]  # nothing changes: one copy each

MASKED = {"rhea", "dora", "otto"}
NAMES = re.compile(r"Name 1|aide1\.|B-1\b|walt@|ivo@")
OUTSIDE = {"nobody", "late", "ada", "aldo", "nora", "walt"}
CONTENT = re.compile(r"Briefing for a call|What came out|The Paper 1|Notecards|CARDS-1|Do not congratulate|Room 4")


def desk(app, who):
    """The browser of somebody of the matrix."""
    return signed_in(app, {"nobody": None, "late": "lena"}.get(who, who), ended=who == "late")


def asked(client, method, url):
    """The answer somebody gets who sends valid tokens and no fields."""
    return client.open(url, method=method, data=client.tokens() if method == "POST" else None)


@pytest.mark.gate("twelve people ask at every address")
@pytest.mark.parametrize("batch", BATCHES, ids=[f"{method} {url} ..." for (method, url, _), *_ in BATCHES])
def test_everybody_gets_the_answer_of_the_matrix_and_nothing_is_changed(app, batch):
    before, desks = recorded(), {who: desk(app, who) for who in WHO}
    missing = desks["ada"].get(MISSING).data
    for method, url, answers in batch:
        found = {who: asked(client, method, url) for who, client in desks.items()}
        assert {who: answer.status_code for who, answer in found.items()} == of_those(answers), f"{method} {url}"
        assert recorded() == before, f"{method} {url}"
        texts = {who: answer.text for who, answer in found.items() if answer.mimetype.startswith("text/")}
        assert {who: said for who in MASKED if (said := NAMES.findall(texts.get(who, "")))} == {}, f"{method} {url}"
        assert {who: said for who in OUTSIDE if (said := CONTENT.findall(texts.get(who, "")))} == {}, f"{method} {url}"
        hidden = {answer.data for answer in found.values() if answer.status_code == 404}
        if hidden and not url.startswith("/invitations/"):
            assert hidden == {missing}, f"{method} {url}"


@pytest.mark.gate("twelve people ask, each in a register of their own")
@pytest.mark.parametrize(("method", "url", "answers"), CHANGING.values(), ids=CHANGING)
def test_everybody_gets_the_answer_of_the_matrix_and_only_who_may_changes_something(another, method, url, answers):
    found = {}
    for who in WHO:
        with another() as app:
            before = recorded()
            found[who] = asked(desk(app, who), method, url).status_code
            if found[who] != 303:
                assert recorded() == before
    assert found == of_those(answers)


def of_those(answers):
    """What those who ask are to be answered: on PostgreSQL, which the pages ask the same, a few of all."""
    return {who: answers[who] for who in WHO}


def recorded():
    """The record, without the numbers that exports get: a list that leaves as CSV is told of, as is all reading."""
    return {name: digest for name, digest in digests().items() if name != "export"}


def test_the_matrix_has_every_route_and_no_other(app):
    match = app.url_map.bind("localhost").match
    told = {(method, match(url, method)[0]) for method, url, _ in rows()}
    there = {
        (method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.endpoint != "static"
    }
    assert {"missing": there - told, "gone": told - there} == {"missing": set(), "gone": set()}


def test_no_row_of_the_matrix_stands_twice():
    assert len(ROWS) == len(rows())


def test_on_a_case_403_is_for_those_who_have_a_role_in_it():
    inside = set(COLUMNS) - OUTSIDE
    told = {(name, who) for name, row in ROWS.items() for who, status in row[2].items() if status == 403}
    assert {(name, who) for name, who in told if "/cases/LK-AAAA" in name and who not in inside} == set()


@pytest.mark.parametrize("url", ["/cases/LK-AAAA", "/cases/LK-AAAA/disclosures/1", "/cases/LK-AAAA/people.csv"])
def test_what_is_hidden_has_the_headers_and_the_entry_of_what_never_was(app, entries, url):
    for who in ("ada", "nora", "walt"):
        client = signed_in(app, who)
        hidden, said = client.get(url), entries()[-1]
        missing, said_too = client.get(MISSING), entries()[-1]
        assert (hidden.status_code, hidden.data) == (404, missing.data)
        assert dict(hidden.headers) == dict(missing.headers)
        assert shape(said) == shape(said_too)


def shape(entry):
    """An entry without what differs from one address, moment and place in the audit log to the next."""
    return {**entry, "seq": 0, "prev": "", "at": "", "d": sorted(entry["d"])}


NOBODY_UNSURE = "/cases/LK-AAAA/access-logs/1/people"  # not found where the file says who everybody is
FOREIGN = [
    url
    for method, url, _ in rows()
    if method == "GET" and re.search(r"/LK-AAAA/(?!team|recusal|audit-log).*/1\b", url) and url != NOBODY_UNSURE
]


@pytest.mark.gate("two people ask at every address of a thing")
def test_a_thing_of_another_case_is_not_found_under_this_one(app):
    ivo, lena = signed_in(app, "ivo"), signed_in(app, "lena")
    for url in FOREIGN:
        foreign = re.sub(r"/1\b", "/3", url, count=1)
        assert ivo.get(foreign.replace("LK-AAAA", "LK-BBBB")).status_code != 404, foreign
        assert lena.get(foreign).status_code == 404, foreign


@pytest.mark.parametrize(
    ("address", "key", "where", "longer", "shorter"),
    [
        ("team/{}/end", Assignment.number, Assignment.case_id == 1, ("lena", "LK-AAAA"), ("ivo", "LK-BBBB")),
        ("audit-log/{}", AuditEntry.cseq, AuditEntry.case_ref == "LK-BBBB", ("ivo", "LK-BBBB"), ("lena", "LK-AAAA")),
    ],
)
def test_a_row_of_another_case_is_not_found_under_this_one(app, address, key, where, longer, shorter):
    number = db.session().scalar(sa.select(sa.func.max(key)).where(where))
    for (who, case), status in ((longer, 200), (shorter, 404)):
        assert signed_in(app, who).get(f"/cases/{case}/{address.format(number)}").status_code == status
