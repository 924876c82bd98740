"""The pages of custody: a handover from the chain that was seen, and a disposal by two people."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.builders.build_exhibit import exhibit, handed
from tracker.actions.case import cases
from tracker.actions.inquiry import custody
from tracker.audit.doors import housekeeping
from tracker.base import db
from tracker.models.inquiry.exhibits import Exhibit
from tracker.models.register.sessions import LoginSession

HERE = "/cases/LK-AAAA/exhibits"
OVER = f"{HERE}/1/custody/new"
GIVEN = {"to_holder": "Laboratory", "at": "2018-03-23 10:00", "why": "Examination"}


@pytest.fixture
def ines(browse):
    return browse("ines")


def proposed(world, who="ines"):
    return custody.propose_disposal(world.person(who), exhibit(), reason="Returned to the print service")


def test_a_handover_stands_in_the_chain(ines, world):
    exhibit()
    assert "<strong>Evidence room</strong> holds Print log now (entry 1" in ines.get(OVER).text
    answer = ines.post_form(OVER, GIVEN, seal_number="S-2", condition="Intact")
    assert (answer.status_code, answer.location) == (303, f"{HERE}/1")
    page = ines.get(f"{HERE}/1").text
    assert "Held by Laboratory" in page
    assert "S-2" in page
    assert "too imprecise" not in page
    ines.post_form(OVER, {**GIVEN, "to_holder": "Registry", "at": "2018-03-23"})
    assert "The times are too imprecise to show that this came after entry 2" in ines.get(f"{HERE}/1").text


def test_a_form_that_shows_an_older_chain_is_refused_and_then_shows_the_new_one(ines, world):
    made = exhibit()
    handed(made, "Laboratory", who="lena")
    answer = ines.post(OVER, data={**GIVEN, "after": "1", "to_holder": "Registry", **ines.tokens()})
    assert answer.status_code == 409
    assert "Laboratory holds it now (entry 2)" in answer.text
    assert 'value="Registry"' in answer.text
    assert 'name="after" type="hidden" value="2"' in answer.text


@pytest.mark.parametrize("after", ["", "x", "0", "99", "٣", "-1"])
def test_a_form_without_a_sound_number_is_refused(ines, after):
    exhibit()
    assert ines.post(OVER, data={**GIVEN, "after": after, **ines.tokens()}).status_code == 409


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"to_holder": ""}, 422, "Enter the new holder."),
        ({"why": ""}, 422, "Enter the reason for the handover."),
        ({"at": "last week"}, 422, "Enter a date with a year"),
        ({"at": "2018-03-01"}, 409, "before an earlier handover"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(ines, fields, status, words):
    exhibit()
    answer = ines.post_form(OVER, {**GIVEN, "condition": "Opened", **fields})
    assert (answer.status_code, words in answer.text, 'value="Opened"' in answer.text) == (status, True, True)


def test_who_hands_it_over_is_never_taken_from_the_form(ines):
    exhibit()
    more = {"from_holder": "Me", "number": "1", "exhibit_id": "9", "by_id": "1", "recorded": "2018", "seal": "0" * 64}
    ines.post(OVER, data={**GIVEN, "after": "1", **more, **ines.tokens()})
    chain = db.session().get(Exhibit, 1).custody
    assert [(one.number, one.from_holder, one.by.name) for one in chain] == [
        (1, "Print service", "Ines"), (2, "Evidence room", "Ines")
    ]  # fmt: skip


@pytest.mark.parametrize("path", ["", "/file", "/custody/new", "/edit", "/disposals/new"])
def test_the_exhibit_of_another_case_is_not_found(browse, path):
    exhibit()
    ivo = browse("ivo")
    assert ivo.get(f"{HERE}/1{path}").status_code == 404
    assert ivo.get(f"/cases/LK-BBBB/exhibits/1{path}").status_code == 404
    assert ivo.post(f"/cases/LK-BBBB/exhibits/1{path}", data=ivo.tokens()).status_code in {404, 405}


@pytest.mark.gate("six at once, at a served program")
def test_of_six_handovers_from_one_page_one_goes_through(caller, entries):
    exhibit()
    callers = [caller("ines") for _ in range(6)]
    sent = [{**GIVEN, "after": "1", "to_holder": f"Room {number}"} for number in range(6)]
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda one, form: one.post(OVER, form), callers, sent))
    assert sorted(answer.status for answer in answers) == [303] + [409] * 5
    db.session().rollback()
    chain = db.session().get(Exhibit, 1).custody
    assert [one.number for one in chain] == [1, 2]
    told = f"This exhibit was handed over in the meantime. {chain[1].to_holder} holds it now (entry 2)"
    assert all(told in answer.text for answer in answers if answer.status == 409)
    assert len(entries("exhibit.handed_over")) == 1


def test_two_people_dispose_of_an_exhibit_and_its_file_goes(app, ines, browse, world):
    exhibit()
    sha256, lena = db.session().get(Exhibit, 1).sha256, browse("lena")
    assert ines.post_form(f"{HERE}/1/disposals/new", reason="Returned").status_code == 303
    assert "Waiting for a second person" in ines.get(f"{HERE}/1").text
    confirm = f"{HERE}/1/disposals/1/confirm"
    assert confirm not in ines.get(f"{HERE}/1").text
    assert confirm in lena.get(f"{HERE}/1").text
    assert lena.post_form(confirm).status_code == 303
    page = lena.get(f"{HERE}/1").text
    for words in ("Disposed of", "No holder", "Proposed by Ines, confirmed by Lena", sha256):
        assert words in page
    assert "Download file" not in page
    assert "Disposed of" in lena.get(f"{HERE}?state=disposed").text
    assert sha256 not in app.extensions["files"]
    answer = lena.get(f"{HERE}/1/file")
    assert (answer.status_code, "its file was deleted" in answer.text) == (409, True)
    assert ines.post_form(OVER, GIVEN).status_code == 409


def test_a_file_that_another_exhibit_names_stays(app, browse, world):
    disposal = proposed(world)
    exhibit(again=True)
    browse("lena").post_form(f"{HERE}/1/disposals/1/confirm")
    assert disposal.exhibit.sha256 in app.extensions["files"]
    assert browse("otto").get(f"{HERE}/2/file").data == b"the bytes"


def test_the_bytes_of_what_was_disposed_of_do_not_come_back_by_a_form_that_is_refused(app, browse, world):
    from tests.views.inquiry.test_exhibits import sent

    disposal = proposed(world)
    browse("lena").post_form(f"{HERE}/1/disposals/1/confirm")
    assert sent(browse("ines")).status_code == 409
    assert disposal.exhibit.sha256 not in app.extensions["files"]
    assert sent(browse("ines"), again="y").status_code == 303
    assert browse("otto").get(f"{HERE}/2/file").data == b"the bytes"


def test_declining_needs_a_reason_that_stays_readable(browse, world):
    proposed(world)
    decline, cora = f"{HERE}/1/disposals/1/decline", browse("cora")
    assert "Enter why the exhibit must be kept." in cora.post_form(decline).text
    assert cora.post_form(decline, reason="Needed for the appeal").status_code == 303
    page = cora.get(f"{HERE}/1").text
    assert "Needed for the appeal" in page
    assert decline not in page


def test_confirming_asks_for_the_password_again(browse, world):
    proposed(world)
    lena = browse("lena")
    with housekeeping() as record:
        for session in record.query(LoginSession):
            session.confirmed_at = session.confirmed_at.replace(year=2018)
    confirm = f"{HERE}/1/disposals/1/confirm"
    answer = lena.get(confirm)
    assert (answer.status_code, answer.location.partition("?")[0]) == (302, "/confirm")
    assert lena.post(confirm, data=lena.tokens()).status_code == 401
    assert not db.session().get(Exhibit, 1).is_disposed


def test_a_legal_hold_is_said_before_and_refused_after(browse, ines, world):
    proposed(world)
    cases.edit_case(
        world.person("lena"), world.case(), lock_version=world.case().lock_version, legal_hold="Court order 7."
    )
    answer = browse("lena").post_form(f"{HERE}/1/disposals/1/confirm")
    assert (answer.status_code, "This case is under legal hold" in answer.text) == (409, True)
    exhibit(b"another")
    page = ines.get(f"{HERE}/2/disposals/new").text
    assert "This case is under legal hold." in page
    assert 'class="record-form"' not in page
    assert ines.post(f"{HERE}/2/disposals/new", data={**ines.tokens(), "reason": "Old"}).status_code == 409
