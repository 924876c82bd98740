"""A sealed interview attacked: by every form, by fields that no form has, by other addresses, by many at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from tests.builders.build_interview import accounted, closed, engaged, held, planned, ready, seal, sealed, text
from tests.readers.digests import digests, without_versions
from tests.readers.pages import Page
from tests.web.test_hostile import CANARY, ODD
from tracker.actions.inquiry import interviews
from tracker.base import db
from tracker.models.inquiry.addenda import Addendum
from tracker.models.inquiry.interviews import STATEMENT, Interview

HERE = "/cases/LK-AAAA/interviews/1"
PARTS = ("planning", "engagement", "narrative", "closure")
EXTRA = {
    **dict.fromkeys(STATEMENT, "1"), "state": "signed", "seal": "0" * 64, "statement_sha256": "0" * 64, "id": "99",
    "case_id": "2", "person_id": "2", "person": "P-002", "by_id": "1", "at": "2001-01-01", "signed_at": "2001-01-01",
    "why_ended": "Mine", "created_at": "2001-01-01", "is_admin": "1", "involvement": "lead", "seq": "1",
}  # fmt: skip
SEALED = "This interview is sealed. Add an addendum, a correction or an erratum."


def shown_on(client, url):
    """The form of a page as a browser holds it."""
    return Page(client.get(url).text).form_to(url, url).shown()


def only():
    db.session().rollback()
    return db.session().scalars(sa.select(Interview)).one()


@pytest.mark.parametrize("part", PARTS)
def test_fields_that_a_part_does_not_have_change_nothing(browse, part):
    accounted(engaged(planned()))
    ines, url = browse("ines"), f"{HERE}/{part}"
    before, shown = without_versions(), shown_on(ines, url)
    more = {name: value for name, value in EXTRA.items() if name not in shown}
    assert len(more) > 20
    assert ines.post(url, data={**shown, **more}).status_code == 303
    assert without_versions() == before


def test_no_form_that_was_opened_before_the_seal_is_taken_after_it(browse):
    interview, ines = planned(), browse("ines")
    forms = {"cancellation": shown_on(ines, f"{HERE}/cancellation")}
    accounted(engaged(interview))
    forms |= {page: shown_on(ines, f"{HERE}/{page}") for page in (*PARTS, "stop", "present/new")}
    seal(closed(interview))
    before, digest = only().statement(), digests()
    typed = {"narrative": "Other words", "closure": "Other words", "place": "Elsewhere", "who": "Clerk", "why": "Late",
             "why_ended": "No", "advisement": str(text("miranda").id)}  # fmt: skip
    for page, form in forms.items():
        over = {
            name: value
            for name, value in typed.items()
            if name in form and (name, page) != ("advisement", "engagement")
        }
        for row in {"1", str(interview.lock_version)} if "lock_version" in form else {""}:
            sent = {**form, **over, **ines.tokens(), "lock_version": row}
            answer = ines.post(f"{HERE}/{page}", data=sent)
            assert (answer.status_code, SEALED in answer.text) == (409, True), page
            assert "before you change this part" not in answer.text, page
    assert (only().statement(), digests()) == (before, digest)


def test_an_addendum_form_brings_nothing_into_the_original(browse):
    sealed()
    ines, before = browse("ines"), without_versions()["interview"]
    form = {**shown_on(ines, f"{HERE}/addenda/new"), "kind": "erratum", "text": "Room 5", "signed_by": "Investigator"}
    form["signed"] = "2018-03-23"
    more = {name: value for name, value in EXTRA.items() if name not in form}
    sent = {**form, **more, "number": "7", "interview_id": "2"}
    assert ines.post(f"{HERE}/addenda/new", data=sent).status_code == 303
    made = db.session().scalars(sa.select(Addendum)).one()
    assert (made.number, made.interview.number, made.by.name, made.seal) == (1, 1, "Ines", made.compute_seal())
    assert without_versions()["interview"] == before


@pytest.mark.furnished
@pytest.mark.parametrize("page", [*PARTS, "seal", "stop", "cancellation", "present/new", "evaluation", "addenda/new"])
def test_the_address_of_another_case_leads_to_nothing(browse, page):
    lena, before = browse("lena"), digests()
    for address in ("/cases/LK-BBBB/interviews/1", "/cases/LK-AAAA/interviews/3"):
        assert lena.post(f"{address}/{page}", data={**lena.tokens(), "text": "Mine"}).status_code == 404
    assert lena.post("/cases/LK-BBBB/interviews/1/present/1/remove", data=lena.tokens()).status_code == 404
    assert lena.post("/cases/LK-AAAA/interviews/1/present/9/remove", data=lena.tokens()).status_code == 404
    assert digests() == before


def test_somebody_present_at_another_interview_is_not_removed_here(browse, world):
    planned()
    interviews.add_presence(world.person("ines"), planned(), who="Clerk", why="Note")
    ines = browse("ines")
    assert ines.post(f"{HERE}/present/1/remove", data=ines.tokens()).status_code == 404


@pytest.mark.gate("every odd text in every field")
@pytest.mark.parametrize("part", PARTS)
def test_odd_text_is_taken_or_refused_in_words(browse, part):
    held()
    ines, url = browse("ines"), f"{HERE}/{part}"
    form = shown_on(ines, url)
    for odd in (*ODD[PARTS.index(part) :: len(PARTS)], CANARY):  # each part tries others
        typed = dict.fromkeys(set(form) - {"csrf_token", "form_token", "lock_version"}, odd)
        for name, value in typed.items():
            answer = ines.post(url, data={**form, **ines.tokens(), name: value})
            assert answer.status_code in {303, 409, 422}, (name, odd)
            form = form if answer.status_code == 422 else shown_on(ines, url)
    assert "<script>alert" not in ines.get(HERE).text + ines.get(f"{HERE}/seal").text


@pytest.mark.gate("several at once, at a served program")
@pytest.mark.parametrize("count", [6, pytest.param(20, marks=pytest.mark.full)])
def test_of_those_who_seal_at_once_one_does(caller, entries, count):
    interview = ready()
    url = f"/cases/LK-AAAA/interviews/{interview.number}/seal"
    callers = [caller("lena" if number % 2 else "ines") for number in range(count)]
    form = shown_on_served(callers[0], url)
    with ThreadPoolExecutor(count) as pool:
        answers = list(pool.map(lambda one: one.post(url, form), callers))
    assert sorted(answer.status for answer in answers) == [303] + [409] * (count - 1)
    assert len(entries("interview.sealed")) == 1
    assert only().seal == only().compute_seal()


@pytest.mark.gate("two at once, at a served program")
def test_a_seal_and_an_edit_at_once_end_in_one_legal_state(caller):
    for number in range(1, 4):
        interview = ready()
        here = f"/cases/LK-AAAA/interviews/{interview.number}"
        lena, ines = caller("lena"), caller("ines")
        sealing, closing = shown_on_served(lena, f"{here}/seal"), shown_on_served(ines, f"{here}/closure")
        edit = {**closing, "signature": "", "corrections": "It was Tuesday"}
        with ThreadPoolExecutor(2) as pool:
            first = pool.submit(lena.post, f"{here}/seal", sealing)
            second = pool.submit(ines.post, f"{here}/closure", edit)
        assert sorted((first.result().status, second.result().status)) == [303, 409]
        db.session().rollback()
        made = db.session().scalars(sa.select(Interview).where(Interview.number == number)).one()
        assert (made.is_sealed, made.corrections == "It was Tuesday") in {(True, False), (False, True)}


def shown_on_served(one, url):
    """The form of a page of the served program, without its tokens."""
    form = Page(one.get(url).text).form_to(url, url).shown()
    return {name: value for name, value in form.items() if not name.endswith("_token")}
