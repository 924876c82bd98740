"""Hostile input by the hand of somebody who may be there: no fault of ours, no escape from the page, no forged form."""

import re

import pytest

from tests.readers.digests import digests, without_versions
from tests.readers.matrix import rows
from tests.readers.pages import Page

pytestmark = pytest.mark.furnished
CANARY = """x"'><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}${7*7}%s{0.__class__}"""
ODD = ["a\x00b", "\u202eabc", "\ufeff\u200b", "e\u0301" * 200, "'; DROP TABLE cases; --", "%", "\\", "1e309", "٣", "-1"]
GIVES_UP = "/cases/LK-AAAA/team/lead"  # once sent, Lena leads no more
NO_FORM = {  # what cannot be done now: past the intake, parted or disposed of already, with points that are open
    GIVES_UP, "/cases/LK-AAAA/mistake", "/cases/LK-AAAA/mistake/reopen", "/cases/LK-AAAA/person-merges/1/part",
    "/cases/LK-AAAA/exhibits/1/disposals/new", "/cases/LK-AAAA/stage",
}  # fmt: skip
PAGES = [url for method, url, answers in rows() if method == "GET" and answers["lena"] == 200]
TAKEN = [url for method, url, answers in rows() if method == "POST" and answers["lena"] == 422 and url not in NO_FORM]
FORMS = [
    url for url in TAKEN if url in PAGES or url.endswith("/protection-check")
]  # what cannot be done now shows no form
ANSWERED = ("/cases/LK-AAAA/comparison",)  # on the same page
LISTS = [url for url in PAGES if re.search(r"/LK-AAAA/[a-z-]+(\.csv)?$|^/cases(\.csv)?$", url)]
POSTS = [(url, "ada" if "/accounts" in url else "lena") for method, url, _ in rows() if method == "POST"]
ASKED = ("q", "sort", "after", "before", "page", "size", "material", "person", "level", "stage", "since", "at", "kind")
EACH = pytest.mark.parametrize(  # a form tries every tenth; which ones, its place among the others says
    "step", [pytest.param(10, id="every tenth"), pytest.param(1, id="all", marks=pytest.mark.full)]
)
SOME = pytest.mark.parametrize(
    "step", [pytest.param(8, id="every eighth"), pytest.param(1, id="all", marks=pytest.mark.full)]
)
TEXT_TYPES = {None, "text", "search", "email", "url"}


def form_of(client, url):
    """The form of a page, as a browser holds it, and the names of what is typed into it."""
    form = Page(client.get(url).text).form_to(url, url)
    typed = [
        control.get("name")
        for control in form.element.all("input", "textarea")
        if control.tag == "textarea" or control.get("type") in TEXT_TYPES
    ]
    return form.shown(), [name for name in typed if name]


@pytest.mark.cases("every form there is")
@EACH
@pytest.mark.parametrize("url", FORMS)
def test_odd_text_in_every_field_is_taken_or_refused_in_words(browse, url, step):
    client = browse("cora" if url.endswith("/protection-check") else "lena")
    shown, typed = form_of(client, url)
    first = FORMS.index(url) % step
    for odd in ODD[first::step]:
        answer = client.post(url, data={**shown, **client.tokens(), **dict.fromkeys(typed, odd)})
        assert answer.status_code in ({303, 409, 422} | ({200} if url in ANSWERED else set())), (
            odd,
            answer.status_code,
        )
    for name in sorted({"lock_version", *shown} - set(typed))[first::step]:
        answer = client.post(url, data={**shown, **client.tokens(), name: "9" * 30})
        assert answer.status_code in {303, 400, 409, 422}, (name, answer.status_code)


@pytest.mark.gate("sends half a megabyte for each field")
@SOME
@pytest.mark.parametrize("url", FORMS)
def test_a_text_that_is_too_long_is_refused_and_kept_for_its_author(browse, url, step):
    client = browse("cora" if url.endswith("/protection-check") else "lena")
    shown, typed = form_of(client, url)
    before = digests()
    for name in typed[FORMS.index(url) % min(step, len(typed) or 1) :: step]:
        answer = client.post(url, data={**shown, **client.tokens(), name: "x" * 600_000})
        assert answer.status_code in {303, 422}, (name, answer.status_code)
        if answer.status_code == 303:
            assert "text" in name, f"{name} has no limit"
            before = digests()
    assert digests() == before


@pytest.mark.gate("fills in every form and reads every page")
def test_markup_in_every_text_stays_text_on_every_page(browse):
    lena = browse("lena")
    for url in FORMS:
        if "import" in url or "access-logs" in url or "/team/" in url or url.endswith("/protection-check"):
            continue
        shown, typed = form_of(lena, url)
        wrong = set()
        for _ in range(3):
            filled = {name: shown[name] if name in wrong else CANARY for name in typed}
            answer = lena.post(url, data={**shown, **lena.tokens(), **filled})
            if answer.status_code == 303:
                break
            wrong |= {one.get("name") for one in Page(answer.text).all("input") if one.get("aria-invalid") == "true"}
    marked = [url for url in PAGES if spelt_out(lena.get(url))]
    assert len(marked) > 15


def spelt_out(answer):
    """Whether the canary stands on the page; it must be escaped, untouched, and not worked out."""
    if answer.mimetype != "text/html":
        return False
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text
    words = Page(answer.text).root.text
    assert "x\"'>49" not in words
    return "{{7*7}}${7*7}%s{0.__class__}" in words


QUESTIONS = (*ODD, "id;drop", "-id", "changed desc", "9" * 30, "../../etc/passwd", CANARY)


@pytest.mark.gate("asks a list many questions")
@SOME
@pytest.mark.parametrize("url", LISTS)
def test_a_list_stands_any_question(browse, url, step):
    lena = browse("lena")
    for odd in QUESTIONS[LISTS.index(url) % step :: step]:
        for names in (ASKED,) if url.endswith(".csv") else (ASKED, ("sort",), ("page", "after"), ("q",)):
            answer = lena.get(url, query_string=dict.fromkeys(names, odd))
            assert answer.status_code in {200, 303, 400, 422}, (names, odd, answer.status_code)


NO_NUMBERS = ["0", "01", "+1", "-1", "1.0", "0x1", "1e0", "%D9%A3", "1%0a", "9" * 19, "1%20", "{1}", "%2531"]
NO_REFERENCES = ["LK-aaaa", "lk-AAAA", "LK-AAAA%0a", "LK-AAAA%20", "1", "LK-", "LK-%D0%90AAA"]


@pytest.mark.parametrize("thing", ["disclosures", "materials", "people", "access", "access-logs", "whereabouts"])
def test_another_spelling_of_a_number_is_no_address(browse, thing):
    lena = browse("lena")
    assert {lena.get(f"/cases/LK-AAAA/{thing}/{number}").status_code for number in NO_NUMBERS} == {404}
    assert {lena.get(f"/cases/{reference}/{thing}").status_code for reference in NO_REFERENCES} == {404}


@pytest.mark.gate("sends every form three times")
def test_a_forged_form_is_refused(browse):
    clients, other = {who: browse(who) for who in ("ada", "lena")}, browse("ines")
    before = digests()
    for url, who in POSTS:
        client = clients[who]
        assert client.post(url).status_code == 400, url
        assert client.post(url, data={"csrf_token": "made up"}).status_code == 400, url
        assert client.post(url, data=other.tokens()).status_code == 400, url
        assert digests() == before, url


EXTRA = {"id": "99", "case_id": "2", "number": "77", "kind": "administrator", "by_id": "1", "sha256": "0" * 64}


@pytest.mark.cases("every form of an edit")
@pytest.mark.parametrize("url", [url for url in FORMS if url.endswith("/edit")])
def test_fields_that_a_form_does_not_have_change_nothing(browse, url):
    lena = browse("lena")
    shown, _ = form_of(lena, url)
    lena.post(url, data={**shown, **lena.tokens()})
    once = without_versions()
    shown, _ = form_of(lena, url)
    more = {name: value for name, value in EXTRA.items() if name not in shown}
    assert lena.post(url, data={**shown, **lena.tokens(), **more}).status_code == 303
    assert without_versions() == once
