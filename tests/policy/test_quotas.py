"""Quotas: what the files of an account and of a case may take. Each reference counts in full; each sees their own."""

import io

import pytest

from tests import world as people
from tests.builders import build_material
from tests.builders.build_exhibit import exhibit, kept
from tracker.actions.access import access_logs
from tracker.actions.disclosure import captures, disclosures
from tracker.actions.disclosure.versions import Content
from tracker.actions.inquiry import custody
from tracker.audit.doors import Refused
from tracker.audit.verify.files import ONLY, _list_columns
from tracker.base import db
from tracker.models.access.words import LogKind
from tracker.models.register.storage import SIZES, used_by, used_by_each, used_in
from tracker.policy import quotas

MB = 1 << 20


@pytest.fixture
def allowed():
    """The limits, to be set by a test."""
    yield quotas.allowed
    quotas.set_quotas(None, None)


def capture(content, who="ines"):
    disclosure = disclosures.record_disclosure(people.person(who), people.case(), outlet="A newspaper")
    file = kept(content)
    return captures.record_capture(people.person(who), disclosure, name="page.pdf", sha256=file.sha256, size=file.size)


def version(content):
    content = Content(file=kept(content), file_name="memo.pdf", reason="To compare")
    return build_material.version(build_material.material(f"M-{content.file.sha256[:6]}"), content=content)


def log(content, who="ines"):
    file, plan = kept(content), {"mapping": {"zone": "UTC"}}
    return access_logs.receive_log(
        people.person(who), people.case(), kind=LogKind.ACCESS, name="a.csv", sha256=file.sha256, size=file.size,
        plan=plan,
    )  # fmt: skip


def used(who="ines"):
    return db.session().scalar(used_by(people.person(who).uid)), db.session().scalar(used_in(people.case()))


def test_every_table_that_names_files_is_counted():
    naming = {column.table.name for column, _ in _list_columns() if str(ONLY.get(column.table.name)) != "false"}
    assert {model.__tablename__ for model in SIZES} == naming


def test_every_reference_counts_in_full_in_whatever_kind(app, world):
    before, of_case = used()
    exhibit(b"x" * 1_000)
    capture(b"x" * 1_000)
    version(b"x" * 1_000)
    log(b"x" * 1_000)
    exhibit(b"x" * 1_000, again=True)
    assert used() == (before + 5_000, of_case + 5_000)
    assert used("lena")[0] == 0
    ines, lena = people.person("ines").id, people.person("lena").id
    assert {key: int(size) for key, size in db.session().execute(used_by_each([ines, lena])).all()} == {ines: 5_000}


def test_what_was_disposed_of_counts_no_longer(app, world):
    made = exhibit(b"x" * 1_000)
    custody.propose_disposal(people.person("ines"), made, reason="Returned to its owner")
    assert used()[0] == 1_000
    custody.confirm_disposal(people.person("lena"), made.disposal)
    assert used()[0] == 0


@pytest.mark.parametrize("kind", ["exhibit", "capture", "version", "log"])
@pytest.mark.parametrize(
    ("limits", "sentence"),
    [((1, None), "Your files may take 1 MB."), ((None, 1), "The files of a case may take 1 MB.")],
)
def test_one_byte_too_many_is_refused_and_one_fewer_is_not(app, world, allowed, entries, kind, limits, sentence):
    add = {"exhibit": exhibit, "capture": capture, "version": version, "log": log}[kind]
    quotas.set_quotas(*limits)
    room = MB - used()[limits[0] is None]
    with pytest.raises(Refused, match=sentence):
        add(b"x" * (room + 1))
    add(b"x" * room)
    assert used()[limits[0] is None] == MB
    exhibit(None)  # what has no file needs no room


def test_the_quota_of_one_account_is_nothing_to_another(app, world, allowed):
    quotas.set_quotas(1, None)
    exhibit(b"x" * MB)
    with pytest.raises(Refused):
        exhibit(b"y")
    exhibit(b"y", who="lena")


def test_a_file_without_room_is_refused_at_its_field_and_never_reaches_the_store(app, browse, allowed):
    allowed.member = 1_000
    before = set(app.extensions["files"].root.rglob("*"))
    disclosures.record_disclosure(people.person("ines"), people.case(), outlet="A newspaper")
    answer = browse("ines").post_form(
        "/cases/LK-AAAA/disclosures/1/captures/new", file=(io.BytesIO(b"z" * 1_001), "page.pdf")
    )
    assert answer.status_code == 409
    assert "Your files may take 1000 bytes. There is no room for this file." in answer.text
    assert set(app.extensions["files"].root.rglob("*")) <= before


def test_the_lead_sees_what_a_case_takes_a_member_their_own_and_an_administrator_totals(app, browse, allowed):
    exhibit(b"x" * 3 * MB)
    quotas.set_quotas(10, 20)
    total = quotas.share(used()[1], 20 * MB)
    assert total in browse("lena").get("/cases/LK-AAAA/export").text
    assert " of 20 MB" not in browse("ines").get("/cases/LK-AAAA").text
    assert "Files you added, in all cases: 3 MB of 10 MB" in browse("ines").get("/sessions").text
    assert "3 MB of 10 MB" in browse("ada").get("/accounts").text
