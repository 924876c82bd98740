"""Accounts: invited by a link that works once, never given a password, shut out at once."""

import pytest
import sqlalchemy as sa

from tests.builders.build_material import person
from tests.readers.browse import begun
from tests.world import PASSWORD
from tracker.actions.register import accounts, sessions
from tracker.audit.doors import Denied, Refused, Stale
from tracker.base import db
from tracker.models.access.words import IdentifierKind
from tracker.models.case.assignments import Assignment, RecusalMatch
from tracker.models.register.accounts import Account, Alias, Invitation
from tracker.models.register.sessions import LoginSession
from tracker.models.register.words import Kind
from tracker.policy import SYSTEM

ANOTHER = "another harbour, eight lanterns"


def invited(world, email="new@tracker.example", kind=Kind.MEMBER):
    return accounts.invite_account(world.person("ada"), None, email=email, name="New", kind=kind, hours=1)


def signed_in_sessions(account):
    """How many sessions of an account are alive."""
    alive = sa.select(sa.func.count(LoginSession.id)).where(LoginSession.account_id == account.id)
    return db.session().scalar(alive.where(LoginSession.ended_at.is_(None)))


def begin_session(account):
    begun(account.id)
    return db.session().scalars(sa.select(LoginSession).order_by(LoginSession.id.desc())).first()


def role_of(world, who):
    held = sa.select(Assignment).where(Assignment.account_id == world.person(who).id)
    return db.session().scalars(held.order_by(Assignment.id.desc())).first()


def test_an_administrator_invites_a_member_who_sets_her_own_password(world, last_entry):
    account, token = invited(world)
    assert (account.state, account.password_hash) == ("invited", None)
    assert (last_entry()["act"], last_entry()["d"]["account"]) == ("account.invited", account.uid)
    accounts.accept_invitation(account, accounts.invitation_of(token), password=ANOTHER)
    assert (account.state, account.password_notice) == ("active", False)
    assert last_entry()["act"] == "account.activated"


def test_a_link_is_kept_as_its_hash_only(world):
    _, token = invited(world)
    kept = db.session().scalars(sa.select(Invitation).order_by(Invitation.id.desc())).first()
    assert token not in (kept.token_hash, str(vars(kept)))


@pytest.mark.parametrize("email", ["new", "new@", "@tracker.example", "two@a.example, b@c.example", "a b@c.example"])
def test_an_account_has_one_address(world, email):
    with pytest.raises(Refused, match="Enter an email address, such as"):
        invited(world, email)


def test_one_address_has_one_account(world):
    with pytest.raises(Refused, match="An account with this email address exists"):
        invited(world, " LENA@tracker.example")


def test_a_register_is_founded_once(world):
    with pytest.raises(Refused, match="already set up"):
        accounts.found_register(SYSTEM, None, email="new@tracker.example", name="New", hours=1)


@pytest.mark.parametrize("who", ["aldo", "lena", "nora"])
def test_only_an_administrator_invites(world, who):
    with pytest.raises(Denied):
        accounts.invite_account(
            world.person(who), None, email="new@tracker.example", name="New", kind=Kind.MEMBER, hours=1
        )


def test_a_link_works_once_for_its_own_account(world):
    account, token = invited(world)
    found = accounts.invitation_of(token)
    with pytest.raises(Refused, match="no longer works"):
        accounts.accept_invitation(world.person("nora"), found, password=ANOTHER)
    with pytest.raises(Refused, match="Leave out your name"):
        accounts.accept_invitation(account, found, password="tracker new password leak")
    accounts.accept_invitation(account, found, password=ANOTHER)
    assert accounts.invitation_of(token) is None
    with pytest.raises(Refused, match="no longer works"):
        accounts.accept_invitation(account, found, password=PASSWORD)


def test_a_newer_link_makes_an_older_one_void(world):
    account, first = invited(world)
    second = accounts.reset_account(world.person("ada"), account, hours=1)
    assert accounts.invitation_of(first) is None
    assert accounts.invitation_of(second).purpose == "invite"


def test_an_account_is_renamed_and_its_address_stays(world, last_entry):
    nora = world.person("nora")
    read = nora.lock_version
    accounts.edit_account(world.person("ada"), nora, lock_version=nora.lock_version, name="Nora N.")
    assert (nora.name, nora.lock_version, last_entry()["act"]) == ("Nora N.", read + 1, "account.changed")
    with pytest.raises(Stale):
        accounts.edit_account(world.person("ada"), nora, lock_version=1, name="Somebody")


def test_an_identifier_of_a_member_raises_the_recusal_at_once(world, entries):
    aide = person(("badge", "B-77"))
    alias = accounts.add_alias(world.person("ada"), world.person("ines"), kind=IdentifierKind.BADGE, value="b-77")
    assert (alias.value, alias.value_folded) == ("b-77", "b-77")
    match = db.session().scalars(sa.select(RecusalMatch).where(RecusalMatch.person_id == aide.id)).one()
    assert (match.account_id, match.kinds) == (world.person("ines").id, "badge")
    assert entries("account.alias_added")[-1]["d"]["recusals"] == 1


def test_an_identifier_is_added_once_and_can_be_taken_away(world, last_entry):
    ada, nora = world.person("ada"), world.person("nora")
    alias = accounts.add_alias(ada, nora, kind=IdentifierKind.BADGE, value="B-1")
    with pytest.raises(Refused, match="already has that identifier"):
        accounts.add_alias(ada, nora, kind=IdentifierKind.BADGE, value="b-1")
    accounts.remove_alias(ada, alias)
    assert db.session().scalars(sa.select(Alias)).all() == []
    assert last_entry()["act"] == "account.alias_removed"


def test_a_disabled_account_has_no_session_and_no_link(world, last_entry):
    ada, nora = world.person("ada"), world.person("nora")
    begin_session(nora)
    token = accounts.reset_account(ada, nora, hours=1)
    accounts.disable_account(ada, nora)
    assert (nora.state, signed_in_sessions(nora), last_entry()["act"]) == ("disabled", 0, "account.disabled")
    assert accounts.invitation_of(token) is None
    with pytest.raises(Refused, match="already disabled"):
        accounts.disable_account(ada, nora)
    with pytest.raises(Refused, match="Enable this account first"):
        accounts.reset_account(ada, nora, hours=1)


def test_an_enabled_account_finds_its_roles_inactive(world, last_entry):
    ada, ines = world.person("ada"), world.person("ines")
    with pytest.raises(Refused, match="not disabled"):
        accounts.enable_account(ada, ines)
    accounts.disable_account(ada, ines)
    accounts.enable_account(ada, ines)
    assert (ines.state, last_entry()["act"]) == ("active", "account.enabled")
    assert role_of(world, "ines").state == "inactive until reactivated"


def test_nobody_disables_or_resets_own(world):
    ada = world.person("ada")
    with pytest.raises(Refused, match="cannot disable your own"):
        accounts.disable_account(ada, ada)
    with pytest.raises(Refused, match="cannot reset your own"):
        accounts.reset_account(ada, ada, hours=1)


def test_a_reset_voids_the_password_ends_the_sessions_and_lets_roles_sleep(world, last_entry):
    ines = world.person("ines")
    begin_session(ines)
    token = accounts.reset_account(world.person("ada"), ines, hours=1)
    assert (ines.state, ines.password_hash, signed_in_sessions(ines)) == ("reset", None, 0)
    assert (last_entry()["act"], last_entry()["d"]["sessions"]) == ("account.reset", 1)
    accounts.accept_invitation(ines, accounts.invitation_of(token), password=ANOTHER)
    assert ines.password_notice
    assert role_of(world, "ines").inactive_since is not None


def test_an_administrator_ends_every_session_of_an_account(world, last_entry):
    lena = world.person("lena")
    begin_session(lena)
    accounts.end_sessions(world.person("ada"), lena)
    assert (signed_in_sessions(lena), last_entry()["act"]) == (0, "account.sessions_ended")
    with pytest.raises(Denied):
        accounts.end_sessions(world.person("ines"), lena)


def test_a_disabled_account_does_not_sign_in(world, last_entry):
    nora = world.person("nora")
    begun(nora.id)
    assert last_entry()["act"] == "login.ok"
    accounts.disable_account(world.person("ada"), nora)
    with pytest.raises(Refused, match="cannot sign in"):
        begun(nora.id)


def test_signing_out_ends_the_session_in_the_same_breath(world, last_entry):
    nora = world.person("nora")
    mine, other = begin_session(nora), begin_session(nora)
    sessions.sign_out(nora, nora, login=mine)
    assert (mine.ended_at is not None, last_entry()["act"]) == (True, "login.ended")
    sessions.end_session(nora, other)
    assert (signed_in_sessions(nora), last_entry()["act"]) == (0, "session.ended")


def test_a_password_is_changed_after_the_current_one(world, last_entry):
    nora = world.person("nora")
    mine, _ = begin_session(nora), begin_session(nora)
    with pytest.raises(Refused, match="current password is incorrect"):
        sessions.change_password(nora, nora, current="something else", new=ANOTHER)
    sessions.change_password(nora, nora, current=PASSWORD, new=ANOTHER, keep=mine)
    assert (signed_in_sessions(nora), nora.password_notice, last_entry()["act"]) == (1, True, "password.changed")
    assert "quoted" in str(db.session().execute(sa.text('select "values" from audit_detail order by seq desc')).first())
    sessions.note_password_notice(nora, nora)
    assert (nora.password_notice, last_entry()["act"]) == (False, "password.notice_given")


def test_a_password_of_yesterday_is_hashed_anew(world, last_entry):
    nora = world.person("nora")
    before = nora.password_hash
    sessions.rehash(nora, nora, password=PASSWORD)
    assert (nora.password_hash != before, last_entry()["act"]) == (True, "password.rehashed")


def test_every_state_of_an_account_can_be_asked_for(world):
    ada = world.person("ada")
    invited(world)
    accounts.reset_account(ada, world.person("nora"), hours=1)
    accounts.disable_account(ada, world.person("otto"))
    for state, holds in Account.STATES.items():
        found = db.session().scalars(sa.select(Account).where(holds())).all()
        assert found
        assert {account.state for account in found} == {state}


def test_the_first_member_needs_another_address_than_the_administrator(world):
    about = {"name": "First", "hours": 1}
    with pytest.raises(Refused, match="cannot be a member with the same address"):
        accounts.invite_first_member(SYSTEM, None, email="ADA@tracker.example", **about)
    with pytest.raises(Refused, match=r"looks like ada@tracker\.example"):
        accounts.invite_first_member(SYSTEM, None, email="аԁа@tracker.example", **about)
    account, _token = accounts.invite_first_member(SYSTEM, None, email="first@tracker.example", **about)
    assert account.kind is Kind.MEMBER
