"""Pages as the record stood: the same pages on the record of then, with the permissions of today, marked as such."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.builders.build_access import access, person_level, utc
from tests.builders.build_material import material, person, version
from tracker.actions.case import roles
from tracker.audit.doors import now
from tracker.models.access.words import Level
from tracker.models.case.words import Role
from tracker.web.as_of import pages

CELLS = re.compile(r"<(?:td|dd|th scope=\"row\")[^>]*>(.*?)</(?:td|dd|th)>|<caption[^>]*>(.*?)</caption>", re.DOTALL)
HERE = "/cases/LK-AAAA"
DONE = re.compile(r"<form\b.*?</form>|<details\b.*?</details>|Record the reply\.", re.DOTALL)
LINK = re.compile(r"<a [^>]*href=\"(?:/as-of/[^/]+Z)?([^\"?#]*)[^>]*>.*?</a>", re.DOTALL)


def below(at):
    return f"/as-of/{at.astimezone(UTC).replace(tzinfo=None).isoformat()}Z"


def cells(app, text):
    """What the cells of a page say, but for what is done there: of the record as it stood nothing can be done."""
    addresses = app.url_map.bind("localhost")

    def reads(link):
        return hasattr(app.view_functions[addresses.match(link[1])[0]], "reads_as_of") if link[1][:1] == "/" else True

    text = LINK.sub(lambda link: link[0] if reads(link) else "", DONE.sub("", text))
    found = ("".join(parts) for parts in CELLS.findall(text))
    return [words for one in found if (words := " ".join(re.sub(r"<[^>]*>", " ", one).split()))]


@pytest.fixture
def yesterday(world):
    """Somebody with a record, then a time, then somebody else with one."""
    person_level()
    cards = material("CARDS")
    access(person(unit="Desk"), cards, version=version(cards), since=utc("2019-04-01 10:00"), level=Level.E3)
    then = now()
    access(person(unit="Field"), cards, since=utc("2019-04-01 10:00"), level=Level.E4)
    return then


def must_be_alike(app, lena, path, at):
    """Compare a page or a file as of a time with the same as it is."""
    present, then = lena.get(path), lena.get(f"{at}{path}")
    assert then.status_code == present.status_code, path
    if present.mimetype == "text/csv":
        assert "-as-of-" in then.headers["Content-Disposition"], path
        marked = re.sub(r',"(?:as_of_utc|[-0-9T:.]+Z)"(?=\r\n)', "", then.text)
        assert marked == present.text, path
    elif present.status_code == 200:
        assert cells(app, then.text) == cells(app, present.text), path


ANALYSES = (
    "matrix",
    "matrix.csv",
    "chronology",
    "disclosures/1/who-had-access",
    "eliminations",
    "people/1",
    "access.csv",
)


@pytest.mark.furnished
@pytest.mark.slow("seven pages and files of a furnished case, twice")
def test_as_of_now_is_now_in_the_analyses(app, browse):
    lena, at = browse("lena"), below(now())
    for page in ANALYSES:
        must_be_alike(app, lena, f"{HERE}/{page}", at)


@pytest.mark.furnished
@pytest.mark.gate("every page of a case, twice")
def test_as_of_now_is_now_on_every_page(app, browse):
    lena, at, tried = browse("lena"), below(now()), 0
    for endpoint, view in app.view_functions.items():
        for rule in app.url_map.iter_rules(endpoint) if hasattr(view, "reads_as_of") else ():
            path = re.sub(r"<number:\w+>", "1", rule.rule.replace("<ref:case>", "LK-AAAA"))
            must_be_alike(app, lena, re.sub(r"<any\(csv, xlsx\):ending>", "csv", path), at)
            tried += 1
    assert tried > 80


def test_later_records_are_left_out_and_every_link_keeps_the_time(browse, yesterday):
    lena, at = browse("lena"), below(yesterday)
    page = lena.get(f"{at}{HERE}/matrix").text
    assert "P-001" in page
    assert "P-002" not in page
    assert "As the record stood on" in page
    assert f'href="{at}{HERE}/people' in page
    assert f'href="{HERE}/matrix"' in page  # back to now
    assert "/access/new" not in page
    file = lena.get(f"{at}{HERE}/people.csv")
    assert re.search(r"export-\d+-people-as-of-\d{8}T\d{6}Z\.csv", file.headers["Content-Disposition"])
    assert "P-002" not in file.text
    assert "P-002" in lena.get(f"{HERE}/people").text
    assert lena.get(f"{at}{HERE}/people/1").status_code == 200
    gone = lena.get(f"{at}{HERE}/people/2")
    assert (gone.status_code, "was not in the case at that time" in gone.text) == (404, True)
    assert lena.get(f"{at}{HERE}/people/9").status_code == 404


def test_permissions_recusals_and_masks_are_those_of_today(browse, world, yesterday):
    at = below(yesterday)
    assert "Walt" in browse("lena").get(f"{HERE}/team").text
    assert browse("walt").get(f"{at}{HERE}/people").status_code == 200
    named = person(("email", world.email("walt")), name="Paula Young")
    later = below(now())
    assert browse("walt").get(f"{at}{HERE}/people").status_code == 404
    assert "Paula Young" in browse("lena").get(f"{later}{HERE}/people/{named.number}").text
    assert "Paula Young" not in browse("otto").get(f"{later}{HERE}/people/{named.number}").text
    assert browse("nora").get(f"{at}{HERE}/people").status_code == 404
    offer = roles.offer_role(world.person("lena"), world.case(), email=world.email("nora"), role=Role.OBSERVER)
    roles.accept_role(world.person("nora"), offer, declaration="I have no conflict of interest.")
    assert browse("nora").get(f"{at}{HERE}/people").status_code == 200
    assert browse(None).get(f"{at}{HERE}/people").status_code == 302


def test_what_is_of_now_leads_back_and_nothing_is_changed(browse, yesterday):
    lena, at = browse("lena"), below(yesterday)
    for path in ("/team", "", "/access/new"):
        assert lena.get(f"{at}{HERE}{path}").headers["Location"] == f"{HERE}{path}"
        assert "This page shows the record as it is now." in lena.get(f"{HERE}/comparison").text
    assert lena.get(f"{at}/glossary").headers["Location"] == "/glossary"
    refused = lena.post(f"{at}{HERE}/access/new", data=lena.tokens())
    assert (refused.status_code, "cannot be changed" in refused.text) == (409, True)
    assert lena.post(f"{at}/sign-out", data=lena.tokens()).status_code == 307
    assert lena.get(f"/as-of/2019-13-41T00:00Z{HERE}/people").status_code == 404


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        ("soon", "Enter a date"), ("1 May 2190", "This time is in the future."),
        ("1 May 1990", "The record of this case begins then."), ("before 1 May 2018", "Enter one date"),
    ],
)  # fmt: skip
def test_a_wrong_date_is_said_at_its_field(browse, on, sentence):
    answer = browse("lena").get(f"{HERE}/as-of", query_string={"on": on, "page": f"{HERE}/people"})
    assert answer.status_code == 422
    assert sentence in answer.text.replace("\N{NO-BREAK SPACE}", " ")


def test_an_earlier_record_is_not_compared_with_other_cases(browse, yesterday):
    answer = browse("lena").get(f"{below(yesterday)}{HERE}/overlap?cases=LK-BBBB")
    assert "An earlier record holds one case alone." in answer.text


def test_a_date_leads_to_the_page_as_of_then(browse, yesterday):
    lena = browse("lena")
    assert lena.get(f"{HERE}/as-of").status_code == 200
    asked = {"on": "today", "page": f"{HERE}/people?unit=Desk"}
    to = lena.get(f"{HERE}/as-of", query_string=asked).headers["Location"]
    assert re.fullmatch(rf"/as-of/[-0-9T:.]+Z{HERE}/people\?unit=Desk", to)
    assert lena.get(to).status_code == 200
    typed = f"{yesterday:%Y-%m-%d %H:%M:%S} UTC"
    if (at := yesterday.replace(microsecond=0)) < now() - timedelta(minutes=1):
        assert f"{at:%H:%M}" in lena.get(f"{HERE}/as-of", query_string={"on": typed}).headers["Location"]
    other = lena.get(f"{HERE}/as-of", query_string={"on": "today", "page": "//elsewhere.example/"})
    assert other.headers["Location"].endswith(f"Z{HERE}/access")
    ahead = lena.get(f"{below(datetime(2190, 1, 1, tzinfo=UTC))}{HERE}/people")
    assert ahead.headers["Location"].startswith(f"{HERE}/as-of?on=2190-01-01")
    before = lena.get(f"{below(datetime(1990, 1, 1, tzinfo=UTC))}{HERE}/people")
    assert "on=1990-01-01" in before.headers["Location"]


def test_which_pages_can_be_read_as_of_a_time(app):
    asked = {name for name, view in app.view_functions.items() if hasattr(view, "reads_as_of")}
    rooms = {name.partition(".")[0] for name in asked}
    assert {"matrix", "chronology", "who_had_access", "people", "access_records", "materials", "versions",
            "eliminations", "disclosures", "claims"} <= rooms  # fmt: skip
    assert not {"team", "cases", "audit_log", "as_of", "reveals", "privileged_notes"} & rooms
    assert pages.OF_NOW.isdisjoint(asked)
