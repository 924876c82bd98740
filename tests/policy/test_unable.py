"""Somebody has a role and cannot act in it: the gates say so, and what they say to do can be done."""

import html

import pytest

from tests import world
from tests.actions.case.test_roles import end, held, inactive, proposed, recused
from tests.builders import build_case
from tests.builders.build_case import ready
from tests.builders.build_inquiry import same_person
from tracker.actions.case import roles, stages
from tracker.actions.register import accounts
from tracker.audit.doors import Refused
from tracker.gates import next_step
from tracker.models.case.words import Role, Stage

CASE = "/cases/LK-AAAA"
LACKS = [  # whose role, where the case stands, and what is not done because of that
    ("rhea", Role.REVIEWER, Stage.INQUIRY, ["agreed"]),
    ("rhea", Role.REVIEWER, Stage.REVIEW, []),
    ("dora", Role.DECIDING_OFFICIAL, Stage.REVIEW, []),
]


def disabled(those, who, role):
    accounts.disable_account(those.person("ada"), those.person(who))


def sleeps(those, who, role):
    inactive(those, who, role)


def shut_out(those, who, role):
    recused(those, who)
    match = build_case.facts().recusals[0]
    roles.settle_recusal(those.person("lena"), match, state=match.state.CONFIRMED, reason="It is she.")


def read_by(browse, who):
    return html.unescape(browse(who).get(CASE).text)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("unable", [disabled, sleeps, shut_out])
@pytest.mark.parametrize(("who", "role", "stage", "without"), LACKS)
def test_whose_role_it_is_and_what_to_do_is_said(browse, unable, who, role, stage, without):
    ready(stage, *without)
    unable(world, who, role)
    sentence = f"{who.title()} ({role.label.lower()}) cannot act. Reactivate the role, or end it and offer it again."
    page = read_by(browse, "lena")
    assert sentence in page
    assert "This case has no reviewer" not in page
    assert "This case has no deciding official" not in page
    assert f'href="{CASE}/team"' in page.partition(sentence)[0].rpartition("<li")[2] + page.partition(sentence)[2][:200]
    end(world, who, role)
    assert proposed(world, role).is_waiting


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("unable", [disabled, sleeps, shut_out])
def test_counsel_who_cannot_act_is_not_proposed_beside_own(browse, unable):
    ready(Stage.INQUIRY, "person_level")
    unable(world, "cora", Role.COUNSEL)
    page = read_by(browse, "lena")
    assert "Cora (counsel) cannot act. Reactivate the role, or end it and offer it again." in page
    assert "Offer the role of counsel" not in page


SAME = [  # who turns out to be the same person as Ines, where the case stands, and what she did in it
    ("rhea", Role.REVIEWER, Stage.INQUIRY, ["agreed"], "decided"),
    ("rhea", Role.REVIEWER, Stage.REVIEW, ["approved", "outcome approved"], "decided"),
    ("dora", Role.DECIDING_OFFICIAL, Stage.REVIEW, ["drafted", "outcome approved"], "reviewed"),
]


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(("who", "role", "stage", "without", "was"), SAME)
def test_who_turns_out_to_be_of_the_team_is_told_to_be_replaced(browse, who, role, stage, without, was):
    ready(stage, *without)
    sentence = (
        f"{who.title()} ({role.label.lower()}) cannot act. Under another account, they led, investigated or {was} this "
        "case. End the assignment, and offer the role to somebody else."
    )
    assert sentence not in read_by(browse, "lena")
    same_person(who, "ines")
    for reader in ("lena", "cora", "dora"):
        page = read_by(browse, reader)
        assert sentence in page
        assert "B-900" not in page
    assert f'href="{CASE}/team">{sentence}' in read_by(browse, "lena")
    with pytest.raises(Refused, match=rf"{who.title()} \({role.label.lower()}\) cannot act"):
        stages.must_be_open(build_case.facts(), next_step(build_case.facts()))
    end(world, who, role)
    roles.accept_role(world.person("nora"), proposed(world, role), declaration="None.")
    assert "cannot act" not in read_by(browse, "lena")


@pytest.mark.usefixtures("world")
def test_a_reviewer_who_is_woken_is_waited_for_as_before(browse):
    ready(Stage.INQUIRY, "agreed")
    role = inactive(world, "rhea", Role.REVIEWER)
    with pytest.raises(Refused, match=r"Rhea \(reviewer\) cannot act"):
        build_case.move(Stage.INVESTIGATION)
    with pytest.raises(Refused, match="This case has a reviewer"):
        stages.waive_review(world.person("cora"), world.case(), reason="Nobody else.")
    roles.reactivate_role(world.person("lena"), role)
    with pytest.raises(Refused, match="Preliminary assessment 1 is with the reviewer"):
        build_case.move(Stage.INVESTIGATION)
    assert held(world, "rhea", Role.REVIEWER).is_working
