"""No number that counts over all cases is shown to the readers of one: it would tell how much is done elsewhere.

A register is built in which every id is far higher than the number of things in its cases. None of these ids may then
stand in a page, a file or an address that the people of a case get to see.
"""

import re
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from tests import world
from tests.builders.build_everything import furnish
from tests.machinery.instances import opened
from tests.readers.browse import signed_in
from tests.readers.matrix import rows
from tracker.base import db
from tracker.base.db import Base
from tracker.cli.founding import prepare
from tracker.models.register.audit_log import AuditEntry

FAR = 7_000_001  # the first id; nothing else in the world is like it
KNOWN_TO_ALL = {"account", "account_alias", "invitation", "standard_text"}  # of the register itself, not of its cases
TELLING = re.compile(r"(?<![0-9a-f])7000\d{3}(?![0-9a-f])")
WHO = ["lena", "otto", *(pytest.param(who, marks=pytest.mark.full) for who in ("ines", "rhea", "cora", "dora"))]
ids = count(FAR)


def far_away(mapper: Any, _connection: Any, thing: Any) -> None:
    """Give a new row an id that no case would reach."""
    (key,) = mapper.primary_key if len(mapper.primary_key) == 1 else (None,)
    if key is None or mapper.local_table.name in KNOWN_TO_ALL or not isinstance(key.type, sa.Integer):
        return
    if mapper.class_ is not AuditEntry and getattr(thing, key.name, None) is None:
        setattr(thing, key.name, next(ids))


@pytest.fixture(scope="module")
def far(tmp_path_factory):
    """The furnished world with such ids."""
    settings = prepare(tmp_path_factory.mktemp("far") / "instance")
    event.listen(Base, "before_insert", far_away, propagate=True)
    try:
        with opened(settings):
            world.build()
            furnish()
    finally:
        event.remove(Base, "before_insert", far_away)
    with opened(settings) as app:
        yield SimpleNamespace(app=app)


@pytest.mark.gate("builds the furnished world anew, and asks for every page of six people")
@pytest.mark.parametrize("who", WHO)
def test_no_page_of_a_case_shows_a_number_of_the_register(far, who):
    client, told = signed_in(far.app, who), {}
    for url in sorted({url for method, url, answers in rows() if method == "GET" and answers.get(who) == 200}):
        if not url.startswith("/audit-log") and not url.endswith(
            "/statement"
        ):  # which shows the very bytes of its seal
            answer = client.get(url)
            found = TELLING.findall(answer.get_data().decode(errors="replace") + str(answer.headers))
            if found:
                told[url] = sorted(set(found))
    assert told == {}


@pytest.mark.gate("builds the furnished world anew")
def test_a_case_numbers_its_own_entries(far):
    lena = signed_in(far.app, "lena")
    text = lena.get("/cases/LK-AAAA/audit-log.csv").get_data(as_text=True).splitlines()
    assert [line.split(",")[0].strip('"') for line in text[1:6]] == ["1", "2", "3", "4", "5"]
    last = db.session().scalar(sa.select(sa.func.max(AuditEntry.cseq)).where(AuditEntry.case_ref == "LK-AAAA"))
    for number in range(1, last + 1):
        page = lena.get(f"/cases/LK-AAAA/audit-log/{number}")
        assert [page.text[max(0, one.start() - 99) : one.end()] for one in TELLING.finditer(page.text)] == [], number
    claims = lena.get("/cases/LK-AAAA/audit-log?record=claim:1/1").text
    assert "claim:1/1" in claims
    assert "Claim" in claims
    assert "No results" in lena.get("/cases/LK-AAAA/audit-log?record=claim:1/77").text
    assert "No results" in lena.get("/cases/LK-AAAA/audit-log?record=nothing:1").text
