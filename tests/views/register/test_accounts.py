"""The pages of accounts: a link is shown once, no password is set there, and no case is seen."""

import re
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from tests.actions.case.test_leads import without_head
from tests.builders import build_case
from tests.builders.build_material import person
from tracker.actions.register import accounts
from tracker.base import db
from tracker.models.access.words import IdentifierKind
from tracker.models.case.assignments import Assignment
from tracker.models.register.accounts import Account, Alias

ANOTHER = "another harbour, eight lanterns"
LINK = re.compile(r"http://localhost/invitations/[\w-]{43}")


def at(world, who, rest=""):
    return f"/accounts/{world.person(who).id}{rest}"


def invite(browse, **fields):
    filled = {"name": "New", "email": "new@tracker.example", "kind": "member", **fields}
    return browse("ada").post_form("/accounts/new", **filled)


@pytest.mark.parametrize("who", ["lena", "aldo", "nora"])
def test_only_administrators_see_accounts(browse, world, who):
    assert browse(who).get("/accounts").status_code == 403
    assert browse(who).get(at(world, "ines")).status_code == 404


def test_the_list_shows_everybody_once_and_offers_no_wrong_choice(browse):
    page = browse("ada").get("/accounts").text
    assert "11 accounts" in page
    assert "Not a valid choice" not in page


@pytest.mark.parametrize(
    ("query", "count"),
    [("q=INES", 1), ("q=%25", 0), ("kind=auditor", 1), ("state=active", 11), ("state=disabled", 0),
     ("kind=member&q=tracker", 9), ("sort=-created&kind=administrator", 1)],
)  # fmt: skip
def test_the_list_is_narrowed(browse, query, count):
    page = browse("ada").get(f"/accounts?{query}").text
    assert f"{count} account" in page


def test_a_word_that_the_list_does_not_know_is_refused(browse):
    page = browse("ada").get("/accounts?state=asleep").text
    assert ("There is a problem" in page, "<tbody>" in page) == (True, False)


def test_the_list_tells_when_somebody_signed_in_last(browse):
    assert "Never" in browse("ada").get("/accounts?q=ines").text
    browse("ines")
    assert f'<time datetime="{datetime.now(UTC):%Y-%m-%d}' in browse("ada").get("/accounts?q=ines").text
    assert "Never" not in browse("ada").get("/accounts?q=ines").text


def test_an_invitation_shows_its_link_once_and_the_link_works(browse):
    answer = invite(browse)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    (link,) = LINK.findall(answer.text)
    account = db.session().scalars(Account.by_email("new@tracker.example")).one()
    assert link not in browse("ada").get(f"/accounts/{account.id}").text
    assert browse(None).post_form(link.removeprefix("http://localhost"), password=ANOTHER).status_code == 303
    assert browse(None).sign_in("new@tracker.example", ANOTHER).status_code == 303


@pytest.mark.gate("two at once, at a served program")
def test_an_invitation_sent_twice_makes_one_account(browse):
    ada = browse("ada")
    data = {**ada.tokens(), "name": "New", "email": "new@tracker.example", "kind": "member"}
    assert ada.post("/accounts/new", data=data).status_code == 200
    twin = ada.post("/accounts/new", data=data)
    assert (twin.status_code, twin.location) == (303, "/accounts/new")
    assert len(db.session().scalars(Account.by_email("new@tracker.example")).all()) == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [({"email": "new"}, "Enter an email address"), ({"name": ""}, "Enter the name."), ({"kind": ""}, "Choose a kind.")],
)  # fmt: skip
def test_a_wrong_invitation_is_explained_at_its_field(browse, fields, sentence):
    answer = invite(browse, **fields)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_known_address_is_refused_and_what_was_typed_is_kept(browse):
    answer = invite(browse, email="lena@tracker.example", name="Another Lena")
    assert answer.status_code == 409
    assert "An account with this email address exists" in answer.text
    assert "Another Lena" in answer.text


def test_an_invitation_gives_nothing_that_was_not_on_the_form(browse):
    ada = browse("ada")
    extra = {"password_hash": "x", "disabled_at": "x", "id": "1", "uid": "admin", "lock_version": "7"}
    data = {**ada.tokens(), "name": "New", "email": "new@tracker.example", "kind": "member", **extra}
    assert ada.post("/accounts/new", data=data).status_code == 200
    account = db.session().scalars(Account.by_email("new@tracker.example")).one()
    assert (account.password_hash, account.disabled_at, account.lock_version, account.uid == "admin") == (
        None,
        None,
        1,
        False,
    )


def test_no_page_of_an_account_has_a_password_field_or_a_case(browse, world):
    ada = browse("ada")
    for rest in ("", "/edit", "/aliases"):
        page = ada.get(at(world, "lena", rest)).text
        assert 'type="password"' not in page
        assert "LK-" not in page


def test_an_account_is_renamed(browse, world):
    ada = browse("ada")
    assert ada.post_form(at(world, "nora", "/edit"), name="Nora N.").location == at(world, "nora")
    stale = ada.post(at(world, "nora", "/edit"), data={**ada.tokens(), "name": "Late", "lock_version": "1"})
    assert stale.status_code == 409
    assert "Nora N." in stale.text


def test_a_reset_shows_a_link_and_signs_the_account_out(browse, world):
    ines = browse("ines")
    answer = browse("ada").post_form(at(world, "ines", "/reset"), at=at(world, "ines"))
    assert answer.status_code == 200
    assert len(LINK.findall(answer.text)) == 1
    assert ines.get("/cases").status_code == 302
    assert "Reset, no password yet" in browse("ada").get(at(world, "ines")).text


@pytest.mark.parametrize("act", ["disable", "end-sessions"])
def test_an_account_is_signed_out_at_once(browse, world, act):
    ines = browse("ines")
    answer = browse("ada").post_form(at(world, "ines", f"/{act}"), at=at(world, "ines"))
    assert answer.location == at(world, "ines")
    assert ines.get("/cases").status_code == 302
    assert browse(None).sign_in("ines@tracker.example").status_code == (409 if act == "disable" else 303)


def test_an_account_is_enabled_again(browse, world):
    ada = browse("ada")
    accounts.disable_account(world.person("ada"), world.person("nora"))
    ada.post_form(at(world, "nora", "/enable"), at=at(world, "nora"))
    assert world.person("nora").state == "active"


def test_an_administrator_finds_no_button_against_own(browse, world):
    page = browse("ada").get(at(world, "ada")).text
    assert "/disable" not in page
    assert "/reset" not in page


def test_an_identifier_is_added_and_removed(browse, world):
    ada = browse("ada")
    assert ada.post_form(at(world, "nora", "/aliases"), kind="badge", value="N-1").status_code == 303
    (alias,) = db.session().scalars(sa.select(Alias))
    assert ada.post_form(at(world, "nora", "/aliases"), kind="badge", value="n-1").status_code == 409
    gone = at(world, "nora", f"/aliases/{alias.id}/remove")
    assert ada.post(at(world, "ines", f"/aliases/{alias.id}/remove"), data=ada.tokens()).status_code == 404
    assert ada.post_form(gone, at=at(world, "nora")).status_code == 303
    assert db.session().scalars(sa.select(Alias)).all() == []


def test_the_page_does_not_tell_that_an_identifier_raised_a_recusal(browse, world):
    person(("badge", "I-1"), who="lena")
    ada = browse("ada")
    told = []
    for who, value in [("nora", "N-1"), ("ines", "I-1")]:
        ada.post_form(at(world, who, "/aliases"), kind="badge", value=value)
        told.append(ada.get(at(world, who)).text.count("recusal"))
    assert told[0] == told[1]


def test_a_case_without_anybody_who_can_act_is_a_reference_and_nothing_else(browse, world):
    ada = browse("ada")
    assert "No cases without a lead" in ada.get("/accounts/cases-without-lead").text
    without_head(world)
    page = ada.get("/accounts/cases-without-lead").text
    assert "LK-AAAA" in page
    assert "Briefing for a call" not in page
    assert "Ines" not in page
    assert "Cases that nobody can lead</a>: 1" in ada.get("/").text
    answer = ada.post_form("/accounts/cases-without-lead", reference="LK-AAAA", email="nora@tracker.example")
    assert answer.status_code == 303
    newest = db.session().scalars(sa.select(Assignment).order_by(Assignment.id.desc())).first()
    assert (newest.account.name, newest.role.value, newest.is_waiting) == ("Nora", "lead", True)


def test_a_closed_case_without_anybody_who_can_act_stands_there_too(browse, world):
    build_case.ready(build_case.Stage.REVIEW)
    build_case.close()
    without_head(world)
    ada, here = browse("ada"), "/accounts/cases-without-lead"
    assert "LK-AAAA" in ada.get(here).text
    assert ada.post_form(here, reference="LK-AAAA", email="nora@tracker.example").status_code == 303


def test_a_lead_is_named_for_no_other_case(browse, world):
    without_head(world)
    ada = browse("ada")
    data = {**ada.tokens(), "reference": "LK-BBBB", "email": "nora@tracker.example"}
    assert ada.post("/accounts/cases-without-lead", data=data).status_code == 422
    refused = ada.post_form("/accounts/cases-without-lead", reference="LK-AAAA", email="rhea@tracker.example")
    assert refused.status_code == 409
    assert "This member cannot lead this case" in refused.text


@pytest.mark.parametrize(("who", "status"), [("nora", 403), ("ines", 404)])
def test_nobody_else_takes_an_identifier_away(browse, world, who, status):
    alias = accounts.add_alias(world.person("ada"), world.person("nora"), kind=IdentifierKind.BADGE, value="N-1")
    client = browse(who)
    answer = client.post(at(world, "nora", f"/aliases/{alias.id}/remove"), data=client.tokens())
    assert answer.status_code == status
