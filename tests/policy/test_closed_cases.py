"""A closed case refuses everything by every route, and nobody who may not know it learns that it is there."""

import pytest

from tests.readers.digests import digests
from tests.readers.matrix import COLUMNS, rows
from tests.readers.pages import Page
from tests.walks.test_actions_at_large import behind_the_programs_back
from tracker.models.case.words import Stage

HERE = "/cases/LK-AAAA"
POSTS = sorted(url for method, url, _ in rows() if method == "POST" and url.startswith(HERE))
WHO = {
    url: next((who for who in COLUMNS if answers[who] not in {401, 403, 404} and who != "late"), "lena")
    for method, url, answers in rows()
    if method == "POST"
}
OTHERS = {  # the record leaves, is looked at and hashed, and is opened again; people come and go
    f"{HERE}/export", f"{HERE}/people/1/reveal", f"{HERE}/exhibits/1/verification", f"{HERE}/outcomes/1/reopen",
    f"{HERE}/mistake/reopen", f"{HERE}/referrals/1/result", f"{HERE}/recommendations/1/answer",  # these come later
    f"{HERE}/chronology/read", f"{HERE}/first-steps",  # how an account looks at the case is no part of it
    f"{HERE}/people/several",  # shows the table that pasted lines fill; the button that adds is an action like others
    f"{HERE}/comparison", f"{HERE}/pack",  # the answer stands on the page; the record leaves
    *(url for url in POSTS if "/team/" in url or "/recusal" in url),
}  # fmt: skip


@pytest.mark.gate("sends every form")
@pytest.mark.furnished
def test_every_form_and_button_of_a_closed_case_is_refused(browse):
    filled = {url: form_of(browse(WHO[url]), url) for url in POSTS}
    behind_the_programs_back("UPDATE cases SET stage = :closed WHERE reference = 'LK-AAAA'", closed=Stage.CLOSED.value)
    before, answers = digests(), {}
    for url in sorted(set(POSTS) - OTHERS):
        client = browse(WHO[url])
        answers[url] = client.post(url, data={**filled[url], **client.tokens()}).status_code
        assert digests() == before, url
    assert set(answers.values()) <= {403, 404, 409, 422}, answers
    told = [url for url, status in answers.items() if status == 409]
    assert len(told) > len(answers) * 3 / 5, {url: status for url, status in answers.items() if status != 409}


@pytest.mark.gate("opens every page")
@pytest.mark.furnished
def test_no_page_of_a_closed_case_shows_a_form_that_would_be_refused(browse):
    behind_the_programs_back("UPDATE cases SET stage = :closed WHERE reference = 'LK-AAAA'", closed=Stage.CLOSED.value)
    looked = sorted(set(POSTS) - OTHERS - {f"{HERE}/findings/1/approval"})  # of a text that is not submitted
    readers = {who: browse(who) for who in {WHO[url] for url in looked}}
    pages = {url: answer.text for url in looked if (answer := readers[WHO[url]].get(url)).status_code == 200}
    assert len(pages) > 30
    assert [url for url, text in pages.items() if f'method="post" action="{url}"' in text] == []


def form_of(client, url):
    """What the form of the page sends, with something in every field; a button sends nothing."""
    page = client.get(url)
    forms = [one for one in Page(page.text).all("form") if one.get("action") == url]
    return filled_in(Page(page.text).form_to(url, url)) if forms else {}


def filled_in(form):
    """Every field that is empty gets the first choice, or a word that fits most; times stay empty."""
    shown = form.shown()
    chosen = {one.get("name"): values_of(one) for one in form.element.all("select")}
    told = {name: [value for value in chosen.get(name, ["2018-03-21"]) if value][:1] for name in shown}
    return {name: sent if any(sent) or "-" in name else told[name] for name, sent in shown.items()}


def values_of(select):
    return [option.get("value") or "" for option in select.all("option")]
