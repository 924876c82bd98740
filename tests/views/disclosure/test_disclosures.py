"""The pages of disclosures: what is recorded, listed, changed and refused."""

import pytest

from tests import world as people
from tracker.actions.disclosure import disclosures
from tracker.analysis.moments import stated
from tracker.base import db
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.words import Medium

HERE = "/cases/LK-AAAA/disclosures"
PUBLISHED = stated("2018-03-20 19:15", "America/New_York")


@pytest.fixture
def ines(browse):
    return browse("ines")


@pytest.fixture
def disclosure(world):
    return disclosures.record_disclosure(
        world.person("ines"), world.case(), outlet="A newspaper", title="Not told", published=PUBLISHED
    )


def only(model):
    db.session().expire_all()
    return db.session().scalars(model.of(people.case())).one()


def test_a_case_without_disclosures_says_what_to_do_next(ines, browse):
    assert f'href="{HERE}/new"' in ines.get(HERE).text
    assert f'href="{HERE}/new"' not in browse("otto").get(HERE).text


def test_a_disclosure_is_recorded_with_everything_of_the_form(ines):
    answer = ines.post_form(
        f"{HERE}/new",
        {"published": "2018-03-20 19:15", "published-zone": "America/New_York", "first_seen": "2018-03-20"},
        outlet="A newspaper", title="Not told", author="Two staff writers", medium="newspaper", form="quotes",
        url="https://newspaper.example/story", sourcing="two people familiar with it", text="Words\nas printed",
    )  # fmt: skip
    assert (answer.status_code, answer.location) == (303, f"{HERE}/1")
    made = only(Disclosure)
    assert (made.medium, made.form, made.author, made.text) == (
        "newspaper", "quotes", "Two staff writers", "Words\nas printed",
    )  # fmt: skip
    assert (made.published, made.first_seen.precision, made.comment_requested.precision) == (
        PUBLISHED,
        "day",
        "unknown",
    )
    page = ines.get(f"{HERE}/1").text
    assert '<a href="https://newspaper.example/story" rel="noreferrer noopener">' in page
    assert made.text_sha256 in page


def test_only_the_outlet_is_required(ines):
    assert ines.post_form(f"{HERE}/new").status_code == 422
    assert ines.post_form(f"{HERE}/new", outlet="A newspaper").status_code == 303


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//host", "https://", "https://u:p@host/", "https://["]
)
def test_an_address_that_is_not_of_the_web_is_refused(ines, url):
    answer = ines.post_form(f"{HERE}/new", outlet="A newspaper", url=url)
    assert answer.status_code == 422
    assert "begins with https:// or http://" in answer.text


def test_an_address_that_came_another_way_is_shown_and_not_linked(ines, disclosure):
    disclosures.edit_disclosure(people.person("ines"), disclosure, lock_version=1, url="javascript:alert(1)")
    page = ines.get(f"{HERE}/1").text
    assert "javascript:alert(1)" in page
    assert 'href="javascript' not in page


def test_a_stale_save_shows_both_texts_and_saves_on_the_second_try(ines, disclosure):
    disclosures.edit_disclosure(people.person("lena"), disclosure, lock_version=1, title="Hers", medium=Medium.AGENCY)
    answer = ines.post_form(f"{HERE}/1/edit", lock_version="1", title="Mine", medium="website")
    assert answer.status_code == 409
    assert all(words in answer.text for words in ("Hers", "Mine", "Agency"))
    assert ines.post_form(f"{HERE}/1/edit", title="Mine").status_code == 303
    assert only(Disclosure).title == "Mine"


def test_an_opened_and_unchanged_form_changes_nothing(ines, disclosure):
    assert ines.post_form(f"{HERE}/1/edit").status_code == 303
    assert (only(Disclosure).published, only(Disclosure).lock_version) == (PUBLISHED, 2)


def test_a_disclosure_cannot_choose_itself_or_one_of_another_case(ines, disclosure, world):
    disclosures.record_disclosure(world.person("ivo"), world.case("LK-BBBB"), outlet="Elsewhere")
    page = ines.get(f"{HERE}/1/edit").text
    assert "Elsewhere" not in page
    itself = {**ines.tokens(), "outlet": "A daily", "derived_from": "1", "lock_version": "1"}
    assert ines.post(f"{HERE}/1/edit", data=itself).status_code == 422


def test_a_circle_of_origins_is_refused_on_the_page(ines, disclosure):
    assert ines.post_form(f"{HERE}/new", outlet="A broadcaster", derived_from="1").status_code == 303
    answer = ines.post_form(f"{HERE}/1/edit", derived_from="2")
    assert (answer.status_code, "directly or through others" in answer.text) == (409, True)
    assert "A broadcaster" in ines.get(f"{HERE}/1").text


def test_what_a_disclosure_repeats_stays_when_something_else_is_edited(ines, disclosure):
    ines.post_form(f"{HERE}/new", outlet="A broadcaster", derived_from="1")
    ines.post_form(f"{HERE}/2/edit", title="Told again")
    assert "A broadcaster" in ines.get(f"{HERE}/1").text


def test_the_list_filters_and_sorts(ines, world):
    for outlet, medium, hour in (("Zeit", Medium.NEWSPAPER, 10), ("Agency", Medium.AGENCY, 12)):
        disclosures.record_disclosure(
            world.person("ines"), world.case(), outlet=outlet, medium=medium, text=f"words of {outlet}",
            published=stated(f"2018-03-20 {hour}:00", "UTC"),
        )  # fmt: skip
    assert "Agency" not in ines.get(f"{HERE}?q=words+of+zeit").text.partition("<tbody>")[2]
    assert "Zeit" not in ines.get(f"{HERE}?medium=agency").text.partition("<tbody>")[2]
    for sort, first in (
        ("outlet", "Agency"),
        ("-published", "Agency"),
        ("published", "Zeit"),
        ("-first_seen", "Agency"),
    ):
        body = ines.get(f"{HERE}?sort={sort}").text.partition("<tbody>")[2]
        assert min(("Zeit", "Agency"), key=body.index) == first
    assert "No results match" in ines.get(f"{HERE}?form=quotes").text
